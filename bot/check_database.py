"""Looks at the database without changing it: can it be opened, is it whole, is it ours?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from models.files import FileStore


def complaints(url: str) -> Iterator[str]:
    """What is wrong with the database at `url`. One that is not made yet is not wrong."""
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    if not_made(url):
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


def lost_files(url: str, files: FileStore) -> Iterator[str]:
    """Pages whose bytes the store does not hold. A database that is not made yet names none."""
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    engine = create_engine(_read_only(address) if sqlite else _with_driver(address))
    wanted = text("SELECT id, item_id, file_key FROM page WHERE removed_at IS NULL ORDER BY id")
    try:
        with engine.connect() as connection:
            rows = connection.execute(wanted).all()
    finally:
        engine.dispose()
    there = set(files.keys())
    for number, item, key in rows:
        if key not in there:
            yield (
                f"page {number} of item {item} is lost ({key[:12]}...): put it back from a backup "
                "(`python -m bot restore`), or send the item back to its household"
            )


def not_made(url: str) -> bool:
    """A SQLite file that is not there yet."""
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    return sqlite and not Path(address.database or "").expanduser().exists()


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
