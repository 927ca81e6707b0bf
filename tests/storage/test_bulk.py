"""What goes to many never stands before what goes to one."""

from __future__ import annotations

import asyncio

from bot import clock
from bot.lanes import BULK_AT_ONCE, Lane, no_pace
from models import outbox
from models.claims import claim
from models.database import Unit
from models.messages import Address, Channel, Outbound, Sent
from models.outbox import BULK, Draft
from tests import databases
from tests.storage.world import World

MANY = 10_000


async def waiting(world: World, number: int) -> None:
    """So many announcements, each for somebody else."""

    def write(unit: Unit) -> None:
        now = clock.now()
        for at in range(number):
            to = Address(Channel.TELEGRAM, f"reader-{at}")
            body = {"text": f"news {at}"}
            outbox.write(unit, Draft(to, None, body, now, now, priority=BULK, dedupe=f"ann:1:{at}"))

    await world.db.run(write)


async def test_with_ten_thousand_announcements_waiting_a_reply_leaves_first(world: World) -> None:
    await waiting(world, MANY)
    await world.says("lan", "chào")
    await world.outbox.drain(Channel.TELEGRAM)
    first, *rest = world.phone.got
    assert first.address.id == "lan" and first.say.text == "You said: chào"
    assert 0 < len(rest) <= BULK_AT_ONCE


@databases.only_sqlite("its plan; test_indexes.py asks PostgreSQL for its own")
async def test_a_claim_looks_at_few_of_ten_thousand(world: World) -> None:
    """The index is in the order rows leave, and another reader's rows are not walked through."""
    await waiting(world, 100)

    def explain(unit: Unit) -> str:
        from models import claims

        plan = claims._CLAIM._plan(unit)
        now = clock.now()
        values = {"of_channel": "telegram", "now": now, "lease": now, "most": 5}
        said = plan.parameters({**values, "first": 0, "last": BULK})
        rows = unit.driver.execute("EXPLAIN QUERY PLAN " + plan.sql, said).fetchall()
        return "\n".join(row[3] for row in rows)

    how = await world.db.run(explain)
    assert "TEMP B-TREE" not in how and "SCAN" not in how
    assert "e USING INDEX ix_outbound_line" in how and "o USING INDEX ix_outbound_next" in how


async def test_announcements_under_way_leave_hands_free_for_a_reply(world: World) -> None:
    """All announcements hang in the provider: the reply is sent beside them all the same."""
    stuck, sent, full = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Slow:
        channel = Channel.TELEGRAM

        async def send(self, out: Outbound) -> Sent:
            if out.address.id == "lan":
                sent.set()
            else:
                if world.outbox.lanes[self.channel].bulk == BULK_AT_ONCE:
                    full.set()
                await stuck.wait()
            return Sent(("1",))

    world.outbox.lanes = {Channel.TELEGRAM: Lane(Slow(), no_pace)}
    await waiting(world, 200)
    running = asyncio.create_task(world.outbox.run())
    await full.wait()
    await world.says("lan", "chào")
    world.outbox.wake(Channel.TELEGRAM)
    async with asyncio.timeout(20):
        await sent.wait()
    assert world.outbox.lanes[Channel.TELEGRAM].bulk == BULK_AT_ONCE
    world.outbox.stop()
    stuck.set()
    await running


async def test_bulk_is_claimed_up_to_its_share(world: World) -> None:
    await waiting(world, 50)
    taken = await world.db.run(lambda u: claim(u, Channel.TELEGRAM, clock.now(), 30, 3))
    assert len(taken) == 3
    assert await world.db.run(lambda u: claim(u, Channel.TELEGRAM, clock.now(), 30, 0)) == []
    taken = await world.db.run(lambda u: claim(u, Channel.TELEGRAM, clock.now(), 30))
    assert len(taken) == 30
