"""The clock jumps, forwards and back, by hours: nothing lost, nothing doubled, nobody waits."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.clock import Clock
from bot.jobs import EVERY
from models.claims import claim, claim_jobs
from models.jobs import put
from models.messages import Channel, Later
from tests.faults.crowd import Crowd
from tests.storage.conftest import time
from tests.storage.world import World, seconds

__all__ = ["time"]
HOURS = (-6, -3, -1, 1, 3, 6)


@pytest.fixture
def world(on_both: None, tmp_path: Path, time: Clock) -> World:
    return World(tmp_path)


async def test_jumps_at_random(world: World, time: Clock) -> None:
    """While people talk and a provider now and then says "later"."""
    crowd, start, chance = Crowd(world, time), clock.now(), random.Random(7)
    for round_ in range(8):
        await crowd.talks(3)
        world.phone.fate = lambda out: (
            Later("busy", 30.0) if chance.random() < 0.3 else world.phone._arrive(out)
        )
        await world.deliver()
        time.move(timedelta(hours=chance.choice(HOURS)))
        await world.work()
        time.move(seconds(round_))
    world.phone.fate = world.phone._arrive
    time.set(start)  # somebody set the clock right again
    await crowd.settles()
    await crowd.check()
    assert clock.now() - start < timedelta(minutes=20), "it waited for a time that had gone by"
    crowd.told("clock jumps")
    world.db.close()


async def test_rows_in_the_hands_of_one_who_died_ahead_of_time(world: World, time: Clock) -> None:
    """Claimed while the clock was three hours ahead, by a process that died then."""
    await world.says("lan", "chào")
    await world.db.run(lambda unit: put(unit, "nothing", {}, clock.now(), clock.now()))
    await world.jobs.drain()
    time.move(timedelta(hours=3))
    await world.db.run(lambda unit: claim(unit, Channel.TELEGRAM, clock.now(), 9))
    await world.db.run(lambda unit: claim_jobs(unit, clock.now(), 9))
    await world.jobs.drain()
    time.move(timedelta(hours=-3))
    await world.jobs.drain()
    time.move(timedelta(minutes=6))
    await world.deliver()
    assert world.phone.texts("lan") == ["You said: chào"]
    world.db.close()


async def test_what_comes_back_keeps_coming(
    world: World, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watch of every minute does not sleep for the hours the clock was ahead."""
    from bot import jobs

    done = []
    monkeypatch.setitem(EVERY, "tick", timedelta(minutes=1))
    monkeypatch.setitem(jobs.HANDLERS, "tick", lambda works, due: done.append(due.now))
    await world.db.run(world.jobs.begin)
    for hours in (0, 3, -3):
        time.move(timedelta(hours=hours))
        before = len(done)
        for _ in range(5):
            await world.jobs.drain()
            time.move(timedelta(minutes=1))
        assert 3 <= len(done) - before <= 6, hours
    world.db.close()


async def test_a_restart_after_the_clock_was_set_back(world: World, time: Clock) -> None:
    time.move(timedelta(hours=5))
    await world.says("lan", "chào")
    time.move(timedelta(hours=-5))
    await world.db.run(world.jobs.begin)  # as `run` does before anything
    await world.deliver()
    assert world.phone.texts("lan") == ["You said: chào"]
    world.db.close()
