"""Sends what waits. One lane a channel; order kept per address; every failure is one of three.

At least once: a row is claimed, sent with no session open, then marked. A process that dies in
between leaves a claim that runs out, and the row is sent again with `maybe_sent`. A reply is
written with its claim and handed over by its turn (bot/leaving.py): nobody looks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import clock
from bot.counted import Few, Load, loads
from bot.hearing import House
from bot.lanes import BULK_AT_ONCE, Lane, Pace, no_pace
from bot.log import get_logger
from bot.post import Post
from handlers.wire import Sender
from models import outbox, people
from models.claims import Claimed, claim
from models.database import Database, Unit
from models.messages import (
    CAPABILITIES,
    Address,
    Channel,
    Closed,
    Gone,
    Later,
    Never,
    Outbound,
    Sent,
)
from models.outbox import line_id

WAITS = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0)  # seconds, when the provider names none
ALERT_WAIT = 60.0  # a late alert is worth less than a tried one
REPLY_WAITS = (1.0, 3.0, 10.0, 30.0, 60.0)  # somebody sits before their phone and waits
GIVE_UP = timedelta(days=2)
SENDING = 45.0  # seconds; less than the lease
POLL = 0.5  # seconds, for rows meant for later and rows of other processes

SPARED = Closed("kept for what is the person's own")
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """An address that is gone, and the row that found out. `matters`: not only a convenience."""

    address: Address
    person_id: int | None
    dossier_id: int | None
    key: str = ""
    matters: bool = False


OnGone = Callable[[Unit, Post, Lost], None]
Instead = Callable[[Unit, Claimed, datetime], bool]


class Outbox:
    """Claims, sends and marks. `on_gone` runs in the transaction that stops an address,
    `on_closed` in the one that marks a message which no channel of its person takes now; before
    that each of `instead` may send it yet another way (True when it does)."""

    def __init__(
        self,
        db: Database,
        house: House,
        senders: Iterable[Sender],
        *,
        paces: Mapping[Channel, Pace] | None = None,
        few: Mapping[Channel, Few] | None = None,
        instead: Iterable[Instead] = (),
        on_gone: Iterable[OnGone] = (),
        on_closed: Iterable[OnGone] = (),
    ) -> None:
        paces, few = paces or {}, few or {}
        self.db, self.house = db, house
        self.on_gone, self.on_closed = tuple(on_gone), tuple(on_closed)
        self.instead = tuple(instead)
        self.lanes = {
            s.channel: Lane(s, paces.get(s.channel, no_pace), few.get(s.channel)) for s in senders
        }
        self._stopping = False

    def wake(self, channel: Channel, address: Address | None = None) -> None:
        """Something was committed for this channel, at `address`. On the event loop."""
        if lane := self.lanes.get(channel):
            if address is not None:
                lane.behind.add(address)
            lane.woken.set()

    def free(self, channel: Channel) -> bool:
        """May a reply that is written now be handed over? On any thread."""
        lane = self.lanes.get(channel)
        return lane is not None and lane.free and not self._stopping

    def hand(self, claimed: Claimed) -> None:
        """Send a reply that was written with its claim, and is committed. On the event loop."""
        self._start(self.lanes[claimed.out.address.channel], Load(claimed), handed=True)

    async def run(self) -> None:
        """Work until `stop`; then what is under way is finished."""
        await asyncio.gather(*(self._work(lane) for lane in self.lanes.values()))

    def stop(self) -> None:
        self._stopping = True
        for lane in self.lanes.values():
            lane.woken.set()

    async def drain(self, channel: Channel) -> int:
        """Send what may be sent now, and wait for it; how many rows were tried."""
        lane = self.lanes[channel]
        claimed = await self._claim(lane, lane.room)
        await asyncio.gather(*(self._deliver(lane, one) for one in claimed))
        return len(claimed)

    async def _work(self, lane: Lane) -> None:
        lane.works = True
        while not self._stopping:
            lane.woken.clear()
            room = lane.room
            try:
                claimed = await self._claim(lane, room)
            except Exception:  # the database is away; what waits goes on waiting
                log.exception("outbox cannot claim", channel=lane.sender.channel)
                claimed = []
            lane.full = len(claimed) >= room
            for one in claimed:
                self._start(lane, one)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(lane.woken.wait(), POLL)
        while lane.tasks:
            await asyncio.gather(*lane.tasks, return_exceptions=True)

    def _start(self, lane: Lane, load: Load, *, handed: bool = False) -> None:
        task = asyncio.create_task(self._deliver(lane, load))
        lane.tasks.add(task)
        lane.claimed += not handed
        task.add_done_callback(partial(self._delivered, lane, load.first.out.address, handed))

    def _delivered(
        self, lane: Lane, address: Address, handed: bool, task: asyncio.Task[None]
    ) -> None:
        lane.tasks.discard(task)
        lane.claimed -= not handed
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox cannot mark", channel=lane.sender.channel, error=type(error).__name__)
        if not handed or lane.full or address in lane.behind:
            lane.behind.discard(address)
            lane.woken.set()

    async def _claim(self, lane: Lane, most: int) -> list[Load]:
        if most <= 0:
            return []
        channel, content = lane.sender.channel, self.house.content

        def take(unit: Unit) -> list[Load]:
            now = clock.now()
            bulk = BULK_AT_ONCE - lane.bulk
            return loads(unit, claim(unit, channel, now, most, bulk), content, lane.few, now)

        return await self.db.run(take)

    async def _deliver(self, lane: Lane, load: Load) -> None:
        lane.bulk += load.bulk
        try:
            became = SPARED if load.spared else await self._send(lane, load.out)
        finally:
            lane.bulk -= load.bulk
        self.house.metrics.sent(lane.sender.channel, type(became).__name__.lower())

        def mark(unit: Unit) -> None:
            for claimed in load.rows:
                self._mark(unit, claimed, became)

        # that it was sent can wait: what comes next from there goes in after it all the same
        await self.db.run(mark, patient=isinstance(became, Sent))

    async def _send(self, lane: Lane, out: Outbound) -> Sent | Later | Never | Gone:
        try:
            await lane.pace(out)
            async with asyncio.timeout(SENDING):
                return await lane.sender.send(out)
        except (Later, Never, Gone) as why:
            return why
        except TimeoutError:
            return Later("no answer in time", unknown=True)
        except Exception as error:
            log.exception("sender failed", outbound=out.id, channel=out.address.channel)
            return Later(type(error).__name__, unknown=True)

    # -- within one unit of work -----------------------------------------------------------------
    def _mark(self, unit: Unit, claimed: Claimed, became: Sent | Later | Never | Gone) -> None:
        free: dict[str, Any] = {"leased_until": None}
        out = claimed.out
        match became:
            case Sent(external_ids):
                self._sent(unit, claimed, external_ids)
            case Later():
                self._later(unit, claimed, became)
            case Closed(reason):
                self._closed(unit, claimed, reason)
            case Never(reason):
                outbox.change(unit, out.id, **free, status="failed", error=reason)
                log.warning("never sent", outbound=out.id, reason=reason)
            case Gone(reason, None):
                self._gone(unit, claimed, reason)
            case Gone(_, str(moved_to)):
                people.move(unit, out.address, moved_to)
                outbox.readdress(unit, out.address, moved_to)
                outbox.change(unit, out.id, **free, due_at=clock.now())

    def _sent(self, unit: Unit, claimed: Claimed, ids: tuple[str, ...]) -> None:
        at = unit.stamp()
        external = " ".join(ids) or None
        if CAPABILITIES[claimed.out.address.channel].pull:
            external = str(line_id(at))
            unit.after_commit.append(lambda: self.house.wake(claimed.out.address))
        if claimed.out.kind == "edit":
            external = external or claimed.root
            if claimed.replaces and external != claimed.root:  # it had to be sent anew
                outbox.change(unit, claimed.replaces, external_id=external)
        outbox.mark_sent(unit, claimed.out.id, at, external)

    def _later(self, unit: Unit, claimed: Claimed, why: Later) -> None:
        out, now = claimed.out, clock.now()
        marks: dict[str, Any] = {"leased_until": None, "error": why.reason}
        if now - claimed.created_at > GIVE_UP:
            outbox.change(unit, out.id, **marks, status="failed")
            log.warning("gave up sending", outbound=out.id, attempts=out.attempts)
            return
        wait = _wait(claimed) if why.seconds is None else why.seconds
        due = now + timedelta(seconds=wait)
        maybe = out.maybe_sent or why.unknown
        outbox.change(unit, out.id, **marks, due_at=due, maybe_sent=maybe)

    def _gone(self, unit: Unit, claimed: Claimed, reason: str) -> None:
        """Nothing more goes there; whoever waits for this person hears of it."""
        address = claimed.out.address
        people.stop(unit, address, reason)
        if not self._elsewhere(unit, claimed):
            marks = {"status": "failed", "error": f"gone: {reason}"}
            outbox.change(unit, claimed.out.id, leased_until=None, **marks)
        other = claimed.person_id and people.reachable(unit, claimed.person_id)
        outbox.give_up(unit, address, f"gone: {reason}", other or None, clock.now())
        if other:
            unit.after_commit.append(lambda: self.house.wake(other))
        self._tell(unit, self.on_gone, claimed)
        log.info("address gone", person=claimed.person_id, channel=address.channel)

    def _closed(self, unit: Unit, claimed: Claimed, reason: str) -> None:
        """The channel takes nothing for this person now: their other one, else somebody phones."""
        log.info("channel closed", outbound=claimed.out.id, reason=reason)
        if self._elsewhere(unit, claimed):
            return
        if any(another(unit, claimed, clock.now()) for another in self.instead):
            return
        marks = {"status": "failed", "error": f"closed: {reason}"}
        outbox.change(unit, claimed.out.id, leased_until=None, **marks)
        self._tell(unit, self.on_closed, claimed)

    def _elsewhere(self, unit: Unit, claimed: Claimed) -> bool:
        """Send a notice where else the person was last heard. A reply only makes sense here."""
        out = claimed.out
        if claimed.priority == 0 or claimed.person_id is None or out.kind != "send":
            return False
        other = people.reachable(unit, claimed.person_id, besides=out.address)
        if other is None or not outbox.move(unit, out.id, other, clock.now()):
            return False
        unit.after_commit.append(lambda: self.house.wake(other))
        return True

    def _tell(self, unit: Unit, hooks: tuple[OnGone, ...], claimed: Claimed) -> None:
        post = self.house.post(unit, clock.now())
        say = claimed.out.say
        matters = say.approved is not None
        lost = Lost(claimed.out.address, claimed.person_id, claimed.dossier_id, say.key, matters)
        for hook in hooks:
            hook(unit, post, lost)
        post.deliver()


def _wait(claimed: Claimed) -> float:
    """Seconds until the next try, when the provider names none."""
    waits = WAITS if claimed.priority else REPLY_WAITS
    wait = waits[min(claimed.out.attempts, len(waits)) - 1]
    return min(wait, ALERT_WAIT) if claimed.priority == 1 else wait
