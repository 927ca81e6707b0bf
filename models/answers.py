"""Answers officers gave that are worth keeping, and their corrections: for who writes content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from models.database import Unit
from models.tables import AnswerCount, Officer, Ticket

# Columns: SQLModel types them as plain values.
_COUNT: Any = AnswerCount
_OFFICER: Any = Officer
_TICKET: Any = Ticket


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer. `topic` is the corrected passage's id, or the topic asked about; "" = unknown."""

    id: int
    topic: str
    question: str
    answer: str
    language: str
    officer: str
    at: datetime | None


def kept(unit: Unit, *, again: bool = False) -> list[Kept]:
    """Answers marked to be kept, oldest first; `again`: those taken out before as well."""
    which = [_TICKET.make_passage.is_(True), _TICKET.answer.is_not(None)]
    if not again:
        which.append(_TICKET.exported_at.is_(None))
    rows = unit.execute(
        select(Ticket, _OFFICER.name)
        .outerjoin(Officer, _OFFICER.id == _TICKET.officer_id)
        .where(*which)
        .order_by(_TICKET.id)
    )
    return [
        Kept(
            row.id or 0,
            row.topic,
            row.text,
            row.answer or "",
            row.language,
            name or "",
            row.answered_at,
        )
        for row, name in rows
    ]


def taken(unit: Unit, ids: list[int], now: datetime) -> None:
    """These are with who writes the content."""
    unit.execute(update(Ticket).where(_TICKET.id.in_(ids)).values(exported_at=now))


def unanswered(unit: Unit, since: date) -> list[tuple[str, int]]:
    """Topics asked about since that day and not answered, with how often, the most asked first."""
    number = func.sum(_COUNT.count)
    rows = (
        select(_COUNT.topic, number)
        .where(_COUNT.day >= since, _COUNT.answered.is_(False))
        .group_by(_COUNT.topic)
        .order_by(number.desc(), _COUNT.topic)
    )
    return [(topic, int(times)) for topic, times in unit.execute(rows)]
