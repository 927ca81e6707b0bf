"""The process is killed at random moments while households talk, and started again.

What was answered with 200 has happened exactly once and has an answer; nothing waits for ever.
A handful of kills by default; `KILLS=300 pytest -s tests/faults/test_kill.py` for hundreds, with
`MINUTES=40` at most for so long.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from itertools import takewhile
from pathlib import Path
from time import monotonic

import pytest
from aiohttp import ClientError, ClientSession
from sqlalchemy import MetaData, create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from bot import clock
from models.database import open_database
from tests import databases
from tests.faults.household import Household
from tests.faults.ledger import ledger_of
from tests.faults.process import ROOT, Process
from tests.faults.sending import write_letters

KILLS = int(os.environ.get("KILLS", "3"))
MINUTES = float(os.environ.get("MINUTES", "inf"))
LONGEST = 1.5 if KILLS < 20 else 4.0  # seconds from being up to the kill
LETTERS = max(2, KILLS // 10)
NAMES = ("Lan", "Hoa", "Tú", "Dũng")

pytestmark = pytest.mark.slow


async def live(household: Household, over: asyncio.Event) -> None:
    """Talk on and on until the killing is over, and finish what was begun."""
    await household.settle_in()
    while True:
        await household.add_product()
        if over.is_set():
            return


def numbers() -> Iterator[int]:
    """Of the kills, as long as there is time."""
    until = monotonic() + 60 * MINUTES
    return takewhile(lambda _: monotonic() < until, range(KILLS))


async def kill_again_and_again(process: Process, over: asyncio.Event) -> int:
    """A third of the kills come while it starts, the rest while people talk. How many in all."""
    kills = 0
    for number in numbers():
        kills += 1
        if number % 3 == 2:
            process.kill()
            process.spawn()
            await asyncio.sleep(random.uniform(0.2, 2.0))
        else:
            await asyncio.sleep(random.uniform(0.05, LONGEST))
        process.kill()
        await asyncio.to_thread(process.start)
    over.set()
    return kills


async def upload_halves(household: Household) -> None:
    """Photos that never arrive whole, before and while the process dies."""
    while True:
        with contextlib.suppress(ClientError, ConnectionError):
            await half_a_photo(household)
        await asyncio.sleep(0.2)


async def half_a_photo(lan: Household) -> None:
    async def bytes_() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        yield b"\xff\xd8\xff" + b"\0" * 100_000
        await asyncio.sleep(60)

    headers = {
        "Authorization": f"Bearer {lan.chat}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    url = f"http://127.0.0.1:{lan.process.port}/chat/file"
    await lan.http.post(url, data=bytes_(), headers=headers)


async def stop_with_people_at_the_page(process: Process, household: Household) -> None:
    """SIGTERM: an open stream and a slow upload do not hold it for more than ten seconds."""
    slow = asyncio.create_task(half_a_photo(household))
    url = f"http://127.0.0.1:{process.port}/chat/events"
    headers = {"Authorization": f"Bearer {household.chat}"}
    async with household.http.get(url, headers=headers) as stream:
        assert stream.status == 200
        assert await asyncio.to_thread(process.stop, 10) == 0, process.printed
    await asyncio.gather(slow, return_exceptions=True)


async def test_nothing_accepted_is_lost_or_doubled(tmp_path: Path) -> None:
    process, over = Process(tmp_path), asyncio.Event()
    process.start()
    async with ClientSession() as http:
        people = [Household(process, http, name) for name in NAMES]
        async with asyncio.timeout(60 + KILLS * 20), asyncio.TaskGroup() as group:
            halves = group.create_task(upload_halves(people[0]))
            killing = group.create_task(kill_again_and_again(process, over))
            talks = [group.create_task(live(household, over)) for household in people]
            await asyncio.gather(killing, *talks)
            halves.cancel()
        await quiet(process)
        await stop_with_people_at_the_page(process, people[0])
    ledger = await ledger_of(process)
    ledger.check_whole()
    for household in people:
        ledger.check(household)
    told(people, killing.result())


async def quiet(process: Process) -> None:
    """Until nothing waits any more: a burst settles in two seconds, a slow machine takes longer."""
    waits = "SELECT 1 FROM outbound WHERE status = 'waiting' AND kind = 'send'"
    opens = "SELECT 1 FROM inbound WHERE state != 'done'"
    for _ in range(120):
        await asyncio.sleep(0.5)
        if not await asyncio.to_thread(process.rows, f"{waits} UNION ALL {opens}"):
            return


def told(people: list[Household], kills: int) -> None:
    accepted = sum(len(one.accepted) for one in people)
    products = sum(len(one.products) for one in people)
    print(
        f"{kills} kills, {accepted} messages accepted, {products} dossiers: nothing lost or doubled"
    )


def dying(*what: object) -> subprocess.CompletedProcess[str]:
    """A process that kills itself at a chosen point (tests/faults/dying.py)."""
    command = [sys.executable, "-m", "tests.faults.dying", *map(str, what)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )


def test_killed_while_the_schema_is_made(tmp_path: Path) -> None:
    """Whatever statement it dies at, the next start finds nothing half made."""
    whole = databases.empty(tmp_path / "whole.sqlite3")
    statements = int(dying("migrate", whole, 0).stdout)
    assert statements > 50
    for last in random.sample(range(2, statements), max(1, KILLS // 4)):
        url = databases.empty(tmp_path / f"{last}.sqlite3")
        assert dying("migrate", url, last).returncode == -9
        again = dying("migrate", url, 0)
        assert again.returncode == 0, again.stderr
        assert schema(url) == schema(whole)


def schema(url: str) -> list[str]:
    """Every table as it is written down, with its columns, keys and indexes."""
    engine, metadata = create_engine(databases.driven(url)), MetaData()
    metadata.reflect(engine)
    found = [str(CreateTable(table)) for table in metadata.sorted_tables]
    found += [str(CreateIndex(i)) for t in metadata.sorted_tables for i in t.indexes]
    engine.dispose()
    return sorted(found)


def test_killed_between_commit_and_send(tmp_path: Path) -> None:
    """Each letter arrives, in order; one that came twice was marked as perhaps sent before."""
    database, sent, who = tmp_path / "a.sqlite3", tmp_path / "sent.txt", ("lan", "hoa")
    url = databases.at(database)
    db = open_database(url, clock.now)
    db.store.migrate()
    write_letters(db, who, each=LETTERS)
    db.close()
    deaths = 0
    while waiting(url):
        assert deaths < 20 * LETTERS, "it does not get any further"
        ended = dying("send", url, sent, deaths, random.randint(1, 5))
        assert ended.returncode in (0, -9), ended.stderr
        deaths += 1
    lines = [line.split() for line in sent.read_text().splitlines()]
    for name in who:
        mine = [(text, maybe) for to, text, maybe in lines if to == name]
        firsts = list(dict.fromkeys(text for text, _ in mine))
        assert firsts == [str(number) for number in range(LETTERS)]
        seen: set[str] = set()
        for text, maybe in mine:
            assert maybe == "1" or text not in seen, "sent twice as if it were the first time"
            seen.add(text)


def waiting(url: str) -> int:
    return len(databases.rows(url, "SELECT 1 FROM outbound WHERE status = 'waiting'"))
