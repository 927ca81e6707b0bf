"""Everything of one database into another, empty one: SQLite to PostgreSQL, and back.

One transaction on either side: what is copied is the source as it was at one instant, and the
target has all of it or nothing. Tables go in the order of their foreign keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import models.tables  # noqa: F401  (fills the metadata)
from models.database import Database, DatabaseError, Unit

BATCH = 2000  # rows
Tell = Callable[[str, int, int], None]  # table, rows so far, rows in all


@dataclass(frozen=True, slots=True)
class Copied:
    """One table, and how many rows it has on both sides."""

    table: str
    rows: int


def nobody(table: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


def copy(source: Database, target: Database, tell: Tell = nobody) -> list[Copied]:
    """Copy all rows; both schemas must be there. Blocks.

    Raises DatabaseError, one sentence, when the versions differ, the target has rows already, a row
    does not fit there, or anything differs afterwards. Then the target is as it was before.
    """
    return source.store.read(
        lambda from_: target.run_now(lambda to: _copy(from_.core, to, tell)),
    )


def rows_in(connection: Connection) -> str | None:
    """The first table with a row in it; None when all are empty."""
    for table in tables():
        if connection.execute(select(text("1")).select_from(table).limit(1)).first() is not None:
            return table.name
    return None


def tables() -> list[Table]:
    """Every table of ours, those that others refer to first."""
    return SQLModel.metadata.sorted_tables


def _copy(source: Connection, target: Unit, tell: Tell) -> list[Copied]:
    if source.dialect.name == "postgresql":  # all tables as they were at the first look
        source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    _same_version(source, target.core)
    if (full := rows_in(target.core)) is not None:
        raise DatabaseError(
            f"The target has rows already (in {full}): copy-database only fills an empty database."
        )
    copied = [_table(source, target.core, table, tell) for table in tables()]
    target.cache.doubt()
    return copied


def _same_version(source: Connection, target: Connection) -> None:
    versions = [_version(connection) for connection in (source, target)]
    if versions[0] != versions[1]:
        raise DatabaseError(
            f"The source is at version {versions[0] or 'none'}, this program's is {versions[1]}: "
            "bring it up to date first (DATABASE_URL=the source, `python -m bot migrate`)."
        )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return version


def _table(source: Connection, target: Connection, table: Table, tell: Tell) -> Copied:
    number, done = _count(source, table), 0
    strict = target.dialect.name == "postgresql"
    for rows in _batches(source, table):
        if strict:
            _fit(table, rows)
        try:
            target.execute(table.insert(), rows)
        except DBAPIError as wrong:
            why = " ".join(str(wrong.orig).split())
            raise DatabaseError(f"{_name(table, rows[0])} or one after it: {why}.") from wrong
        done += len(rows)
        tell(table.name, done, number)
    go_on_counting(target, table)
    _compare(source, target, table)
    return Copied(table.name, done)


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = source.execute(
        select(table).order_by(*table.primary_key),
        execution_options={"stream_results": True, "yield_per": BATCH},
    )
    for some in rows.mappings().partitions(BATCH):
        yield [dict(row) for row in some]


def _fit(table: Table, rows: list[dict[str, Any]]) -> None:
    """SQLite keeps any text in any column; PostgreSQL does not."""
    for column in table.columns:
        most: int = getattr(column.type, "length", None) or 1 << 62
        for row in rows:
            value = row[column.name]
            if not isinstance(value, str):
                continue
            if len(value) > most:
                raise DatabaseError(
                    f"{_name(table, row)}: {column.name} has {len(value)} characters, PostgreSQL "
                    f"takes {most}: shorten it and begin again."
                )
            if "\0" in value:
                raise DatabaseError(
                    f"{_name(table, row)}: {column.name} holds a NUL character, which PostgreSQL "
                    "does not take: remove it and begin again."
                )


def _name(table: Table, row: dict[str, Any]) -> str:
    """A row by its number; a key that is not a number may be a secret or a person's."""
    numbers = [row[c.name] for c in table.primary_key if isinstance(row[c.name], int)]
    return " ".join(["The row", *map(str, numbers), "of", table.name])


def _counted(table: Table) -> Any:
    """The column the database counts up by itself, if any."""
    return table.autoincrement_column if len(table.primary_key) == 1 else None


def go_on_counting(target: Connection, table: Table) -> None:
    """The next row gets a number above all that were copied. SQLite does so by itself."""
    column = _counted(table)
    if target.dialect.name != "postgresql" or column is None:
        return
    highest = target.execute(select(func.max(column))).scalar()
    name = target.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
    if highest is not None and name is not None:
        target.execute(select(func.setval(name, highest)))


def _compare(source: Connection, target: Connection, table: Table) -> None:
    before, after = _sum(source, table), _sum(target, table)
    if before != after:
        raise DatabaseError(
            f"{table.name} differs after copying ({before[0]} rows, then {after[0]}): "
            "nothing was kept; begin again."
        )


def _sum(connection: Connection, table: Table) -> tuple[Any, ...]:
    """What must be equal on both sides: how many rows, and the highest number."""
    column = _counted(table)
    highest = None
    if column is not None:
        highest = connection.execute(select(func.max(column))).scalar()
    return _count(connection, table), highest


def _count(connection: Connection, table: Table) -> int:
    number: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return number
