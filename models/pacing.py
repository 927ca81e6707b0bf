"""When the next message of a bot may leave, for every process that sends with its token.

Two numbers are kept: the bot's next free slot, and for each chat the instant its burst is whole
again. Both are instants of the database's own clock, and what is told is how long to wait: clocks
of several machines need not agree.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select

from models.codes import fingerprint
from models.database import Unit
from models.prepared import Prepared
from models.tables import Allowance, Slot

_C: Any = Allowance.__table__  # type: ignore[attr-defined]
_S: Any = Slot.__table__  # type: ignore[attr-defined]
FARTHEST = 86_400_000_000  # microseconds: an instant further ahead is an old clock's mistake


@dataclass(frozen=True, slots=True)
class Pace:
    """`gap` microseconds between two messages, `burst` of which may go at once."""

    gap: int
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Want:
    """One message that wants to leave; `chat` is None once its chat has let it through."""

    chat: str | None
    pace: Pace = Pace(0)


@dataclass(frozen=True, slots=True)
class Given:
    """Microseconds to wait: for the chat, or (then 0) for the bot's slot. None: not now, ask again
    after `wait`; nothing was taken."""

    wait: int
    chat_whole: int = 0  # until the chat's burst is whole again
    has_slot: bool = False
    refused: bool = False


def _move_on(table: Any, column: str) -> Any:
    """Add to an instant (or to now, when it has passed), unless it is too far ahead already."""

    def made(put: Any) -> Any:
        at = table.c[column]
        ahead = and_(at > bindparam("now"), at <= bindparam("farthest"))
        new = put(table).values(**{"name": bindparam("name"), column: bindparam("fresh")})
        return new.on_conflict_do_update(
            index_elements=["name"],
            set_={column: case((ahead, at), else_=bindparam("now")) + bindparam("cost")},
            where=(at <= bindparam("most")) | (at > bindparam("farthest")),
        ).returning(at)

    return made


def _hold(table: Any, column: str) -> Any:
    def made(put: Any) -> Any:
        new = put(table).values(**{"name": bindparam("name"), column: bindparam("until")})
        later = table.c[column] < bindparam("until")
        return new.on_conflict_do_update(
            index_elements=["name"], set_={column: bindparam("until")}, where=later
        )

    return made


_CHAT = Prepared(_move_on(_C, "whole_at"))
_SLOT = Prepared(_move_on(_S, "next_at"))
_HOLD_CHAT = Prepared(_hold(_C, "whole_at"))
_HOLD = Prepared(_hold(_S, "next_at"))
_CHAT_AT = Prepared(select(_C.c.whole_at).where(_C.c.name == bindparam("name")))
_SLOT_AT = Prepared(select(_S.c.next_at).where(_S.c.name == bindparam("name")))


def reserve(unit: Unit, bot: str, gap: int, wants: Sequence[Want], patience: int) -> list[Given]:
    """A place for each message, in this order. `gap`: microseconds between two of the bot's."""
    now = _now(unit)
    given = [_chat(unit, bot, want, now, patience) for want in wants]
    ready = [n for n, one in enumerate(given) if not one.refused and one.wait == 0]
    if not ready:
        return given
    first = _slots(unit, bot, gap, len(ready), now, patience)
    for place, n in enumerate(ready):
        whole = given[n].chat_whole
        if first is None:
            wait = (_SLOT_AT.first(unit, name=bot) or (now,))[0] - now
            given[n] = Given(wait, whole, refused=True)
        else:
            given[n] = Given(max(0, first - now) + place * gap, whole, has_slot=True)
    return given


def hold(unit: Unit, bot: str, chat: str | None, seconds: float) -> None:
    """Nothing more to this chat for so long; to none of the bot's when no chat is named."""
    until = _now(unit) + int(seconds * 1e6)
    if chat is None:
        _HOLD.run(unit, name=bot, until=until)
    else:
        _HOLD_CHAT.run(unit, name=_chat_name(bot, chat), until=until)


def _chat(unit: Unit, bot: str, want: Want, now: int, patience: int) -> Given:
    if want.chat is None:
        return Given(0)
    name, gap, ahead = _chat_name(bot, want.chat), want.pace.gap, want.pace.gap * want.pace.burst
    row = _CHAT.first(
        unit,
        name=name,
        fresh=now + gap,
        cost=gap,
        now=now,
        most=now + ahead - gap + patience,
        farthest=now + FARTHEST,
    )
    if row is None:
        whole = (_CHAT_AT.first(unit, name=name) or (now,))[0]
        return Given(whole - ahead + gap - now, whole - now, refused=True)
    return Given(max(0, row[0] - ahead - now), row[0] - now)


def _slots(unit: Unit, bot: str, gap: int, number: int, now: int, patience: int) -> int | None:
    """The first of `number` slots, one after the other; None when it is too far ahead."""
    row = _SLOT.first(
        unit,
        name=bot,
        fresh=now + number * gap,
        cost=number * gap,
        now=now,
        most=now + patience,
        farthest=now + FARTHEST,
    )
    return None if row is None else int(row[0]) - number * gap


def _chat_name(bot: str, chat: str) -> str:
    return f"pace:{fingerprint(f'{bot} {chat}')[:40]}"


def _now(unit: Unit) -> int:
    """Microseconds, by the clock that all processes on this database share."""
    if unit.dialect.name != "postgresql":
        return time.time_ns() // 1000
    seconds = unit.core.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one()
    return int(seconds * 1_000_000)
