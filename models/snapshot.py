"""A whole, consistent copy of an SQLite database while it is in use; and putting one back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from models.database import DatabaseError

PAGES = 2000  # copied at once; between two steps the writer goes on


def sqlite_file(url: str) -> Path:
    """The file of a `sqlite:///` address. Raises DatabaseError for any other database."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise DatabaseError(
            "backup and restore copy SQLite; for PostgreSQL use pg_dump and pg_restore, and copy "
            "the folder of FILES_URL after it."
        )
    return Path(address.database).expanduser()


def copy(database: Path, target: Path) -> str:
    """Copy `database` as it is at one instant to the new file `target`; its schema version."""
    if not database.is_file():
        raise DatabaseError(f"There is no database at {database} to copy.")
    with closing(_connect(database, "ro")) as source, closing(sqlite3.connect(target)) as copied:
        source.backup(copied, pages=PAGES, sleep=0.01)
        copied.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    return check(target)


def check(copied: Path) -> str:
    """The schema version of a copy. Raises DatabaseError when it is damaged or not ours."""
    from migrations import HEAD

    try:
        with closing(_connect(copied, "ro")) as database:
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
            version = str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except sqlite3.Error as wrong:
        raise DatabaseError(f"The copy is no database of ours: {wrong}.") from None
    if whole != "ok":
        raise DatabaseError(f"The copy is damaged: {whole}.")
    if version > HEAD:
        raise DatabaseError(
            f"The copy is of version {version}, newer than this program's {HEAD}: update it first."
        )
    return version


def put_back(copied: Path, database: Path, *, replace: bool) -> Path | None:
    """Make `copied` (which goes away) the database; where the one it replaces was put aside.

    Raises DatabaseError when there is one and `replace` is False, or when it is in use.
    """
    aside = None
    if database.exists():
        if not replace:
            raise DatabaseError(
                f"There is a database at {database} already: stop the assistant and add --replace; "
                "what is there is put aside, not deleted."
            )
        aside = _put_aside(database)
    os.replace(copied, database)
    return aside


def _put_aside(database: Path) -> Path:
    """Rename it out of the way, once nobody uses it: only then can it leave its journal mode."""
    with closing(sqlite3.connect(database, timeout=0.5)) as old:
        try:
            mode = old.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
        if mode != "delete":
            raise DatabaseError(f"The database {database} is in use: stop the assistant first.")
    number = 1
    while (aside := database.with_name(f"{database.name}.before-restore-{number}")).exists():
        number += 1
    os.replace(database, aside)
    return aside


def _connect(database: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)
