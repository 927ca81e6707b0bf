"""Looks at the database without changing it: can it be opened, is it whole, is it ours?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError


def complaints(url: str) -> Iterator[str]:
    """What is wrong with the database at `url`. One that is not made yet is not wrong."""
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and not Path(address.database or "").expanduser().exists():
        return
    engine = create_engine(_read_only(address) if sqlite else _with_driver(address))
    try:
        with engine.connect() as connection:
            yield from _version(connection)
            if sqlite:
                yield from _damage(connection)
    except DBAPIError as error:
        yield f"cannot be opened: {str(error.orig).splitlines()[0]}"
    finally:
        engine.dispose()


def _read_only(address: URL) -> URL:
    path = Path(address.database or "").expanduser().resolve()
    return make_url(f"sqlite+pysqlite:///file:{path}?mode=ro&uri=true")


def _with_driver(address: URL) -> URL:
    return address.set(drivername="postgresql+psycopg")


def _version(connection: Connection) -> Iterator[str]:
    from migrations import HEAD

    tables = inspect(connection).get_table_names()
    if not tables:
        return
    if "alembic_version" not in tables:
        yield "has tables but no version: it is not ours, or was only half made"
        return
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if str(version) > HEAD:
        yield f"is at version {version}, newer than this program's {HEAD}: update the program"


def _damage(connection: Connection) -> Iterator[str]:
    whole = connection.execute(text("PRAGMA quick_check(5)")).scalars().all()
    yield from (f"is damaged: {what}" for what in whole if what != "ok")
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row} of {table} points to a missing row of {parent}"
