"""Two processes on one PostgreSQL, behind one address, killed in turn while households talk.

The same promises as in test_kill.py, checked on a copy of the database.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.faults.household import Household
from tests.faults.ledger import ledger_of
from tests.faults.process import Process
from tests.faults.test_kill import KILLS, LONGEST, NAMES, live, numbers, quiet, told
from tests.storage import postgres

pytestmark = pytest.mark.slow


class Balancer:
    """One address before several processes: each request goes to the next one, up or not."""

    def __init__(self, processes: list[Process]) -> None:
        self._turns = cycle(processes)

    @property
    def port(self) -> int:
        return next(self._turns).port


@asynccontextmanager
async def two(folder: Path, url: str) -> AsyncIterator[list[Process]]:
    """Two processes of one installation; both stop politely at the end."""
    shared = {"DATABASE_URL": url, "FILES_URL": str(folder / "files")}
    both = [Process(folder, **shared), Process(folder, **shared)]
    await asyncio.gather(*(asyncio.to_thread(process.start) for process in both))
    yield both
    for process in both:
        assert await asyncio.to_thread(process.stop, 10) == 0, process.printed


async def kill_in_turn(both: list[Process], over: asyncio.Event) -> int:
    """How many kills there were."""
    kills = 0
    for number in numbers():
        kills += 1
        await asyncio.sleep(random.uniform(0.05, LONGEST))
        process = both[number % 2]
        process.kill()
        await asyncio.sleep(random.uniform(0.0, 1.0))  # the other one is alone
        await asyncio.to_thread(process.start)
    over.set()
    return kills


async def test_nothing_accepted_is_lost_or_doubled_by_two_processes(tmp_path: Path) -> None:
    url, over = postgres.fresh(), asyncio.Event()
    async with two(tmp_path, url) as both, ClientSession() as http:
        people = [Household(Balancer(both), http, name) for name in NAMES]
        async with asyncio.timeout(120 + KILLS * 20), asyncio.TaskGroup() as group:
            killing = group.create_task(kill_in_turn(both, over))
            for household in people:
                group.create_task(live(household, over))
        await quiet(both[0])
    ledger = await ledger_of(both[0])
    ledger.check_whole()
    for household in people:
        ledger.check(household)
    told(people, killing.result())


async def test_what_one_person_says_to_both_is_heard_one_after_the_other(tmp_path: Path) -> None:
    """Twelve at once: none is lost, each is answered before the next is heard."""
    url = postgres.fresh()
    async with two(tmp_path, url) as both, ClientSession() as http:
        lan = Household(Balancer(both), http, "Lan")
        await lan.settle_in()
        await asyncio.gather(*(lan.say(f"/help {number}") for number in range(12)))
    ledger = await ledger_of(both[0])
    ledger.check_whole()
    ledger.check(lan)
    jobs = "SELECT count(*), count(DISTINCT dedupe) FROM job WHERE dedupe LIKE '%@%'"
    assert len(set(ledger.rows(jobs)[0])) == 1  # what comes back was planned once, not by both
