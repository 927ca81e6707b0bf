"""Open reports, words that are kept no longer, and where an officer was are found by index.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OPEN = sa.text("state != 'closed'")
KEPT = sa.text("text != ''")


def upgrade() -> None:
    op.drop_index("ix_complaint_state", table_name="complaint")
    op.create_index(
        "ix_complaint_open",
        "complaint",
        ["commune_code", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_officer_attendance_officer_id", "officer_attendance", ["officer_id"])
    for table, when in (("complaint", "closed_at"), ("ticket", "answered_at")):
        op.create_index(f"ix_{table}_kept", table, [when], sqlite_where=KEPT, postgresql_where=KEPT)


def downgrade() -> None:
    op.drop_index("ix_officer_attendance_officer_id", table_name="officer_attendance")
    op.drop_index("ix_ticket_kept", table_name="ticket")
    op.drop_index("ix_complaint_kept", table_name="complaint")
    op.drop_index("ix_complaint_open", table_name="complaint")
    op.create_index("ix_complaint_state", "complaint", ["state"])
