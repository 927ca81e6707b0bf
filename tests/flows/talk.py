"""A talk through the real turn and a real database, one person after another."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select, text

import bot.apply
import bot.jobs
from bot import clock
from bot.hearing import House
from bot.jobs import Jobs, Works
from bot.records import SqlRecords
from bot.seal import Seal
from bot.turn import Turns
from conversations import menu
from models.codec import say_from
from models.content import Content, load
from models.database import Database, Unit, open_database
from models.files import FolderStore
from models.messages import Address, Attachment, Channel, Inbound, Outcome, Say
from models.outbox import OUT
from tests import databases

Answers = Callable[[], object]
MORNING = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # half past eight in Vietnam


@cache
def answerer() -> object:
    """What answers questions, built once for all tests."""
    from conversations.policy import Answerer

    return Answerer()


class Town:
    """One deployment: people are met by name."""

    def __init__(
        self, db: Database, files: FolderStore, at: clock.Clock, content: Content, answers: Answers
    ) -> None:
        bot.apply.load()
        bot.jobs.load()
        self.db, self.files, self.clock = db, files, at
        self.house = House(
            content,
            files,
            Seal(b"k" * 32),
            SqlRecords,
            menu.respond,
            menu.arrive,
            answerer=answers,
            public_url="https://ocop.example",
        )
        self.turns = Turns(db, self.house)
        self.jobs = Jobs(Works(db, self.house, self.turns))
        self.count = itertools.count(1)

    def person(self, name: str, channel: Channel = Channel.WEB) -> Talker:
        return Talker(self, Address(channel, name))

    async def rows(self, query: str, **values: object) -> list[dict[str, object]]:
        def work(unit: Unit) -> list[dict[str, object]]:
            return [dict(row) for row in unit.execute(text(query), values).mappings()]

        return await self.db.read(work)


class Talker:
    """Says things and hears what comes back."""

    def __init__(self, town: Town, address: Address) -> None:
        self.town, self.address = town, address
        self.heard: list[Say] = []
        self.last_id = 0

    async def say(self, words: str, **more: object) -> str:
        """Type `words`; what came back, as text."""
        return await self._send(Inbound(self.address, self._id(), clock.now(), words, **more))  # type: ignore[arg-type]

    async def send(self, *files: Attachment) -> str:
        return await self._send(Inbound(self.address, self._id(), clock.now(), files=files))

    async def press(self, label: str) -> str:
        """Press the newest button whose label starts with `label`."""
        for said in reversed(self.heard):
            for button in said.buttons:
                if button.label.startswith(label):
                    pressed = Inbound(self.address, self._id(), clock.now(), button=button.action)
                    return await self._send(pressed)
        raise AssertionError(f"no button {label!r} in\n{self.seen()}")

    async def press_data(self, data: str) -> str:
        """Press a button with this data, however old it is."""
        return await self._send(Inbound(self.address, self._id(), clock.now(), button=data))

    async def letters(self) -> str:
        """What arrived meanwhile."""
        return await self._collect()

    @property
    def labels(self) -> list[str]:
        """The buttons of the last message."""
        return [b.label for b in self.heard[-1].buttons]

    def seen(self) -> str:
        return "\n---\n".join(drawn(said) for said in self.heard[-3:])

    def _id(self) -> str:
        return str(next(self.town.count))

    async def _send(self, inbound: Inbound) -> str:
        outcome = await self.town.turns.receive(inbound)
        assert outcome is Outcome.WRITTEN
        failed = await self.town.rows("SELECT trace FROM inbound WHERE trace IS NOT NULL")
        assert not failed, failed[0]["trace"]
        return await self._collect()

    async def _collect(self) -> str:
        new = await self.town.db.read(self._fresh)
        self.last_id = max([self.last_id, *(number for number, _ in new)])
        self.heard += [said for _, said in new]
        return "\n---\n".join(drawn(said) for _, said in new)

    def _fresh(self, unit: Unit) -> list[tuple[int, Say]]:
        """What the outbox has for this address since the last look."""
        rows = unit.execute(
            select(OUT.c.id, OUT.c.body)
            .where(
                OUT.c.channel == self.address.channel.value,
                OUT.c.address == self.address.id,
                OUT.c.id > self.last_id,
            )
            .order_by(OUT.c.id)
        )
        return [(row[0], say_from(row[1])) for row in rows]


def drawn(said: Say) -> str:
    """A message as a person sees it: text, then a row of buttons a line."""
    rows = ["  ".join(f"[{b.label}]" for b in row) for row in said.rows]
    return "\n".join([said.text, *rows])


@asynccontextmanager
async def town(
    folder: Path,
    at: datetime = MORNING,
    url: str = "",
    *,
    content: Content | None = None,
    answers: Answers = answerer,
) -> AsyncIterator[Town]:
    """A deployment on a clock that stands still, on the folder's own database or that of `url`.

    `content` and what answers are those shipped unless others are given.
    """
    with clock.stopped(at) as stopped:
        db = open_database(url or databases.at(folder / "talk.db"), clock.now)
        db.store.migrate()
        try:
            yield Town(db, FolderStore(folder / "files"), stopped, content or load(), answers)
        finally:
            db.close()


__all__ = ["MORNING", "Talker", "Town", "timedelta", "town"]
