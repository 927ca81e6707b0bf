"""Why a certificate was revoked: the ground of the law, and whether buyers may read it.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("certificate", sa.Column("revoked_ground", sa.String(20), nullable=True))
    op.add_column("certificate", sa.Column("revoked_shown", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("certificate") as table:
        table.drop_column("revoked_shown")
        table.drop_column("revoked_ground")
