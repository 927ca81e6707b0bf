"""What happens to one inbound message: remembered and heard in one transaction.

A message that cannot be heard is kept with its trace and tried again by a job; after a few tries it
is set aside, and the person gets an apology. It never stands in the way of anyone's next message,
except that messages behind one whose files are being fetched wait for them.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from weakref import WeakValueDictionary

from bot import addresses, clock, human
from bot.hearing import Hearing, House, group_of, label_of, look_up
from bot.keepable import keepable
from bot.log import get_logger
from conversations.said import Said
from locales import gettext
from models import inbox, jobs, people
from models.codec import inbound_json
from models.database import Database, Unit
from models.inbox import Kept
from models.messages import (
    CAPABILITIES,
    Address,
    Attachment,
    Button,
    Inbound,
    Outcome,
    Say,
)
from models.outbox import Copy

AGAIN = tuple(timedelta(seconds=s) for s in (1, 5, 30))  # waits before hearing it again
HEAR, FETCH = "hear", "fetch"  # kinds of jobs
First = Callable[[Unit], Outcome | None]

log = get_logger(__name__)


class Turns:
    """Takes messages in. One instance for the process; all its methods may run at once."""

    def __init__(self, db: Database, house: House) -> None:
        self.db = db
        self.house = house
        self._queues: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, inbound: Inbound, first: First | None = None) -> Outcome:
        """Remember and hear one message; returns after the commit.

        WRITTEN also when hearing failed: the message is kept and tried again, so the provider must
        not send it again. Raises only when nothing was written. `first` runs in the same
        transaction (whatever uses up a one-use link) and may refuse the message.
        """
        began, outcome = perf_counter(), "lost"
        try:
            outcome, told = await self._received(keepable(inbound), first)
        finally:
            took = perf_counter() - began
            self.house.metrics.heard(inbound.address.channel, outcome, took)
        return told

    async def hear_again(self, inbound_id: int) -> None:
        """Hear a kept message that waited or failed. Handler of `hear` jobs, and `inbox replay`."""
        try:
            await self.db.run(partial(self._hear_kept, inbound_id=inbound_id))
        except Exception as wrong:
            trace = traceback.format_exc()
            await self.db.run(partial(self._failed_again, inbound_id=inbound_id, trace=trace))
            log.error("turn failed again", inbound=inbound_id, error=type(wrong).__name__)

    async def fetched(self, inbound_id: int, files: tuple[Attachment, ...]) -> None:
        """The files of a message are here (or refused): hear it, then what waited behind it."""

        def keep(unit: Unit) -> None:
            kept = inbox.find(unit, inbound_id)
            if kept is not None and kept.state == "files":
                payload = {**kept.payload, "files": inbound_json(_with(kept, files))["files"]}
                inbox.change(unit, inbound_id, payload=payload, state="waiting")

        await self.db.run(keep)
        await self.hear_again(inbound_id)

    async def _received(self, inbound: Inbound, first: First | None) -> tuple[str, Outcome]:
        """The outcome, and its name for whoever counts them."""
        try:
            # in the order they came: where several workers take messages, a lock in the database
            # keeps two of one person apart, but does not say which is first
            async with self._queues.setdefault(inbound.address, asyncio.Lock()):
                told = await self.db.run(partial(self._receive, inbound=inbound, first=first))
        except Exception as wrong:
            keep = partial(self._keep_failed, inbound=inbound, first=first)
            kept = await self.db.run(partial(keep, trace=traceback.format_exc()))
            log.error("turn failed", inbound=kept, error=type(wrong).__name__)
            return "set_aside", Outcome.WRITTEN
        return told.value, told

    # -- within one unit of work -----------------------------------------------------------------
    def _receive(self, unit: Unit, inbound: Inbound, first: First | None) -> Outcome:
        if first is not None and (refused := first(unit)) is not None:
            return refused
        now = clock.now()
        if inbound.change and inbound.change != "joined":
            return addresses.changed(self.house, unit, inbound, now)
        person_id = self._person(unit, inbound, now)
        found = look_up(unit, inbound)
        state = _state(unit, inbound, person_id)
        extra = {"label": label_of(inbound, found[0])} if inbound.button else {}
        kept = inbox.remember(unit, inbound, person_id, unit.stamp(), state, extra)
        if kept is None:
            return Outcome.DUPLICATE
        self._announce(unit, inbound.address)
        if state == "done" and not human.answers(unit, inbound, now):
            self._hear(unit, inbound, kept, person_id, now, found)
        elif state == "files":
            jobs.put(unit, FETCH, {"inbound": kept}, now, now, dedupe=f"{FETCH}:{kept}")
        return Outcome.WRITTEN

    def _person(self, unit: Unit, inbound: Inbound, now: datetime) -> int:
        """Who said it; a stranger becomes a person. Nobody else handles theirs until the commit."""
        address = inbound.address
        unit.store.lock_address(unit, address.channel, address.id)
        known = people.at_address(unit, address)
        if known is None or people.person(unit, known.person_id).erased:
            known = people.meet(unit, address, inbound.language or self.house.language, now)
        person_id = self._speaker(unit, inbound) or known.person_id
        unit.store.lock_person(unit, person_id)
        people.seen(unit, address, known, people.person(unit, known.person_id), now)
        return person_id

    def _speaker(self, unit: Unit, inbound: Inbound) -> int | None:
        """Who said it in a group, when we know them; the group itself speaks for strangers."""
        if not inbound.group or not inbound.by:
            return None
        own = people.at_address(unit, Address(inbound.address.channel, inbound.by))
        known = own is not None and not people.person(unit, own.person_id).erased
        return own.person_id if own and known else None

    def _hear(
        self,
        unit: Unit,
        inbound: Inbound,
        kept: int,
        person_id: int,
        now: datetime,
        found: tuple[Copy | None, Copy | None],
    ) -> None:
        """Hear it with what it answers; what the one who pressed is told stays with it."""
        group = group_of(unit, inbound)
        hearing = Hearing(self.house, unit, inbound, person_id, now, *found, group_id=group)
        hearing.hear()
        if hearing.notice:
            inbox.note(unit, kept, hearing.notice)

    def _announce(self, unit: Unit, address: Address) -> None:
        """A page that shows both sides wants to see the person's own line too."""
        if CAPABILITIES[address.channel].pull:
            unit.after_commit.append(lambda: self.house.wake(address))

    def _hear_kept(self, unit: Unit, inbound_id: int) -> None:
        kept = inbox.find(unit, inbound_id)
        if kept is None or kept.state == "done":
            return
        unit.store.lock_person(unit, kept.person_id)
        if kept.state == "waiting" and inbox.is_behind(unit, kept.person_id, before=kept.id):
            return  # the one before it hears it, when its own turn has come
        inbox.change(unit, kept.id, state="done", trace=None)
        now = clock.now()
        if not human.answers(unit, kept.inbound, now):
            found = look_up(unit, kept.inbound)
            self._hear(unit, kept.inbound, kept.id, kept.person_id, now, found)
        self._next(unit, kept.person_id, now)

    def _next(self, unit: Unit, person_id: int, now: datetime) -> None:
        """Have the person's next waiting message heard, when nothing stands before it."""
        behind = inbox.next_behind(unit, person_id)
        if behind is not None and behind.state == "waiting":
            jobs.put(unit, HEAR, {"inbound": behind.id}, now, now, dedupe=f"{HEAR}:{behind.id}:0")

    def _keep_failed(self, unit: Unit, inbound: Inbound, first: First | None, trace: str) -> int:
        """The turn was undone; remember the message alone, to be tried again."""
        if first is not None:
            first(unit)
        now = clock.now()
        person_id = self._person(unit, inbound, now)
        kept = inbox.remember(unit, inbound, person_id, unit.stamp(), "failed", {})
        if kept is None:  # its second copy failed: the first one is kept and will be heard
            return inbox.id_of(unit, inbound)
        inbox.change(unit, kept, attempts=1, trace=trace)
        self._again(unit, kept, 1, now)
        self._announce(unit, inbound.address)
        return kept

    def _again(self, unit: Unit, inbound_id: int, attempts: int, now: datetime) -> None:
        due = now + AGAIN[attempts - 1]
        name = f"{HEAR}:{inbound_id}:{attempts}"
        jobs.put(unit, HEAR, {"inbound": inbound_id}, due, now, dedupe=name)

    def _failed_again(self, unit: Unit, inbound_id: int, trace: str) -> None:
        kept = inbox.find(unit, inbound_id)
        if kept is None:
            return
        attempts, now = kept.attempts + 1, clock.now()
        if attempts <= len(AGAIN):
            inbox.change(unit, kept.id, state="failed", attempts=attempts, trace=trace)
            self._again(unit, kept.id, attempts, now)
        else:
            inbox.change(unit, kept.id, state="quarantined", attempts=attempts, trace=trace)
            if kept.state != "quarantined":  # a replay by hand apologises only once
                self._apologise(unit, kept, now)
        self._next(unit, kept.person_id, now)

    def _apologise(self, unit: Unit, kept: Kept, now: datetime) -> None:
        """Say that the message could not be handled, and show the menu if that at least works."""
        group = group_of(unit, kept.inbound)
        hearing = Hearing(self.house, unit, kept.inbound, kept.person_id, now, group_id=group)
        language = people.person(unit, kept.person_id).language
        hearing.answer([self._apology(unit, hearing, language)], self.house.post(unit, now))

    def _apology(self, unit: Unit, hearing: Hearing, language: str) -> Say:
        sorry = gettext(
            language,
            "Xin lỗi bà con, có một tin nhắn mình chưa xử lý được. Mình đã ghi lại để người phụ "
            "trách xem. Bà con nhắn lại, hoặc chọn một việc khác giúp mình nhé.",
        )
        try:
            if hearing.group_id:
                return Say(sorry)
            ctx = hearing.context()
            talk = people.talk_of(people.person(unit, hearing.person_id))
            menu = self.house.arrive(ctx, self.house.respond(ctx, talk, Said(action="nav:menu")))
            if not menu.events:
                return replace(menu.say, text=f"{sorry}\n\n{menu.say.text}", key="", settle=0)
        except Exception:  # whatever is broken may be broken here too; the apology must leave
            log.exception("no menu for the apology", person=hearing.person_id)
        button = Button(gettext(language, "Về menu"), "nav:menu", style="primary")
        return Say(sorry, ((button,),))


def _state(unit: Unit, inbound: Inbound, person_id: int) -> str:
    """done: heard at once; files: to be fetched first; waiting: behind one that is fetched."""
    if any(file.remote and not (file.key or file.refused) for file in inbound.files):
        return "files"
    return "waiting" if inbox.is_behind(unit, person_id) else "done"


def _with(kept: Kept, files: tuple[Attachment, ...]) -> Inbound:
    return replace(kept.inbound, files=files)
