"""People whose messages Zalo withholds: an officer reads on the web whom to call."""

from __future__ import annotations

import itertools

from bot import clock
from bot.officers_admin import invite
from models.messages import Address, Channel, Inbound
from tests import databases
from tests.zalo.bot_server import BotServer, Pilot
from tests.zalo.conftest import Deployed
from tests.zalo.oa_server import OaServer, Zalo

NUMBER = itertools.count(1)
COMMUNE = "18496"


async def at_desk(there: Deployed, who: str, text: str) -> str:
    """An officer says something in the web chat; what the page shows then."""
    one = Inbound(Address(Channel.WEB, who), f"w{next(NUMBER)}", clock.now(), text=text)
    await there.assistant.desk.receive(one)
    await there.settle()
    rows = await there.rows("SELECT body FROM outbound WHERE address = :who ORDER BY id", who=who)
    return databases.text_of(rows[-1]["body"])


async def the_list(there: Deployed, who: str) -> str:
    await at_desk(there, who, "menu")
    return await at_desk(there, who, "Câu hỏi chờ trả lời")


async def officer(there: Deployed, who: str, role: str, codes: list[str]) -> None:
    made = await invite(there.assistant.db, there.assistant.house.content, role, codes, who)
    await at_desk(there, who, f"/start {made.code}")


async def test_a_stranger_is_in_the_provinces_list_by_their_name_on_zalo(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await officer(there, "tinh", "province", [])
    await officer(there, "minh", "commune", [COMMUNE])
    for _ in range(3):
        assert await pilot.post(pilot.event("lan", "unsupported")) == 200
    await there.settle()
    listed = await the_list(there, "tinh")
    assert listed.count("Ted (tên trên Zalo)") == 2, "once in the text, once on its button"
    assert "Ted" not in await the_list(there, "minh"), "no commune of theirs"


async def test_a_known_household_is_in_its_communes_list_with_the_number_to_call(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await officer(there, "minh", "commune", [COMMUNE])
    typed = "xin chào|đăng ký|tôi đồng ý|cho tôi|hộ có đăng ký kinh doanh|có rồi|Hộ Lê Thị Lan"
    typed += "|Lê Thị Lan|bỏ qua|0912 345 678|Xã Hương Khê|bỏ qua|bỏ qua|bỏ qua|Đúng rồi, lưu lại"
    for words in typed.split("|"):
        await pilot.say("lan", words)
        await there.settle()
    assert await pilot.post(pilot.event("lan", "unsupported")) == 200
    await there.settle()
    listed = await the_list(there, "minh")
    assert "0912 345 678" in listed and "Zalo không chuyển nội dung" in listed
    code = (await there.rows("SELECT code FROM ticket"))[0]["code"]
    assert "anh/chị gõ câu trả lời" in await at_desk(there, "minh", code)
    await at_desk(there, "minh", "Mai tôi qua nhà chị lúc 8 giờ, chị ở nhà giúp nhé.")
    await at_desk(there, "minh", "Gửi")
    assert "Mai tôi qua nhà chị lúc 8 giờ" in bot.sent[-1]["text"]
    assert "Không có câu hỏi nào chờ" in await the_list(there, "minh")
    assert await pilot.post(pilot.event("lan", "unsupported")) == 200
    for words in ("/privacy", "Xoá thông tin", "Tôi muốn xoá", "Xoá hẳn"):
        await pilot.say("lan", words)
        await there.settle()
    tickets = await there.rows("SELECT text, state FROM ticket ORDER BY id")
    assert [(row["text"], row["state"]) for row in tickets] == [("", "answered"), ("", "closed")]


async def test_somebody_who_is_not_signed_in_is_answered_and_in_the_list(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await officer(here, "tinh", "province", [])
    for words in ("xin giấy OCOP ở đâu", "alo"):
        body = zalo.event("khach", "anonymous_send_text", text=words)
        assert (await zalo.post(body))[0] == 200
        assert (await zalo.post(body, again=1))[0] == 200, "sent again"
    await here.settle()
    listed = await the_list(here, "tinh")
    assert "chưa đăng nhập: “xin giấy OCOP ở đâu”" in listed
    tickets = await here.rows("SELECT topic, state FROM ticket")
    assert [(row["topic"], row["state"]) for row in tickets] == [("anonymous", "open")]
    assert -213 in oa.refused and not oa.sent, "where Zalo lets nobody write to them"
    told = await here.rows("SELECT body FROM outbound WHERE address = 'tinh'")
    assert "gọi điện" not in str([databases.text_of(row["body"]) for row in told]), "whom?"
    oa.refused.clear()
    oa.act("khach")  # where it does
    assert (await zalo.post(zalo.event("khach", "anonymous_send_image")))[0] == 200
    await here.settle()
    assert "chưa đăng nhập Zalo" in oa.sent[-1]["text"] and -213 not in oa.refused
    assert await here.rows("SELECT id FROM person WHERE consent_version IS NOT NULL") == []
