"""A whole, consistent copy of a database while it is in use, and putting one back: SQLite's here,
PostgreSQL's in snapshot_postgres.py."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

from models.database import DatabaseError, address_of

PAGES = 2000  # copied at once; between two steps the writer goes on
SQLITE, DUMP = "database.sqlite3", "database.dump"  # what a copy is named says how it was made


class Keeper(Protocol):
    """Copies one database, and puts a copy back. Everything raises DatabaseError, one sentence."""

    def copy(self, folder: Path) -> tuple[Path, str]:
        """A copy as of one instant in a new file in `folder`; and its schema version."""

    def check(self, copied: Path) -> None:
        """Is it whole, ours, and of a version we know?"""

    def refuse(self, *, replace: bool) -> None:
        """Refuse when something is there and `replace` is False."""

    def put_back(self, copied: Path, *, replace: bool) -> str | None:
        """Make the copy (which goes away) the database; where what it replaces was put aside."""


def keeper(url: str) -> Keeper:
    """Whoever copies the database at `url`."""
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        return SqliteKeeper(Path(address.database or "").expanduser())
    from models.snapshot_postgres import PostgresKeeper

    return PostgresKeeper(url)


class SqliteKeeper:
    """Copies the file at `database`, and puts a copy there."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def copy(self, folder: Path) -> tuple[Path, str]:
        made = folder / SQLITE
        return made, copy(self.database, made)

    def check(self, copied: Path) -> None:
        if copied.name != SQLITE:
            raise DatabaseError(
                "This backup was made by pg_dump: put it back into PostgreSQL, then copy-database."
            )
        check(copied)

    def refuse(self, *, replace: bool) -> None:
        if self.database.exists() and not replace:
            raise DatabaseError(
                f"There is a database at {self.database} already: stop the assistant and add "
                "--replace; what is there is put aside, not deleted."
            )

    def put_back(self, copied: Path, *, replace: bool) -> str | None:
        self.refuse(replace=replace)
        aside = _put_aside(self.database) if self.database.exists() else None
        os.replace(copied, self.database)
        return str(aside) if aside else None


def copy(database: Path, target: Path) -> str:
    """Copy `database` as it is at one instant to the new file `target`; its schema version."""
    if not database.is_file():
        raise DatabaseError(f"There is no database at {database} to copy.")
    with closing(_connect(database, "ro")) as source, closing(sqlite3.connect(target)) as copied:
        source.backup(copied, pages=PAGES, sleep=0.01)
    one_file(target)
    return check(target)


def one_file(database: Path) -> None:
    """Leave nothing beside the file: what is in its log goes into it."""
    with closing(sqlite3.connect(database)) as copied:
        copied.execute("PRAGMA journal_mode = DELETE")


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
