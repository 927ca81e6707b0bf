"""When a complaint was taken, when its officer last acted, and that it takes longer than promised.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
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
