"""Announcements of officers: what is told to whom, what became of it, and who wants none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import Id, json_, key, maybe_utc, utc


class Announcement(SQLModel, table=True):
    """One announcement. `form` holds the answers it was made of; `segment` whom it is for.

    state: draft | asked (waits for a second officer) | planned | sending | done | cancelled |
    rejected | expired.
    """

    __tablename__ = "announcement"
    id: int | None = key()
    officer_id: int = Field(foreign_key="officer.id", index=True)
    topic: str = Field(max_length=20)  # content.announcements id
    text: str
    file: dict[str, Any] = json_()  # key, name, mime; empty = none
    segment: dict[str, Any] = json_()
    form: dict[str, Any] = json_()
    state: str = Field(default="draft", max_length=10, index=True)
    due_at: datetime | None = maybe_utc()  # None = as soon as it is confirmed
    made_at: datetime = utc()
    asked_at: datetime | None = maybe_utc()
    second_officer_id: int | None = Field(default=None, foreign_key="officer.id")
    reason: str = Field(default="", max_length=300)  # why it was rejected or cancelled
    started_at: datetime | None = maybe_utc()
    reached: int = 0  # the person up to whom it has been written
    expanded_at: datetime | None = maybe_utc()  # written for everybody
    ended_at: datetime | None = maybe_utc()


class Delivery(SQLModel, table=True):
    """One announcement for one person. The unique pair makes writing it twice impossible.

    outcome: written (`outbound_id` knows the rest) | unsubscribed | no_channel.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("announcement_id", "person_id"),
        Index("ix_delivery_person", "person_id"),
    )
    id: int | None = key()
    announcement_id: int = Field(foreign_key="announcement.id")
    person_id: int = Field(foreign_key="person.id")
    outcome: str = Field(max_length=12)
    outbound_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    at: datetime = utc()


class Unsubscribed(SQLModel, table=True):
    """A topic a person wants no announcements about."""

    __tablename__ = "unsubscribed"
    person_id: int = Field(
        sa_column=Column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    )
    topic: str = Field(primary_key=True, max_length=20)
    at: datetime = utc()
