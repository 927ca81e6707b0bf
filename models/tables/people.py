"""People, where they can be reached, what they agreed to and where their talk stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import json_, key, maybe_utc, utc


class Person(SQLModel, table=True):
    """A human at one or more channel addresses. Nothing personal before consent."""

    __tablename__ = "person"
    id: int | None = key()
    language: str = Field(default="vi", max_length=5)
    created_at: datetime = utc()
    consent_version: str | None = Field(default=None, max_length=20)
    consent_at: datetime | None = maybe_utc()
    name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=20, index=True)  # E.164
    demo: bool = False  # made by the demo; removed by `demo remove`
    erased_at: datetime | None = maybe_utc()


class AddressRow(SQLModel, table=True):
    """Where a person is on one channel. `external_id` of a web chat is a secret we minted."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str = Field(max_length=20)
    external_id: str = Field(max_length=128)
    status: str = Field(default="active", max_length=10)  # active | stopped
    stopped_because: str | None = None
    created_at: datetime = utc()
    last_in_at: datetime | None = maybe_utc()


class TalkRow(SQLModel, table=True):
    """The state of a person's conversation (models.messages.Talk as JSON)."""

    __tablename__ = "talk"
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    state: dict[str, Any] = json_()
    updated_at: datetime = utc(index=True)
    offered_at: datetime | None = maybe_utc()  # when an abandoned flow was last offered again


class ConsentEntry(SQLModel, table=True):
    """What was agreed to or taken back, by purpose and version. Append-only."""

    __tablename__ = "consent_entry"
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str = Field(max_length=40)
    version: str = Field(max_length=20)
    given: bool
    at: datetime = utc()


class OneTimeCode(SQLModel, table=True):
    """A code used once before it expires. Only its hash is kept.

    purpose: link (another channel) | upload (one item) | cosign (producer confirms) | resume.
    """

    __tablename__ = "one_time_code"
    id: int | None = key()
    code_hash: str = Field(max_length=64, unique=True)
    purpose: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    payload: dict[str, Any] = json_()
    made_at: datetime = utc()
    expires_at: datetime = utc()
    used_at: datetime | None = maybe_utc()
    tries: int = 0


class Secret(SQLModel, table=True):
    """What the product keeps for itself by name: keys made at first start (button seals, link
    tokens), what a consent is redeemed with, marks (models/marks.py)."""

    __tablename__ = "secret"
    name: str = Field(primary_key=True, max_length=40)
    value: str
    updated_at: datetime = utc()
