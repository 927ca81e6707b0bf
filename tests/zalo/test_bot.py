"""A Zalo bot: choices by letter, links for documents, nothing met with silence, a small plan."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot import clock
from handlers.zalo_bot import Poller
from handlers.zalo_bot_api import BotApi
from handlers.zalo_http import Http
from models import people, windows
from models.messages import Address, Channel, Say
from models.tables import Officer
from tests import databases
from tests.play.pictures import photo
from tests.storage import postgres
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import Deployed, Letter, bot_settings, deployed, notice

CHANNEL = Channel.ZALO_BOT


@pytest.mark.parametrize("flat", [False, True])
async def test_letters_words_and_unaccented_text(
    there: Deployed, pilot: Pilot, bot: BotServer, flat: bool
) -> None:
    pilot.flat = flat
    await pilot.say("lan", "xin chào")
    await there.settle()
    assert len(bot.sent) == 1 and "A. Đăng ký chủ thể" in bot.sent[0]["text"]
    await pilot.say("lan", "a")
    await there.settle()
    assert "đồng ý" in bot.sent[1]["text"].lower()
    await pilot.say("lan", "toi dong y")
    await there.settle()
    assert (await there.rows("SELECT consent_version FROM person"))[0]["consent_version"]
    assert not bot.refused


async def test_secret_probes_duplicates_and_bots(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    event = pilot.event("lan", text="xin chào")
    assert await pilot.post(event, secret="guessed") == 401
    for _ in range(3):
        assert await pilot.post(event) == 200
    for headers in ({"X-Bot-Api-Secret-Token": SECRET}, {}):  # a probe says nothing
        async with pilot.session.post(f"{there.url}/zalo/bot", data=b"", headers=headers) as answer:
            assert answer.status == 200
    robot = pilot.event("robot", text="xin chào")
    robot["message"]["from"]["is_bot"] = True
    assert await pilot.post(robot) == 200
    await there.settle()
    assert [m["chat_id"] for m in bot.sent] == ["lan"]


async def test_what_is_withheld_is_never_met_with_silence(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    whole = pilot.event("lan", "unsupported")
    bare = {"event_name": "message.unsupported.received", "chat": {"id": "hoa"}}
    no_one = {"event_name": "message.unsupported.received"}
    for event in (whole, bare, no_one, whole):
        assert await pilot.post(event) == 200
    await there.settle()
    assert sorted(m["chat_id"] for m in bot.sent) == ["hoa", "lan"]
    assert all("https://ocop.example" in m["text"] for m in bot.sent)
    there.clock.move(timedelta(minutes=3))
    assert await pilot.post(bare) == 200
    await there.settle()
    assert len(bot.sent) == 3, "answered each time"
    tickets = await there.rows("SELECT topic, state FROM ticket")
    assert tickets == [{"topic": "withheld", "state": "open"}] * 2, "one entry a person"


@pytest.mark.parametrize("field", ["photo", "photo_url"])
async def test_photos_are_fetched_at_once_and_say_when_they_are_gone(
    there: Deployed, pilot: Pilot, bot: BotServer, field: str
) -> None:
    bot.media["a.jpg"] = photo("giay.jpg")
    there_is = pilot.event("lan", "image", **{field: f"{bot.base}/media/a.jpg", "caption": "giấy"})
    expired = pilot.event("lan", "image", **{field: f"{bot.base}/media/old.jpg"})
    for event in (there_is, expired):
        assert await pilot.post(event) == 200
    await there.settle()
    rows = await there.rows("SELECT payload, state FROM inbound ORDER BY id")
    assert '"key"' in databases.text_of(
        rows[0]["payload"]
    ) and '"refused": "gone"' in databases.text_of(rows[1]["payload"]).replace('":"', '": "')
    assert all(row["state"] == "done" for row in rows)


async def test_documents_leave_as_links_and_photos_by_address(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    from models.messages import SentFile

    await pilot.say("lan", "xin chào")
    await there.settle()
    files = there.assistant.house.files
    pdf = SentFile(files.put(b"%PDF-1.4 x"), "Mẫu số 01.pdf", "application/pdf")
    jpg = SentFile(files.put(b"\xff\xd8\xff"), "trang 1.jpg", "image/jpeg", "Trang 1")

    class WithFiles(Letter):
        def say(self, lang: str) -> Say:
            return Say(self.text, files=(pdf, jpg))

    await notice(there, "lan", WithFiles("Giấy tờ của bà con"))
    photo, text = bot.sent[-2:]
    assert photo["photo"].startswith("https://ocop.example/f/") and photo["caption"] == "Trang 1"
    link = text["text"].split("Mẫu số 01.pdf: ")[1]
    async with pilot.session.get(link.replace("https://ocop.example", there.url)) as answer:
        assert await answer.read() == b"%PDF-1.4 x"
    async with pilot.session.get(f"{there.url}/f/{'A' * 60}/x") as answer:
        assert answer.status == 410


async def test_the_plan_is_counted_and_told(there: Deployed, pilot: Pilot, bot: BotServer) -> None:
    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin-chat"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await there.assistant.db.run(admin)
    await pilot.say("lan", "xin chào")
    await there.settle()
    await there.assistant.db.run(lambda unit: windows.count(unit, CHANNEL, "2026-11", "sent", 2398))
    await notice(there, "lan", Letter("tin thường"))
    await there.settle()
    told = await there.rows("SELECT body FROM outbound WHERE address = 'admin-chat'")
    assert len(told) == 1 and "2.400 trên 3.000" in databases.text_of(told[0]["body"])
    await there.assistant.db.run(lambda unit: windows.count(unit, CHANNEL, "2026-11", "sent", 600))
    before = len(bot.sent)
    await notice(there, "lan", Letter("không gửi nữa"))
    assert len(bot.sent) == before
    there.clock.move(timedelta(days=7))
    await notice(there, "lan", Letter("tháng mới"))
    assert len(bot.sent) == before + 1


async def test_the_last_messages_of_a_month_are_not_for_newcomers(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    await pilot.say("lan", "xin chào")
    await there.settle()
    await there.assistant.db.run(lambda unit: windows.count(unit, CHANNEL, "2026-11", "sent", 2860))
    await pilot.say("new", "xin chào")
    await pilot.say("lan", "menu")
    await there.settle()
    told = {m["chat_id"]: m["text"] for m in bot.sent[1:]}
    assert "https://ocop.example" in told["new"] and "Đăng ký" in told["lan"]
    assert len(await there.rows("SELECT id FROM person")) == 1


async def test_the_fifty_first_person_is_pointed_elsewhere(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin-chat"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await there.assistant.db.run(admin)
    for number in range(50):
        await pilot.say(f"p{number}", "xin chào")
        if number == 38:
            await there.settle()
            assert not await told_admin(there)
    await there.settle()
    assert "40 trên 50 người" in await told_admin(there)
    bot.sent.clear()
    await pilot.say("new", "xin chào")
    await pilot.say("new", "alo")
    await pilot.say("p3", "menu")
    await there.settle()
    told = {m["chat_id"]: m["text"] for m in bot.sent}
    assert len(bot.sent) == 2 and "https://ocop.example" in told["new"]
    assert "đã đủ người" in told["new"] and "đã đủ người" not in told["p3"]
    assert len(await there.rows("SELECT id FROM person")) == 51, "fifty and the admin"


async def told_admin(there: Deployed) -> str:
    rows = await there.rows("SELECT body FROM outbound WHERE address = 'admin-chat'")
    return "\n".join(databases.text_of(row["body"]) for row in rows)


async def test_polling_stores_before_it_asks_again(
    tmp_path: Path, morning: clock.Clock, bot: BotServer
) -> None:
    chosen = {**bot_settings(bot), "public_url": None}
    bot.webhook = ("https://old.example", SECRET)
    async with deployed(tmp_path, morning, **chosen) as here:
        pilot = Pilot(bot, here.url, None)  # type: ignore[arg-type]
        bot.queue = [pilot.event(f"p{n}", text="xin chào") for n in range(20)]
        stored: list[tuple[int, int]] = []  # (given out, in the database) at each poll

        async def asked() -> None:
            rows = await here.rows("SELECT count(*) AS n FROM inbound")
            stored.append((20 - len(bot.queue), rows[0]["n"]))

        bot.asked = asked
        serving = asyncio.create_task(here.assistant.wires[-1].serve())
        for _ in range(400):
            if len(stored) > 20:
                break
            await asyncio.sleep(0.02)
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        assert len(stored) > 20 and all(given == kept for given, kept in stored)
        await here.settle()
    assert len(bot.sent) == 20 and not bot.refused


async def test_of_two_processes_one_polls_until_it_dies(
    tmp_path: Path, morning: clock.Clock, bot: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.zalo_bot.OTHERS", 0.05)
    chosen = {**bot_settings(bot), "public_url": None}
    async with (
        deployed(tmp_path, morning, **chosen) as one,
        deployed(tmp_path, morning, **chosen) as two,
    ):
        first, second = (asyncio.create_task(h.assistant.wires[-1].serve()) for h in (one, two))
        pilot = Pilot(bot, one.url, None)  # type: ignore[arg-type]
        for number in range(12):
            bot.queue.append(pilot.event(f"p{number}", text="xin chào"))
            await asyncio.sleep(0.05)
        await heard(one, 12)
        assert not bot.refused, "no two polls at once"
        first.cancel()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        morning.move(timedelta(minutes=2))  # whoever it was is gone for longer than a poll takes
        bot.queue.append(pilot.event("late", text="xin chào"))
        survivor = asyncio.create_task(two.assistant.wires[-1].serve())
        await heard(two, 13)
        survivor.cancel()
        await asyncio.gather(survivor, return_exceptions=True)
    assert not bot.refused


async def heard(here: Deployed, number: int) -> None:
    async with asyncio.timeout(30):
        while (await here.rows("SELECT count(*) AS n FROM inbound"))[0]["n"] < number:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_polls_in_every_shape_that_was_seen(
    tmp_path: Path, morning: clock.Clock, bot: BotServer
) -> None:
    async with deployed(tmp_path, morning, **{**bot_settings(bot), "public_url": None}) as here:
        pilot = Pilot(bot, here.url, None)  # type: ignore[arg-type]
        one, two, flat = (pilot.event(who, text="xin chào") for who in ("lan", "hoa", "tu"))
        bot.polled = [
            web.Response(status=408),
            web.json_response({"ok": False, "error_code": "408"}, status=408),
            web.json_response({"ok": True, "result": []}),
            web.json_response({"ok": True}),
            web.json_response({"ok": True, "result": [one, two]}),
            web.json_response(flat),
            web.json_response({"ok": True, "result": {"event_name": "message.text.received"}}),
        ]
        serving = asyncio.create_task(here.assistant.wires[-1].serve())
        for _ in range(400):
            if bot.polls > 8:
                break
            await asyncio.sleep(0.02)
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        await here.settle()
    assert sorted(m["chat_id"] for m in bot.sent) == ["hoa", "lan", "tu"] and not bot.refused


@pytest.mark.parametrize("takes", [True, False])
async def test_an_address_zalo_does_not_call_is_polled(
    tmp_path: Path, morning: clock.Clock, bot: BotServer, takes: bool
) -> None:
    """On a machine without https the webhook is refused; a platform that takes it is believed."""
    bot.takes_any_url = takes
    chosen = {**bot_settings(bot), "public_url": "http://127.0.0.1:8080"}
    async with deployed(tmp_path, morning, **chosen) as here:
        serving = asyncio.create_task(here.assistant.wires[-1].serve())
        for _ in range(100):
            if bot.polls or bot.webhook:
                break
            await asyncio.sleep(0.02)
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    assert bool(bot.webhook) is takes and bool(bot.polls) is not takes


async def test_no_poll_while_what_it_brought_is_not_stored(bot: BotServer) -> None:
    http = Http()
    tries: list[str] = []
    stored = asyncio.Event()

    async def receive(inbound: Any) -> None:
        tries.append(inbound.text)
        assert bot.polls == 1, "asked again before it was stored"
        if len(tries) < 4:
            raise OSError("the database is away")
        await asyncio.sleep(0.05)
        stored.set()

    bot.queue = [Pilot(bot, "", None).event("lan", text="một")]  # type: ignore[arg-type]
    api = BotApi(http, bot.base, TOKEN)
    poller = Poller(api, clock.now, receive, lambda why: None, waits=(0.0,))
    running = asyncio.create_task(poller.run())
    while len(tries) < 4:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    running.cancel()  # the process is asked to stop: Zalo has forgotten the message already
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert stored.is_set() and tries == ["một"] * 4
    await http.close()


async def test_the_webhook_is_set_with_its_secret(there: Deployed, bot: BotServer) -> None:
    await there.assistant.wires[-1].serve()
    assert bot.webhook == ("https://ocop.example/zalo/bot", SECRET)


async def test_random_faults_lose_nothing(there: Deployed, pilot: Pilot, bot: BotServer) -> None:
    await pilot.say("lan", "xin chào")
    await there.settle()
    bot.errors = [500, 429, 503, 408, 500]
    for number in range(6):
        await notice(there, "lan", Letter(f"tin {number}"))
        there.clock.move(timedelta(minutes=10))
        await there.settle()
    for _ in range(8):
        there.clock.move(timedelta(hours=1))
        await there.settle()
    texts = [m["text"] for m in bot.sent[1:]]
    assert texts == [f"tin {number}" for number in range(6)]


async def test_whom_the_plan_has_no_place_for_is_not_tried_again_and_again(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    bot.most_users, bot.users = 50, {f"p{number}" for number in range(50)}
    for number in range(50):
        await pilot.say(f"p{number}", "xin chào")
    await pilot.say("new", "xin chào")
    for _ in range(5):
        await there.settle()
        there.clock.move(timedelta(hours=1))
    assert bot.refused == ["429 quota exceeded"]


async def test_a_plan_that_ends_before_our_count_does(
    there: Deployed, pilot: Pilot, bot: BotServer
) -> None:
    """Somebody else sends with the same token: Zalo's count is ahead of ours."""
    await pilot.say("lan", "xin chào")
    await there.settle()
    bot.quota = 1
    await notice(there, "lan", Letter("chậm lại"))
    row = await there.rows("SELECT status FROM outbound ORDER BY id DESC LIMIT 1")
    assert row[0]["status"] == "waiting", "far from the end it is a matter of pace"
    await there.assistant.db.run(lambda unit: windows.count(unit, CHANNEL, "2026-11", "sent", 2900))
    there.clock.move(timedelta(minutes=2))
    await there.settle()
    row = await there.rows("SELECT status, error FROM outbound ORDER BY id DESC LIMIT 1")
    assert row[0]["status"] == "failed" and "closed" in row[0]["error"]


@pytest.mark.parametrize("html", [True, False])
async def test_a_wrong_token_waits_for_the_right_one(
    tmp_path: Path, morning: clock.Clock, bot: BotServer, html: bool
) -> None:
    bot.wrong_token_is_html = html
    wrong = {**bot_settings(bot), "zalo_bot_token": "1459232241454765289:mistyped"}
    async with (
        deployed(tmp_path, morning, **wrong) as here,
        aiohttp.ClientSession() as session,
    ):
        await Pilot(bot, here.url, session).say("lan", "xin chào")
        await here.settle()
        row = await here.rows("SELECT status, error FROM outbound")
        assert row[0]["status"] == "waiting" and "secret" not in str(row[0]["error"])
    morning.move(timedelta(minutes=11))
    async with deployed(tmp_path, morning, **bot_settings(bot)) as here:
        await here.settle()
    assert len(bot.sent) == 1, "nothing is lost"


async def test_processes_on_one_postgresql_share_the_pace(
    tmp_path: Path, morning: clock.Clock, bot: BotServer
) -> None:
    """The message leaves, and its place was taken where the other processes look."""
    chosen = {**bot_settings(bot), "database_url": postgres.fresh()}
    async with (
        deployed(tmp_path, morning, **chosen) as here,
        aiohttp.ClientSession() as session,
    ):
        await Pilot(bot, here.url, session).say("lan", "xin chào")
        await here.settle()
        assert len(bot.sent) == 1
        slots = await here.rows("SELECT name FROM slot WHERE name LIKE 'zalo_bot:%'")
        assert len(slots) == 1
