"""Jobs: what is due, once per `dedupe`. Claimed by the worker in bot/jobs.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import literal_column, select

from models.codec import Json
from models.database import Unit
from models.tables import Job

JOB: Any = Job.__table__  # type: ignore[attr-defined]
WAITING: Any = literal_column("status = 'waiting'")  # in these words: the partial index is used


def put(
    unit: Unit,
    kind: str,
    payload: Json,
    due_at: datetime,
    at: datetime,
    dedupe: str | None = None,
    dossier_id: int | None = None,
) -> int | None:
    """The new job's id, or None when one with this `dedupe` was put before."""
    row = unit.core.execute(
        unit.insert(JOB)
        .values(
            kind=kind,
            payload=payload,
            due_at=due_at,
            created_at=at,
            dedupe=dedupe,
            dossier_id=dossier_id,
            status="waiting",
            attempts=0,
        )
        .on_conflict_do_nothing()
        .returning(JOB.c.id)
    ).first()
    return None if row is None else row[0]


def known(unit: Unit, dedupe: str) -> bool:
    """Was a job of this name put before?"""
    found = unit.core.execute(select(JOB.c.id).where(JOB.c.dedupe == dedupe).limit(1)).first()
    return found is not None


def cancel(unit: Unit, dedupe: str) -> bool:
    """Take back a job nobody is doing; its `dedupe` is free again. False when it is too late."""
    result = unit.core.execute(
        JOB.update()
        .where(WAITING, JOB.c.dedupe == dedupe, JOB.c.leased_until.is_(None))
        .values(status="cancelled", dedupe=None)
    )
    return bool(result.rowcount)


def change(unit: Unit, job_id: int, **columns: Any) -> None:
    unit.core.execute(JOB.update().where(JOB.c.id == job_id).values(**columns))


def forget_done(unit: Unit, before: datetime) -> int:
    """Delete jobs that were done or cancelled and put before `before`; how many."""
    result = unit.core.execute(
        JOB.delete().where(JOB.c.status.in_(("done", "cancelled")), JOB.c.created_at < before)
    )
    return int(result.rowcount)
