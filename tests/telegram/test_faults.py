"""Telegram at its worst: refused, dropped, lost, too fast. Nothing is lost, order is kept."""

from __future__ import annotations

import asyncio
import importlib
import random
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import clock
from bot.pace import Pacer
from handlers.telegram_files import TelegramFiles
from models.messages import Address, Attachment, Channel, Later
from tests.flows.household import ready
from tests.telegram.conftest import HOUSEHOLD, running, soon
from tests.telegram.server import BotApi, refusal
from tests.telegram.village import village

OCOP = "OCOP"


async def test_faults_at_random_lose_nothing_and_keep_the_order(
    tmp_path: Path, api: BotApi, monkeypatch: Any
) -> None:
    monkeypatch.setattr("bot.outbox.REPLY_WAITS", (0.1, 0.2, 0.3))
    chance = random.Random(7)

    def fault(method: str, params: dict[str, Any]) -> web.Response | str | None:
        if method.startswith(("getMe", "getMy", "setMy")) or chance.random() > 0.3:
            return None
        wrongs: list[web.Response | str] = [
            refusal(500, "Internal Server Error"),
            web.Response(text="<html>Bad Gateway", status=502),
            "drop",
            "lose",
            refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1}),
        ]
        return chance.choices(wrongs, (4, 3, 4, 4, 1))[0]

    async with running(tmp_path, api) as town:
        api.fault = fault
        phones = [town.phone(8000 + n) for n in range(6)]
        for text in ("/start", "/help", "/menu"):
            for phone in phones:
                await phone.sends(text=text)
        bot = api.bots[HOUSEHOLD]
        await soon(lambda: all(len(set(texts(phone.got))) >= 3 for phone in phones), 60)
        api.fault = lambda method, params: None
        await soon(lambda: not bot.queue, 30)
        # what failed last comes with its next try; then everybody has the same, in one order
        await soon(lambda: all(once(phone.got) == once(phones[0].got) for phone in phones), 30)


def once(messages: list[dict[str, Any]]) -> list[str]:
    """Their texts in order; a send that was lost may be there twice."""
    return list(dict.fromkeys(texts(messages)))


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message.get("text", "") for message in messages]


async def test_a_database_that_is_away_confirms_nothing(tmp_path: Path, api: BotApi) -> None:
    async with running(tmp_path, api) as town:
        desk, bot = town.assistant.desk, api.bots[HOUSEHOLD]
        real = desk.turns.receive
        tries = 0

        async def away(*_: Any, **__: Any) -> Any:
            nonlocal tries
            tries += 1
            raise ConnectionError

        desk.turns.receive = away  # type: ignore[method-assign]
        lan = town.phone(8101)
        await lan.sends(text="/start")
        await soon(lambda: tries >= 2)
        assert len(bot.queue) == 1
        desk.turns.receive = real  # type: ignore[method-assign]
        assert OCOP in await lan.hears()


async def test_a_webhook_answers_500_until_it_is_committed(tmp_path: Path, api: BotApi) -> None:
    async with running(tmp_path, api, hook=True) as town:
        desk = town.assistant.desk
        real = desk.turns.receive

        async def away(*_: Any, **__: Any) -> Any:
            raise ConnectionError

        desk.turns.receive = away  # type: ignore[method-assign]
        lan = town.phone(8102)
        await lan.sends(text="/start")
        assert len(api.bots[HOUSEHOLD].queue) == 1
        desk.turns.receive = real  # type: ignore[method-assign]
        assert await api.push(HOUSEHOLD) == [200]
        assert OCOP in await lan.hears()


async def test_a_webhook_without_its_secret_is_refused(tmp_path: Path, api: BotApi) -> None:
    async with running(tmp_path, api, hook=True) as town:
        hook = api.bots[HOUSEHOLD].webhook
        assert hook is not None
        hook["secret_token"] = "guessed"
        lan = town.phone(8103)
        await lan.sends(text="/start")
        assert len(api.bots[HOUSEHOLD].queue) == 1


async def test_a_photo_is_fetched_though_the_connection_breaks(tmp_path: Path, api: BotApi) -> None:
    api.files["f1"] = bytes(range(256)) * 2000
    api.cut_downloads = 2
    async with running(tmp_path, api) as town:
        [wire] = town.assistant.wires
        assert wire.fetch is not None
        photo = Attachment("photo", remote="f1")
        assert await wire.fetch(Address(Channel.TELEGRAM, "1"), photo) == api.files["f1"]


@pytest.mark.parametrize("library", ["telegram_households", "telegram_officers"])
async def test_a_file_is_fetched_whatever_its_path_is_called(api: BotApi, library: str) -> None:
    api.files["đơn 1#2?.pdf"] = b"%PDF-1.4"
    made = importlib.import_module(f"handlers.{library}")
    bot = made.Bot(HOUSEHOLD, api.base, Channel.TELEGRAM, clock.now, None)
    files = TelegramFiles(bot, f"{api.base}/file/bot{HOUSEHOLD}")
    file = Attachment("document", remote="đơn 1#2?.pdf")
    assert await files.fetch(Address(Channel.TELEGRAM, "1"), file) == b"%PDF-1.4"
    await files.close()
    await bot.close()


async def test_a_day_without_network_and_everything_arrives_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path) as here:
        minh = await here.officer("Minh")
        lan_talks, lan = await here.household(handed_in=False)
        count, before = len(minh.got), len(lan.got)
        away = {"sendMessage", "editMessageText", "editMessageReplyMarkup"}
        here.api.fault = lambda method, params: "drop" if method in away else None
        said = ("/menu", "/help", "OCOP 3 sao cần bao nhiêu điểm?", "/status")
        for text in said:
            lan.queue(text=text)
            await here.settle()
        await ready(here, lan_talks)
        await lan_talks.press("Xem lại và nộp")
        await lan_talks.press("Gửi hồ sơ")
        for _ in range(24):
            here.clock.move(timedelta(hours=1))
            await here.settle()
        assert len(minh.got) == count and len(lan.got) == before
        here.api.fault = lambda method, params: None
        for _ in range(3):  # each waited up to an hour for its next try
            here.clock.move(timedelta(hours=1))
            await here.settle()
        alerts = [t for t in texts(minh.got[count:]) if "Hồ sơ mới" in t]
        assert len(alerts) == 1 and re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}", alerts[0])
        heard = texts(lan.got[before:])
        order = ("Chào buổi", "Bà con bấm nút", "50", "Đang chuẩn bị", "Xem lại trước", "Đã nộp")
        places = [next(n for n, t in enumerate(heard) if word in t) for word in order]
        assert places == sorted(places)
        waiting = await here.rows("SELECT id FROM outbound WHERE status IN ('waiting', 'failed')")
        assert not waiting


async def test_late_early_and_double_updates_are_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A webhook's queues know no order between words and presses; each is heard once, whenever."""
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path, hook=True) as here:
        lan = here.town.phone(8110, HOUSEHOLD)
        await here.says(lan, "/register")
        bot = here.api.bots[HOUSEHOLD]
        lan.queue_press("Tôi đồng ý")
        lan.queue(text="/help")
        first = lan.queue(text="/menu")
        bot.queue.reverse()
        bot.queue.append(first)
        await here.settle()
        assert len(await here.rows("SELECT id FROM inbound")) == 4
        assert not await here.rows("SELECT id FROM inbound WHERE state != 'done'")
        here.clock.move(timedelta(hours=23))
        bot.queue.append(first)  # again, a day later
        count = len(lan.got)
        await here.settle()
        assert len(lan.got) == count


async def test_who_blocked_us_is_stopped_until_they_come_back(tmp_path: Path, api: BotApi) -> None:
    async with running(tmp_path, api) as town:
        lan = town.phone(8104)
        await lan.says("/start")
        api.blocked.add(8104)
        await lan.sends(text="/menu")
        await soon(lambda: not api.bots[HOUSEHOLD].queue)
        await asyncio.sleep(0.3)
        api.blocked.clear()
        before = len(lan.got)
        await lan.says("/menu")
        assert len(lan.got) == before + 1  # what was refused is not sent late


async def test_no_second_holds_more_than_thirty_messages(tmp_path: Path) -> None:
    pacer, sent = Pacer(), list[float]()
    loop = asyncio.get_running_loop()

    async def send(chat: int) -> None:
        while True:
            try:
                await pacer.turn(str(chat))
                break
            except Later as later:
                await asyncio.sleep(min(later.seconds or 0, 0.5))
        sent.append(loop.time())

    await asyncio.gather(*(send(chat) for chat in range(90)))
    sent.sort()
    assert all(later - first >= 0.99 for first, later in zip(sent, sent[30:], strict=False))
    assert sent[-1] - sent[0] < 90 / 29  # and hardly less than Telegram allows


async def test_messages_that_arrive_late_do_not_crowd_those_behind_them() -> None:
    """Every thirtieth takes a tenth of a second longer on its way."""
    pacer, loop, arrived = Pacer(), asyncio.get_running_loop(), list[float]()
    pacer._took.extend([0.001] * 10)  # how quick answers are was seen before

    async def send(number: int) -> None:
        async with pacer.sending(str(number)):
            await asyncio.sleep(0.1 if number % 30 == 0 else 0.001)
            arrived.append(loop.time())

    await asyncio.gather(*(send(number) for number in range(75)))
    arrived.sort()
    pairs = zip(arrived, arrived[30:], strict=False)
    assert all(later - first >= 0.99 for first, later in pairs)


async def test_a_message_that_was_long_on_its_way_counts_from_its_arrival(
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.3, 3))
    pacer, loop, arrived = Pacer(1000), asyncio.get_running_loop(), list[float]()
    for way in (0.4, 0.0, 0.0, 0.0):
        async with pacer.sending("5"):
            await asyncio.sleep(way)
            arrived.append(loop.time())
    assert arrived[2] - arrived[0] < 0.2
    assert arrived[3] - arrived[0] >= 0.29


async def test_a_chat_gets_a_burst_then_one_a_second_and_a_mark_waits() -> None:
    pacer, loop = Pacer(1000), asyncio.get_running_loop()
    started = loop.time()
    for _ in range(4):
        await pacer.turn("5")
    assert 0.9 < loop.time() - started < 1.5
    assert not pacer.spare("5")
    assert pacer.spare("6")
    pacer.park("5", 60)
    try:
        await pacer.turn("5")
        raise AssertionError("a parked chat got a message")
    except Later as later:
        assert later.seconds is not None
        assert later.seconds > 50


async def test_a_group_gets_twenty_a_minute_at_most() -> None:
    pacer, given = Pacer(1000), 0
    for _ in range(3):
        await pacer.turn("-9")
        given += 1
    try:
        while True:
            await asyncio.wait_for(pacer.turn("-9"), 0.01)
    except (Later, TimeoutError):
        assert given == 3


@pytest.mark.parametrize("hook", [False, True])
@pytest.mark.parametrize("first", [refusal, "drop", "lose"])
async def test_a_press_is_answered_though_telegram_stumbles(
    tmp_path: Path, api: BotApi, monkeypatch: Any, first: Any, hook: bool
) -> None:
    monkeypatch.setattr("handlers.telegram_answering.AGAIN", (0.05, 0.05, 0.05))
    failed = list[str]()

    def fault(method: str, params: dict[str, Any]) -> web.Response | str | None:
        if method != "answerCallbackQuery" or len(failed) == 2:
            return None
        failed.append(method)
        return refusal(500, "Internal Server Error") if first is refusal else str(first)

    async with running(tmp_path, api, hook=hook) as town:
        lan = town.phone(8105)
        await lan.says("/start")
        api.fault = fault
        query = lan.queue_press("English")
        if hook:
            await api.push(HOUSEHOLD)
        await soon(lambda: query in api.bots[HOUSEHOLD].answers and len(failed) == 2)
