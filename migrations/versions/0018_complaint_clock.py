"""When a complaint was taken, when its officer last acted, and that it takes longer than promised.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = ("claimed_at", "acted_at", "late_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("complaint", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("complaint") as table:
        for name in reversed(COLUMNS):
            table.drop_column(name)
