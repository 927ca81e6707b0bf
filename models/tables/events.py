"""Events people are invited to (trainings, fairs): who goes, and which producers were there."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import Id, key, maybe_utc, utc


class Event(SQLModel, table=True):
    """A training, a fair: a name, a place, a start and as many seats as there are (0 = no end)."""

    __tablename__ = "event"
    id: int | None = key()
    announcement_id: int = Field(foreign_key="announcement.id", unique=True)
    topic: str = Field(max_length=20)  # of its announcement: "training" counts as trained
    name: str = Field(max_length=200)
    place: str = Field(max_length=300)
    starts_at: datetime = utc(index=True)
    seats: int = 0
    door_code: str = Field(max_length=12, unique=True)  # shown at the door, typed by who is there
    cancelled_at: datetime | None = maybe_utc()


class Signup(SQLModel, table=True):
    """A person who wants to come. state: going | waiting (no seat yet) | left."""

    __tablename__ = "signup"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("ix_signup_person", "person_id"),
    )
    id: int | None = key()
    event_id: int = Field(foreign_key="event.id")
    person_id: int = Field(foreign_key="person.id")
    producer_id: int | None = Field(default=None, foreign_key="producer.id")
    state: str = Field(default="going", max_length=10)
    at: datetime = utc()  # when it last changed: the order of those who wait


class Attendance(SQLModel, table=True):
    """A producer was there. `topic` and `day` are the event's, so that a year is one query:
    producers trained in 2026 = distinct producer_id with topic "training" and a day of 2026.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("event_id", "producer_id"),
        Index("ix_attendance_topic_day", "topic", "day"),
    )
    id: int | None = key()
    event_id: int = Field(foreign_key="event.id")
    producer_id: int = Field(foreign_key="producer.id", index=True)
    topic: str = Field(max_length=20)
    day: date
    officer_id: int | None = Field(default=None, foreign_key="officer.id")  # None: by the code
    at: datetime = utc()


class OfficerAttendance(SQLModel, table=True):
    """An officer was there. As with producers, `topic` and `day` are the event's."""

    __tablename__ = "officer_attendance"
    event_id: int = Field(
        sa_column=Column(Id, ForeignKey("event.id"), primary_key=True, autoincrement=False)
    )
    officer_id: int = Field(
        sa_column=Column(
            Id, ForeignKey("officer.id"), primary_key=True, autoincrement=False, index=True
        )
    )
    topic: str = Field(max_length=20)
    day: date
    at: datetime = utc()
