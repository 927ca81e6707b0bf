"""How a unit of work is made, and how it tells the cache about writes that went around it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import ORMExecuteState

from models import product_words
from models.cache import Cache
from models.database import Store, Unit
from models.tables import AddressRow, Officer, OfficerCommune, Person, TalkRow

CACHED = (Person, AddressRow, TalkRow, Officer, OfficerCommune)
_TABLES = frozenset(table.__tablename__ for table in CACHED)


def make_unit(store: Store, connection: Connection, cache: Cache) -> Unit:
    """A unit on `connection`, used again and again. Its own savepoint starts when the ORM does."""
    unit = Unit(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    unit.core = connection
    unit.driver = connection.connection.driver_connection
    unit.dialect = connection.dialect
    unit.insert = store.insert
    unit.store = store
    unit.cache = cache
    unit.stamps = store.stamps
    unit.after_commit = []
    event.listen(unit, "after_flush", product_words.flushed)
    return unit


def watch(unit: Unit) -> None:
    """Make the cache doubt itself when the ORM writes to what it keeps."""

    @event.listens_for(unit, "after_flush")
    def _flushed(session: Any, _: Any) -> None:
        if any(isinstance(o, CACHED) for o in (*session.new, *session.dirty, *session.deleted)):
            unit.cache.doubt()

    @event.listens_for(unit, "do_orm_execute")
    def _executed(state: ORMExecuteState) -> None:
        if state.is_select:
            return
        table = getattr(state.statement, "table", None)
        if table is None or table.name in _TABLES:
            unit.cache.doubt()


def last_stamp(connection: Connection) -> datetime | None:
    """The latest stamp among the newest rows, so that stamps rise across restarts too."""
    row = connection.execute(
        text(
            "SELECT max(at) FROM (SELECT max(received_at) AS at FROM (SELECT received_at FROM "
            "inbound ORDER BY id DESC LIMIT 100) i UNION ALL SELECT max(sent_at) FROM (SELECT "
            "sent_at FROM outbound ORDER BY id DESC LIMIT 1000) o) newest"
        )
    ).scalar()
    if row is None or isinstance(row, datetime):
        return row
    return datetime.fromisoformat(f"{row}+00:00")
