"""Column kinds shared by the tables: UTC instants and JSON that work on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# A row of a table is not validated, so nobody waits at the start for what would do it.
SQLModel.model_config["defer_build"] = True

# SQLite only counts up an INTEGER primary key by itself; PostgreSQL gets 64 bits.
Id = BigInteger().with_variant(Integer, "sqlite")


class Utc(TypeDecorator[datetime]):
    """An aware instant. SQLite forgets time zones, so UTC is put back when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Any) -> Callable[[Any], Any] | None:
        """As SQLAlchemy writes it in SQLite, in a third of the time: a turn writes eight."""
        return _sqlite_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a naive time cannot be stored")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _sqlite_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    return _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def key() -> Any:
    """A primary key counted up by the database."""
    return Field(default=None, sa_column=Column(Id, primary_key=True, autoincrement=True))


def utc(*, index: bool = False) -> Any:
    """A required instant."""
    return Field(sa_column=Column(Utc, nullable=False, index=index))


def maybe_utc(*, index: bool = False) -> Any:
    """An instant that may be missing."""
    return Field(default=None, sa_column=Column(Utc, nullable=True, index=index))


def json_(default: Any = dict) -> Any:
    """A JSON document; replaced whole, never changed in place."""
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))
