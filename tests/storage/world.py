"""A small world to try the machinery in: a database, a conversation of a few words, a post office.

The conversation repeats what it hears. Words that start with a verb do something:
"board" answers under a key, "album" settles, "note X" tells person X, "break" raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot import clock
from bot.apply import Env, Stale
from bot.bell import Bell
from bot.hearing import House
from bot.jobs import Jobs, Works
from bot.lanes import PullSender
from bot.outbox import Outbox
from bot.reception import FrontDesk
from bot.seal import Seal
from bot.turn import Turns
from conversations.context import Ctx
from conversations.events import Event
from conversations.letters import Line, Note
from conversations.said import Said, Turn
from models.database import Database, Unit, open_database
from models.files import FolderStore
from models.messages import (
    Address,
    Button,
    Channel,
    Gone,
    Inbound,
    Later,
    Never,
    Outbound,
    Outcome,
    Say,
    Sent,
    Talk,
)
from models.tables import InboundRow, OutboundRow
from tests import databases

FILE = "world.sqlite3"  # where a world is kept in its folder


@dataclass(frozen=True, slots=True)
class Told(Event):
    """Somebody told another person something."""

    person_id: int
    text: str
    how: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """The world has moved: stale the first `times`."""

    times: int


class Phone:
    """A channel that pushes. `fate` decides what becomes of a send."""

    def __init__(self, channel: Channel = Channel.TELEGRAM) -> None:
        self.channel = channel
        self.got: list[Outbound] = []
        self.fate: Callable[[Outbound], Sent | Later | Never | Gone] = self._arrive
        self._ids = count(100)

    def _arrive(self, out: Outbound) -> Sent:
        return Sent((out.edits or str(next(self._ids)),))

    async def send(self, out: Outbound) -> Sent:
        became = self.fate(out)
        if not isinstance(became, Sent):
            raise became
        self.got.append(out)
        return became

    def texts(self, address: str | None = None) -> list[str]:
        return [o.say.text for o in self.got if address in (None, o.address.id)]


class World:
    """Everything but a real conversation. Made with a clock that stands still."""

    def __init__(self, folder: Path, phone: Phone | None = None, url: str = "") -> None:
        url = url or databases.at(folder / FILE)
        self.db: Database = open_database(url, clock.now)
        self.db.store.migrate()
        self.phone = phone or Phone()
        self.bell = Bell()
        self.broken = False  # "break" raises while it is
        self.stale = 0
        self.talks: list[Talk] = []
        self.files = FolderStore(folder / "files")
        self.house = House(
            content=None,  # type: ignore[arg-type]  # this conversation reads none
            files=self.files,
            seal=Seal(b"k" * 32),
            records=lambda unit, now: None,  # type: ignore[arg-type, return-value]
            respond=self.respond,
            arrive=lambda ctx, turn: turn,
            apply=self.apply,
            wake=self.wake,
        )
        self.turns = Turns(self.db, self.house)
        self.outbox = Outbox(self.db, self.house, [self.phone, PullSender(Channel.WEB)])
        self.jobs = Jobs(Works(self.db, self.house, self.turns))
        self.desk = FrontDesk(self.db, self.turns, self.bell, self.files)
        self._numbers = count(1)

    def wake(self, address: Address) -> None:
        self.bell.ring(address)

    # -- the conversation ------------------------------------------------------------------------
    def respond(self, ctx: Ctx, talk: Talk, said: Said) -> Turn:
        self.talks.append(talk)
        words = said.action or said.text or f"{len(said.files)} files"
        heard = [*_list(talk.answers.get("heard")), words]
        after = replace(talk, answers={"heard": heard})
        verb, _, rest = words.partition(" ")
        if verb == "break" and self.broken:
            raise RuntimeError("this conversation is broken")
        if verb == "board":
            again = Button("Again", "board pressed")
            return Turn(after, Say(f"Board {rest}", ((again,),), key="b"))
        if verb == "album":
            return Turn(after, Say(f"Got {rest}", key="album", settle=2.0))
        if verb == "note":
            who, _, text = rest.partition(" ")
            return Turn(after, Say("I tell them."), (Told(int(who), text),))
        if verb == "stale":
            return Turn(after, Say("Heard."), (Moved(int(rest)),))
        say = Say(f"You said: {words}", ((Button("Board", "board now"),),))
        return Turn(after, say)

    def apply(self, env: Env, event: Event) -> None:
        if isinstance(event, Told):
            env.post.to_person(event.person_id, Note((Line(event.text),)), **event.how)
        elif isinstance(event, Moved):
            self.stale += 1
            env.post.to_person(env.person.id, Note((Line("Moved"),)))
            if self.stale <= event.times:
                raise Stale

    # -- people ----------------------------------------------------------------------------------
    async def says(
        self, who: str, text: str | None = None, *, channel: Channel = Channel.TELEGRAM, **more: Any
    ) -> Outcome:
        external = more.pop("external_id", None) or f"m{next(self._numbers)}"
        return await self.turns.receive(
            Inbound(Address(channel, who), external, clock.now(), text=text, **more)
        )

    async def deliver(self) -> None:
        """Send everything that may be sent now."""
        for channel in self.outbox.lanes:
            while await self.outbox.drain(channel):
                pass

    async def work(self) -> None:
        """Do everything that is due."""
        while await self.jobs.drain():
            pass

    async def inbox(self) -> list[InboundRow]:
        return await self.db.read(lambda unit: _all(unit, InboundRow))

    async def out(self) -> list[OutboundRow]:
        return await self.db.read(lambda unit: _all(unit, OutboundRow))


def _all(unit: Unit, table: Any) -> list[Any]:
    return list(unit.exec(select(table).order_by(table.id)).all())


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)
