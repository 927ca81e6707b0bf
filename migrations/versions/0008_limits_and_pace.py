"""What processes share about pace; and room for more than two billion messages.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("whole_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_allowance_whole_at"), "allowance", ["whole_at"], unique=False)
    op.create_table(
        "slot",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    _replaces(sa.Integer(), sa.BigInteger())


def downgrade() -> None:
    _replaces(sa.BigInteger(), sa.Integer())
    op.drop_table("slot")
    op.drop_table("allowance")


def _replaces(before: sa.types.TypeEngine[int], after: sa.types.TypeEngine[int]) -> None:
    """A number of another row of the outbox: as large as those are. SQLite knows one size only."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbound", "replaces", type_=after, existing_type=before)
