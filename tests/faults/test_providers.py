"""A provider is down, slow, wrong or floods us: what is written leaves once, what comes is kept."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot import outbox
from bot.clock import Clock
from bot.outbox import Outbox
from models.messages import Later, Outbound, Outcome, Sent
from tests.faults.crowd import Crowd
from tests.storage.conftest import time, world
from tests.storage.world import Phone, World, seconds

__all__ = ["time", "world"]


class Moody(Phone):
    """What becomes of a send is decided by `mood`; "lost" is done, but its answer never comes."""

    def __init__(self) -> None:
        super().__init__()
        self.mood, self.chance, self.tries = "well", random.Random(3), 0

    async def send(self, out: Outbound) -> Sent:
        self.tries += 1
        if self.mood == "down":
            raise Later("cannot connect")
        if self.mood == "wrong":
            raise ValueError(f"not what was expected: {out.id}")
        if self.mood == "slow":
            await super().send(out)
            await asyncio.sleep(5)
        if self.mood == "asks to wait" and self.chance.random() < 0.7:
            raise Later("429", 40.0)
        return await super().send(out)


@pytest.fixture
def moody(tmp_path: Path, time: Clock, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(outbox, "SENDING", 0.05)
    return World(tmp_path, phone=Moody())


@pytest.mark.parametrize("mood", ["down", "wrong", "slow", "asks to wait"])
async def test_for_hours_and_then_well_again(moody: World, time: Clock, mood: str) -> None:
    phone, crowd = moody.phone, Crowd(moody, time)
    assert isinstance(phone, Moody)
    phone.mood = mood
    for _ in range(6):
        await crowd.talks(2)
        await moody.deliver()
        time.move(seconds(1200))
    assert await crowd.waiting() > 0
    assert phone.tries < 400, "it is not hammered while it is unwell"
    phone.mood = "well"
    time.move(seconds(3600))
    await crowd.settles()
    await crowd.check()
    crowd.told(f"a provider that is {mood}")
    moody.db.close()


async def test_a_flood_is_heard_once_each_and_in_order(world: World, time: Clock) -> None:
    """A thousand messages at once, each of them twice, of people who write one after the other."""
    crowd = Crowd(world, time, tuple(f"p{n}" for n in range(50)))
    twice: list[Outcome] = []

    async def floods(name: str) -> None:
        mine = crowd.said.setdefault(name, [])
        for number in range(10):
            text = f"{name} {number}"
            mine.append(text)
            copies = [world.says(name, text, external_id=text) for _ in range(2)]
            twice.extend(await asyncio.gather(*copies))

    await asyncio.gather(*(floods(name) for name in crowd.names))
    assert twice.count(Outcome.DUPLICATE) == twice.count(Outcome.WRITTEN) == 500
    await crowd.settles()
    await crowd.check()
    for name, mine in crowd.said.items():
        assert world.phone.texts(name) == [f"You said: {text}" for text in mine]
    crowd.told("a flood")


def test_the_outbox_is_the_real_one(world: World) -> None:
    assert type(world.outbox) is Outbox
