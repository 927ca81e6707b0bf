"""Zalo's two wires, word for word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import clock
from bot.zalo_templates import Templates
from handlers.zalo_bot_api import BotApi, Empty
from handlers.zalo_bot_events import read as read_bot
from handlers.zalo_bot_events import updates
from handlers.zalo_bot_send import BotSender
from handlers.zalo_http import Http
from handlers.zalo_oa_api import OaApi
from handlers.zalo_oa_errors import TokenRefused, checked
from handlers.zalo_oa_events import ByHand, Left
from handlers.zalo_oa_events import read as read_oa
from handlers.zalo_oa_send import OaSender
from handlers.zalo_oauth import OAuth
from models.codec import inbound_json, say_from
from models.content import load
from models.messages import (
    Address,
    Channel,
    Closed,
    Gone,
    Inbound,
    Later,
    Never,
    Outbound,
    SentFile,
)
from tests.wire.golden import Case, Ear, agree

AT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
FILES = {"jpg": b"\xff\xd8\xff" + b"x" * 97, "pdf": b"%PDF-1.4 x", "xlsx": b"PK\x03\x04"}


def heard(event: Inbound | Left | ByHand | None) -> Any:
    """What we make of an event, as a reader of the file sees it."""
    if event is None:
        return None
    if isinstance(event, Left):
        return {"left": event.address.id}
    if isinstance(event, ByHand):
        return {"by_hand": event.address.id, "id": event.external_id, "text": event.text}
    body = {k: v for k, v in inbound_json(event).items() if k != "at"}
    for file in body.get("files", ()):
        for name in [name for name, value in file.items() if not value]:
            del file[name]
    return {"from": event.address.id, "id": event.external_id, **body}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


async def test_incoming_oa(update: bool) -> None:
    async def make(case: Case) -> Any:
        return heard(read_oa(case["body"], AT))

    await agree("zalo_oa/incoming.json", "heard", make, update=update)


async def test_incoming_bot(update: bool) -> None:
    async def make(case: Case) -> Any:
        return [heard(read_bot(event, AT)) for event in updates(case["body"])]

    await agree("zalo_bot/incoming.json", "heard", make, update=update)


class Access:
    """A token that is always good."""

    async def access(self) -> str:
        return "access-1"

    async def refused(self, access: str) -> None:
        raise AssertionError("refused")


def outbound(case: Case, channel: Channel, number: int = 7) -> Outbound:
    """The case's message; its files are named by what they are."""
    body = dict(case["say"])
    files = [{**file, "key": file["file"]} for file in body.pop("files", ())]
    for file in files:
        del file["file"]
    kind = case.get("kind", "send")
    to = "person:1" if kind == "template" else "246845883529197922"
    say = say_from({**body, "files": files})
    return Outbound(number, Address(channel, to), kind, say, reply_to=case.get("reply_to"))


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    made = Http()
    yield made
    await made.close()


def link(file: SentFile) -> str:
    return f"https://ocop.example/f/token/{file.key}"


def oa_answer(path: str) -> dict[str, Any]:
    if "upload" in path:
        return {"error": 0, "data": {"attachment_id": "image-1", "token": "file-1"}}
    if "access_token" in path:
        return {"access_token": "a", "refresh_token": "r", "expires_in": "90000"}
    if path.endswith(("listrecentchat", "conversation")):
        return {"error": 0, "data": []}
    return {"error": 0, "message": "Success", "data": {"message_id": "m1", "msg_id": "z1"}}


async def test_outgoing_oa(update: bool, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(oa_answer, ("access_token", "Authorization"))
    base = await ear.start()
    api = OaApi(http, base, Access(), lambda: AT)

    async def file(key: str) -> bytes:
        return FILES[key]

    async def told(address: Address, quota: Mapping[str, Any]) -> None:
        return None

    sender = OaSender(api, file, link, told, "https://ocop.example/zalo/oa/form.png")
    templates = Templates(Rows(), api, load().templates, {"supplement_due": "102"})  # type: ignore[arg-type]

    async def make(case: Case) -> Any:
        out = outbound(case, Channel.ZALO_OA)
        await (templates if out.kind == "template" else sender).send(out)
        return ear.heard()

    try:
        await agree("zalo_oa/outgoing.json", "calls", make, update=update)
    finally:
        await ear.server.close()


class Rows:
    """A database that knows one person's number and counts nothing."""

    async def read(self, work: Any) -> Any:
        return "+84912345678"

    async def run(self, work: Any) -> Any:
        return None


async def test_tokens_and_the_past_on_the_wire(http: Http) -> None:
    ear = Ear(oa_answer, ("access_token", "secret_key", "Content-Type"))
    base = await ear.start()
    oauth = OAuth(http, base, "431000", "app-secret")
    pair = await oauth.renew("refresh-0")
    assert (pair.access, pair.refresh, pair.lives) == ("a", "r", timedelta(hours=25))
    await oauth.first("the-code", "v" * 43)
    await OaApi(http, base, Access(), clock.now).read("/v2.0/oa/listrecentchat", {"offset": 0})
    form = {"call": "POST /v4/oa/access_token", "secret_key": "app-secret"}
    form["Content-Type"] = "application/x-www-form-urlencoded"
    refresh = {"refresh_token": "refresh-0", "grant_type": "refresh_token", "app_id": "431000"}
    first = {"code": "the-code", "grant_type": "authorization_code", "app_id": "431000"}
    past = {"call": "GET /v2.0/oa/listrecentchat", "query": {"data": '{"offset": 0}'}}
    assert ear.heard() == [
        {**form, "form": refresh},
        {**form, "form": {**first, "code_verifier": "v" * 43}},
        {**past, "access_token": "access-1"},
    ]
    await ear.server.close()


async def test_outgoing_bot(update: bool, http: Http) -> None:
    ear = Ear(lambda path: {"ok": True, "result": {"message_id": "m1"}}, ("Authorization",))
    base = await ear.start()

    async def told() -> None:
        return None

    sender = BotSender(BotApi(http, base, "1459:secret"), link, told)

    async def make(case: Case) -> Any:
        await sender.send(outbound(case, Channel.ZALO_BOT))
        return ear.heard()

    try:
        await agree("zalo_bot/outgoing.json", "calls", make, update=update)
    finally:
        await ear.server.close()


@pytest.mark.parametrize(
    ("status", "answer", "means"),
    [
        (200, {"data": {"message_id": "m"}}, None),
        (200, {"error": "0", "data": {"message_id": "m"}}, None),
        (200, {"error": "-216", "message": "x"}, TokenRefused),
        (200, {"error": -230}, Closed),
        (200, {"error": "-213"}, Gone),
        (200, {"error": "unknown"}, Never),
        (401, {"message": "x"}, TokenRefused),
        (400, {"message": "x"}, Never),
        (429, {"message": "x"}, Later),
        (429, None, Later),
        (502, None, Later),
        (503, {"error": 0}, Later),
    ],
)
def test_what_an_answer_of_the_oa_means(
    status: int, answer: dict[str, Any] | None, means: type[Exception] | None
) -> None:
    """Numbers as words, statuses without a number: a refusal is never taken for a success."""
    if means is None:
        assert checked(status, answer, AT) == {"message_id": "m"}
        return
    with pytest.raises(means):
        checked(status, answer, AT)


async def test_an_empty_poll_inside_200(http: Http) -> None:
    ear = Ear(lambda path: {"ok": False, "error_code": 408, "description": "timeout"}, ())
    base = await ear.start()
    with pytest.raises(Empty):
        await BotApi(http, base, "1459:secret").call("getUpdates", {"timeout": 30})
    assert ear.heard() == [{"call": "POST /bot1459:secret/getUpdates", "body": {"timeout": 30}}]
    await ear.server.close()
