"""What a person was reminded of, and whether they want to hear of it again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import key, utc


class Reminder(SQLModel, table=True):
    """One person, one thing that ends: told of which stage last, and what the person chose.

    `about` is "certificate:ID", "paper:ID" (an evidence item), "ending" (an officer's list) or
    "news" (asked whether notices are wanted).
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person_id", "about"),)
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id")
    about: str = Field(max_length=40, index=True)
    stage: str = Field(default="", max_length=60)  # the last one told; "" = none yet
    again_on: date | None = None  # put off until this day
    stopped: bool = False
    at: datetime = utc()
