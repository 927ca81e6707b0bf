"""Everything goes wrong at random: sends fail or their answer is lost, webhooks come late, twice,
out of order, tokens revoked, media gone, restarts. Nothing is lost, nothing is doubled.

A few seeds by default; `SEEDS=200 pytest tests/zalo/test_faults.py` for many.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from bot.lanes import no_pace
from models import people
from models.messages import Address, Channel, Say
from tests.play.pictures import photo
from tests.storage import postgres
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo

SEEDS = int(os.environ.get("SEEDS", "3"))
STEPS = 40
STEP = ("say", "say", "photo", "notice", "notice", "late", "wait", "echo")
FAULTS = ("busy", "broken", "token", "lost")
WHO = [(Channel.ZALO_OA, "lan"), (Channel.ZALO_OA, "hoa"), (Channel.ZALO_BOT, "tu")]


class Storm:
    """One installation in bad weather."""

    def __init__(self, folder: Path, at: clock.Clock, oa: OaServer, bot: BotServer, seed: int):
        self.folder, self.clock, self.oa, self.bot = folder, at, oa, bot
        self.chance = random.Random(seed)
        self.late: list[tuple[Channel, dict[str, Any]]] = []  # webhooks that have not come yet
        self.said: Counter[str] = Counter()
        self.told: dict[str, list[str]] = {who: [] for _, who in WHO}
        self.lost = 0
        self.kept: dict[str, str] = {}  # where, when not in a file
        self.stack = AsyncExitStack()
        oa.faults = bot.faults = self.fault

    def fault(self) -> str:
        what = self.chance.choice(FAULTS) if self.chance.random() < 0.3 else ""
        self.lost += what == "lost"
        return what

    async def start(self) -> None:
        """Start, or start again, on the same database."""
        await self.stack.aclose()
        self.stack = AsyncExitStack()
        chosen = {**oa_settings(self.oa), "zalo_bot_token": TOKEN, "zalo_bot_secret": SECRET}
        chosen |= {"zalo_bot_api_base": self.bot.base, **self.kept}
        town = deployed(self.folder, self.clock, **chosen)
        self.here: Deployed = await self.stack.enter_async_context(town)
        for lane in self.here.assistant.outbox.lanes.values():
            lane.pace = no_pace
        session = await self.stack.enter_async_context(aiohttp.ClientSession())
        self.zalo = Zalo(self.oa, self.here.url, session, count=self.count("o"))
        self.pilot = Pilot(self.bot, self.here.url, session, count=self.count("b"))

    def count(self, mark: str) -> Any:
        """Message ids that no restart gives twice."""
        return iter(lambda: f"{mark}{self.chance.getrandbits(48):x}", None)

    async def step(self) -> None:
        what = self.chance.choice(STEP)
        if what == "say":
            await self.say()
        elif what == "photo":
            await self.photo()
        elif what == "notice":
            await self.notice()
        elif what == "late":
            await self.come()
        elif what == "echo" and self.oa.sent:
            await self.echo()
        elif self.chance.random() < 0.3:
            await self.start()
        self.clock.move(timedelta(seconds=self.chance.randrange(400)))
        await self.here.settle()

    async def say(self) -> None:
        channel, who = self.chance.choice(WHO)
        words = self.chance.choice(("menu", "giúp", "xin chào", "hồ sơ đến đâu rồi"))
        if channel is Channel.ZALO_OA:
            event = self.zalo.event(who, text=words)
        else:
            event = self.pilot.event(who, text=words)
        await self.send(channel, who, event)

    async def photo(self) -> None:
        channel, who = self.chance.choice(WHO)
        name = self.chance.choice(("a.jpg", "gone.jpg"))
        server = self.oa if channel is Channel.ZALO_OA else self.bot
        server.media["a.jpg"] = photo("giay.jpg")
        url = f"{server.base}/media/{name}"
        if channel is Channel.ZALO_OA:
            sent = {"type": "image", "payload": {"url": url}}
            event = self.zalo.event(who, "user_send_image", attachments=[sent])
        else:
            event = self.pilot.event(who, "image", photo_url=url)
        await self.send(channel, who, event)

    async def send(self, channel: Channel, who: str, event: dict[str, Any]) -> None:
        """At once, twice, or some time later."""
        self.said[who] += 1
        if channel is Channel.ZALO_OA:  # Zalo knows of it, whenever its webhook comes
            self.oa.act(who)
        for _ in range(self.chance.choice((1, 1, 2))):
            if self.chance.random() < 0.3:
                self.late.append((channel, event))
            else:
                await self.post(channel, event)

    async def post(self, channel: Channel, event: dict[str, Any]) -> None:
        if channel is Channel.ZALO_OA:
            for again in range(8):  # as Zalo does when the answer is late
                if (await self.zalo.post(event, again=again))[0] == 200:
                    return
                await asyncio.sleep(1)
            raise AssertionError("never answered in time")
        else:
            assert await self.pilot.post(event) == 200

    async def come(self) -> None:
        """Late webhooks come, in no order."""
        self.chance.shuffle(self.late)
        while self.late:
            await self.post(*self.late.pop())

    async def echo(self) -> None:
        """Zalo tells us of a message of ours."""
        ours = self.chance.choice(self.oa.sent)
        body = self.zalo.event("oa", "oa_send_text", text=ours.get("text", ""), msg_id=ours["id"])
        assert (await self.zalo.post(body | {"recipient": {"id": ours["to"]}}))[0] == 200

    async def notice(self) -> None:
        channel, who = self.chance.choice(WHO)
        text = f"tin {who} {len(self.told[who])}."

        class Letter:
            def say(self, lang: str) -> Say:
                return Say(text)

        def write(unit: Any) -> bool:
            known = people.at_address(unit, Address(channel, who))
            if known is None:
                return False
            post = self.here.assistant.house.post(unit, clock.now())
            post.to_person(known.person_id, Letter(), priority=self.chance.choice((1, 5)))
            post.deliver()
            return True

        if await self.here.assistant.db.run(write):
            self.told[who].append(text)

    async def calm(self) -> None:
        """The weather clears: whatever waits arrives."""
        self.oa.faults = self.bot.faults = lambda: ""
        await self.come()
        for _ in range(30):
            self.clock.move(timedelta(hours=1))
            await self.here.settle()


@pytest.mark.parametrize(
    ("store", "seed"), [*(("chosen", seed) for seed in range(SEEDS)), ("postgresql", 1000)]
)
async def test_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, bot: BotServer, store: str, seed: int
) -> None:
    storm = Storm(tmp_path, morning, oa, bot, seed)
    if store == "postgresql":
        storm.kept = {"database_url": postgres.fresh()}
    await storm.start()
    try:
        for _ in range(STEPS):
            await storm.step()
        await storm.calm()
        here = storm.here
        heard = await here.rows("SELECT address, count(*) AS n FROM inbound GROUP BY address")
        assert {row["address"]: row["n"] for row in heard} == dict(storm.said)
        assert not await here.rows("SELECT id FROM inbound WHERE state != 'done'")
        left = await here.rows("SELECT status, error FROM outbound WHERE status != 'sent'")
        assert all(row["status"] == "cancelled" for row in left), left
        shown = {who: arrived(oa, bot, who) for _, who in WHO}
        doubled = 0
        for who, told in storm.told.items():
            times = [shown[who].count(text) for text in told]
            assert all(times), f"{who} never got {told[times.index(0)]}"
            doubled += sum(times) - len(times)
        assert doubled <= storm.lost, "only what had no answer is sent again"
        assert oa.burnt == 0 and not set(oa.refused) - {-32, -216}
        humans = await here.rows("SELECT human_since FROM channel_window")
        assert not any(row["human_since"] for row in humans), "an echo of ours silences nobody"
    finally:
        await storm.stack.aclose()


def arrived(oa: OaServer, bot: BotServer, who: str) -> str:
    """All that the person got, as one text."""
    texts = [m.get("text", "") for m in oa.sent if m["to"] == who]
    return "\n".join([*texts, *(m.get("text", "") for m in bot.sent if m["chat_id"] == who)])
