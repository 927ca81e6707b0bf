"""PostgreSQL: several workers and processes, each piece of work a transaction of its own.

What SQLite gets from having one writer is a lock here: on the address while a person is being
found, then on the person's row, both until the commit. Nothing is cached: others write too.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import URL, bindparam, create_engine, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from models.cache import Cache
from models.database import DatabaseError, Done, Stamps, Unit
from models.in_use import OURS
from models.prepared import Prepared
from models.signals import Heard, Signals
from models.tables import Person
from models.units import last_stamp, make_unit

T = TypeVar("T")
WORKERS = 8
MIGRATING = 0x0C09  # the advisory lock of whoever migrates

_ADDRESS = Prepared(select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0))))
_PERSON = Prepared(
    select(Person.__table__.c.id)  # type: ignore[attr-defined]
    .where(Person.__table__.c.id == bindparam("person_id"))  # type: ignore[attr-defined]
    .with_for_update()
)


class PostgresStore:
    """A pool of workers on one PostgreSQL database."""

    many = True
    file: Path | None = None

    def __init__(self, url: URL, now: Callable[[], datetime]) -> None:
        self.cache = Cache(on=False)
        self.insert = insert
        self.stamps = Stamps(now)
        self._engine = create_engine(
            url.set(drivername="postgresql+psycopg"),  # whatever driver the operator named
            pool_size=WORKERS,
            max_overflow=4,
            pool_pre_ping=True,
            connect_args={"application_name": OURS},
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
            hide_parameters=True,  # an error names the statement, never what somebody wrote
        )
        # told with BEGIN, which costs nothing: who writes while reading hears of it
        self._reading = self._engine.execution_options(postgresql_readonly=True)
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="db-work")

    def submit(self, work: Callable[[Unit], Any], done: Done) -> None:
        self._workers.submit(self._run, work, done)

    def read(self, work: Callable[[Unit], T]) -> T:
        with self._reading.connect() as connection, connection.begin() as reading:
            unit = make_unit(self, connection, self.cache)
            unit.join_transaction_mode = "rollback_only"  # no savepoint: two round trips less
            try:
                return work(unit)
            finally:
                unit.close()
                if reading.is_active:  # else the unit ended it when something failed
                    reading.rollback()

    def lock_address(self, unit: Unit, channel: str, address: str) -> None:
        _ADDRESS.first(unit, name=f"{channel}:{address}")

    def lock_person(self, unit: Unit, person_id: int) -> None:
        _PERSON.first(unit, person_id=person_id)

    def migrate(self) -> None:
        from migrations import migrate

        try:
            with self._engine.connect() as connection, connection.begin():
                connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
                migrate(connection)
                self.stamps.after(last_stamp(connection))
        except OperationalError as wrong:
            where = self._engine.url.render_as_string(hide_password=True)
            why = " ".join(str(wrong.orig).split())
            raise DatabaseError(f"The database {where} cannot be reached: {why}") from wrong

    def signals(self, heard: Heard) -> Signals:
        return Signals(self._engine.url, heard)

    def close(self) -> None:
        self._workers.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[Unit], Any], done: Done) -> None:
        try:
            value, after = self._commit(work)
        except Exception as error:
            done(None, error, [])
        else:
            done(value, None, after)

    def _commit(self, work: Callable[[Unit], Any]) -> tuple[Any, list[Callable[[], None]]]:
        with self._engine.connect() as connection, connection.begin():
            unit = make_unit(self, connection, self.cache)
            try:
                value = work(unit)
                if unit.in_transaction():
                    unit.commit()
            finally:
                unit.close()
        return value, unit.after_commit
