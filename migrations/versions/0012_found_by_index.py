"""Indexes for what was found by going through whole tables; lines of a chat in their order.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FAILED = sa.text("status = 'failed'")
SHOWN = sa.text("channel IN ('web', 'sim')")


def upgrade() -> None:
    op.create_index("ix_case_message_person_id", "case_message", ["person_id"])
    op.create_index("ix_inbound_said", "inbound", ["address", "received_at"])
    op.drop_index("ix_inbound_address", table_name="inbound")
    op.create_index(
        "ix_outbound_failed",
        "outbound",
        ["created_at"],
        sqlite_where=FAILED,
        postgresql_where=FAILED,
    )
    op.create_index(
        "ix_outbound_shown",
        "outbound",
        ["address", "sent_at"],
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_shown", table_name="outbound")
    op.drop_index("ix_outbound_failed", table_name="outbound")
    op.create_index("ix_inbound_address", "inbound", ["address"])
    op.drop_index("ix_inbound_said", table_name="inbound")
    op.drop_index("ix_case_message_person_id", table_name="case_message")
