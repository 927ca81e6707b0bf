"""What people report about a product or the OCOP mark, and what was said about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.tables.columns import json_, key, maybe_utc, utc


class Complaint(SQLModel, table=True):
    """Phản ánh: one report of one person. Who that is serves to answer, and is shown to nobody."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index(
            "ix_complaint_open",
            "commune_code",
            "id",
            sqlite_where=sql("state != 'closed'"),
            postgresql_where=sql("state != 'closed'"),
        ),
        Index(
            "ix_complaint_kept",  # whose words are still there
            "closed_at",
            sqlite_where=sql("text != ''"),
            postgresql_where=sql("text != ''"),
        ),
    )
    id: int | None = key()
    code: str = Field(max_length=12, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=20)  # quality | safety | mark | wrong | other
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    certificate_code: str = Field(default="", max_length=12)
    about: str = Field(default="", max_length=200)  # the product in words, when it is not listed
    place: str = Field(default="", max_length=200)
    commune_code: str | None = Field(default=None, max_length=10, index=True)
    text: str
    files: list[dict[str, Any]] = json_(list)
    state: str = Field(default="open", max_length=10)  # open | claimed | closed
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    made_at: datetime = utc()
    due_at: datetime = utc()  # somebody should have taken it
    claimed_at: datetime | None = maybe_utc()
    acted_at: datetime | None = maybe_utc()  # its officer asked back, or it was given back
    late_at: datetime | None = maybe_utc()  # the reporter was told that it takes longer
    outcome: str = Field(default="", max_length=20)
    result: str = ""
    closed_at: datetime | None = maybe_utc()


class ComplaintLine(SQLModel, table=True):
    """A message about a complaint, from its officer or from whoever reported."""

    __tablename__ = "complaint_line"
    id: int | None = key()
    complaint_id: int = Field(foreign_key="complaint.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="officer.id")  # None: the reporter
    text: str
    files: list[dict[str, Any]] = json_(list)
    at: datetime = utc()
