"""An announcement to 10,000 people beside somebody who talks: `python -m benchmarks.announcements`.

Three figures: how long it takes to write it for everybody, how fast it leaves beside the limit of a
Telegram bot, and how long a reply takes meanwhile. The provider answers after `LATENCY` seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import bot.apply
import bot.jobs
from bot import clock
from bot.hearing import House
from bot.jobs import Jobs, Works
from bot.outbox import Outbox
from bot.pace import RATE, Pacer
from bot.records import SqlRecords
from bot.seal import Seal
from bot.turn import Turns
from conversations import menu
from models.content import load
from models.database import open_database
from models.files import FolderStore
from models.messages import Address, Channel, Inbound, Outbound, Sent
from tests.play.crowd import announcement, crowd

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # in Vietnam, so that it is never the quiet time
CHANNEL = Channel.TELEGRAM
LATENCY = 0.08  # seconds of one call
EVERY = 1.1  # seconds between two things the talker says: a chat takes one a second
WANTED_RATE, WANTED_REPLY = 0.9, 1.0  # of the limit; seconds for 95 of 100 replies


class Provider:
    """Takes every message after a while, and remembers when the talker's arrived."""

    channel = CHANNEL

    def __init__(self) -> None:
        self.count = 0
        self.heard: asyncio.Queue[float] = asyncio.Queue()

    async def send(self, out: Outbound) -> Sent:
        await asyncio.sleep(LATENCY)
        if out.address.id == "talker":
            self.heard.put_nowait(time.perf_counter())
        else:
            self.count += 1
        return Sent((str(out.id),))


class Bench:
    """A deployment with a crowd in it, and an announcement that is about to go out."""

    def __init__(self, folder: Path) -> None:
        bot.apply.load()
        bot.jobs.load()
        self.db = open_database(f"sqlite:///{folder / 'bench.sqlite3'}", clock.now)
        self.db.store.migrate()
        files = FolderStore(folder / "files")
        self.house = House(
            load(), files, Seal(b"k" * 32), SqlRecords, menu.respond, menu.arrive,
            wake=lambda address: self.outbox.wake(address.channel),
        )  # fmt: skip
        self.turns = Turns(self.db, self.house)
        self.provider = Provider()
        pacer = Pacer()
        paces = {CHANNEL: lambda out: pacer.turn(out.address.id)}
        self.outbox = Outbox(self.db, self.house, [self.provider], paces=paces)
        self.jobs = Jobs(Works(self.db, self.house, self.turns))
        self._said = 0

    async def fill(self, people: int) -> None:
        for first in range(0, people, 500):
            size = min(500, people - first)
            await self.db.run(partial(crowd, number=size, at=NOON, channel=CHANNEL, first=first))
        await self.db.run(lambda unit: announcement(unit, NOON))

    async def expanded(self) -> bool:
        query = "SELECT expanded_at FROM announcement"
        return await self.db.read(
            lambda unit: unit.core.exec_driver_sql(query).scalar() is not None
        )

    async def reply(self) -> float:
        """Seconds from what the talker said to the answer's arrival."""
        self._said += 1
        began = time.perf_counter()
        to = Address(CHANNEL, "talker")
        await self.turns.receive(Inbound(to, f"m{self._said}", clock.now(), text="/menu"))
        return await self.provider.heard.get() - began


async def expanding(folder: Path, people: int) -> tuple[float, list[float]]:
    """Seconds until it is written for everybody while it leaves already, and replies meanwhile."""
    bench = Bench(folder)
    await bench.fill(people)
    working = [asyncio.create_task(bench.outbox.run()), asyncio.create_task(bench.jobs.run())]
    began, replies = time.perf_counter(), [await bench.reply()]
    while not await bench.expanded():
        await asyncio.sleep(EVERY)
        replies.append(await bench.reply())
    took = time.perf_counter() - began
    await stop(bench, working)
    return took, replies


async def draining(folder: Path, people: int, seconds: float) -> tuple[float, list[float]]:
    """Messages a second under the limit's pace, and replies meanwhile."""
    bench = Bench(folder)
    await bench.fill(people)
    while not await bench.expanded():
        await bench.jobs.drain()
    working = [asyncio.create_task(bench.outbox.run())]
    await asyncio.sleep(2.0)
    replies: list[float] = []
    began, before = time.perf_counter(), bench.provider.count
    while (spent := time.perf_counter() - began) < seconds:
        replies.append(await bench.reply())
        await asyncio.sleep(max(0.0, len(replies) * EVERY - spent))
    reached = (bench.provider.count - before + len(replies)) / (time.perf_counter() - began)
    await stop(bench, working)
    return reached, replies


async def stop(bench: Bench, working: list[asyncio.Task[None]]) -> None:
    bench.outbox.stop()
    bench.jobs.stop()
    await asyncio.gather(*working)
    bench.db.close()


def told(name: str, replies: list[float]) -> float:
    """Print how long replies took; the 95th of a hundred."""
    ordered = sorted(replies)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    p50, longest = statistics.median(ordered) * 1000, ordered[-1] * 1000
    print(f"  {len(ordered)} replies {name}: p50 {p50:.0f} ms, p95 {p95 * 1000:.0f} ms, longest")
    print(f"  {longest:.0f} ms; the provider takes {LATENCY * 1000:.0f} ms of each")
    return p95


async def measure(folder: Path, people: int, seconds: float) -> int:
    for name in ("expand", "drain"):
        (folder / name).mkdir()
    took, replies = await expanding(folder / "expand", people)
    print(f"written for {people} people in {took:.1f} s, {people / took:.0f} a second")
    one = told("while it was written", replies)
    reached, replies = await draining(folder / "drain", people, seconds)
    print(f"leaves at {reached:.1f} a second, limit {RATE} ({reached / RATE:.0%}): "
          f"{people} people in {people / reached / 60:.1f} minutes")  # fmt: skip
    two = told("while it left", replies)
    good = reached / RATE >= WANTED_RATE and max(one, two) <= WANTED_REPLY
    return 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=30.0, help="of sending to measure")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, clock.stopped(NOON):
        return asyncio.run(measure(Path(folder), given.people, given.seconds))


if __name__ == "__main__":
    sys.exit(main())
