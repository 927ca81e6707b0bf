"""Tokens that are good once, windows per person and counts per month of the channels.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
TABLES = ("token_pair", "channel_window", "channel_count")


def upgrade() -> None:
    op.create_table(
        "token_pair",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("issued_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("renewing_until", UTC, nullable=True),
        sa.Column("lost_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "channel_window",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(128), nullable=False),
        sa.Column("acted_at", UTC, nullable=True),
        sa.Column("free_left", sa.Integer(), nullable=False),
        sa.Column("human_since", UTC, nullable=True),
        sa.PrimaryKeyConstraint("channel", "address"),
    )
    op.create_table(
        "channel_count",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "period", "kind"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
