"""How the bots present themselves, what their links open, and the digests that time brings."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.officers_admin import invite
from bot.running import keep_beat
from models import codes
from models.database import Unit
from tests.telegram.conftest import HOUSEHOLD, OFFICER, running, soon, telegram
from tests.telegram.server import Bot
from tests.telegram.village import texts, village


def told(bot: Bot, what: str, language: str, scope: str = "") -> Any:
    """What Telegram shows of the bot."""
    for where, value in bot.profile.items():
        kind, lang, raw = where.split("/", 2)
        if (kind, lang) == (what, language) and (not scope or json.loads(raw)["type"] == scope):
            return value
    return None


def commands(bot: Bot, language: str, scope: str) -> dict[str, str]:
    raw = told(bot, "Commands", language, scope)
    return {one["command"]: one["description"] for one in json.loads(raw)}


async def test_names_descriptions_and_commands_in_both_languages(tmp_path: Path) -> None:
    async with telegram(HOUSEHOLD, OFFICER) as api, running(tmp_path, api, officer=OFFICER):
        home, office = api.bots[HOUSEHOLD], api.bots[OFFICER]
        await soon(
            lambda: all(told(b, "Commands", "en", "all_group_chats") for b in (home, office))
        )
        assert told(home, "Name", "") == "Trợ lý OCOP"
        assert "mã OTP" in told(home, "Description", "")
        assert told(office, "Name", "en") != told(home, "Name", "en")
        mine = commands(home, "", "all_private_chats")
        assert {"menu", "register", "dossier", "status", "officer", "privacy", "help"} <= set(mine)
        assert "queue" not in mine and "queue" in commands(office, "", "all_private_chats")
        assert commands(home, "en", "all_private_chats")["menu"] != mine["menu"]
        assert set(commands(office, "", "all_group_chats")) == {"help", "group"}
        assert set(commands(home, "", "all_group_chats")) == {"help"}


async def test_one_bot_for_everyone_knows_the_officers_group_command(tmp_path: Path) -> None:
    async with telegram(HOUSEHOLD) as api, running(tmp_path, api):
        bot = api.bots[HOUSEHOLD]
        await soon(lambda: told(bot, "Commands", "en", "all_group_chats"))
        assert set(commands(bot, "", "all_group_chats")) == {"help", "group"}


async def test_links_open_what_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path) as here:
        made = await invite(here.db, here.house.content, "province", [], "Chị Hoa")
        hoa, lan = here.town.phone(7201, OFFICER), here.town.phone(7202, HOUSEHOLD)
        assert len(made.code) <= 64
        assert "Đã nhận anh/chị là cán bộ" in await here.says(hoa, f"/start {made.code}")
        assert "không còn dùng được" in await here.says(lan, f"/start {made.code}")
        for label in ("Đăng ký chủ thể", "Tôi đồng ý", "Cho tôi"):
            await here.presses(lan, label)
        step = lan.last["text"].splitlines()[0]
        assert step in await here.says(lan, "/start")  # comes back to where they were
        assert await here.says(lan, "/start ../../etc")


def certified(unit: Unit, code: str) -> None:
    """Three stars for the household's product."""
    unit.core.exec_driver_sql(
        "INSERT INTO certificate (code, product_id, stars, decision_number, issued_on, valid_to) "
        f"VALUES ('{code}', 1, 3, '12/QĐ', '2026-03-01', '2029-03-01')"
    )


@pytest.mark.parametrize("hook", [False, True], ids=["polling", "webhook"])
async def test_a_products_link_opens_its_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: bool
) -> None:
    """https://t.me/<bot>?start=p-CODE, as a QR code carries it; before any talk, and within one."""
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path, hook=hook) as here:
        await here.household()
        code = codes.new_code(Random(7))
        await here.db.run(lambda unit: certified(unit, code))
        payload = f"p-{code}"
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        buyer = here.town.phone(7203, HOUSEHOLD)
        for text in (payload, payload.replace("-", "").replace("p", "p-", 1), f"p-{code.lower()}"):
            heard = await here.says(buyer, f"/start {text}")
            assert "Mật ong Cường" in heard and code in heard
            await here.says(buyer, "/menu")
        await here.says(buyer, "/register")
        await here.presses(buyer, "Tôi đồng ý")
        assert "Mật ong Cường" in await here.says(buyer, f"/start {payload}")
        await here.says(buyer, "/start p-ZZZZZZ")
        assert "không còn dùng được" in buyer.last["text"]


async def test_the_chosen_button_stays_visible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path) as here:
        lan = here.town.phone(7204, HOUSEHOLD)
        await here.says(lan, "/register")
        asked = lan.last
        await here.presses(lan, "Tôi đồng ý")
        await here.settle()
        labels = [b["text"] for row in asked["reply_markup"]["inline_keyboard"] for b in row]
        assert any(label.startswith("✓") and "Tôi đồng ý" in label for label in labels)


async def test_digests_reach_officers_at_their_hours_by_the_job_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path) as here:
        minh = await here.officer("Minh")
        await here.household()
        await here.db.run(here.jobs.plan)
        beats = asyncio.create_task(here.jobs.run())
        await keep_beat(here.town.assistant)
        try:
            for day, hour in ((26, 0), (26, 10)):  # 07:00 and 17:00 in Vietnam
                count = sum("Việc hôm nay" in text for text in texts(here.api, minh.chat))
                here.clock.set(datetime(2026, 11, day, hour, 1, tzinfo=UTC))
                await _until_sent(here, minh.chat, count + 1)
        finally:
            here.jobs.stop()
            await beats


async def _until_sent(here: Any, chat: int, count: int) -> None:
    async with asyncio.timeout(10):
        while sum("Việc hôm nay" in text for text in texts(here.api, chat)) < count:
            for channel in here.town.assistant.outbox.lanes:
                await here.town.assistant.outbox.drain(channel)
            await asyncio.sleep(0.02)
