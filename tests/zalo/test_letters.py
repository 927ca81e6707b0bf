"""Choices by letter: a letter belongs to one message; an older one is confirmed, never obeyed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from models import windows
from models.messages import Channel
from tests.zalo.bot_server import BotServer, Pilot
from tests.zalo.conftest import Deployed, Letter, notice

ASKS = Letter("Cán bộ hỏi", ("Xem quyền riêng tư", "go:privacy"), ("Để mai xem", "nav:menu"))


def letters(message: dict[str, Any]) -> dict[str, str]:
    """letter → label."""
    return dict(re.findall(r"^([A-Z]|\d+)\. (.+)$", message["text"], re.M))


async def say(there: Deployed, pilot: Pilot, words: str) -> str:
    """What is answered to Lan."""
    await pilot.say("lan", words)
    await there.settle()
    return str(pilot.bot.sent[-1]["text"])


async def test_a_list_that_comes_between_has_letters_of_its_own(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    menu = letters(bot.sent[-1])
    there.clock.move(timedelta(minutes=5))
    await notice(there, "lan", ASKS)
    assert not set(letters(bot.sent[-1])) & set(menu)
    asked = await say(there, pilot, "A")
    assert asked.startswith(f"Chữ A là của tin trước: “{menu['A']}”"), "confirmed, not obeyed"
    no = next(key for key, label in letters(bot.sent[-1]).items() if label.startswith("Không"))
    assert menu["A"] in await say(there, pilot, no), "the menu again"


async def test_the_newest_list_is_obeyed_at_once(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    await notice(there, "lan", ASKS)
    first = min(letters(bot.sent[-1]))
    assert "Thông tin của bà con" in await say(there, pilot, f"chọn {first.lower()}")


async def test_a_plain_talk_begins_with_a_each_time(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    for words in ("menu", "giúp", "menu", "a", "toi dong y"):
        await say(there, pilot, words)
        assert min(letters(bot.sent[-1])) == "A"


async def test_while_a_notice_is_open_nobody_else_has_its_letters(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    await notice(there, "lan", ASKS)
    mine = letters(bot.sent[-1])
    for words in ("menu", "giúp", "menu"):
        there.clock.move(timedelta(hours=20))
        await say(there, pilot, words)
        assert not set(letters(bot.sent[-1])) & set(mine)
    asked = await say(there, pilot, min(mine))
    assert "là của tin trước: “Xem quyền riêng tư”" in asked
    yes = next(key for key, label in letters(bot.sent[-1]).items() if label.startswith("Xem"))
    assert "Thông tin của bà con" in await say(there, pilot, yes)
    there.clock.move(timedelta(days=8))
    await say(there, pilot, "menu")
    assert min(letters(bot.sent[-1])) == "A"


async def test_when_the_alphabet_is_used_up_the_newest_is_meant_or_it_is_asked(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    many = [Letter(f"tin {n}", *((f"việc {n}.{m}", "nav:menu") for m in range(14))) for n in "xy"]
    for one in many:
        await notice(there, "lan", one)
    assert min(letters(bot.sent[-1])) == "A" and letters(bot.sent[-1])["A"] == "việc y.0"
    asked = await say(there, pilot, "a")
    assert asked.startswith("Chữ A có ở hai tin.")


async def test_a_letter_of_an_old_list_is_confirmed_not_obeyed(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    there.clock.move(timedelta(days=2))
    asked = await say(there, pilot, "A")
    assert "tin trước" in asked and "A. Đăng ký chủ thể" in asked
    assert len(bot.sent) == 2
    there.clock.move(timedelta(minutes=1))
    assert "đồng ý" in (await say(there, pilot, "A")).lower()


async def test_the_same_letter_twice_in_a_row_is_obeyed_once(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    there.clock.move(timedelta(seconds=30))
    await pilot.say("lan", "A")
    there.clock.move(timedelta(seconds=1))
    assert "tin trước: “Đăng ký chủ thể”" in await say(there, pilot, "A")


async def test_a_letter_nobody_has_is_no_place_in_the_list(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    """The list begins with U, because a notice had A to T: "a" is not its first choice."""
    await say(there, pilot, "xin chào")
    await notice(there, "lan", Letter("tin", *((f"việc {n}", "nav:menu") for n in range(20))))
    there.clock.move(timedelta(days=6, hours=23))
    await say(there, pilot, "đăng ký")
    assert min(letters(bot.sent[-1])) == "U"
    there.clock.move(timedelta(hours=2))  # the notice is too old to have any
    assert (await say(there, pilot, "a")).startswith("Trong tin vừa rồi không có chữ A.")


async def test_the_label_of_a_notice_is_understood_in_the_midst_of_a_form(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    for words in ("xin chào", "đăng ký", "toi dong y", "cho toi", "ho kinh doanh", "roi"):
        await say(there, pilot, words)
    assert "Tên cơ sở là gì?" in bot.sent[-1]["text"]
    await notice(there, "lan", ASKS)
    asked = await say(there, pilot, "xem quyen rieng tu")
    assert "Thông tin của bà con" in asked, "the newest message: obeyed, not taken for a name"
    for words in ("làm tiếp", "quay lại", "roi"):
        await say(there, pilot, words)
    asked = await say(there, pilot, "Xem quyền riêng tư")
    assert asked.startswith("“Xem quyền riêng tư” là ở tin trước."), "an older one: confirmed"
    assert "Thông tin của bà con" in await say(there, pilot, min(letters(bot.sent[-1])))


async def test_the_label_of_an_older_list_is_asked_about_when_nothing_else_is_meant(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    for words in ("xin chào", "đăng ký", "toi dong y", "/privacy"):
        await say(there, pilot, words)
    label = "Tải về"
    assert label in letters(bot.sent[-1]).values()
    await say(there, pilot, "menu")
    asked = await say(there, pilot, label)
    assert asked.startswith(f"“{label}” là ở tin trước."), asked
    await say(there, pilot, min(letters(bot.sent[-1])))
    assert any(".zip" in m["text"] or "json" in m["text"] for m in bot.sent[-2:]), bot.sent[-2:]


async def test_notices_that_left_as_one_are_one_list(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await say(there, pilot, "xin chào")
    await there.assistant.db.run(
        lambda unit: windows.count(unit, Channel.ZALO_BOT, "2026-11", "sent", 2500)
    )
    bot.errors = [500]  # the first waits, and the second with it
    await notice(there, "lan", Letter("Tin một", ("Xem quyền riêng tư", "go:privacy")))
    await notice(there, "lan", Letter("Tin hai", ("Xem menu", "nav:menu")))
    there.clock.move(timedelta(minutes=10))
    await there.settle()
    assert len(bot.sent) == 2, "as one"
    shown = letters(bot.sent[-1])
    assert sorted(shown.values()) == ["Xem menu", "Xem quyền riêng tư"]
    first = next(key for key, label in shown.items() if label == "Xem quyền riêng tư")
    assert "Thông tin của bà con" in await say(there, pilot, first)
