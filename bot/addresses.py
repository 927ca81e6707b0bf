"""What becomes of an address itself: blocked, back, moved; a group that put us out.

Nothing was said, so no conversation hears it. Who waits for the person learns that somebody must
phone; who bound a group learns that it hears nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.hearing import House
from bot.outbox import Lost
from bot.work import unreachable
from models import groups, inbox, outbox, people
from models.database import Unit
from models.messages import Inbound, Outcome
from models.people import AddressFacts


def changed(house: House, unit: Unit, inbound: Inbound, now: datetime) -> Outcome:
    """One change, once. Of an address nobody was heard at there is nothing to change."""
    address = inbound.address
    unit.store.lock_address(unit, address.channel, address.id)
    topics = groups.topics(unit, address) if inbound.change == "left" else []
    here = people.at_address(unit, address)
    known = here or (people.at_address(unit, topics[0]) if topics else None)
    if known is None:
        return Outcome.IGNORED
    if inbox.remember(unit, inbound, known.person_id, unit.stamp(), "done", {}) is None:
        return Outcome.DUPLICATE
    for topic in topics:
        _left(house, unit, replace(inbound, address=topic), now)
    if inbound.change == "back":
        people.seen(unit, address, known, people.person(unit, known.person_id), now)
    elif inbound.change == "moved" and inbound.moved_to:
        people.move(unit, address, inbound.moved_to)
        outbox.readdress(unit, address, inbound.moved_to)
    else:
        _left(house, unit, inbound, now)
    return Outcome.WRITTEN


def _left(house: House, unit: Unit, inbound: Inbound, now: datetime) -> None:
    known = people.at_address(unit, inbound.address)
    if known is not None and not _heard_since(known, inbound):
        _gone(house, unit, inbound, known, now)


def _heard_since(known: AddressFacts, inbound: Inbound) -> bool:
    """The news is old: they came back meanwhile."""
    return known.last_in_at is not None and known.last_in_at > inbound.at


def _gone(house: House, unit: Unit, inbound: Inbound, known: AddressFacts, now: datetime) -> None:
    why = f"gone: {inbound.change}"
    people.stop(unit, inbound.address, str(inbound.change))
    other = people.reachable(unit, known.person_id)
    outbox.give_up(unit, inbound.address, why, other, now)
    if other is not None:
        unit.after_commit.append(lambda: house.wake(other))
    post = house.post(unit, now)
    unreachable.gone(unit, post, Lost(inbound.address, known.person_id, None))
    post.deliver()
