"""Two processes of one OA, as an operator starts them, on one database: one pair of tokens."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from tests.faults.process import Process
from tests.zalo.conftest import oa_settings
from tests.zalo.oa_server import OaServer, Zalo

pytestmark = pytest.mark.slow


@pytest.fixture
async def two(tmp_path: Path, oa: OaServer) -> AsyncIterator[list[Process]]:
    oa.lives = 4  # half a life is two seconds: many renewals in a short test
    settings = {name.upper(): value for name, value in oa_settings(oa).items()}
    del settings["PUBLIC_URL"]  # the process says where it listens itself
    processes = [Process(tmp_path, **settings) for _ in range(2)]
    async with AsyncExitStack() as over:
        for process in processes:
            await asyncio.to_thread(process.start)
            over.callback(process.kill)
        yield processes


async def soon(true: Callable[[], object], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.05)


async def test_neither_burns_the_others_refresh_token(two: list[Process], oa: OaServer) -> None:
    async with aiohttp.ClientSession() as session:
        sides = [Zalo(oa, f"http://127.0.0.1:{one.port}", session) for one in two]
        sides[1].count = iter(range(1000, 2000))
        for number in range(24):
            await sides[number % 2].say(f"p{number % 6}", "menu")
            await asyncio.sleep(0.5)  # so long that the token ends several times
        await soon(lambda: len(oa.sent) >= 24, 60)
        counted = "SELECT status, count(*) FROM outbound GROUP BY status"
        await soon(lambda: dict(two[0].rows(counted)) == {"sent": 24}, 60)  # and marked
    assert oa.burnt == 0 and oa.renewals >= 3
    assert {m["to"] for m in oa.sent} == {f"p{n}" for n in range(6)}
    heard = two[0].rows("SELECT count(*) FROM inbound")
    assert heard == [(24,)]
    assert len({m["id"] for m in oa.sent}) == len(oa.sent) == 24, "nothing twice"


async def test_one_dies_and_the_other_goes_on(two: list[Process], oa: OaServer) -> None:
    async with aiohttp.ClientSession() as session:
        sides = [Zalo(oa, f"http://127.0.0.1:{one.port}", session) for one in two]
        sides[1].count = iter(range(1000, 2000))
        for number in range(6):
            await sides[number % 2].say("lan", "menu")
            await asyncio.sleep(0.3)
        two[0].kill()
        for _ in range(6):
            await sides[1].say("lan", "menu")
            await asyncio.sleep(0.5)
        await soon(lambda: len(oa.sent) >= 12, 90)
        two[0].spawn()
    assert oa.burnt == 0


async def test_a_database_that_is_busy_is_answered_in_time_and_heard_once(
    tmp_path: Path, oa: OaServer
) -> None:
    """Zalo waits two seconds. No commit, no 200: it sends again, and what was heard is known."""
    settings = {name.upper(): value for name, value in oa_settings(oa).items()}
    settings |= {"PUBLIC_URL": "", "DATABASE_URL": f"sqlite:///{tmp_path}/ocop.sqlite3"}
    process = Process(tmp_path, **settings)
    await asyncio.to_thread(process.start)
    try:
        async with aiohttp.ClientSession() as session:
            zalo = Zalo(oa, f"http://127.0.0.1:{process.port}", session)
            await zalo.say("hoa", "menu")
            busy = sqlite3.connect(tmp_path / "ocop.sqlite3", isolation_level=None)
            busy.execute("BEGIN EXCLUSIVE")
            body = zalo.event("lan", text="xin chào")
            assert (await zalo.post(body))[0] == 503
            busy.execute("ROLLBACK")
            busy.close()
            for again in (1, 2):
                assert (await zalo.post(body, again=again))[0] == 200
            await soon(lambda: any(m["to"] == "lan" for m in oa.sent), 30)
            await asyncio.sleep(1.0)
        assert [m["to"] for m in oa.sent].count("lan") == 1
    finally:
        process.kill()
