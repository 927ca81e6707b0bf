"""A reply leaves as soon as it is committed, in order, and is not lost with its process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.clock import Clock
from models.claims import SEND_LEASE
from models.messages import Channel, Later, Outbound
from tests.storage.world import World


@asynccontextmanager
async def sending(world: World) -> AsyncIterator[None]:
    """The outbox at work, replies handed to it; what it would claim by itself stays."""
    for name in ("free", "hand"):
        object.__setattr__(world.house, name, getattr(world.outbox, name))
    wake = lambda address: world.outbox.wake(address.channel, address)  # noqa: E731
    object.__setattr__(world.house, "wake", wake)
    working = asyncio.create_task(world.outbox.run())
    await asyncio.sleep(0)
    yield
    world.outbox.stop()
    await working


async def sent(world: World, number: int) -> None:
    async with asyncio.timeout(20):
        while len(world.phone.got) < number:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_reply_is_sent_once_and_marked(world: World) -> None:
    async with sending(world):
        await world.says("lan", "chào")
        await sent(world, 1)
    (row,) = await world.out()
    assert (row.status, row.attempts, row.leased_until, row.external_id) == ("sent", 1, None, "100")
    assert world.phone.texts() == ["You said: chào"]
    assert not world.phone.got[0].maybe_sent


async def test_replies_to_one_person_keep_their_order(world: World) -> None:
    async with sending(world):
        await asyncio.gather(*(world.says("lan", str(n)) for n in range(20)))
        await asyncio.gather(*(world.says(f"mai {n}", "chào") for n in range(100)))
        await sent(world, 120)
    assert world.phone.texts("lan") == [f"You said: {n}" for n in range(20)]
    assert {row.status for row in await world.out()} == {"sent"}


async def test_a_reply_waits_behind_one_that_is_put_off(world: World, time: Clock) -> None:
    tried: list[str] = []
    arrive = world.phone._arrive

    def fate(out: Outbound) -> Later:
        tried.append(out.say.text)
        return Later("busy")

    world.phone.fate = fate
    async with sending(world):
        await world.says("lan", "một")
        while not tried:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await world.says("lan", "hai")
    assert tried == ["You said: một"]
    world.phone.fate = arrive
    time.move(timedelta(minutes=20))
    await world.deliver()
    assert world.phone.texts() == ["You said: một", "You said: hai"]


async def test_a_process_that_dies_before_it_sends_leaves_its_claim_behind(
    world: World, time: Clock
) -> None:
    object.__setattr__(world.house, "free", lambda channel: True)  # and nobody takes it
    await world.says("lan", "chào")
    assert await world.outbox.drain(Channel.TELEGRAM) == 0
    await world.says("lan", "còn đó không")  # waits behind it
    assert await world.outbox.drain(Channel.TELEGRAM) == 0
    time.move(SEND_LEASE)
    await world.deliver()
    assert world.phone.texts() == ["You said: chào", "You said: còn đó không"]
    assert [out.maybe_sent for out in world.phone.got] == [True, False]
