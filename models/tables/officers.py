"""Officers, the communes they answer for, their invitations, and what they saw and did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import json_, key, maybe_utc, utc


class Officer(SQLModel, table=True):
    """Cán bộ: a person with a role. commune officers see only their communes."""

    __tablename__ = "officer"
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id", unique=True)
    role: str = Field(max_length=10)  # commune | province | admin | leader
    name: str = Field(default="", max_length=120)  # shown to households and colleagues
    active: bool = True
    demo: bool = False
    since: datetime = utc()


class OfficerCommune(SQLModel, table=True):
    """A commune an officer answers for."""

    __tablename__ = "officer_commune"
    __table_args__ = (UniqueConstraint("officer_id", "commune_code"),)
    id: int | None = key()
    officer_id: int = Field(foreign_key="officer.id")
    commune_code: str = Field(max_length=10, index=True)


class OfficerGroup(SQLModel, table=True):
    """A group that hears what one of its officers hears about one commune.

    It never hears more than the officer might when it was bound and may today. `person_id` is the
    group itself: it has an address and a language as a person has.
    """

    __tablename__ = "officer_group"
    __table_args__ = (UniqueConstraint("person_id", "officer_id", "commune_code"),)
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id", index=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    role: str = Field(max_length=10)
    commune_code: str = Field(default="", max_length=10)  # "": all, for province and admin
    since: datetime = utc()


class Invite(SQLModel, table=True):
    """A one-time invitation to be an officer. Only the code's hash is kept."""

    __tablename__ = "invite"
    id: int | None = key()
    code_hash: str = Field(max_length=64, unique=True)
    role: str = Field(max_length=10)
    communes: list[str] = json_(list)
    name: str = Field(default="", max_length=120)
    demo: bool = False
    made_at: datetime = utc()
    expires_at: datetime = utc()
    used_at: datetime | None = maybe_utc()
    used_by: int | None = Field(default=None, foreign_key="person.id")


class AuditEntry(SQLModel, table=True):
    """Who saw or did what. Append-only: triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit_entry"
    id: int | None = key()
    at: datetime = utc(index=True)
    officer_id: int | None = Field(default=None, index=True)
    person_id: int | None = Field(default=None)
    action: str = Field(max_length=40)
    subject: str = Field(default="", max_length=60)  # e.g. dossier:12
    detail: dict[str, Any] = json_()
