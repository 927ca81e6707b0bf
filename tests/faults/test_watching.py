"""Admins hear of messages that no longer leave: soon, once an hour, and nobody else does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.lanes import PullSender
from bot.outbox import Outbox
from models.messages import Channel, Later, Outbound, Sent
from tests.flows.household import officer
from tests.flows.talk import Town, town


class Down:
    """A channel whose provider answers nothing but "later"."""

    channel = Channel.TELEGRAM

    async def send(self, out: Outbound) -> Sent:
        raise Later("busy")


async def minutes_pass(here: Town, outbox: Outbox, minutes: int) -> None:
    for _ in range(minutes):
        here.clock.move(timedelta(minutes=1))
        for channel in outbox.lanes:
            await outbox.drain(channel)
        await here.jobs.drain()


async def test_admins_hear_of_a_channel_that_is_stuck(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        outbox = Outbox(here.db, here.house, [Down(), PullSender(Channel.WEB)])
        admin, clerk = await officer(here, "an", "admin"), await officer(here, "minh")
        await here.db.run(here.jobs.plan)
        await here.person("lan", Channel.TELEGRAM).say("chào")
        await minutes_pass(here, outbox, 1)
        assert "chưa gửi được" not in await admin.letters()
        await minutes_pass(here, outbox, 3)
        assert "! 1 tin chưa gửi được qua telegram" in await admin.letters()
        await minutes_pass(here, outbox, 20)
        assert "chưa gửi được" not in await admin.letters()
        await minutes_pass(here, outbox, 60)
        assert "chưa gửi được" in await admin.letters()
        assert "chưa gửi được" not in await clerk.letters()
