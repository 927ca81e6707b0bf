"""Names, numbers, words and tokens go through every path; none is in a log, error or figure."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from typing import Any

import pytest
from aiohttp import FormData

from bot import apply, clock, jobs
from conversations import events as e
from models.messages import Address, Channel, Inbound
from tests.documents.samples import encoded, picture
from tests.security import canaries
from tests.security.canaries import COOP, EMAIL, FILE, NAME, PHONE, TAX, WORDS
from tests.security.house import SECRETS, House
from tests.security.test_requests import headers
from tests.zalo.bot_server import Pilot
from tests.zalo.oa_server import Zalo

REGISTRATION = (
    *("/register", "Tôi đồng ý", "cho toi", "htx", COOP, NAME, "giám đốc", PHONE, "Hương Khê"),
    *("thôn 3", TAX, "12/3/2023", "", EMAIL, WORDS, f"{WORDS}?", "/privacy", "Tải về", "/link"),
    *("/resume ABCD2345", f"gọi {PHONE} cho {NAME}", "/menu"),
)
SHORT = ("/register", NAME, f"{WORDS} {PHONE}?", "/link", "/resume ABCD2345")


class Page:
    """Somebody at the web chat."""

    def __init__(self, home: House) -> None:
        self.home, self.chat, self.after = home, "", 0
        self.count = 0

    async def open(self) -> None:
        _, told = await self.home.ask("POST", "/chat", json={})
        self.chat = json.loads(told)["chat"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.chat}"}

    async def say(self, text: str = "", **more: Any) -> int:
        self.count += 1
        body = {"nonce": f"nonce-{self.count:06}", "text": text, **more}
        return (await self.home.ask("POST", "/chat/say", json=body, headers=self.headers))[0]

    async def upload(self, data: bytes) -> tuple[int, Any]:
        form = FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("file", io.BytesIO(data), filename=FILE)
        status, told = await self.home.ask("POST", "/chat/file", data=form, headers=self.headers)
        return status, json.loads(told)


@pytest.fixture
async def page(home: House) -> Page:
    made = Page(home)
    await made.open()
    return made


async def test_people_on_every_channel_leave_no_trace(home: House, page: Page) -> None:
    with canaries.listening() as heard:
        await at_the_page(page)
        await on_telegram(home)
        await on_zalo(home)
        await home.settle()
        told = await figures(home)
    assert await home.rows("SELECT id FROM inbound WHERE trace IS NOT NULL") == []
    assert len(await home.rows("SELECT DISTINCT channel FROM inbound")) == 5
    kept = str(await home.rows("SELECT payload FROM inbound"))
    assert all(value in kept for value in (NAME, WORDS, TAX)), "the canaries went nowhere"
    codes = [row["code_hash"] for row in await home.rows("SELECT code_hash FROM one_time_code")]
    assert canaries.found(heard.text + told, page.chat, *map(str, codes)) == []


async def at_the_page(page: Page) -> None:
    for words in REGISTRATION:
        assert await page.say(words or "bỏ qua") == 200
    status, kept = await page.upload(encoded(picture(), "JPEG"))
    assert status == 201
    assert await page.say(files=[kept["file"]]) == 200


async def on_telegram(home: House) -> None:
    """Both bots; the household's gives its number and a file."""
    for name in ("households", "officers"):
        chat = {"id": 71, "type": "private", "first_name": NAME}
        person = {"id": 71, "is_bot": False, "first_name": NAME, "username": "hoang yen"}
        contact = {"phone_number": PHONE, "first_name": NAME, "user_id": 71}
        says: list[dict[str, Any]] = [{"text": words} for words in SHORT]
        paper = {"file_id": "f1", "file_unique_id": "u", "file_name": FILE, "file_size": 9}
        says += [{"contact": contact}, {"document": paper}]
        for number, what in enumerate(says):
            message = {"message_id": number, "date": 1795570200, "chat": chat, "from": person}
            update = {"update_id": number, "message": {**message, **what}}
            status, _ = await home.ask(
                "POST", f"/telegram/{name}", json=update, headers=home.hook(name)
            )
            assert status == 200


async def on_zalo(home: House) -> None:
    oa, bot = Zalo(home.oa, home.url, home.session), Pilot(home.zalo, home.url, home.session)
    for words in SHORT:
        await oa.say("81", words)
        await bot.say("91", words)
    await bot.post(bot.event("91", "image", photo=f"{home.zalo.base}/media/{FILE}"))


async def figures(home: House) -> str:
    answers = [await home.ask("GET", path) for path in ("/metrics", "/readyz", "/healthz")]
    assert [status for status, _ in answers] == [200, 200, 200]
    return "".join(body.decode() for _, body in answers)


async def test_what_breaks_tells_where_but_not_what(
    home: House, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError(f"cannot read {NAME}, {PHONE}: {WORDS}")

    monkeypatch.setitem(apply.HANDLERS, e.LanguageChosen, broken)
    monkeypatch.setitem(jobs.HANDLERS, "export_data", broken)
    monkeypatch.setattr("bot.documents.accept", broken)
    with canaries.listening() as heard:
        assert await page.say("/register") == 200
        assert await page.say("Tôi đồng ý") == 200
        assert await page.say("/english") == 200
        assert await page.say(f"/lang {WORDS}") == 200
        assert await page.say("/privacy") == 200
        assert await page.say("tải về") == 200
        form = FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("file", io.BytesIO(b"\xff\xd8\xff"), filename=FILE)
        status, told = await home.ask("POST", "/chat/file", data=form, headers=page.headers)
        await home.settle()
        await in_a_task(broken)
    assert status == 500 and canaries.found(told.decode()) == []
    assert heard.text.count("ValueError") >= 3, "nothing broke"
    assert canaries.found(heard.text, page.chat) == []


async def in_a_task(broken: Any) -> None:
    """A task nobody waits for: the loop tells of its error when it is forgotten."""

    async def forgotten() -> None:
        broken()

    task = asyncio.create_task(forgotten(), name=NAME)
    await asyncio.wait([task])
    del task


async def test_providers_that_fail_are_told_of_without_tokens(home: House, page: Page) -> None:
    await on_telegram(home)
    await on_zalo(home)
    with canaries.listening() as heard:
        home.oa.errors, home.zalo.errors = [-32] * 9, [500] * 9
        home.telegram.fault = lambda method, params: "drop"
        await home.settle()
        await home.telegram.stop()
        await home.oa.server.close()
        await home.zalo.server.close()
        for channel in (Channel.TELEGRAM, Channel.ZALO_OA, Channel.ZALO_BOT):
            await home.assistant.turns.receive(
                Inbound(Address(channel, "5"), "x", clock.now(), "chào")
            )
        await home.settle()
    assert canaries.found(heard.text) == []


async def test_refused_requests_are_told_of_without_their_content(home: House) -> None:
    secret = {"Authorization": f"Bearer {SECRETS[0]}", "Cookie": f"chat={WORDS}"}
    with canaries.listening() as heard:
        answers = [
            await home.ask("GET", f"/chat/lines?after={EMAIL}", headers=secret),
            await home.ask("GET", f"/nowhere/{EMAIL}", headers=secret),
            await home.ask("GET", f"/u/{TAX}{TAX}"),
            await home.ask("GET", f"/p/{TAX}"),
            await home.ask("POST", "/chat/say", data=f'{{"text": "{WORDS}'.encode()),
            await home.ask("GET", f"/zalo/oa/consent?code={TAX}&state={EMAIL}"),
            *[
                await home.ask("POST", path, data=raw, headers=headers(home, path, raw))
                for path in ("/telegram/households", "/zalo/oa", "/zalo/bot")
                for raw in (f'{{"update_id": 5, "{TAX}": "{EMAIL}"}}'.encode(),)
            ],
        ]
        for line in (b"GET / \xff\xfe" + TAX.encode(), b"X" * 9000, f"A: {EMAIL}".encode()):
            answers.append((400, await raw_request(home, line)))
    assert canaries.found(heard.text) == []
    for status, body in answers[:-3]:
        assert status < 500, (status, body)
        assert canaries.found(body.decode(errors="replace")) == []


async def raw_request(home: House, line: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
    writer.write(line + b"\r\nAuthorization Bearer " + TAX.encode() + b"\r\n\r\n")
    told = await asyncio.wait_for(reader.read(2000), 5)
    writer.close()
    return told


def test_the_listening_hears() -> None:
    """Else the tests above could not fail."""
    with canaries.listening() as heard:
        logging.getLogger("any").info("%s", NAME)
        raised_with(WORDS)
    assert canaries.found(heard.text) == [NAME, "Hoàng Y"]
    assert "RuntimeError" in heard.text


def raised_with(words: str) -> None:
    try:
        raise RuntimeError(words)
    except RuntimeError:
        logging.getLogger("any").exception("broken")
