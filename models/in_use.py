"""Whether some process works on a database: what moves or replaces it must not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from models.database import DatabaseError, address_of

OURS = "ocop"  # how the assistant names its connections to PostgreSQL
_OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
)


def refuse_if_used(url: str, *, must_exist: bool = False) -> None:
    """Raises DatabaseError, one sentence, when the assistant runs on this database, when it cannot
    be reached, or when it is a file that is not there but must be."""
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        _file(Path(address.database or "").expanduser(), must_exist)
    else:
        _server(address)


def _file(path: Path, must_exist: bool) -> None:
    if not path.is_file():
        if must_exist:
            raise DatabaseError(f"There is no database at {path}.")
        return
    try:
        with closing(sqlite3.connect(path, timeout=0.5)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")  # no other reader either
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as wrong:
        if "locked" not in str(wrong):
            raise DatabaseError(f"The database {path} cannot be used: {wrong}.") from None
        raise DatabaseError(f"The database {path} is in use: stop the assistant first.") from None
    except sqlite3.DatabaseError as wrong:
        raise DatabaseError(f"{path} is no database: {wrong}.") from None


def _server(address: URL) -> None:
    import psycopg

    shown = address.set(drivername="postgresql").render_as_string(hide_password=True)
    try:
        with psycopg.connect(plain(address), application_name="ocop-look") as database:
            used = database.execute(_OTHERS, (OURS,)).fetchone()
    except psycopg.OperationalError as wrong:
        why = " ".join(str(wrong).split())
        raise DatabaseError(f"The database {shown} cannot be reached: {why}") from None
    if used:
        raise DatabaseError(f"The database {shown} is in use: stop the assistant first.")


def plain(address: URL) -> str:
    """The address as PostgreSQL's own programs read it, password and all."""
    return address.set(drivername="postgresql").render_as_string(hide_password=False)
