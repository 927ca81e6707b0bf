"""Rows that one process commits wake another: at once where words get through, soon where not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot import outbox
from bot.bell import Bell
from bot.calling import Calling, word
from bot.clock import Clock
from models.messages import Address, Channel
from models.outbox import line_id
from models.signals import LONGEST, Signals
from tests.storage import postgres
from tests.storage.conftest import START
from tests.storage.world import World, seconds

PAGE = Address(Channel.WEB, "w" * 20)
NEVER = 3600.0  # seconds: longer than any test


async def soon(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class Process:
    """One of several on a database: what a process runs, on the tests' small conversation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calling = Calling(world.db, world.outbox, world.bell)
        object.__setattr__(world.house, "wake", self.calling.wake)

    @property
    def live(self) -> bool:
        signals = self.calling._signals
        return signals is not None and signals.live


@pytest.fixture
def url() -> str:
    return postgres.fresh()


@pytest.fixture
async def two(tmp_path: Path, time: Clock, url: str) -> AsyncIterator[tuple[Process, Process]]:
    both = Process(World(tmp_path, url=url)), Process(World(tmp_path, url=url))
    both[0].world.db.store.stamps.after(START + seconds(1))  # its clock is ahead of the other's
    for process in both:
        process.calling.start()
    await soon(lambda: all(process.live for process in both))
    yield both
    for process in both:
        await process.calling.stop()
        process.world.db.close()


async def test_a_page_at_one_process_shows_what_another_wrote(
    two: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    here.world.bell.patience = lambda: NEVER  # only a word can tell it
    await here.world.says(PAGE.id, "chào", channel=Channel.WEB)
    seen = set[int]()
    told = await here.world.desk.news(PAGE, 0, seen, NEVER)
    waiting = asyncio.create_task(here.world.desk.news(PAGE, told[-1].id, seen, NEVER))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await there.world.says(PAGE.id, "hai", channel=Channel.WEB, external_id="second")
    assert [line.text for line in await asyncio.wait_for(waiting, 20) if line.mine] == ["hai"]


async def test_the_outbox_of_another_process_is_woken(
    two: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written where no bot runs, sent by the process that has it, without waiting for its poll."""
    monkeypatch.setattr(outbox, "POLL", NEVER)
    here, there = two
    working = asyncio.create_task(there.world.outbox.run())
    await asyncio.sleep(0.1)  # it has looked, found nothing, and sleeps
    await here.world.says("lan", "chào")
    await soon(lambda: there.world.phone.texts() == ["You said: chào"])
    there.world.outbox.stop()
    await working


async def test_a_connection_that_was_cut_comes_back_and_nothing_stays_unseen(
    two: tuple[Process, Process], url: str
) -> None:
    here, _ = two
    here.world.bell.patience = lambda: NEVER
    woken = asyncio.create_task(here.world.desk.news(PAGE, 0, set(), NEVER))
    await asyncio.sleep(0.05)
    postgres.asked(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_notify($1%' "
        "AND pid != pg_backend_pid() AND datname = current_database()",
    )
    await soon(lambda: not here.live)
    stranger = World(Path(here.world.files.root).parent, url=url)  # wakes nobody
    await stranger.says(PAGE.id, "chào", channel=Channel.WEB)
    stranger.db.close()
    assert await asyncio.wait_for(woken, 20)
    await soon(lambda: here.live)


async def test_a_line_that_was_committed_late_is_told_too(two: tuple[Process, Process]) -> None:
    """Its instant lies before that of the last line told: another process took it earlier."""
    here, there = two
    earlier = there.world.db.store.stamps.next()
    await here.world.says(PAGE.id, "chào", channel=Channel.WEB)
    seen = set[int]()
    told = await here.world.desk.news(PAGE, 0, seen, NEVER)
    await there.world.says(PAGE.id, "hai", channel=Channel.WEB, external_id="second")
    news = await asyncio.wait_for(here.world.desk.news(PAGE, told[-1].id, seen, NEVER), 20)
    assert [line.text for line in news if line.mine] == ["hai"]
    assert line_id(earlier) < news[0].id < told[-1].id
    assert await here.world.desk.news(PAGE, told[-1].id, seen, 0.05) == []


async def test_without_signals_a_page_looks_again(tmp_path: Path, time: Clock) -> None:
    """Two processes on one SQLite file."""
    here, there = World(tmp_path), World(tmp_path)
    here.bell.patience = lambda: 0.05
    waiting = asyncio.create_task(here.desk.news(PAGE, 0, set(), NEVER))
    await asyncio.sleep(0.1)
    await there.says(PAGE.id, "chào", channel=Channel.WEB)
    assert await asyncio.wait_for(waiting, 20)
    for world in (here, there):
        world.db.close()


async def test_nobody_waits_for_ever() -> None:
    async def nothing() -> bool:
        return False

    bell = Bell()
    assert await bell.wait(PAGE, nothing, 0.05) is False
    assert bell._waiting == {}


async def test_many_words_leave_in_few_notifications(url: str) -> None:
    from models.database import address_of

    heard: list[str] = []
    ends = [Signals(address_of(url), heard.extend), Signals(address_of(url), lambda words: None)]
    with contextlib.ExitStack() as stack:
        for end in ends:
            end.start()
            stack.callback(end.close)
        await soon(lambda: all(end.live for end in ends))
        words = [f"web:{number:024}" for number in range(2000)]
        for one in words:
            ends[1].send(one)
            ends[1].send(one)
        await soon(lambda: len(heard) >= len(words))
    assert sorted(heard) == words
    assert len(words[0]) * len(words) > 3 * LONGEST  # one notification would not have held them


def test_a_word_does_not_tell_a_chats_secret() -> None:
    assert PAGE.id not in word(PAGE)
    assert word(Address(Channel.TELEGRAM, "123")) == "telegram"
