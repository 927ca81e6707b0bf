"""Our side: the whole durable turn, as the web chat and a Telegram webhook call it.

SQLite in WAL with synchronous FULL; for every message an inbox row, the talk and an outbox row,
committed before `say` returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Integer, String, cast, func, select

import bot.apply
from benchmarks.form import ANSWERS, DONE, KINDS, QUESTIONS, TITLE, said
from bot import clock
from bot.hearing import House
from bot.outbox import Outbox
from bot.records import SqlRecords
from bot.seal import Seal
from bot.turn import Turns
from conversations import menu
from conversations.context import Ctx
from conversations.forms import Done, Form
from conversations.registry import ROOMS
from conversations.steps import Choice, Choose, Number, Phone, Text
from models import people
from models.content import load
from models.database import open_database
from models.files import FolderStore
from models.messages import Address, Channel, Inbound, Outbound, Outcome, Sent
from models.outbox import OUT


def _choices(pairs: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    return tuple(Choice(key, label) for key, label in pairs)


class Filling(Form):
    """The same form, in our vocabulary; registered like any room."""

    key = "filling"
    title = TITLE
    needs_consent = False
    steps = (
        Choose("kind", QUESTIONS[0].ask, options=_choices(KINDS)),
        Text("name", QUESTIONS[1].ask),
        Phone("phone", QUESTIONS[2].ask),
        Number("amount", QUESTIONS[3].ask),
        Choose("sold", QUESTIONS[4].ask, options=_choices(ANSWERS)),
    )

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        return Done(note=DONE, then=self.key)


class Sends:
    """A channel that pushes, whose provider takes every message at once."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.count = 0

    async def send(self, out: Outbound) -> Sent:
        self.count += 1
        return Sent((str(self.count),))


class Ours:
    """A deployment in `folder` (or on the database at `url`), with the real conversation and one
    more room."""

    def __init__(self, folder: Path, channel: Channel = Channel.WEB, url: str = "") -> None:
        bot.apply.load()
        if ROOMS.get(Filling.key) is None:
            ROOMS.add(Filling())
        self.db = open_database(url or f"sqlite:///{folder / 'bench.sqlite3'}", clock.now)
        self.db.store.migrate()
        house = House(
            load(),
            FolderStore(folder),
            Seal(b"k" * 32),
            SqlRecords,
            menu.respond,
            menu.arrive,
            wake=lambda address: self.outbox.wake(address.channel),
        )
        self.turns = Turns(self.db, house)
        self.channel = channel
        self.sender = Sends(channel)
        self.outbox = Outbox(self.db, house, [self.sender])
        self._count = 0

    async def start(self, person: int) -> None:
        await self._receive(self._wire(person, button=self._button(person)))

    async def fill(self, person: int, step: int) -> None:
        await self._receive(self._wire(person, text=said(person, step)))

    async def meet(self, person: int) -> None:
        """A first message; then the form is opened."""
        await self._receive(self._wire(person, text="/menu"))
        await self.start(person)

    def written(self) -> tuple[int, int]:
        """Rows of the outbox, and how many of them end a form."""
        ends = func.sum(cast(cast(OUT.c.body, String).contains(DONE), Integer))
        count = select(func.count(), ends).select_from(OUT)
        rows, ended = self.db.store.read(lambda unit: unit.execute(count).one())
        return int(rows), int(ended or 0)

    def address(self, person: int) -> Address:
        return Address(self.channel, f"chat-of-person-{person:08}")

    async def _receive(self, body: bytes) -> None:
        read = orjson.loads(body)
        address = Address(Channel(read["channel"]), read["chat"])
        text, button = read.get("text"), read.get("button")
        inbound = Inbound(address, read["nonce"], clock.now(), text=text, button=button)
        outcome = await self.turns.receive(inbound)
        assert outcome is Outcome.WRITTEN, outcome

    def _wire(self, person: int, **more: str) -> bytes:
        self._count += 1
        at = self.address(person)
        where = {"chat": at.id, "channel": at.channel.value}
        return orjson.dumps({**where, "nonce": f"nonce{self._count:08}", **more})

    def _button(self, person: int) -> str:
        address = self.address(person)
        known = self.db.store.read(lambda unit: people.at_address(unit, address))
        assert known is not None
        return self.turns.house.seal.seal(known.person_id, f"go:{Filling.key}")
