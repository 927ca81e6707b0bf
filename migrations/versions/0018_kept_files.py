"""What a provider has kept of what we sent.

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


def upgrade() -> None:
    op.create_table(
        "kept_file",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("remote", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("bot", "file", "name", "kind"),
    )


def downgrade() -> None:
    op.drop_table("kept_file")
