"""What a person has seen last at an address: for reading what they answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from models.codec import Json
from models.database import Unit
from models.messages import Address
from models.outbox import EPOCH, OUT
from models.tables import InboundRow

_IN: Any = InboundRow.__table__  # type: ignore[attr-defined]
LIMIT = 30  # messages anybody looks back over


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that arrived, for reading what is answered to it."""

    body: Json
    sent_at: datetime
    since_answer: bool  # after what the person said before last
    notice: bool  # it came by itself: no later step takes its place
    message: str  # the channel's id: several rows may have left as one message


def recent(unit: Unit, address: Address, since: datetime) -> list[Seen]:
    """The last messages that arrived at an address since then, newest first."""
    before = _heard(unit, address, but_last=1)  # the newest is the one being heard
    rows = unit.core.execute(
        select(OUT.c.body, OUT.c.sent_at, OUT.c.priority, OUT.c.external_id)
        .where(*_here(address), OUT.c.status == "sent", OUT.c.sent_at > since)
        .order_by(OUT.c.id.desc())
        .limit(LIMIT)
    ).all()
    return [
        Seen(body, at, at > before, bool(priority), message or "")
        for body, at, priority, message in rows
    ]


def unanswered(unit: Unit, address: Address, since: datetime) -> list[tuple[int, Json]]:
    """(row, body) of what may still be answered there, newest first: notices since then, and the
    replies that the person has said nothing to yet."""
    heard = _heard(unit, address)
    reply = or_(OUT.c.status == "waiting", OUT.c.sent_at > heard)
    rows = unit.core.execute(
        select(OUT.c.id, OUT.c.body)
        .where(
            *_here(address),
            OUT.c.status.in_(("waiting", "sent")),
            OUT.c.created_at > since,
            or_(OUT.c.priority > 0, reply),
        )
        .order_by(OUT.c.id.desc())
        .limit(LIMIT)
    ).all()
    return [(row[0], row[1]) for row in rows]


def _heard(unit: Unit, address: Address, but_last: int = 0) -> datetime:
    """When the person said something there last."""
    at: datetime | None = unit.core.execute(
        select(_IN.c.received_at)
        .where(_IN.c.channel == address.channel.value, _IN.c.address == address.id)
        .order_by(_IN.c.id.desc())
        .offset(but_last)
        .limit(1)
    ).scalar()
    return at or EPOCH


def _here(address: Address) -> tuple[Any, Any]:
    return OUT.c.channel == address.channel.value, OUT.c.address == address.id
