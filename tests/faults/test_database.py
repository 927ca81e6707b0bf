"""The database is locked, slow, full, or goes away and comes back: nothing lost or doubled."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from bot.clock import Clock
from models import sqlite
from models.database import Unit
from tests import databases
from tests.faults.crowd import Crowd
from tests.storage import postgres
from tests.storage.conftest import time
from tests.storage.world import World

__all__ = ["time"]


@pytest.fixture
def world(tmp_path: Path, time: Clock, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(sqlite, "BUSY", 200)  # ms of patience with a lock, not ten seconds
    return World(tmp_path)


@databases.only_sqlite("the lock of its file")
async def test_locked_by_another_program(world: World, time: Clock, tmp_path: Path) -> None:
    """For longer than we are patient, again and again."""
    crowd, over = Crowd(world, time), threading.Event()

    def holds() -> None:
        with sqlite3.connect(tmp_path / "world.sqlite3", isolation_level=None) as other:
            for _ in range(3):
                other.execute("BEGIN IMMEDIATE")
                over.wait(0.5)
                other.execute("ROLLBACK")
                over.wait(0.1)
        other.close()

    locking = asyncio.create_task(asyncio.to_thread(holds))
    await crowd.talks(15)
    await crowd.settles()
    over.set()
    await locking
    await crowd.check()
    assert crowd.again > 0, "nobody met the lock"
    crowd.told("locked")
    world.db.close()


@databases.only_sqlite("the one writer whose commits are shared")
async def test_slow(world: World, time: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every commit takes its time, and people are many: they share commits."""
    crowd = Crowd(world, time, tuple(f"p{n}" for n in range(20)))
    commit = sqlite._Writer.commit

    def slowly(self: sqlite._Writer, group: list[sqlite.Call]) -> None:
        sleep(0.05)
        commit(self, group)

    monkeypatch.setattr(sqlite._Writer, "commit", slowly)
    await crowd.talks(3)
    await crowd.settles()
    await crowd.check()
    crowd.told("slow")
    world.db.close()


@databases.only_sqlite("a bound to its pages")
async def test_full(world: World, time: Clock) -> None:
    """SQLite itself says "database or disk is full", amid everything; then there is room."""
    crowd = Crowd(world, time)
    await crowd.talks(2)
    await world.db.run(pages_at_most(lambda now: now + 2))
    full = asyncio.create_task(crowd.talks(40))
    while crowd.again < 10:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    assert not full.done()
    await world.db.run(pages_at_most(lambda now: now + 4000))
    await full
    await crowd.settles()
    await crowd.check()
    crowd.told("full")
    world.db.close()


def pages_at_most(most: Callable[[int], int]) -> Callable[[Unit], None]:
    def work(unit: Unit) -> None:
        now = unit.driver.execute("PRAGMA page_count").fetchone()[0]
        unit.driver.execute(f"PRAGMA max_page_count = {most(now)}")

    return work


async def test_postgres_restarts_under_way(tmp_path: Path, time: Clock) -> None:
    """The whole server goes down at once, as in a crash, and comes up again."""
    world = World(tmp_path, url=postgres.durable())
    crowd = Crowd(world, time, tuple(f"p{n}" for n in range(6)))
    for _ in range(3):
        talking = asyncio.create_task(crowd.talks(30))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(postgres.crash_and_start)
        await talking
    await crowd.settles()
    await crowd.check()
    crowd.told("PostgreSQL restarted")
    world.db.close()
