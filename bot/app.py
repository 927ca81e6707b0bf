"""Everything that runs, put together once; and how it starts and stops."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from bot import apply, clock, jobs
from bot.bell import Bell
from bot.hearing import House
from bot.jobs import Fetch, Jobs, Works
from bot.outbox import Outbox, Pace, PullSender
from bot.reception import FrontDesk
from bot.records import SqlRecords
from bot.seal import Seal
from bot.settings import Settings
from bot.turn import Turns
from conversations import menu
from handlers.wire import Sender
from models import people
from models.content import Content
from models.database import Database
from models.files import open_store
from models.messages import Address, Channel
from models.outbox import oldest_waiting

PULLED = (Channel.WEB, Channel.SIMULATOR)


@dataclass(slots=True)
class Assistant:
    """The parts of one process, on one database."""

    db: Database
    house: House
    turns: Turns
    outbox: Outbox
    jobs: Jobs
    desk: FrontDesk

    async def health(self) -> dict[str, object]:
        age = await self.db.read(lambda unit: oldest_waiting(unit, clock.now()))
        return {"ready": True, "oldest_waiting": None if age is None else age.total_seconds()}


def assemble(
    settings: Settings,
    db: Database,
    content: Content,
    master: bytes,
    *,
    senders: Iterable[Sender] = (),
    fetchers: Mapping[Channel, Fetch] | None = None,
    paces: Mapping[Channel, Pace] | None = None,
) -> Assistant:
    """The assistant on an open, migrated database. Nothing runs yet. On the event loop.

    `senders` push to their channels, `fetchers` bring what people sent there.
    """
    apply.load()
    jobs.load()
    bell = Bell()
    everyone = [*(PullSender(channel) for channel in PULLED), *senders]
    house = House(
        content=content,
        files=open_store(settings.files_url),
        seal=Seal(derived(master, "buttons")),
        records=SqlRecords,
        respond=menu.respond,
        arrive=menu.arrive,
        answerer=Once(partial(_answerer, settings.province)),
        channels=(Channel.WEB, *(sender.channel for sender in senders)),
        public_url=settings.public_url or "",
        language=settings.default_language,
        wake=lambda address: wake(address),
    )
    out = Outbox(db, house, everyone, paces=paces)

    def wake(address: Address) -> None:
        out.wake(address.channel)
        bell.ring(address)

    turns = Turns(db, house)
    works = Works(db, house, turns, fetchers or {})
    return Assistant(db, house, turns, out, Jobs(works), FrontDesk(db, turns, bell, house.files))


def master_key(settings: Settings, db: Database) -> bytes:
    """The key of this installation: from the settings, else made once and kept. Blocks."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given.encode()
    made = secrets.token_urlsafe(32)
    return db.run_now(lambda unit: people.secret(unit, "master", made, clock.now())).encode()


def derived(master: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, so that one never opens what another sealed."""
    return hmac.digest(master, purpose.encode(), "sha256")


class Once:
    """Makes a thing when first called, on whichever thread is first; then gives that thing."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make, self._lock, self._made = make, Lock(), None

    def __call__(self) -> Any:
        if self._made is None:
            with self._lock:
                self._made = self._made or self._make()
        return self._made


def _answerer(province: str) -> Any:
    from conversations.policy import Answerer

    return Answerer(province=province)
