"""A web chat as its page sees it: what was said on both sides, in the order it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal_column, select

from models.codec import Json
from models.database import Unit
from models.inbox import own_id
from models.messages import Address
from models.outbox import OUT, line_at, line_id
from models.tables import InboundRow

_IN: Any = InboundRow.__table__  # type: ignore[attr-defined]
_ROOT = OUT.alias("root")
PULLED = "channel IN ('web', 'sim')"  # the channels whose pages fetch; a partial index's words
_SHOWN: Any = literal_column(f"outbound.{PULLED}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. `mine`: said by the person; then `external_id` is theirs and `body` a payload."""

    id: int
    mine: bool
    at: datetime
    body: Json
    key: str = ""
    external_id: str = ""
    replaces: int | None = None


def after(unit: Unit, address: Address, number: int, limit: int) -> list[Shown]:
    """The first `limit` lines above `number`, oldest first."""
    at = line_at(number)
    ours = _ours(unit, address, OUT.c.sent_at > at, OUT.c.sent_at, limit)
    theirs = _theirs(unit, address, _IN.c.received_at > at, _IN.c.received_at, limit)
    return sorted([*ours, *theirs], key=lambda line: line.id)[:limit]


def before(unit: Unit, address: Address, number: int | None, limit: int) -> list[Shown]:
    """The last `limit` lines (below `number` when given), oldest first."""
    at = line_at(number if number is not None else 1 << 62)
    ours = _ours(unit, address, OUT.c.sent_at < at, OUT.c.sent_at.desc(), limit)
    theirs = _theirs(unit, address, _IN.c.received_at < at, _IN.c.received_at.desc(), limit)
    return sorted([*ours, *theirs], key=lambda line: line.id)[-limit:]


def file_shown(unit: Unit, address: Address, key: str) -> tuple[str, str] | None:
    """(mime, name) of a file that was shown in this chat, from either side; else None."""
    for table, column in ((OUT, OUT.c.body), (_IN, _IN.c.payload)):
        found = unit.core.execute(
            select(column).where(
                *_at(table, address), cast(column, String).contains(key, autoescape=True)
            )
        ).scalars()
        for body in found:
            for file in body.get("files", ()):
                if file.get("key") == key:
                    return file["mime"], file["name"]
    return None


def _ours(unit: Unit, address: Address, when: Any, order: Any, limit: int) -> Sequence[Shown]:
    rows = unit.core.execute(
        select(OUT.c.sent_at, OUT.c.body, OUT.c.key, _ROOT.c.sent_at)
        .outerjoin(_ROOT, _ROOT.c.id == OUT.c.replaces)
        .where(_SHOWN, *_at(OUT, address), OUT.c.status == "sent", when)
        .order_by(order)
        .limit(limit)
    )
    return [
        Shown(line_id(at), False, at, body, key, replaces=line_id(root) if root else None)
        for at, body, key, root in rows
    ]


def _theirs(unit: Unit, address: Address, when: Any, order: Any, limit: int) -> Sequence[Shown]:
    rows = unit.core.execute(
        select(_IN.c.received_at, _IN.c.payload, _IN.c.external_id)
        .where(*_at(_IN, address), when)
        .order_by(order)
        .limit(limit)
    )
    return [
        Shown(line_id(at), True, at, body, external_id=own_id(address.channel, external))
        for at, body, external in rows
    ]


def _at(table: Any, address: Address) -> tuple[Any, Any]:
    return table.c.channel == address.channel.value, table.c.address == address.id
