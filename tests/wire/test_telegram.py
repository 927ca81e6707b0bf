"""Telegram's wire, word for word: aiogram for households, python-telegram-bot for officers."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.telegram_api import BotWire, Me
from handlers.telegram_sender import TelegramSender
from models.codec import inbound_json, say_from
from models.messages import Address, Channel, Inbound, Outbound, Outcome
from tests.wire.golden import Case, Ear, agree

AT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
FILES = {"jpg": b"\xff\xd8\xff" + b"x" * 97, "pdf": b"%PDF-1.4 x"}
BOTS = {
    "telegram_households": Channel.TELEGRAM,
    "telegram_officers": Channel.TELEGRAM_OFFICER,
}
TOKEN, CHAT = "111111:token", 5001
NOTICE = "Anh/chị đã nhận hồ sơ."


class Desk:
    """A Reception that remembers what it was given."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []

    async def receive(self, inbound: Inbound) -> Outcome:
        self.heard.append(inbound)
        return Outcome.WRITTEN

    async def notice(self, inbound: Inbound) -> str:
        return NOTICE


class NoPace:
    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def spare(self, chat: str) -> bool:
        return True

    def park(self, chat: str, seconds: float) -> None: ...


async def read(key: str) -> bytes:
    return FILES[key]


def answer(path: str) -> dict[str, Any]:
    """What Telegram would give back."""
    chat = {"id": CHAT, "type": "private", "first_name": "Lan"}
    message = {"message_id": 900, "date": 1764034200, "chat": chat, "text": "x"}
    method = path.rpartition("/")[2]
    if method == "getMe":
        itself = {"id": 111111, "is_bot": True, "first_name": "Bot", "username": "ocop_bot"}
        return {"ok": True, "result": itself}
    if method == "sendMediaGroup":
        return {"ok": True, "result": [message, {**message, "message_id": 901}]}
    return {"ok": True, "result": message if method.startswith(("send", "edit")) else True}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(params=BOTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    made = Ear(answer, ())
    yield made
    await made.server.close()


@pytest.fixture
async def bot(name: str, ear: Ear) -> AsyncIterator[tuple[BotWire, Desk]]:
    desk, base = Desk(), await ear.start()
    made = importlib.import_module(f"handlers.{name}")
    wire: BotWire = made.Bot(TOKEN, base, BOTS[name], lambda: AT, desk)
    wire.me = Me(111111, "ocop_bot")
    yield wire, desk
    await wire.close()


def told(inbound: Inbound) -> dict[str, Any]:
    """What we make of an update, as a reader of the file sees it."""
    body = {k: v for k, v in inbound_json(inbound).items() if k != "at"}
    for file in body.get("files", ()):
        for empty in [key for key, value in file.items() if not value]:
            del file[empty]
    return {"chat": inbound.address.id, "id": inbound.external_id, **body}


async def test_incoming(name: str, bot: tuple[BotWire, Desk], update: bool) -> None:
    wire, desk = bot

    async def make(case: Case) -> Any:
        query = await wire.take(case["update"])
        heard = [told(inbound) for inbound in desk.heard]
        desk.heard.clear()
        return {"heard": heard, **({"answers": query.params()} if query else {})}

    await agree(f"{name}/incoming.json", "ours", make, update=update)


def outbound(case: Case, channel: Channel, number: int) -> Outbound:
    body = dict(case["say"])
    files = [{**file, "key": file["file"]} for file in body.pop("files", ())]
    for file in files:
        del file["file"]
    return Outbound(
        number,
        Address(channel, str(CHAT)),
        case.get("kind", "send"),
        say_from({**body, "files": files}),
        edits=case.get("edits"),
        reply_to=case.get("reply_to"),
    )


def plain(call: dict[str, Any]) -> dict[str, Any]:
    """The call without what a library draws by lot, its JSON read."""
    form = call.pop("form", None)
    if form is None:
        return call
    text = json.dumps(form, ensure_ascii=False)
    for at, drawn in enumerate(dict.fromkeys(re.findall(r"attach://([\w-]+)", text)), 1):
        text = text.replace(drawn, f"file{at}")
    read_form = {k: _json(v) for k, v in json.loads(text).items()}
    return {**call, "form": dict(sorted(read_form.items()))}


def _json(value: Any) -> Any:
    looks = isinstance(value, str) and value[:1] in ("{", "[")
    return json.loads(value) if looks else value


async def test_outgoing(name: str, bot: tuple[BotWire, Desk], ear: Ear, update: bool) -> None:
    sender = TelegramSender(BOTS[name], bot[0], NoPace(), read)
    numbers = iter(range(1, 1000))

    async def make(case: Case) -> Any:
        await sender.send(outbound(case, BOTS[name], next(numbers)))
        return [plain(call) for call in ear.heard() if not call["call"].endswith("getMe")]

    await agree(f"{name}/outgoing.json", "calls", make, update=update)
