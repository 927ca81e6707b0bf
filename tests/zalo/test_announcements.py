"""Announcements on Zalo: an event joined by button and by letter; a person's last free messages
are kept for their own affairs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot import clock
from models import jobs, people
from models.messages import Address, Channel
from models.segments import NOTICES
from models.tables import Announcement, ConsentEntry, Event, Person, Producer
from tests.play.crowd import COMMUNE, TEXT, announcement
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import Deployed, deployed
from tests.zalo.oa_server import OaServer, Zalo


def wants(unit: Any, address: Address) -> None:
    """Whoever is there agreed, has a business in the commune, and wants to hear."""
    known, now = people.at_address(unit, address), clock.now()
    assert known is not None
    row = unit.get_one(Person, known.person_id)
    row.consent_version, row.consent_at = "1", now
    unit.add(row)
    unit.add(ConsentEntry(person_id=row.id, purpose=NOTICES, version="1", given=True, at=now))
    unit.add(Producer(person_id=row.id, type="ho", name="Hộ Lan", commune_code=COMMUNE,
                      created_at=now))  # fmt: skip
    unit.flush()
    unit.cache.doubt()


def invitation(unit: Any) -> None:
    """An announcement with an event of ten seats, about to go out."""
    now = clock.now()
    number = announcement(unit, now)
    unit.add(Event(announcement_id=number, topic="training", name="Lớp bao bì", place="Hội trường",
                   starts_at=now + timedelta(days=5), seats=10, door_code="7KM-42"))  # fmt: skip
    unit.flush()


def another(unit: Any) -> None:
    """The same officer's next announcement."""
    now = clock.now()
    row = Announcement(officer_id=1, topic="fair", text="Hội chợ cuối năm ở huyện.", made_at=now,
                       segment={"communes": [COMMUNE], "kind": "all", "values": []},
                       state="planned")  # fmt: skip
    unit.add(row)
    unit.flush()
    jobs.put(unit, "announce", {"announcement": row.id}, now, now)


async def states(here: Deployed) -> list[str]:
    rows = await here.rows("SELECT status FROM outbound WHERE priority = 9 ORDER BY id")
    return [str(row["status"]) for row in rows]


async def test_joined_on_the_official_account(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    await here.assistant.db.run(lambda unit: wants(unit, Address(Channel.ZALO_OA, "lan")))
    await here.assistant.db.run(invitation)
    await here.settle()
    text, buttons = oa.sent[-1]["text"], oa.sent[-1]["attachment"]["payload"]["buttons"]
    assert TEXT in text and "Lớp bao bì" in text
    assert [b["title"] for b in buttons] == ["Đăng ký đi", "Thôi nhận tin “Tập huấn”"]
    await zalo.say("lan", buttons[0]["payload"])
    await here.settle()
    assert "đã đăng ký đi" in oa.sent[-1]["text"]
    assert (await here.rows("SELECT state FROM signup"))[0]["state"] == "going"


async def test_the_last_free_messages_are_kept_for_replies(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    await here.assistant.db.run(lambda unit: wants(unit, Address(Channel.ZALO_OA, "lan")))
    await here.assistant.db.run(invitation)
    for _ in range(5):
        await here.assistant.db.run(another)
        await here.settle()
    assert await states(here) == ["sent"] * 4 + ["failed"] * 2
    sent = len(oa.sent)
    await zalo.say("lan", "menu")
    await here.settle()
    assert len(oa.sent) == sent + 1, "the reply found a free message"
    refused = "SELECT error FROM outbound WHERE status = 'failed'"
    assert "kept for" in str((await here.rows(refused))[0]["error"])


async def test_after_two_days_it_would_cost_money_and_is_not_sent(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    await here.assistant.db.run(lambda unit: wants(unit, Address(Channel.ZALO_OA, "lan")))
    here.clock.move(timedelta(days=2, minutes=1))
    sent = len(oa.sent)
    await here.assistant.db.run(invitation)
    await here.settle()
    assert await states(here) == ["failed"] and len(oa.sent) == sent


async def test_joined_by_letter_where_there_are_no_buttons(
    tmp_path: Path, morning: clock.Clock, bot: BotServer
) -> None:
    chosen = {"zalo_bot_token": TOKEN, "zalo_bot_secret": SECRET, "zalo_bot_api_base": bot.base,
              "public_url": "https://ocop.example"}  # fmt: skip
    async with deployed(tmp_path, morning, **chosen) as here, aiohttp.ClientSession() as session:
        pilot = Pilot(bot, here.url, session)
        await pilot.say("lan", "xin chào")
        await here.settle()
        await here.assistant.db.run(lambda unit: wants(unit, Address(Channel.ZALO_BOT, "lan")))
        await here.assistant.db.run(invitation)
        await here.settle()
        assert "\nI. Đăng ký đi" in bot.sent[-1]["text"], "A to H are the menu's"
        await pilot.say("lan", "i")
        await here.settle()
        assert "đã đăng ký đi" in bot.sent[-1]["text"]
        await pilot.say("lan", "thôi nhận tin")
        await here.settle()
        assert "✓ Tập huấn" in bot.sent[-1]["text"]


async def test_the_plan_of_the_bot_is_kept_for_replies(
    tmp_path: Path, morning: clock.Clock, bot: BotServer
) -> None:
    from bot.zalo_counts import month
    from bot.zalo_plan import MESSAGES
    from models import windows

    chosen = {"zalo_bot_token": TOKEN, "zalo_bot_secret": SECRET, "zalo_bot_api_base": bot.base}
    async with deployed(tmp_path, morning, public_url="https://ocop.example", **chosen) as here:
        async with aiohttp.ClientSession() as session:
            await Pilot(bot, here.url, session).say("lan", "xin chào")
            await here.settle()
        await here.assistant.db.run(lambda unit: wants(unit, Address(Channel.ZALO_BOT, "lan")))
        used, period = int(MESSAGES * 0.8), month(clock.now())
        await here.assistant.db.run(
            lambda unit: windows.count(unit, Channel.ZALO_BOT, period, "sent", used)
        )
        sent = len(bot.sent)
        await here.assistant.db.run(invitation)
        await here.settle()
        assert await states(here) == ["failed"] and len(bot.sent) == sent
