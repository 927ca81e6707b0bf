"""Does what is due: a file to fetch, a form to fill, a deadline to look at. At least once each.

    @job("fetch")
    async def fetch(works: Works, due: Due) -> Write | None: ...

A handler does the slow part first (a blocking one is written as a plain function and runs in a
thread), then may return a function that writes what came of it: that runs in the transaction which
marks the job done, so both happen or neither. Handlers live in bot/work/.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import clock
from bot.hearing import House
from bot.log import get_logger
from bot.post import Post
from bot.turn import Turns
from models import jobs, set_back
from models.claims import ClaimedJob, any_job, claim_jobs
from models.codec import Json
from models.database import Database, Unit
from models.messages import Address, Attachment, Channel, Later
from models.outbox import EPOCH

WAITS = (10.0, 60.0, 300.0, 1800.0, 7200.0)  # seconds after a failure; then it has failed
LONGEST = 240.0  # seconds a job may take; less than the lease
POLL = 0.25  # seconds
AT_ONCE = 4

Fetch = Callable[[Address, Attachment], Awaitable[bytes]]
Write = Callable[[Unit, Post], None]
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """One job. `attempts` counts this one."""

    id: int
    kind: str
    payload: Json
    attempts: int
    dossier_id: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Works:
    """What handlers may use. `fetchers` bring the bytes of a channel's attachment."""

    db: Database
    house: House
    turns: Turns
    fetchers: Mapping[Channel, Fetch] = field(default_factory=dict)


Handler = Callable[[Works, Due], Any]
HANDLERS: dict[str, Handler] = {}
EVERY: dict[str, timedelta] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of one kind of job."""

    def keep(handler: Handler) -> Handler:
        if kind in HANDLERS:
            raise ValueError(f"job {kind!r} has a handler already")
        HANDLERS[kind] = handler
        return handler

    return keep


def every(kind: str, period: timedelta) -> Callable[[Handler], Handler]:
    """A job that comes back, once a period whatever restarts and however many processes."""
    EVERY[kind] = period
    return job(kind)


def load() -> None:
    """Import every module of bot/work, so that its handlers are registered."""
    from bot import work

    for module in pkgutil.iter_modules(work.__path__):
        importlib.import_module(f"{work.__name__}.{module.name}")


class Jobs:
    """Claims due jobs and does them, a few at once."""

    def __init__(self, works: Works) -> None:
        self.works = works
        self.poll = POLL  # seconds; longer where somebody else keeps the beat
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._stopping = False
        self._latest = EPOCH  # what the clock said last

    async def run(self) -> None:
        """Work until `stop`; then what is under way is finished."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self._start_due()
            except Exception:  # the database is away; what is due stays due
                log.exception("jobs cannot claim")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self.poll)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self) -> None:
        """Look at what is due now. On the event loop."""
        self._woken.set()

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()

    async def drain(self) -> int:
        """Do what is due now, and wait for it; how many jobs were tried."""
        claimed = await self._claim(100)
        await asyncio.gather(*(self._do(one) for one in claimed))
        return len(claimed)

    def begin(self, unit: Unit) -> None:
        """At the start, and when the clock was set back: nothing waits for a time that was never
        here, and every job that comes back is planned."""
        if mended := set_back.mend(unit, clock.now(), EVERY):
            log.warning("rows from a time that has not come", rows=mended)
        self.plan(unit)

    def plan(self, unit: Unit) -> None:
        """Put the next one of every job that comes back; its period is its name."""
        now = clock.now()
        for kind, period in EVERY.items():
            number = (now - EPOCH) // period + 1
            due = EPOCH + number * period
            jobs.put(unit, kind, {}, due, now, dedupe=f"{kind}@{number}")

    async def _start_due(self) -> None:
        for one in await self._claim(AT_ONCE - len(self._tasks)):
            task = asyncio.create_task(self._do(one))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("jobs cannot mark", error=type(error).__name__)
        self._woken.set()

    async def _claim(self, most: int) -> list[ClaimedJob]:
        now, db = clock.now(), self.works.db
        if now < self._latest - set_back.SKEW:
            await db.run(self.begin)
            self._latest = now
        self._latest = max(self._latest, now)
        if most <= 0 or not await db.read(lambda unit: any_job(unit, now)):
            return []
        return await db.run(lambda unit: claim_jobs(unit, now, most))

    async def _do(self, claimed: ClaimedJob) -> None:
        try:
            write = await self._handle(claimed)
            await self.works.db.run(partial(self._finish, claimed=claimed, write=write))
        except Later as why:
            await self.works.db.run(partial(self._put_off, claimed=claimed, why=why))
        except Exception as error:
            log.exception("job failed", job=claimed.id, kind=claimed.kind)
            await self.works.db.run(partial(self._failed, claimed=claimed, error=error))

    async def _handle(self, claimed: ClaimedJob) -> Write | None:
        handler = HANDLERS.get(claimed.kind)
        if handler is None:
            raise LookupError(f"nothing handles jobs of kind {claimed.kind}")
        due = Due(
            claimed.id,
            claimed.kind,
            claimed.payload,
            claimed.attempts,
            claimed.dossier_id,
            clock.now(),
        )
        async with asyncio.timeout(LONGEST):
            if inspect.iscoroutinefunction(handler):
                found: Write | None = await handler(self.works, due)
            else:
                found = await asyncio.to_thread(handler, self.works, due)
        return found

    # -- within one unit of work -----------------------------------------------------------------
    def _finish(self, unit: Unit, claimed: ClaimedJob, write: Write | None) -> None:
        if write is not None:
            post = self.works.house.post(unit, clock.now())
            write(unit, post)
            post.deliver()
        jobs.change(unit, claimed.id, status="done", leased_until=None, error=None)
        if claimed.kind in EVERY:
            self.plan(unit)

    def _put_off(self, unit: Unit, claimed: ClaimedJob, why: Later) -> None:
        wait = why.seconds if why.seconds is not None else _wait(claimed.attempts)
        due = clock.now() + timedelta(seconds=wait)
        jobs.change(unit, claimed.id, leased_until=None, due_at=due, error=why.reason)

    def _failed(self, unit: Unit, claimed: ClaimedJob, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"[:500]
        if claimed.attempts > len(WAITS):
            jobs.change(unit, claimed.id, leased_until=None, status="failed", error=text)
        else:
            due = clock.now() + timedelta(seconds=_wait(claimed.attempts))
            jobs.change(unit, claimed.id, leased_until=None, due_at=due, error=text)
        if claimed.kind in EVERY:
            self.plan(unit)


def _wait(attempts: int) -> float:
    return WAITS[min(attempts, len(WAITS)) - 1]
