"""Announcements, what became of them for each person, events and who was there.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
TABLES = ("announcement", "delivery", "unsubscribed", "event", "signup", "attendance")


def upgrade() -> None:
    _announcements()
    _deliveries()
    _events()
    _attendance()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _announcements() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=False),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", UTC, nullable=True),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("asked_at", UTC, nullable=True),
        sa.Column("second_officer_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("started_at", UTC, nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("expanded_at", UTC, nullable=True),
        sa.Column("ended_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["second_officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("officer_id", "state"):
        op.create_index(op.f(f"ix_announcement_{column}"), "announcement", [column])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("outbound_id", ID, nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcement.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id", "person_id"),
    )
    op.create_index("ix_delivery_person", "delivery", ["person_id"])
    op.create_table(
        "unsubscribed",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "topic"),
    )


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("starts_at", UTC, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("door_code", sa.String(12), nullable=False),
        sa.Column("cancelled_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id"),
        sa.UniqueConstraint("door_code"),
    )
    op.create_index(op.f("ix_event_starts_at"), "event", ["starts_at"])
    op.create_table(
        "signup",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "person_id"),
    )
    op.create_index("ix_signup_person", "signup", ["person_id"])


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "producer_id"),
    )
    op.create_index(op.f("ix_attendance_producer_id"), "attendance", ["producer_id"])
    op.create_index("ix_attendance_topic_day", "attendance", ["topic", "day"])
