"""What officers record where no paper says it: circular, trained, traceable.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ADDED = {"producer": ("circular", "trained"), "product": ("traceable",)}


def upgrade() -> None:
    for table, names in ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Boolean(), nullable=True))


def downgrade() -> None:
    for table, names in ADDED.items():
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.drop_column(name)
