"""How often one somebody may do one thing: together over all processes, and only for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import select

from bot import clock, limits
from bot.clock import Clock
from bot.limits import Limits
from models import allowances
from models.allowances import Rule
from models.messages import Address, Channel, Inbound, Outcome
from models.tables import Allowance
from tests.storage.world import World, seconds

RULE = Rule("act", 40, 60.0)


@pytest.fixture
def two(on_both: None, tmp_path: Path, time: Clock) -> Iterator[tuple[World, World]]:
    """Two processes on one database."""
    worlds = World(tmp_path), World(tmp_path)
    yield worlds
    for world in worlds:
        world.db.close()


async def taken(some: Limits, who: str, tries: int) -> int:
    return sum([await some.take(RULE, who) for _ in range(tries)])


async def test_one_process_lets_through_what_the_rule_says(
    two: tuple[World, World], time: Clock
) -> None:
    some = Limits(two[0].db)
    assert await taken(some, "lan", 100) == RULE.times
    assert await taken(some, "hoa", 5) == 5
    time.move(seconds(RULE.seconds / 2))
    assert await taken(some, "lan", 100) == RULE.times // 2
    time.move(seconds(RULE.seconds))
    assert await taken(some, "lan", 100) == RULE.times


async def test_two_processes_count_together(two: tuple[World, World]) -> None:
    some = [Limits(world.db) for world in two]
    counts = await asyncio.gather(*(taken(one, "lan", 60) for one in some))
    assert RULE.times <= sum(counts) <= RULE.times + RULE.times // limits.PARTS


async def test_a_restart_forgets_nothing_that_was_counted(two: tuple[World, World]) -> None:
    assert await taken(Limits(two[0].db), "lan", RULE.times) == RULE.times
    assert await taken(Limits(two[0].db), "lan", 100) < RULE.times // limits.PARTS


async def test_who_speaks_like_people_do_costs_no_statement(
    two: tuple[World, World], time: Clock
) -> None:
    some = Limits(two[0].db)
    for _ in range(50):
        assert await some.take(RULE, "lan")
        time.move(seconds(5))
    assert await two[0].db.read(lambda unit: unit.get(Allowance, RULE.name("lan"))) is None


async def test_a_clock_that_ran_ahead_shuts_nobody_out(
    two: tuple[World, World], time: Clock
) -> None:
    time.move(timedelta(days=300))
    assert await taken(Limits(two[0].db), "lan", 100) == RULE.times
    time.move(timedelta(days=-300))
    assert await taken(Limits(two[0].db), "lan", 100) == RULE.times


async def test_what_is_whole_again_is_swept(two: tuple[World, World], time: Clock) -> None:
    db = two[0].db
    await taken(Limits(db), "lan", 10)
    assert await db.run(lambda unit: allowances.sweep(unit, clock.now())) == 0
    time.move(seconds(180))
    assert await db.run(lambda unit: allowances.sweep(unit, clock.now())) == 1


async def test_no_address_stands_in_the_table(two: tuple[World, World]) -> None:
    await taken(Limits(two[0].db), "203.0.113.7", RULE.times)
    rows = await two[0].db.read(lambda unit: list(unit.exec(select(Allowance.name))))
    assert rows and not any("203" in name for name in rows)


def inbound(number: int, channel: Channel, who: str) -> Inbound:
    return Inbound(Address(channel, who), f"m{number}", clock.now(), text=str(number))


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WEB])
async def test_a_flood_is_told_once_and_heard_again_later(
    two: tuple[World, World], time: Clock, channel: Channel
) -> None:
    numbers, most, who = count(), limits.MESSAGES.times, "l" * 20
    desk = two[0].desk
    said = [await desk.receive(inbound(next(numbers), channel, who)) for _ in range(most + 30)]
    assert said == [Outcome.WRITTEN] * most + [Outcome.IGNORED] * 30
    told = [row for row in await two[0].out() if "đợi một phút" in row.body["text"]]
    assert len(told) == (1 if channel is Channel.TELEGRAM else 0)  # a page is told by its answer
    assert len(await two[0].inbox()) == most
    other = await desk.receive(inbound(next(numbers), channel, "m" * 20))
    assert other is Outcome.WRITTEN
    time.move(seconds(60))
    assert await desk.receive(inbound(next(numbers), channel, who)) is Outcome.WRITTEN


async def test_uploads_of_one_chat_and_of_one_network(two: tuple[World, World]) -> None:
    desk = two[0].desk
    for owner in range(6):
        admitted = [
            await desk.admits("upload", "203.0.113.7", f"chat{owner}")
            for _ in range(limits.UPLOADS.times + 1)
        ]
        expected = limits.UPLOADS.times if owner < 5 else 0
        assert sum(admitted) == expected


async def test_chats_opened_from_one_network(two: tuple[World, World]) -> None:
    desk = two[0].desk
    opened = [await desk.open_chat(Channel.WEB, "203.0.113.7", "vi") for _ in range(70)]
    assert sum(address is not None for address in opened) == limits.CHATS.times
    assert await desk.open_chat(Channel.WEB, "203.0.113.8", "vi") is not None
