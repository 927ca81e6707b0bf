"""A household on Telegram, over HTTP, in polling and by webhook."""

from __future__ import annotations

import pytest

from tests.play.pictures import photo
from tests.telegram.conftest import HOUSEHOLD, Running, soon


async def test_first_contact_is_answered_with_buttons(town: Running) -> None:
    lan = town.phone(5001)
    heard = await lan.says("/start")
    assert "OCOP" in heard
    assert lan.last["reply_markup"]["inline_keyboard"]


async def test_a_press_is_answered_and_its_query_too(town: Running) -> None:
    lan = town.phone(5002)
    await lan.says("/menu")
    await lan.presses("English")
    await soon(lambda: len(town.api.bots[HOUSEHOLD].answered) == 1)


async def test_everything_people_send_gets_an_answer(town: Running) -> None:
    lan = town.phone(5003)
    await lan.says("/start")
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    sticker = {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    place = {"latitude": 18.34, "longitude": 105.9}
    big = {"file_id": "b", "file_unique_id": "b", "file_name": "x.pdf", "file_size": 30 << 20}
    for what in (
        {"voice": voice}, {"sticker": sticker}, {"location": place}, {"document": big},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "84912345678", "first_name": "X", "user_id": 999}},
    ):  # fmt: skip
        await lan.sends(**what)
        assert await lan.hears()


async def test_a_second_copy_of_an_update_is_heard_once(town: Running) -> None:
    lan = town.phone(5004)
    update = await lan.sends(text="/start")
    await lan.hears()
    bot = town.api.bots[HOUSEHOLD]
    bot.queue.append({**update, "update_id": update["update_id"]})
    bot.news.set()
    if town.hooked:
        assert await town.api.push(HOUSEHOLD) == [200]
    await lan.says("/menu")
    assert len(lan.got) == 2


async def test_groups_hear_only_what_is_meant_for_us(town: Running) -> None:
    group = {"id": -7001, "type": "supergroup", "title": "Hợp tác xã"}
    lan = town.phone(5005)
    await lan.sends(text="chào cả nhà", chat=group)
    name = town.api.bots[HOUSEHOLD].username
    await lan.sends(text=f"@{name} OCOP 3 sao cần bao nhiêu điểm?", chat=group)
    await soon(lambda: len(town.api.chats[-7001]) == 1)
    await lan.sends(text="/help@another_bot", chat=group)
    await lan.says("/start")
    assert len(town.api.chats[-7001]) == 1


async def test_a_photo_and_an_album_are_fetched_and_answered(town: Running) -> None:
    lan = town.phone(5006)
    await lan.says("/start")
    for name in ("a.jpg", "b.jpg"):
        town.api.files[name] = photo(name)
        small = {"file_id": "thumb", "file_unique_id": "t", "width": 90, "height": 90}
        large = {"file_id": name, "file_unique_id": name, "width": 900, "height": 900}
        await lan.sends(photo=[small, large], media_group_id="7")
    assert await lan.hears()
    asked = [c.params["file_id"] for c in town.api.bots[HOUSEHOLD].calls if c.method == "getFile"]
    assert "thumb" not in asked
    assert asked


async def test_a_file_that_vanished_is_asked_for_again(
    town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.telegram_files.AGAIN", 0.05)
    lan = town.phone(5007)
    await lan.says("/start")
    await lan.sends(document={"file_id": "gone", "file_unique_id": "g", "file_name": "x.pdf"})
    assert await lan.hears()
