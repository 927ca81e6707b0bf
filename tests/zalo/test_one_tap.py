"""Started on the page, gone on with in Zalo: a press for the code, one to open it, one person."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from models.messages import Channel
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo


@dataclass
class Visitor:
    """Somebody on the web chat."""

    here: Deployed
    session: aiohttp.ClientSession
    chat: str = ""
    count: Any = field(default_factory=lambda: itertools.count(1))

    async def says(self, text: str = "", **more: Any) -> None:
        if not self.chat:
            async with self.session.post(f"{self.here.url}/chat", json={}) as answer:
                self.chat = (await answer.json())["chat"]
        body = {"nonce": f"nonce-{next(self.count):012}", "text": text, **more}
        headers = {"Authorization": f"Bearer {self.chat}"}
        url = f"{self.here.url}/chat/say"
        async with self.session.post(url, json=body, headers=headers) as answer:
            assert answer.status in (200, 201), await answer.text()
        await self.here.settle()

    async def lines(self) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.chat}"}
        url = f"{self.here.url}/chat/lines?after=0"
        async with self.session.get(url, headers=headers) as answer:
            found: list[dict[str, Any]] = (await answer.json())["lines"]
            return found

    async def button(self, label: str) -> dict[str, str]:
        for line in reversed(await self.lines()):
            for row in line.get("rows", ()):
                for one in row:
                    if one["label"].startswith(label):
                        return {**one, "on": str(line["id"])}
        raise AssertionError(f"no button {label}")

    async def presses(self, label: str) -> None:
        one = await self.button(label)
        await self.says(button=one["data"], on=int(one["on"]))


@pytest.fixture
async def town(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, bot: BotServer
) -> AsyncIterator[tuple[Visitor, Zalo, Pilot]]:
    chosen = {
        **oa_settings(oa),
        "zalo_oa_link": "https://zalo.me/579745863508352884",
        "zalo_bot_token": TOKEN,
        "zalo_bot_secret": SECRET,
        "zalo_bot_api_base": bot.base,
        "zalo_bot_link": "https://zalo.me/bot/1",
    }
    async with (
        deployed(tmp_path, morning, **chosen) as here,
        aiohttp.ClientSession() as session,
    ):
        yield Visitor(here, session), Zalo(oa, here.url, session), Pilot(bot, here.url, session)


async def half_registered(lan: Visitor) -> None:
    """Lan agrees on the page and begins to register, then wants to go on in Zalo."""
    await lan.says("xin chào")
    with pytest.raises(AssertionError, match="no button"):
        await lan.button("Dùng tiếp trên Zalo")  # nothing to take along yet
    await lan.presses("Đăng ký chủ thể")
    await lan.presses("Tôi đồng ý")
    await lan.presses("Cho tôi")
    await lan.presses("Hợp tác xã")
    await lan.says("menu")
    await lan.presses("Dùng tiếp trên Zalo")


async def persons(here: Deployed) -> list[dict[str, Any]]:
    return await here.rows(
        "SELECT a.channel, a.person_id, p.consent_version FROM address a "
        "JOIN person p ON p.id = a.person_id WHERE a.status = 'active' ORDER BY a.id"
    )


async def test_from_the_page_to_the_official_account(town: tuple[Visitor, Zalo, Pilot]) -> None:
    lan, zalo, _ = town
    await half_registered(lan)
    opens = await lan.button("Mở Zalo")
    code = opens["copy"]
    assert opens["url"] == f"https://zalo.me/579745863508352884?text={code}"
    assert code in str((await lan.lines())[-1]["text"]), "it can be typed as well"
    stamp = str(int(clock.now().timestamp() * 1000))
    follow = {"app_id": "431000", "oa_id": "oa", "follower": {"id": "lan"}, "timestamp": stamp}
    assert (await zalo.post({**follow, "event_name": "follow"}))[0] == 200
    await zalo.say("lan", code)
    await lan.here.settle()
    await press(zalo, "Đúng, nối lại")
    await lan.here.settle()
    there = await persons(lan.here)
    assert {row["channel"] for row in there} == {"web", "zalo_oa"}
    assert len({row["person_id"] for row in there}) == 1 and there[0]["consent_version"]
    assert "Làm tiếp: " in str(zalo.oa.sent[-1]), "what was begun goes on here"
    assert "vừa được nối thêm một nơi: Zalo" in str((await lan.lines())[-1]["text"])
    await zalo.say("hoa", code.lower().replace("-", ""))
    await lan.here.settle()
    assert "không còn dùng được" in zalo.oa.sent[-1]["text"], "once only"


async def press(zalo: Zalo, label: str) -> None:
    payload = zalo.oa.sent[-1]["attachment"]["payload"]
    titles = {b["title"]: b["payload"] for b in payload["buttons"]}
    await zalo.say("lan", titles[label])


async def test_from_the_page_to_the_bot(town: tuple[Visitor, Zalo, Pilot]) -> None:
    lan, _, pilot = town
    await half_registered(lan)
    opens = await lan.button("Mở Zalo Bot")
    assert opens["url"] == f"https://zalo.me/bot/1?text={opens['copy']}"
    await pilot.say("lan", opens["copy"])
    await lan.here.settle()
    assert "A. Đúng, nối lại" in pilot.bot.sent[-1]["text"]
    await pilot.say("lan", "a")
    await lan.here.settle()
    there = await persons(lan.here)
    assert len(there) == 2 and len({row["person_id"] for row in there}) == 1
    assert "Làm tiếp: " in pilot.bot.sent[-1]["text"]


async def test_an_officer_takes_the_alerts_along(town: tuple[Visitor, Zalo, Pilot]) -> None:
    from bot.officers_admin import invite

    minh, _, pilot = town
    assistant = minh.here.assistant
    code = next(iter(assistant.house.content.communes))
    made = await invite(assistant.db, assistant.house.content, "commune", [code], "Minh")
    await minh.says(f"/start {made.code}")
    await minh.says("/link")
    await pilot.say("minh", (await minh.button("Mở Zalo Bot"))["copy"])
    await minh.here.settle()
    await pilot.say("minh", "a")
    await minh.here.settle()
    rows = await minh.here.rows(
        "SELECT a.channel FROM officer o JOIN address a ON a.person_id = o.person_id ORDER BY a.id"
    )
    assert [row["channel"] for row in rows] == ["web", "zalo_bot"]
    assert "A. Hồ sơ chờ xử lý" in pilot.bot.sent[-1]["text"]


async def test_the_same_number_alone_joins_nobody(town: tuple[Visitor, Zalo, Pilot]) -> None:
    lan, zalo, _ = town
    await lan.says("xin chào")
    await lan.here.assistant.db.run(number)
    await zalo.say("hoa", "xin chào")
    await lan.here.settle()
    given = zalo.event("hoa", "user_submit_info")
    given["info"] = {"name": "Lan", "phone": "84912345678"}
    del given["message"]
    assert (await zalo.post(given))[0] == 200
    await lan.here.settle()
    there = await persons(lan.here)
    assert len({row["person_id"] for row in there}) == 2


def number(unit: Any) -> None:
    from models.tables import Person

    row = unit.get_one(Person, 1)
    row.phone = "+84912345678"
    unit.add(row)
    unit.flush()
    unit.cache.doubt()


async def test_without_links_the_code_is_typed(
    tmp_path: Path, morning: clock.Clock, oa: OaServer
) -> None:
    async with (
        deployed(tmp_path, morning, **oa_settings(oa)) as here,
        aiohttp.ClientSession() as session,
    ):
        lan = Visitor(here, session)
        await lan.says("/link")
        await lan.presses("Lấy mã")
        last = (await lan.lines())[-1]
        assert "Mở trợ lý trên ứng dụng kia rồi gõ mã này" in last["text"]
        assert Channel.ZALO_OA not in here.assistant.house.links
