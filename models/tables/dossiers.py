"""One evaluation case: its checklist, pages, history, talk, assessment and certificate."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import json_, key, maybe_utc, utc


class Dossier(SQLModel, table=True):
    """Hồ sơ. Its `state` is one of conversations.records.State; `version` guards every change."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index("ix_dossier_queue", "commune_code", "state", "due_on"),
        Index("ix_dossier_state", "state", "due_on"),
    )
    id: int | None = key()
    code: str = Field(max_length=12, unique=True)  # public: no 0/O/1/I, check character
    product_id: int = Field(foreign_key="product.id", index=True)
    producer_id: int = Field(foreign_key="producer.id", index=True)
    case_kind: str = Field(max_length=10)  # first | upgrade | again
    stars_aimed: int = 3
    state: str = Field(default="draft", max_length=16)
    commune_code: str = Field(max_length=10)
    rules: str = Field(max_length=40)  # the decision it is evaluated under
    opened_at: datetime = utc()
    state_since: datetime = utc()
    submitted_at: datetime | None = maybe_utc()
    due_on: date | None = None  # the officer's deadline
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    claimed_at: datetime | None = maybe_utc()
    acted_at: datetime | None = maybe_utc()  # the claim clock
    reached_province_at: datetime | None = maybe_utc()
    round_name: str | None = Field(default=None, max_length=60)
    score: float | None = None
    stars: int | None = None
    decision_number: str | None = Field(default=None, max_length=60)
    decision_date: date | None = None
    refused_because: str | None = None
    demo: bool = False
    version: int = 0


class EvidenceItem(SQLModel, table=True):
    """One line of the checklist that was touched. Untouched lines have no row.

    state: have (on paper) | open (pages being sent) | uploaded | accepted | returned | fixed
    (sửa xong, chờ xem lại) | excused (not applicable, with a reason).
    """

    __tablename__ = "evidence_item"
    __table_args__ = (UniqueConstraint("dossier_id", "evidence"),)
    id: int | None = key()
    dossier_id: int = Field(foreign_key="dossier.id")
    evidence: str = Field(max_length=60)
    state: str = Field(default="open", max_length=12)
    reason: str = Field(default="", max_length=600)  # why it was returned
    excuse: str = Field(default="", max_length=600)
    expires_on: date | None = Field(default=None, index=True)
    reviewed_by: int | None = Field(default=None, foreign_key="officer.id")
    reviewed_at: datetime | None = maybe_utc()
    updated_at: datetime = utc()


class Page(SQLModel, table=True):
    """One photo or document under an item, in order. The bytes are in the file store."""

    __tablename__ = "page"
    id: int | None = key()
    item_id: int = Field(foreign_key="evidence_item.id", index=True)
    position: int
    file_key: str = Field(max_length=64, index=True)
    name: str = Field(default="", max_length=200)
    mime: str = Field(max_length=100)
    size: int = 0
    problems: list[str] = json_(list)
    insisted: bool = False
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = utc()
    removed_at: datetime | None = maybe_utc()


class HistoryEntry(SQLModel, table=True):
    """The timeline of a dossier: what happened, when, by whom. Append-only."""

    __tablename__ = "history_entry"
    id: int | None = key()
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    at: datetime = utc()
    what: str = Field(max_length=40)  # submitted, claimed, item_returned, ...
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    detail: dict[str, Any] = json_()


class CaseMessage(SQLModel, table=True):
    """A message between the household and the officers within a case."""

    __tablename__ = "case_message"
    id: int | None = key()
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    from_officer: bool
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    files: list[dict[str, Any]] = json_(list)
    at: datetime = utc()


class Assessment(SQLModel, table=True):
    """What the commune says on one of its four contents (Điều 7.2, Mẫu 03)."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("dossier_id", "content"),)
    id: int | None = key()
    dossier_id: int = Field(foreign_key="dossier.id")
    content: str = Field(max_length=40)
    verdict: str = Field(max_length=20)
    note: str = Field(default="", max_length=1000)
    officer_id: int = Field(foreign_key="officer.id")
    at: datetime = utc()


class Certificate(SQLModel, table=True):
    """A recognised product's certificate: 36 months from issue (Điều 4.3)."""

    __tablename__ = "certificate"
    id: int | None = key()
    code: str = Field(max_length=12, unique=True)
    product_id: int = Field(foreign_key="product.id", index=True)
    dossier_id: int | None = Field(default=None, foreign_key="dossier.id", index=True)
    stars: int
    decision_number: str = Field(max_length=60)
    issued_on: date
    valid_to: date = Field(index=True)
    revoked_on: date | None = None
    revoked_because: str | None = None
    revoked_by: str | None = Field(default=None, max_length=60)  # the decision
    revoked_ground: str | None = Field(default=None, max_length=20)  # content's ground
    revoked_shown: bool | None = None  # may buyers read the ground?
