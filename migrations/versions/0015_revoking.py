"""The number of the decision by which a certificate was revoked.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("certificate", sa.Column("revoked_by", sa.String(60), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("certificate") as table:
        table.drop_column("revoked_by")
