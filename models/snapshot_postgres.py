"""A whole, consistent copy of a PostgreSQL database while it is in use; and putting one back.

PostgreSQL's own programs do it where they are installed and as new as the server. Where they are
not, every table is copied into an SQLite file, from one instant too: slower, and it opens anywhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from models import copying, snapshot
from models.database import DatabaseError, address_of, open_database
from models.in_use import plain, refuse_if_used
from models.snapshot import DUMP, SQLITE

ASIDE = "before_restore_"
_TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
    "AND c.relkind = 'r' AND c.relname = ANY(%s)"
)
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p "
    "WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'audit_entry_%'"
)


class PostgresKeeper:
    """Copies the database at `url`, and puts a copy back there."""

    def __init__(self, url: str) -> None:
        self.url, self.address = url, address_of(url)

    def copy(self, folder: Path) -> tuple[Path, str]:
        """A copy in a new file in `folder`, and its schema version. Raises DatabaseError."""
        with self._connected() as database:
            version = _version(database)
            dump = _program("pg_dump", database.info.server_version)
        if dump is None:
            return self._as_sqlite(folder), version
        made = folder / DUMP
        how = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*")
        self._run(dump, *how, f"--file={made}")
        return made, version

    def check(self, copied: Path) -> None:
        """Raises DatabaseError when the copy is damaged, not ours, or cannot be put back here."""
        if copied.name == SQLITE:
            snapshot.check(copied)
        else:
            self._run(self._pg_restore(), "--list", str(copied), connect=False)

    def refuse(self, *, replace: bool) -> None:
        """Raises DatabaseError when something is there and `replace` is False, or it is in use."""
        refuse_if_used(self.url)
        with self._connected() as database:
            if not replace and _tables(database):
                raise DatabaseError(
                    f"There are tables in {self._shown} already: stop the assistant and add "
                    "--replace; what is there is put aside, not deleted."
                )

    def put_back(self, copied: Path, *, replace: bool) -> str | None:
        """Make the copy the database; where the one it replaces was put aside. All or nothing."""
        self.refuse(replace=replace)
        with self._connected() as database:
            schema = database.execute("SELECT current_schema()").fetchone()[0]
            aside = _put_aside(database)
        try:
            if copied.name == SQLITE:
                self._from_sqlite(copied)
            else:
                how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
                self._run(self._pg_restore(), *how, f"--schema={schema}", str(copied))
        except BaseException:
            with self._connected() as database:
                _bring_back(database, aside)
            raise
        return f"schema {aside} of {self._shown}" if aside else None

    # -- without PostgreSQL's programs ------------------------------------------------------------
    def _as_sqlite(self, folder: Path) -> Path:
        made = folder / SQLITE
        with closing(_opened(f"sqlite:///{made}")) as target, closing(_opened(self.url)) as source:
            target.store.migrate()
            copying.copy(source, target)
        snapshot.one_file(made)
        return made

    def _from_sqlite(self, copied: Path) -> None:
        """A copy of an older version is brought up to date on the way."""
        with (
            closing(_opened(f"sqlite:///{copied}")) as source,
            closing(_opened(self.url)) as target,
        ):
            source.store.migrate()
            target.store.migrate()
            copying.copy(source, target)

    # -- with them ----------------------------------------------------------------------------
    def _pg_restore(self) -> str:
        with self._connected() as database:
            wanted = database.info.server_version
        found = _program("pg_restore", wanted)
        if found is None:
            raise DatabaseError(
                f"This backup was made by pg_dump: pg_restore of PostgreSQL {wanted // 10000} or "
                "later must be on PATH to put it back."
            )
        return found

    def _run(self, program: str, *arguments: str, connect: bool = True) -> None:
        to = [f"--dbname={plain(self.address.set(password=None))}"] if connect else []
        environment = {**os.environ}
        if self.address.password:  # not among the arguments, where everyone on the machine sees it
            environment["PGPASSWORD"] = str(self.address.password)
        done = subprocess.run(
            [program, *to, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            why = " ".join(done.stderr.split())[-400:]
            raise DatabaseError(f"{Path(program).name} failed: {why}")

    @property
    def _shown(self) -> str:
        return self.address.set(drivername="postgresql").render_as_string(hide_password=True)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        yield from _connect(self.address, self._shown)


def _connect(address: URL, shown: str) -> Iterator[Any]:
    import psycopg

    try:
        with psycopg.connect(plain(address), application_name="ocop-backup") as database:
            yield database
    except psycopg.Error as wrong:
        why = " ".join(str(wrong).split())
        raise DatabaseError(f"The database {shown} cannot be used: {why}") from None


def _opened(url: str) -> Any:
    return open_database(url, lambda: datetime(1970, 1, 1, tzinfo=UTC))  # writes no stamps


def _program(name: str, server: int) -> str | None:
    """The program's path, when it is as new as the server (180001 is 18.1)."""
    path = shutil.which(name)
    if path is None:
        return None
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    major = re.search(r"(\d+)", told.stdout)
    return path if major and int(major[1]) >= server // 10000 else None


def _version(database: Any) -> str:
    if "alembic_version" not in _tables(database):
        raise DatabaseError("The database has no tables of ours to back up.")
    return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _tables(database: Any) -> list[str]:
    ours = [*(table.name for table in copying.tables()), "alembic_version"]
    return [row[0] for row in database.execute(_TABLES, (ours,)).fetchall()]


def _put_aside(database: Any) -> str | None:
    """Move our tables into a schema of their own; its name, or None when there are none."""
    from psycopg import sql

    if not _tables(database):
        return None
    number = 1
    while database.execute("SELECT to_regnamespace(%s)", (f"{ASIDE}{number}",)).fetchone()[0]:
        number += 1
    aside = f"{ASIDE}{number}"
    database.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(aside)))
    _move_all(database, aside)
    return aside


def _bring_back(database: Any, aside: str | None) -> None:
    """Undo `_put_aside`, and drop what was made meanwhile."""
    from psycopg import sql

    for name in _tables(database):
        database.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)))
    for (signature,) in database.execute(_FUNCTIONS).fetchall():
        database.execute(sql.SQL("DROP FUNCTION {}").format(sql.SQL(signature)))
    if aside is None:
        return
    schema = database.execute("SELECT current_schema()").fetchone()[0]
    database.execute("SELECT set_config('search_path', %s, true)", (aside,))
    _move_all(database, schema)
    database.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(aside)))


def _move_all(database: Any, schema: str) -> None:
    """Move our tables, with what belongs to them, and our functions into another schema."""
    from psycopg import sql

    to = sql.Identifier(schema)
    for name in _tables(database):
        move = sql.SQL("ALTER TABLE {} SET SCHEMA {}")
        database.execute(move.format(sql.Identifier(name), to))
    for (signature,) in database.execute(_FUNCTIONS).fetchall():
        move = sql.SQL("ALTER FUNCTION {} SET SCHEMA {}")
        database.execute(move.format(sql.SQL(signature), to))
