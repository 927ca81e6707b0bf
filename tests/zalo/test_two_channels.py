"""One person on the OA and the bot: joined by a code, told where they were last, else where they
can be told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from models import people
from models.messages import Address, Channel, Say
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo


@pytest.fixture
async def both(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, bot: BotServer
) -> AsyncIterator[tuple[Deployed, Zalo, Pilot]]:
    chosen = {
        **oa_settings(oa),
        "zalo_bot_token": TOKEN,
        "zalo_bot_secret": SECRET,
        "zalo_bot_api_base": bot.base,
    }
    async with (
        deployed(tmp_path, morning, **chosen) as here,
        aiohttp.ClientSession() as session,
    ):
        zalo, pilot = Zalo(oa, here.url, session), Pilot(bot, here.url, session)
        await joined(here, zalo, pilot)
        yield here, zalo, pilot


async def joined(here: Deployed, zalo: Zalo, pilot: Pilot) -> None:
    """Lan takes a code on the OA and types it to the bot."""
    await zalo.say("lan", "/link")
    await here.settle()
    await zalo.say("lan", "Lấy mã")
    await here.settle()
    said = " ".join(m.get("text", "") for m in zalo.oa.sent)
    found = re.search(r"\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b", said)
    assert found, said
    here.clock.move(timedelta(minutes=2))
    await pilot.say("lan-bot", found[0])
    await here.settle()
    await pilot.say("lan-bot", "Đúng, nối lại")
    await here.settle()
    owners = await here.rows("SELECT DISTINCT person_id FROM address WHERE status = 'active'")
    assert len(owners) == 1


async def tell(here: Deployed, text: str) -> None:
    class Letter:
        def say(self, lang: str) -> Say:
            return Say(text)

    def write(unit: Any) -> None:
        known = people.at_address(unit, Address(Channel.ZALO_OA, "lan"))
        assert known is not None
        post = here.assistant.house.post(unit, clock.now())
        post.to_person(known.person_id, Letter())
        post.deliver()

    await here.assistant.db.run(write)
    await here.settle()


async def test_notices_go_where_the_person_was_last(
    both: tuple[Deployed, Zalo, Pilot],
) -> None:
    here, zalo, pilot = both
    await tell(here, "tới bot")
    assert pilot.bot.sent[-1]["text"] == "tới bot"
    here.clock.move(timedelta(minutes=5))
    await zalo.say("lan", "menu")
    await here.settle()
    await tell(here, "tới OA")
    assert zalo.oa.sent[-1]["text"] == "tới OA"


async def test_a_closed_window_sends_the_notice_the_other_way(
    both: tuple[Deployed, Zalo, Pilot],
) -> None:
    here, zalo, pilot = both
    here.clock.move(timedelta(minutes=5))
    await zalo.say("lan", "menu")
    await here.settle()
    here.clock.move(timedelta(days=8))
    sent = len(zalo.oa.sent)
    await tell(here, "đi đường khác")
    assert len(zalo.oa.sent) == sent and pilot.bot.sent[-1]["text"] == "đi đường khác"


async def test_a_refusal_sends_the_notice_the_other_way_once(
    both: tuple[Deployed, Zalo, Pilot],
) -> None:
    here, zalo, pilot = both
    pilot.bot.errors = [403]
    await tell(here, "bot không nhận")
    assert zalo.oa.sent[-1]["text"] == "bot không nhận"
    pilot.bot.errors, zalo.oa.errors = [403], [-230]
    await tell(here, "không ai nhận")
    last = await here.rows("SELECT status, error FROM outbound ORDER BY id DESC LIMIT 1")
    assert last[0]["status"] == "failed", "it does not go round in circles"


@pytest.mark.parametrize("other", [Channel.WEB, Channel.TELEGRAM])
async def test_a_closed_window_sends_the_notice_to_the_page_or_to_telegram(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, other: Channel
) -> None:
    """Where Telegram has no sender in this process, its row waits for the one that has."""
    async with (
        deployed(tmp_path, morning, **oa_settings(oa)) as here,
        aiohttp.ClientSession() as session,
    ):
        zalo = Zalo(oa, here.url, session)
        await zalo.say("lan", "menu")
        await here.settle()
        await here.assistant.db.run(lambda unit: second(unit, other))
        here.clock.move(timedelta(days=8))
        await tell(here, "đi đường khác")
        last = await here.rows(
            "SELECT channel, address, status FROM outbound ORDER BY id DESC LIMIT 1"
        )
        status = "sent" if other is Channel.WEB else "waiting"
        assert last == [{"channel": other.value, "address": "lan-2", "status": status}]
        assert len(oa.sent) == 1


def second(unit: Any, channel: Channel) -> None:
    """Lan has another address, where she was before Zalo."""
    from models.tables import AddressRow

    lan = people.at_address(unit, Address(Channel.ZALO_OA, "lan"))
    assert lan is not None
    before = clock.now() - timedelta(days=1)
    row = AddressRow(
        person_id=lan.person_id,
        channel=channel.value,
        external_id="lan-2",
        created_at=before,
        last_in_at=before,
    )
    unit.add(row)
    unit.flush()
