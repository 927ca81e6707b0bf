"""What came in, what goes out, and what is due: the inbox, the outbox and the jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.tables.columns import Id, json_, key, maybe_utc, utc


class InboundRow(SQLModel, table=True):
    """One thing a person did. The unique pair makes a second copy harmless.

    state: done | files (waits for its files to be fetched) | waiting (behind one that does) |
    failed (will be tried again) | quarantined (set aside with its trace).
    """

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index(
            "ix_inbound_open",
            "state",
            sqlite_where=text("state != 'done'"),
            postgresql_where=text("state != 'done'"),
        ),
        Index("ix_inbound_said", "address", "received_at"),
    )
    id: int | None = key()
    channel: str = Field(max_length=20)
    external_id: str = Field(max_length=160)
    address: str = Field(max_length=128)
    person_id: int | None = Field(default=None, index=True)
    payload: dict[str, Any] = json_()
    received_at: datetime = utc()
    state: str = Field(default="done", max_length=12)
    attempts: int = 0
    trace: str | None = None


class OutboundRow(SQLModel, table=True):
    """One message that leaves, already rendered in its reader's language.

    kind: send | edit (replaces the latest message of the same `key` at that address) | mark (only
    the buttons of the message it replaces change).
    status: waiting | sent | failed | cancelled. priority: 0 reply, 1 alert, 5 notice, 9 bulk.
    Order is kept per address among rows of one priority class of waiting rows.
    """

    __tablename__ = "outbound"
    __table_args__ = (
        Index(
            "ix_outbound_next",  # in the order rows leave
            "channel",
            "priority",
            "id",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "ix_outbound_line",
            "channel",
            "address",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "ix_outbound_failed",
            "created_at",
            sqlite_where=text("status = 'failed'"),
            postgresql_where=text("status = 'failed'"),
        ),
        Index(
            "ix_outbound_shown",
            "address",
            "sent_at",
            sqlite_where=text("channel IN ('web', 'sim')"),
            postgresql_where=text("channel IN ('web', 'sim')"),
        ),
        Index("ix_outbound_address", "channel", "address", "id"),
        Index("ix_outbound_key", "channel", "address", "key"),
    )
    id: int | None = key()
    channel: str = Field(max_length=20)
    address: str = Field(max_length=128)
    person_id: int | None = Field(default=None, index=True)
    kind: str = Field(default="send", max_length=8)
    key: str = Field(default="", max_length=60)
    body: dict[str, Any] = json_()
    reply_to: str | None = Field(default=None, max_length=160)
    # the outbound id whose message this edit replaces
    replaces: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    dedupe: str | None = Field(default=None, max_length=120, unique=True)
    status: str = Field(default="waiting", max_length=10)
    priority: int = 0
    due_at: datetime = utc()
    leased_until: datetime | None = maybe_utc()
    attempts: int = 0
    maybe_sent: bool = False
    external_id: str | None = Field(default=None, max_length=400)  # space separated, first first
    error: str | None = None
    dossier_id: int | None = Field(default=None, index=True)
    created_at: datetime = utc()
    sent_at: datetime | None = maybe_utc()


class Job(SQLModel, table=True):
    """Something due: a file to fetch, a form to fill, a clock to check. At least once.

    status: waiting | done | failed | cancelled.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due",
            "due_at",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )
    id: int | None = key()
    kind: str = Field(max_length=40)
    dedupe: str | None = Field(default=None, max_length=120, unique=True)
    payload: dict[str, Any] = json_()
    status: str = Field(default="waiting", max_length=10)
    due_at: datetime = utc()
    leased_until: datetime | None = maybe_utc()
    attempts: int = 0
    error: str | None = None
    dossier_id: int | None = Field(default=None, index=True)
    created_at: datetime = utc()
