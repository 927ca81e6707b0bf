"""The clock was ahead and was set back: rows from a time that has not come are brought to now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from models.claims import JOB_LEASE, SEND_LEASE
from models.database import Unit
from models.jobs import JOB
from models.outbox import OUT

SKEW = timedelta(minutes=1)  # machines of one installation may differ by less
RETRY = timedelta(hours=1)  # the longest wait after a try that failed


def mend(unit: Unit, now: datetime, periods: Mapping[str, timedelta]) -> int:
    """How many rows were mended. `periods`: kinds of jobs that come back, and how often; what was
    planned of them then is taken back, and its name is free: plan them again.

    Else a reply written while the clock was three hours ahead would wait for three hours, and so
    would a row in the hands of a process that died then.
    """
    late = now + SKEW
    number = sum(_taken_back(unit, kind, period, now) for kind, period in periods.items())
    number += _leases(unit, OUT, SEND_LEASE, now) + _leases(unit, JOB, JOB_LEASE, now)
    number += _written_ahead(unit, OUT, now) + _written_ahead(unit, JOB, now)
    tried = and_(OUT.c.status == "waiting", OUT.c.attempts > 0, OUT.c.due_at > late + RETRY)
    return number + _change(unit, update(OUT).where(tried).values(due_at=now))


def _taken_back(unit: Unit, kind: str, period: timedelta, now: datetime) -> int:
    """A period that has not come is neither done nor planned further away than the next."""
    late = now + SKEW
    ahead = or_(JOB.c.due_at > late + period, JOB.c.created_at > late)
    waiting = and_(JOB.c.kind == kind, JOB.c.status == "waiting", ahead)
    free: dict[str, Any] = {"dedupe": None}
    number = _change(unit, update(JOB).where(waiting).values(**free, status="cancelled"))
    over = and_(JOB.c.kind == kind, JOB.c.status != "waiting", JOB.c.due_at > now)
    return number + _change(unit, update(JOB).where(over).values(**free))


def _leases(unit: Unit, table: Any, lease: timedelta, now: datetime) -> int:
    """Nobody holds a row for longer than a lease."""
    held = and_(table.c.status == "waiting", table.c.leased_until > now + lease + SKEW)
    return _change(unit, update(table).where(held).values(leased_until=now + lease))


def _written_ahead(unit: Unit, table: Any, now: datetime) -> int:
    """What was meant for then plus a while is meant for now plus that while."""
    ahead = table.c.created_at > now + SKEW
    rows = unit.core.execute(
        select(table.c.id, table.c.created_at, table.c.due_at).where(
            table.c.status == "waiting", ahead
        )
    ).all()
    for id_, created, due in rows:
        wait = max(due - created, timedelta(0))
        marks = {"created_at": now, "due_at": now + wait}
        unit.core.execute(update(table).where(table.c.id == id_).values(**marks))
    return len(rows)


def _change(unit: Unit, statement: Any) -> int:
    return int(unit.core.execute(statement).rowcount)
