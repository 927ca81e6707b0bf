"""What a person has seen last at an address: for reading what they answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.codec import Json
from models.database import Unit
from models.messages import Address
from models.outbox import EPOCH, OUT
from models.tables import InboundRow

_IN: Any = InboundRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that arrived, for reading what is answered to it."""

    body: Json
    sent_at: datetime
    since_answer: bool  # after what the person said before last


def recent(unit: Unit, address: Address, limit: int = 8) -> list[Seen]:
    """The last messages that arrived at an address, newest first."""
    spoken = (
        unit.core.execute(
            select(_IN.c.received_at)
            .where(
                _IN.c.channel == address.channel.value,
                _IN.c.address == address.id,
            )
            .order_by(_IN.c.id.desc())
            .limit(2)
        )
        .scalars()
        .all()
    )
    before = spoken[1] if len(spoken) > 1 else EPOCH  # the newest is the one being heard
    rows = unit.core.execute(
        select(OUT.c.body, OUT.c.sent_at)
        .where(
            OUT.c.channel == address.channel.value,
            OUT.c.address == address.id,
            OUT.c.status == "sent",
            OUT.c.sent_at.is_not(None),
        )
        .order_by(OUT.c.id.desc())
        .limit(limit)
    ).all()
    return [Seen(body, at, at > before) for body, at in rows]
