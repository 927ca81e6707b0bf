"""The outbox's index is in the order rows leave: ten thousand that wait cost a claim nothing.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WAITING = sa.text("status = 'waiting'")


def upgrade() -> None:
    op.drop_index("ix_outbound_due", table_name="outbound")
    _index("ix_outbound_next", ["channel", "priority", "id"])


def downgrade() -> None:
    op.drop_index("ix_outbound_next", table_name="outbound")
    _index("ix_outbound_due", ["channel", "due_at"])


def _index(name: str, columns: list[str]) -> None:
    op.create_index(name, "outbound", columns, sqlite_where=WAITING, postgresql_where=WAITING)
