"""A database with a million people in it beside an almost empty one: `python -m benchmarks.scale`.

The same talks on both, message by message in turn, so that what else the machine does meets both.
Prints how long an update takes on each, and the ratio of their 99th percentiles.
`--people 20000 --products 2000 --messages 100000` is a quick run.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.filled import OFFICERS, Size, fill
from benchmarks.form import QUESTIONS
from benchmarks.ours import Ours
from benchmarks.turn import percentile
from bot import clock
from models import inbox
from models.content import load
from models.database import open_database
from models.messages import Address, Channel

EMPTY = Size(people=1000, products=100, messages=2000)
WANTED = 1.3
OFFICER_EVERY = 5  # people, then an officer looks at the queue
WARM = 40  # people whose talk is not counted

Took = dict[str, list[float]]


class Grown(Ours):
    """A deployment whose people were there before: filled.py names their chats."""

    def __init__(self, folder: Path, url: str, size: Size) -> None:
        super().__init__(folder, Channel.TELEGRAM, url)
        self.size = size
        self._count = time.time_ns() // 1000  # a database that is kept has heard an earlier run
        self.took: Took = defaultdict(list)
        self._drawn = random.Random(1)
        self._staff = min(len(load().communes) * OFFICERS, size.people)

    def address(self, person: int) -> Address:
        last = person % 10
        channel = Channel.WEB if last < 2 else Channel.ZALO_OA if last < 4 else Channel.TELEGRAM
        return Address(channel, f"chat-of-filled-person-{person}")

    async def visit(self, number: int) -> None:
        """Somebody, anybody, comes: menu, form, dossier; now and then an officer."""
        person = self._drawn.randint(self._staff + 1, self.size.people)
        await self._timed("update", self.says(person, "/menu"))
        await self._timed("update", self.start(person))
        for step in range(len(QUESTIONS)):
            await self._timed("update", self.fill(person, step))
        await self._timed("update", self.says(person, "/status"))
        if self.address(person).channel is Channel.TELEGRAM:
            await self._timed("claimed, sent and marked", self.outbox.drain(Channel.TELEGRAM))
        if number % OFFICER_EVERY == 0:
            officer = self._drawn.randint(1, self._staff)
            await self._timed("officer's list", self.says(officer, "/queue"))

    async def says(self, person: int, text: str) -> None:
        await self._receive(self._wire(person, text=text))

    async def _timed(self, what: str, work: Awaitable[object]) -> None:
        began = time.perf_counter()
        await work
        self.took[what].append((time.perf_counter() - began) * 1000)


async def side_by_side(empty: Grown, full: Grown, visits: int) -> None:
    """Both are visited as often, in turn; the first visits of both are not counted."""
    for number in range(WARM):
        await empty.visit(number)
        await full.visit(number)
    for one in (empty, full):
        one.took.clear()
    gc.collect()
    gc.freeze()
    for number in range(visits):
        pair = (empty, full) if number % 2 else (full, empty)
        for one in pair:
            await one.visit(number)


def tell(empty: Grown, full: Grown) -> float:
    """Print what was measured; the ratio of the updates' 99th percentiles."""
    print("milliseconds, almost empty / filled (ratio)")
    ratio = 0.0
    for what, small in empty.took.items():
        told = []
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
            a, b = percentile(small, share), percentile(full.took[what], share)
            told.append(f"{name} {a:.2f} / {b:.2f} ({b / a:.2f})")
            if (what, name) == ("update", "p99"):
                ratio = b / a
        print(f"  {what}, {len(small)} each: {', '.join(told)}")
    print(f"update p99, filled / almost empty: {ratio:.2f} (<= {WANTED})")
    return ratio


def prepared(url: str, size: Size) -> None:
    """Fill the database, unless it was filled in an earlier run."""
    db = open_database(url, clock.now)
    db.store.migrate()
    began = time.perf_counter()
    told: Callable[[str, int], None] = lambda table, rows: None  # noqa: E731
    if size.people > EMPTY.people:
        told = lambda table, rows: print(f"  {table}: {rows:,}", flush=True)  # noqa: E731
    if not db.store.read(lambda unit: unit.core.exec_driver_sql("SELECT 1 FROM person").first()):
        fill(db, size, told)
        print(f"filled in {time.perf_counter() - began:.0f} s: {size}")
    db.close()


def weigh(url: str) -> None:
    """Print what a row of each table weighs on PostgreSQL, its share of the indexes included."""
    db = open_database(url, clock.now)
    weighed = db.store.read(
        lambda unit: unit.core.exec_driver_sql(
            "SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) "
            "FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
            "AND reltuples > 0 ORDER BY pg_total_relation_size(oid) DESC"
        ).all()
    )
    db.close()
    print("table, rows, bytes a row, of its indexes")
    for table, rows, size, indexes in weighed:
        print(f"  {table}: {rows:,}, {size / rows:.0f}, {indexes / rows:.0f}")


def addresses(database: str, folder: Path) -> list[str]:
    """Two databases: almost empty, and filled."""
    if database == "sqlite":
        return [f"sqlite:///{folder / name}.sqlite3" for name in ("empty", "full")]
    if database == "postgres":  # the tests' server, with its disk's promises kept
        from tests.storage import postgres

        return [postgres.empty(), postgres.empty()]
    return database.split(",")


async def measure(urls: list[str], sizes: list[Size], folder: Path, visits: int) -> int:
    empty, full = (Grown(folder, url, size) for url, size in zip(urls, sizes, strict=True))
    await side_by_side(empty, full, visits)
    ratio = tell(empty, full)
    for one in (empty, full):
        failed = one.db.store.read(inbox.listed)
        assert not failed, f"{len(failed)} messages were not heard"
        one.db.close()
    return int(ratio > WANTED)


def main() -> int:
    wants = argparse.ArgumentParser(description=__doc__)
    wants.add_argument("--people", type=int, default=1_000_000)
    wants.add_argument("--products", type=int, default=100_000)
    wants.add_argument("--messages", type=int, default=5_000_000)
    wants.add_argument(
        "--visits", type=int, default=1000, help="people who come, eight messages each"
    )
    wants.add_argument("--database", default="sqlite", help="sqlite, postgres, or URL,URL")
    wants.add_argument("--folder", type=Path, help="where SQLite's files are kept for another run")
    given = wants.parse_args()
    size = Size(given.people, given.products, given.messages)
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        urls = addresses(given.database, folder)
        for url, each in zip(urls, (EMPTY, size), strict=True):
            prepared(url, each)
        if urls[1].startswith("postgresql"):
            weigh(urls[1])
        return asyncio.run(measure(urls, [EMPTY, size], folder, given.visits))


if __name__ == "__main__":
    sys.exit(main())
