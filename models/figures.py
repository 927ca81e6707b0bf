"""Sums over whole tables, for whoever watches the installation. Never about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select

from models.database import Unit
from models.outbox import OUT, WAITING
from models.tables import AnswerCount, InboundRow

_IN: Any = InboundRow.__table__  # type: ignore[attr-defined]
_ANSWERS: Any = AnswerCount.__table__  # type: ignore[attr-defined]
_OPEN: Any = literal_column("state != 'done'")  # in these words: the partial index is used


def waiting_by_channel(unit: Unit) -> dict[str, int]:
    """How many messages wait to leave, by channel."""
    rows = select(OUT.c.channel, func.count()).where(WAITING).group_by(OUT.c.channel)
    return {channel: int(number) for channel, number in unit.execute(rows)}


def set_aside(unit: Unit) -> int:
    """How many messages could not be heard and wait for somebody to look."""
    rows = select(func.count()).select_from(_IN).where(_OPEN, _IN.c.state == "quarantined")
    return int(unit.execute(rows).scalar_one())


def questions(unit: Unit) -> dict[bool, int]:
    """How many questions were asked, by whether they were answered."""
    rows = select(_ANSWERS.c.answered, func.sum(_ANSWERS.c.count)).group_by(_ANSWERS.c.answered)
    return {bool(answered): int(number) for answered, number in unit.execute(rows)}


def late(unit: Unit, before: datetime) -> list[tuple[str, int, datetime]]:
    """Channel, number and oldest of the messages that should have left by `before`: due since
    then and not tried, or written before it, tried, and put off."""
    put_off = (OUT.c.attempts > 0) & (OUT.c.created_at <= before)
    rows = (
        select(OUT.c.channel, func.count(), func.min(OUT.c.created_at))
        .where(WAITING, (OUT.c.due_at <= before) | put_off)
        .group_by(OUT.c.channel)
        .order_by(OUT.c.channel)
    )
    return [(channel, int(number), oldest) for channel, number, oldest in unit.execute(rows)]
