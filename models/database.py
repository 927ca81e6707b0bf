"""The database, as everyone else sees it: `run` a piece of work, or `read` something.

Work is a plain function of a session; it runs on a database thread, whole or not at all, and
`run` returns after its commit. What differs between SQLite and PostgreSQL is behind `Store`.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from models.cache import Cache

if TYPE_CHECKING:
    from models.signals import Signals

T = TypeVar("T")
TICK = timedelta(microseconds=1)
MOMENT = 0.01  # seconds a patient work waits for another's commit


class DatabaseError(Exception):
    """The database cannot be used; the text is one sentence for the operator."""


class Unit(Session):
    """One piece of work: a plain session, plus what the hot path and the commit need.

    `core` is the connection for prebuilt Core statements, `driver` the one below it for
    `Prepared`. Functions in `after_commit` run on the event loop once the work is durable.
    """

    core: Connection
    driver: Any
    dialect: Dialect
    insert: Callable[..., Any]  # the database's own INSERT, which knows ON CONFLICT
    store: Store
    cache: Cache
    stamps: Stamps
    after_commit: list[Callable[[], None]]

    def stamp(self) -> datetime:
        """Now, later than every stamp given before: what orders lines of a chat."""
        return self.stamps.next()


class Stamps:
    """Instants that only rise, whatever the clock does. Any thread may ask."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = datetime(1970, 1, 1, tzinfo=UTC)
        self._lock = threading.Lock()

    def next(self) -> datetime:
        with self._lock:
            self._last = max(self._now(), self._last + TICK)
            return self._last

    def after(self, at: datetime | None) -> None:
        """Never again give a stamp up to `at`."""
        with self._lock:
            self._last = max(self._last, at or self._last)


class Store(Protocol):
    """One kind of database. `submit` and `read` are called from any thread."""

    cache: Cache
    stamps: Stamps
    insert: Callable[..., Any]
    many: bool  # made for many processes, perhaps on many machines
    file: Path | None  # where it is one of this machine's

    def submit(self, work: Callable[[Unit], Any], done: Done) -> None:
        """Do `work` in a transaction; call `done` after the commit, or with what went wrong."""

    def read(self, work: Callable[[Unit], T]) -> T:
        """Do `work`, which only reads, on the calling thread."""

    def lock_address(self, unit: Unit, channel: str, address: str) -> None:
        """Nobody else handles a message from this address until the commit."""

    def lock_person(self, unit: Unit, person_id: int) -> None:
        """Nobody else handles a message of this person until the commit."""

    def migrate(self) -> None:
        """Bring the schema to this version's, or raise DatabaseError."""

    def signals(self, heard: Callable[[list[str]], None]) -> Signals | None:
        """Words to and from other processes (models/signals.py); None where there are none."""

    def close(self) -> None: ...


class Done(Protocol):
    """What a store calls when a piece of work is over, on any thread."""

    def __call__(
        self, value: Any, error: BaseException | None, after: list[Callable[[], None]]
    ) -> None: ...


class Database:
    """Work in, results out, on the running event loop."""

    def __init__(self, store: Store, readers: int = 2) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self.store = store
        self._home: _Home | None = None
        self._patient: list[tuple[Callable[[Unit], Any], Done]] = []
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="db-read")

    async def run(self, work: Callable[[Unit], T], *, patient: bool = False) -> T:
        """Do `work` in one transaction; returns its result after the commit.

        What `work` raises undoes that work alone and is raised here. A failed commit is raised to
        everyone whose work was in it. `patient`: nobody waits for it, so it waits a moment for the
        next work and shares its commit, where commits are shared.
        """
        loop = asyncio.get_running_loop()
        if self._home is None or self._home.loop is not loop:
            self._home = _Home(loop)
        call = _Call(self._home)
        if patient and not self.store.many:
            if not self._patient:
                loop.call_later(MOMENT, self._submit_patient)
            self._patient.append((work, call.over))
        else:
            self._submit_patient()
            self.store.submit(work, call.over)
        result: T = await call.future
        return result

    def _submit_patient(self) -> None:
        patient, self._patient = self._patient, []
        for work, done in patient:
            self.store.submit(work, done)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Do `work`, which must not write, beside the writer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self.store.read, work)

    def run_now(self, work: Callable[[Unit], T]) -> T:
        """As `run`, for code without an event loop (the command line, tests): blocks."""

        async def once() -> T:
            return await self.run(work)

        return asyncio.run(once())

    def close(self) -> None:
        """Finish what was handed in, then let go of the database."""
        self._submit_patient()
        self._readers.shutdown()
        self.store.close()


class _Call:
    """One `run` under way: carries the result from the database's thread to the event loop."""

    __slots__ = ("future", "home")

    def __init__(self, home: _Home) -> None:
        self.home = home
        self.future: asyncio.Future[Any] = home.loop.create_future()

    def over(
        self, value: Any, error: BaseException | None, after: list[Callable[[], None]]
    ) -> None:
        self.home.bring(self, value, error, after)

    def settle(
        self, value: Any, error: BaseException | None, after: list[Callable[[], None]]
    ) -> None:
        if not self.future.cancelled():
            if error is None:
                self.future.set_result(value)
            else:
                self.future.set_exception(error)
        for notify in after:
            notify()


class _Home:
    """An event loop results are brought to: woken once for all that come of one commit."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._brought: list[tuple[_Call, Any, BaseException | None, list[Callable[[], None]]]] = []
        self._lock = threading.Lock()

    def bring(self, *result: Any) -> None:
        """From any thread."""
        with self._lock:
            self._brought.append(result)
            if len(self._brought) > 1:
                return  # it was woken already
        with contextlib.suppress(RuntimeError):  # it closed while we worked: nobody waits any more
            self.loop.call_soon_threadsafe(self._take)

    def _take(self) -> None:
        with self._lock:
            brought, self._brought = self._brought, []
        for call, *result in brought:
            call.settle(*result)


def address_of(url: str) -> URL:
    """What DATABASE_URL takes, read. Raises DatabaseError, one sentence, for anything else."""
    try:
        address = make_url(url)
    except ArgumentError:
        address = URL.create("none")
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database in (None, "", ":memory:"):
        raise DatabaseError("DATABASE_URL takes a file: a database in memory forgets.")
    if kind not in ("sqlite", "postgresql"):
        raise DatabaseError(
            "DATABASE_URL takes sqlite:///path or postgresql://user:password@host/name."
        )
    return address


def open_database(url: str, now: Callable[[], datetime]) -> Database:
    """The database at `url` (`sqlite:///path` or `postgresql://...`, any driver name).

    Nothing is created but the folder; call `store.migrate()` before the first work.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        from models.sqlite import SqliteStore

        path = Path(address.database or "").expanduser()
        path.parent.mkdir(parents=True, exist_ok=True)
        return Database(SqliteStore(path, now))
    from models.postgres import PostgresStore

    return Database(PostgresStore(address, now))
