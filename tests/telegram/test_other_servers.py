"""Another Bot API server, a gateway, a relay, a version of next year: what they may answer that
ours does not. Through both libraries."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from handlers import telegram_polling
from handlers.telegram_api import BotWire, Loose
from handlers.telegram_polling import poll
from handlers.telegram_sender import TelegramSender
from models.messages import Later, Never, SentFile
from tests.telegram.conftest import HOUSEHOLD, OFFICER, running, soon, telegram
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi, refusal
from tests.telegram.test_sender import bot, fails, out, sender
from tests.telegram.village import GROUP, Village, village

__all__ = ["bot", "sender"]
PAPER = SentFile("p", "don.pdf", "application/pdf")


def done(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@pytest.fixture(params=[False, True], ids=["polling", "webhook"])
async def here(
    tmp_path: Path, request: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Village]:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path, hook=request.param) as made:
        yield made


# -- what calls are answered with ------------------------------------------------------------------
async def test_what_was_done_is_not_done_again_though_the_answer_cannot_be_read(
    api: BotApi, sender: TelegramSender
) -> None:
    """Without its date and chat no library takes it for a message; it was sent all the same."""
    api.fault = lambda method, params: done({"message_id": 900, "of_next_year": {"a": 1}})
    assert (await sender.send(out())).external_ids == ("900",)
    api.fault = lambda method, params: done([{"message_id": 901}, {"message_id": 902}])
    photos = [SentFile("k", f"{n}.jpg", "image/jpeg") for n in range(2)]
    files = await sender.send(out("", files=photos))
    assert files.external_ids == ("901", "902")


@pytest.mark.parametrize("status", [429, 200])
async def test_a_wait_is_kept_to_wherever_it_is_named(
    api: BotApi, sender: TelegramSender, status: int
) -> None:
    """Without parameters; under another HTTP status."""
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 35"}
    api.fault = lambda method, params: web.json_response(body, status=status)
    error = await fails(sender)
    assert isinstance(error, Later) and error.seconds == 36.0 and not error.unknown


async def test_a_gateway_that_takes_no_large_files_is_not_asked_for_ever(
    api: BotApi, sender: TelegramSender
) -> None:
    api.fault = lambda method, params: web.Response(text="<html>413</html>", status=413)
    assert isinstance(await fails(sender, text="Giấy", files=[PAPER]), Never)
    api.fault = lambda method, params: web.Response(text="<html>blocked</html>", status=403)
    assert isinstance(await fails(sender), Later)  # nobody blocked us: it is not Telegram's word


async def test_fields_a_result_does_not_have_are_none(bot: BotWire, api: BotApi) -> None:
    api.fault = lambda method, params: done({"file_id": "f"})
    found = await bot.call("getFile", {"file_id": "f"})
    assert found.file_path is None and found.file_size is None
    assert Loose({}).username is None


# -- what polls are answered with ------------------------------------------------------------------
async def test_one_that_cannot_be_read_at_all_is_passed_over_and_no_other(
    bot: BotWire, api: BotApi, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The JSON itself is broken by one update of a batch: the others are heard, it is named."""
    monkeypatch.setattr(telegram_polling, "_pause", lambda error, failures: 0.0)
    for number in range(3):
        api.update(HOUSEHOLD, message={"chat": {"id": number}})
    bad = api.bots[HOUSEHOLD].queue[1]["update_id"]

    def fault(method: str, params: dict[str, Any]) -> web.Response | None:
        first, most = int(params.get("offset", 0)), int(params.get("limit", 100))
        told = [u for u in api.bots[HOUSEHOLD].queue if u["update_id"] >= first][:most]
        if all(update["update_id"] != bad for update in told):
            return None
        text = json.dumps({"ok": True, "result": told}).replace(f'{{"id": {1}}}', '{"id": ')
        return web.Response(text=text, content_type="application/json")

    api.fault, heard = fault, list[int]()

    async def take(update: dict[str, Any]) -> None:
        heard.append(update["message"]["chat"]["id"])

    async def nobody_else() -> int:
        return 0

    polling = asyncio.create_task(poll(bot.updates, take, nobody_else))
    await soon(lambda: heard == [0, 2])
    polling.cancel()
    assert f"update {bad} cannot be read" in caplog.text


async def test_what_is_no_update_is_named_and_holds_up_nothing(
    here: Village, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    bot = here.api.bots[HOUSEHOLD]
    if not here.town.hooked:
        bot.queue.append({"update_id": bot.next_update, "message": 7})
        bot.queue.append({"update_id": bot.next_update, "": None})
    lan = here.town.phone(7301, HOUSEHOLD)
    assert await here.says(lan, "/menu")


@pytest.mark.parametrize("token", [HOUSEHOLD, OFFICER])
async def test_words_nobody_can_read_are_kindly_refused(here: Village, token: str) -> None:
    """A field is not of its kind: the person hears of it; a group does not."""
    lan = here.town.phone(7302, token)
    await here.says(lan, "/start")
    for odd in ({"location": {"latitude": "x", "longitude": []}}, {"text": 7}):
        lan.queue(**odd)
        await here.settle()
        assert "chưa đọc được" in lan.last["text"]
    count = len(here.api.chats[GROUP])
    lan.queue(text=7, chat=here.group())
    await here.settle()
    assert len(here.api.chats[GROUP]) == count


async def test_a_press_without_anything_else_is_answered(here: Village) -> None:
    lan = here.town.phone(7303, HOUSEHOLD)
    for data in ({}, {"data": ["x"]}, {"data": "x", "message": None}, {"game_short_name": "g"}):
        bot = here.api.bots[HOUSEHOLD]
        number = str(here.api.number())
        bot.queries[number] = here.api.now()
        query = {"id": number, "from": lan.user, "chat_instance": "1", **data}
        here.api.update(HOUSEHOLD, callback_query=query)
        await here.settle()
        assert number in bot.answers
    assert not lan.got


async def test_a_webhook_given_by_another_program_is_taken_back(
    tmp_path: Path, api: BotApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.AGAIN", 0.05)
    async with running(tmp_path, api):
        bot = api.bots[HOUSEHOLD]
        bot.webhook = {"url": "https://a.vn"}
        bot.news.set()
        lan = Phone(api, HOUSEHOLD, 7304)
        assert await lan.says("/start")
        assert not api.bots[HOUSEHOLD].webhook
    assert "another program gave this bot a webhook" in caplog.text


# -- what there is not -----------------------------------------------------------------------------
async def test_a_server_without_the_profile_methods_serves_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(method: str, params: dict[str, Any]) -> web.Response | None:
        known = not method.startswith(("getMy", "setMy"))
        return None if known else refusal(404, "Not Found: method not found")

    async with telegram(HOUSEHOLD, OFFICER) as api:
        api.fault = fault
        async with running(tmp_path, api, officer=OFFICER):
            for token in (HOUSEHOLD, OFFICER):
                assert await Phone(api, token, 7305).says("/start")
                asked = [c for c in api.bots[token].calls if c.method.startswith("getMy")]
                await soon(lambda asked=asked: len(asked) <= 10)  # type: ignore[misc]


async def test_channels_are_not_written_to(here: Village) -> None:
    """Made an administrator of a channel; posts there, and what business chats bring."""
    minh = await here.officer("Minh")
    channel = {"id": -1007, "type": "channel", "title": "OCOP"}
    await here.becomes(minh, "left", "administrator", channel)
    post = {"message_id": 5, "date": 1, "chat": channel, "text": "/help"}
    for kind in ("channel_post", "edited_channel_post", "business_message"):
        here.api.bots[minh.token].allowed.add(kind)
        here.api.update(minh.token, **{kind: post})
    await here.settle()
    assert not here.api.chats[-1007]
