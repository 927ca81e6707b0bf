"""Everything that runs, put together once; and how it starts and stops."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from bot import apply, clock, jobs
from bot.bell import Bell
from bot.calling import Calling
from bot.channels import Parts, Plug, Wire
from bot.hearing import House
from bot.jobs import Jobs, Works
from bot.lanes import PullSender
from bot.opening import files_of
from bot.outbox import Outbox
from bot.reception import FrontDesk
from bot.records import SqlRecords
from bot.seal import Seal
from bot.settings import Settings
from bot.turn import Turns
from bot.work import unreachable
from conversations import menu
from models import people
from models.content import Content
from models.database import Database
from models.messages import Channel

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
    wires: list[Wire]
    calling: Calling


def assemble(
    settings: Settings,
    db: Database,
    content: Content,
    master: bytes,
    *,
    plugs: Iterable[Plug] = (),
) -> Assistant:
    """The assistant on an open, migrated database. Nothing runs yet. On the event loop.

    `plugs` are the channels that push (bot/channels.py).
    """
    apply.load()
    jobs.load()
    bell = Bell()
    files = files_of(settings)
    parts = Parts(settings, db, content, files, master)
    wires = [wire for plug in plugs for wire in plug.connect(parts)]
    house = House(
        content=content,
        files=files,
        seal=Seal(derived(master, "buttons")),
        records=SqlRecords,
        respond=menu.respond,
        arrive=menu.arrive,
        answerer=Once(partial(_answerer, settings)),
        channels=(Channel.WEB, *(wire.channel for wire in wires)),
        public_url=settings.public_url or "",
        links=_links(settings, {wire.channel for wire in wires}),
        language=settings.default_language,
        wake=lambda address: calling.wake(address),
        free=lambda channel: out.free(channel),
        hand=lambda claimed: out.hand(claimed),
    )
    out = _outbox(db, house, wires)
    calling = Calling(db, out, bell)
    turns = Turns(db, house)
    works = Works(db, house, turns, {wire.channel: wire.fetch for wire in wires if wire.fetch})
    desk = FrontDesk(db, turns, bell, files)
    return Assistant(db, house, turns, out, Jobs(works), desk, wires, calling)


def _links(settings: Settings, there: set[Channel]) -> dict[Channel, str]:
    """Where people open the channels that run here, Zalo first: most people have it."""
    known = {
        Channel.ZALO_OA: settings.zalo_oa_link,
        Channel.ZALO_BOT: settings.zalo_bot_link,
        Channel.TELEGRAM: settings.telegram_link,
    }
    return {channel: url for channel, url in known.items() if url and channel in there}


def _outbox(db: Database, house: House, wires: list[Wire]) -> Outbox:
    """One lane for every channel; what happens when an address or a channel takes nothing."""
    return Outbox(
        db,
        house,
        [*(PullSender(channel) for channel in PULLED), *(wire.sender for wire in wires)],
        paces={wire.channel: wire.pace for wire in wires if wire.pace},
        few={wire.channel: wire.few for wire in wires if wire.few},
        instead=[wire.instead for wire in wires if wire.instead],
        on_gone=(unreachable.gone,),
        on_closed=(unreachable.refused,),
    )


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


def _answerer(settings: Settings) -> Any:
    from conversations.policy import Answerer
    from models.content import content_root

    return Answerer(content_root(settings.content_folder), settings.province)
