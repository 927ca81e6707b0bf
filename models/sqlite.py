"""SQLite: one thread writes, and everything waiting at that moment shares one commit.

A commit is one fsync; a savepoint costs two microseconds. So a burst of messages is written in a
few commits, each piece of work in a savepoint of its own: one that fails undoes itself only.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from sqlite3 import DatabaseError as SqliteError
from typing import Any, NamedTuple, TypeVar

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from models.cache import Cache
from models.database import DatabaseError, Done, Stamps, Unit
from models.units import last_stamp, make_unit, watch

T = TypeVar("T")
BUSY = 10_000  # ms to wait for another process's commit
GROUP = 128  # pieces of work in one commit


class Call(NamedTuple):
    work: Callable[[Unit], Any]
    done: Done


class SqliteStore:
    """The file at `path`, in WAL, durable to the last commit (synchronous FULL)."""

    many = False

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.cache = Cache()
        self.insert = insert
        self.file: Path | None = path
        self.stamps = Stamps(now)
        self._engine = _engine(path, writes=True)
        self._reading = _engine(path, writes=False)
        self._local = threading.local()
        self._readers: list[Connection] = []
        self._calls: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()

    def submit(self, work: Callable[[Unit], Any], done: Done) -> None:
        if self._writer is None:
            self._start()
        self._calls.put(Call(work, done))

    def read(self, work: Callable[[Unit], T]) -> T:
        unit = getattr(self._local, "unit", None)
        if unit is None:
            connection = self._reading.connect()
            self._readers.append(connection)
            unit = self._local.unit = make_unit(self, connection, Cache(on=False))
        with unit.core.begin():
            try:
                return work(unit)
            finally:
                unit.close()

    def writing(self) -> Unit:
        """A unit on a new connection that writes; for the writer alone."""
        unit = make_unit(self, self._engine.connect(), self.cache)
        watch(unit)
        return unit

    def lock_address(self, unit: Unit, channel: str, address: str) -> None:
        """There is one writer."""

    def lock_person(self, unit: Unit, person_id: int) -> None:
        """There is one writer."""

    def migrate(self) -> None:
        from migrations import migrate

        try:
            with self._engine.connect() as connection, connection.begin():
                migrate(connection)
                self.stamps.after(last_stamp(connection))
        except (DBAPIError, SqliteError) as wrong:
            raise DatabaseError(f"The database {self.file} {_why(wrong)}.") from wrong

    def signals(self, heard: Callable[[list[str]], None]) -> None:
        """Processes on one machine look at the file again."""

    def close(self) -> None:
        with self._starting:
            if self._writer is not None:
                self._calls.put(None)
                self._writer.join()
        for connection in self._readers:
            connection.close()
        self._engine.dispose()
        self._reading.dispose()

    def _start(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = threading.Thread(target=self._serve, name="db-write", daemon=True)
                self._writer.start()

    def _serve(self) -> None:
        writer = _Writer(self)
        last = False
        while not last and (first := self._calls.get()) is not None:
            group = [first]
            last = self._fill(group)
            writer.commit(group)
        writer.let_go()

    def _fill(self, group: list[Call]) -> bool:
        """Take what else is waiting; True when the store is being closed."""
        while len(group) < GROUP:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return False
            if call is None:
                return True
            group.append(call)
        return False


class _Writer:
    """Runs groups of calls on the one writing connection, opened anew after one that failed."""

    unit: Unit

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.seen = -1  # SQLite's data_version: moves when another process commits
        self.is_open = False

    def commit(self, group: list[Call]) -> None:
        over: list[tuple[Done, Any, BaseException | None, list[Callable[[], None]]]] = []
        try:
            self._open()
            with self.unit.core.begin():
                self._doubt_if_others_wrote()
                for call in group:
                    over.append((call.done, *self._one(call.work)))
        except Exception as error:
            self.let_go()
            over = [(call.done, None, _copy(error), []) for call in group]
        for done, value, wrong, after in over:
            done(value, wrong, after)

    def let_go(self) -> None:
        """Close the connection, and with it whatever a refused commit left open."""
        self.store.cache.forget_all()
        if self.is_open:
            self.is_open = False
            self.unit.core.close()

    def _open(self) -> None:
        if not self.is_open:
            self.unit = self.store.writing()
            self.is_open = True

    def _one(
        self, work: Callable[[Unit], Any]
    ) -> tuple[Any, Exception | None, list[Callable[[], None]]]:
        unit = self.unit
        unit.cache.begin()
        unit.after_commit = []
        unit.driver.execute("SAVEPOINT work")
        try:
            value = work(unit)
            if unit.in_transaction():  # else the session was not used
                unit.commit()  # flushes; releases the session's own savepoint
                unit.close()
        except Exception as error:
            self._undo()
            unit.close()
            return None, error, []
        unit.driver.execute("RELEASE work")
        return value, None, unit.after_commit

    def _undo(self) -> None:
        self.unit.rollback()
        self.unit.driver.execute("ROLLBACK TO work")
        self.unit.driver.execute("RELEASE work")
        self.unit.cache.undo()

    def _doubt_if_others_wrote(self) -> None:
        version = self.unit.driver.execute("PRAGMA data_version").fetchone()[0]
        if version != self.seen:
            self.unit.cache.forget_all()
            self.seen = version


def _why(wrong: Exception) -> str:
    cause = getattr(wrong, "orig", wrong)
    if "locked" in str(cause):
        return "is in use by another program that does not let go of it"
    return f"cannot be used: {cause}"


def _copy(error: Exception) -> Exception:
    """One exception raised in many tasks would grow one traceback; each gets its own."""
    failed = DatabaseError(f"the commit failed: {type(error).__name__}")
    failed.__cause__ = error
    return failed


def _engine(path: Path, *, writes: bool) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": BUSY / 1000},
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        hide_parameters=True,  # an error names the statement, never what somebody wrote
    )

    @event.listens_for(engine, "connect")
    def _connected(driver: Any, _: Any) -> None:
        driver.isolation_level = None  # we say BEGIN ourselves: pysqlite breaks savepoints
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA temp_store = MEMORY")
        if not writes:
            driver.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # on the driver: SQLAlchemy's own way to it takes as long as the whole of a small commit
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
