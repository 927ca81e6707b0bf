"""Notices on a channel where each message counts: not at night, and as one while few are left.

Replies leave at once. A notice waits for the morning, unless its reader is awake: somebody who
wrote a moment ago asked for what is coming. What goes to many never takes a person's last messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.leaving import in_one
from models import claims, people
from models.claims import Claimed
from models.content import Content
from models.database import Unit
from models.messages import CAPABILITIES, Address, Outbound
from models.outbox import BULK

AWAKE = timedelta(minutes=30)  # since the person's last act
PART = 1700  # characters of several notices in one
MOST = 6  # notices in one

Few = Callable[[Unit, Address, datetime], bool]


@dataclass(frozen=True, slots=True)
class Load:
    """What leaves as one message: a row, and the notices that go with it."""

    first: Claimed
    along: tuple[Claimed, ...] = ()
    spared: bool = False  # goes to many, and the person's last messages are kept for their own

    @property
    def rows(self) -> tuple[Claimed, ...]:
        return (self.first, *self.along)

    @property
    def bulk(self) -> bool:
        """To many."""
        return self.first.priority >= BULK

    @property
    def out(self) -> Outbound:
        if not self.along:
            return self.first.out
        say = in_one([one.out.say for one in self.rows])
        maybe = any(one.out.maybe_sent for one in self.rows)
        return replace(self.first.out, say=say, maybe_sent=maybe)


def loads(
    unit: Unit, taken: Iterable[Claimed], content: Content, few: Few | None, now: datetime
) -> list[Load]:
    """What of the claimed rows leaves now, and how; the rest is put back."""
    found: list[Load] = []
    gone: set[int] = set()
    for one in taken:
        address = one.out.address
        if one.out.id in gone:
            continue
        if one.priority == 0 or not CAPABILITIES[address.channel].counted:
            found.append(Load(one))
        elif (morning := _asleep(unit, address, content, now)) is not None:
            claims.put_back(unit, one.out.id, morning)
        elif one.priority >= BULK:
            found.append(Load(one, spared=bool(few and few(unit, address, now))))
        else:
            along = _along(unit, one, taken, now) if few and few(unit, address, now) else ()
            gone |= {other.out.id for other in along}
            found.append(Load(one, along))
    return found


def _asleep(unit: Unit, address: Address, content: Content, now: datetime) -> datetime | None:
    """When the quiet time is over, while it holds for this person."""
    local = now.astimezone(content.province.zone)
    if not content.times.is_quiet(local.time()):
        return None
    known = people.at_address(unit, address)
    heard = known.last_in_at if known else None
    if heard is not None and now - heard < AWAKE:
        return None
    return content.times.morning(local).astimezone(now.tzinfo)


def _along(
    unit: Unit, first: Claimed, taken: Iterable[Claimed], now: datetime
) -> tuple[Claimed, ...]:
    """Other notices to the same person that are due and fit into the same message."""
    if not _fits(first):
        return ()
    here = [one for one in taken if one.out.address == first.out.address and one.priority]
    here = [one for one in here if one.out.id > first.out.id]
    here += claims.waiting_with(unit, first, now, MOST)
    room = PART - len(first.out.say.text)
    along: list[Claimed] = []
    for one in sorted(here, key=lambda one: one.out.id):
        room -= len(one.out.say.text) + 2
        if _fits(one) and room >= 0 and len(along) < MOST - 1:
            along.append(one)
        elif one not in taken:
            claims.put_back(unit, one.out.id, None)
    return tuple(along)


def _fits(one: Claimed) -> bool:
    return one.out.kind == "send" and not one.out.say.files
