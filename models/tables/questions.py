"""Questions the bot could not answer, what officers said, and how answers were liked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.tables.columns import key, maybe_utc, utc


class Ticket(SQLModel, table=True):
    """A question passed to an officer, with its number and its answer."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index(
            "ix_ticket_kept",  # whose words are still there
            "answered_at",
            sqlite_where=sql("text != ''"),
            postgresql_where=sql("text != ''"),
        ),
    )
    id: int | None = key()
    code: str = Field(max_length=12, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    commune_code: str | None = Field(default=None, max_length=10, index=True)
    dossier_id: int | None = Field(default=None, foreign_key="dossier.id")
    topic: str = Field(default="", max_length=60)
    text: str
    language: str = Field(default="vi", max_length=5)
    state: str = Field(default="open", max_length=10, index=True)  # open | answered | closed
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    asked_at: datetime = utc()
    due_at: datetime | None = maybe_utc()
    answer: str | None = None
    answered_at: datetime | None = maybe_utc()
    make_passage: bool = False  # the officer wants it in the content
    exported_at: datetime | None = maybe_utc()


class Feedback(SQLModel, table=True):
    """A thumb on an answer. Nobody's name."""

    __tablename__ = "feedback"
    id: int | None = key()
    passage_id: str = Field(max_length=80, index=True)
    up: bool
    at: datetime = utc()


class AnswerCount(SQLModel, table=True):
    """Questions by day and topic, answered or not: counted, never scanned."""

    __tablename__ = "answer_count"
    __table_args__ = (UniqueConstraint("day", "topic", "answered"),)
    id: int | None = key()
    day: date
    topic: str = Field(max_length=60)
    answered: bool
    count: int = 0
