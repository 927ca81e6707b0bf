"""Requests that nobody honest sends: refused early, for little, and never with a 500."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import json
import zlib
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web

from bot import clock
from bot.web import IDLE
from handlers import body as bodies
from tests.databases import document
from tests.security.house import House
from tests.zalo.bot_server import SECRET as ZALO_SECRET
from tests.zalo.oa_server import APP, OA_SECRET

MEGABYTE = 1024 * 1024
HOOKS = ("/telegram/households", "/telegram/officers", "/zalo/oa", "/zalo/bot")


def signed(raw: bytes) -> dict[str, str]:
    """As Zalo signs what it posts to an OA's webhook."""
    stamp = str(int(clock.now().timestamp() * 1000))
    mac = hashlib.sha256(APP.encode() + raw + stamp.encode() + OA_SECRET.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={mac}", "X-ZEvent-Timestamp": stamp}


def headers(home: House, path: str, raw: bytes) -> dict[str, str]:
    """What makes a request to this webhook the provider's own."""
    if path == "/zalo/oa":
        return signed(raw)
    if path == "/zalo/bot":
        return {"X-Bot-Api-Secret-Token": ZALO_SECRET}
    return home.hook(path.rpartition("/")[2])


async def nothing_was_written(home: House) -> None:
    for table in ("inbound", "outbound", "person"):
        assert await home.rows(f"SELECT * FROM {table}") == [], table


async def test_without_its_secret_a_webhook_takes_nothing(home: House) -> None:
    for path in HOOKS:
        await takes_nothing_unsigned(home, path)
    await nothing_was_written(home)


async def takes_nothing_unsigned(home: House, path: str) -> None:
    update = {"update_id": 1, "event_name": "user_send_text", "message": {"text": "x"}}
    status, told = await home.ask("POST", path, json=update)
    assert (status, told) == (401, b"")
    raw = json.dumps(update).encode()
    good = headers(home, path, raw)
    for name, value in good.items():
        near = {**good, name: value[:-1] + ("0" if value[-1] != "0" else "1")}
        assert (await home.ask("POST", path, data=raw, headers=near))[0] == 401
        assert (await home.ask("POST", path, data=raw, headers={name: "ư" * 50}))[0] == 401


@pytest.mark.parametrize("way", ["stated", "streamed", "packed"])
async def test_a_large_body_is_refused_before_it_is_read(home: House, way: str) -> None:
    raw = b"[" + b" " * (2 * MEGABYTE) + b"]"
    chat = await bearer(home)
    for path in (*HOOKS, "/chat", "/chat/say"):
        given = headers(home, path, raw) if path in HOOKS else dict(chat)
        given["Content-Type"] = "application/json"
        body: Any = BytesIO(raw)
        if way == "streamed":
            body = stream(raw)
        elif way == "packed":  # 2 kB that unpack to 2 MB
            body, given["Content-Encoding"] = zlib.compress(raw, 9), "deflate"
        assert (await home.ask("POST", path, data=body, headers=given))[0] == 413, path


async def stream(raw: bytes) -> Any:
    for start in range(0, len(raw), 65536):
        yield raw[start : start + 65536]


async def bearer(home: House) -> dict[str, str]:
    status, told = await home.ask("POST", "/chat", json={})
    assert status == 201
    return {"Authorization": f"Bearer {json.loads(told)['chat']}"}


MALFORMED = (
    *(b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe\x00", b"1", b'{"update_id": {}}'),
    b"[" * 50_000,  # deeper than a parser may go
)


@pytest.mark.parametrize("kind", ["application/json", "text/plain; charset=klingon"])
async def test_malformed_bodies_are_an_answer_not_an_error(home: House, kind: str) -> None:
    for path in HOOKS:
        for raw in MALFORMED:
            given = {**headers(home, path, raw), "Content-Type": kind}
            status, _ = await home.ask("POST", path, data=raw, headers=given)
            assert status in (200, 400), (path, raw[:20], status)
    await nothing_was_written(home)


async def test_a_second_copy_is_heard_once_on_every_webhook(home: House) -> None:
    for path, raw in EVENTS.items():
        body = json.dumps(raw).encode()
        given = headers(home, path, body)
        for _ in range(3):
            assert (await home.ask("POST", path, data=body, headers=given))[0] == 200
    rows = await home.rows("SELECT channel FROM inbound ORDER BY channel")
    assert [row["channel"] for row in rows] == [
        *("telegram", "telegram_officer", "zalo_bot", "zalo_oa"),
    ]


CHAT = {"id": 5, "type": "private", "first_name": "Lan"}
LAN = {"id": 5, "is_bot": False, "first_name": "Lan"}
TEXT = {"message_id": 9, "date": 1795570200, "chat": CHAT, "from": LAN, "text": "chào"}
EVENTS: dict[str, dict[str, Any]] = {
    "/telegram/households": {"update_id": 7, "message": TEXT},
    "/telegram/officers": {"update_id": 7, "message": TEXT},
    "/zalo/oa": {
        "app_id": APP,
        "event_name": "user_send_text",
        "sender": {"id": "8"},
        "recipient": {"id": "oa"},
        "message": {"msg_id": "m1", "text": "chào"},
        "timestamp": "1795570200000",
    },
    "/zalo/bot": {
        "ok": True,
        "result": {
            "event_name": "message.text.received",
            "message": {
                "from": {"id": "8", "display_name": "Lan", "is_bot": False},
                "chat": {"id": "8", "chat_type": "PRIVATE"},
                "text": "chào",
                "message_id": "m1",
                "date": 1795570200000,
            },
        },
    },
}


@pytest.mark.parametrize("bot", ["households", "officers"])
async def test_a_field_of_another_kind_is_passed_over(home: House, bot: str) -> None:
    """Answered with 200, or Telegram would bring it again for a day; of it only is kept that
    something was said, which is told to whoever said it."""
    press = {"from": LAN, "chat_instance": "1", "data": ["x"], "message": TEXT, "id": "1"}
    number = itertools.count(30)
    for part in (
        {"message": {**TEXT, "text": 7}},
        {"message": {**TEXT, "text": {"a": 1}}},
        {"message": {**TEXT, "location": {"latitude": "x", "longitude": []}}},
        {"callback_query": press},
    ):
        raw = json.dumps({"update_id": next(number), **part}).encode()
        path = f"/telegram/{bot}"
        status, _ = await home.ask("POST", path, data=raw, headers=headers(home, path, raw))
        assert status == 200, part
    kept = [document(row["payload"]) for row in await home.rows("SELECT payload FROM inbound")]
    assert [(one.get("other"), one.get("text")) for one in kept] == [("unknown", None)] * 3


@pytest.mark.parametrize("bot", ["households", "officers"])
async def test_a_press_without_its_number_is_heard(home: House, bot: str) -> None:
    press = {"from": LAN, "chat_instance": "1", "data": "x", "message": TEXT}
    raw = json.dumps({"update_id": 30, "callback_query": press}).encode()
    path = f"/telegram/{bot}"
    status, told = await home.ask("POST", path, data=raw, headers=headers(home, path, raw))
    assert (status, told) == (200, b"{}")
    assert len(await home.rows("SELECT id FROM inbound")) == 1


# -- slow ------------------------------------------------------------------------------------------
async def test_a_body_that_trickles_is_given_up(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies.read_body, "__defaults__", (0.2,))
    head = "".join(f"{k}: {v}\r\n" for k, v in home.hook("households").items())
    reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
    head = f"POST /telegram/households HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 500\r\n\r\n"
    writer.write(head.encode())
    for _ in range(20):
        writer.write(b" ")
        await asyncio.sleep(0.02)
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_head_that_trickles_is_hung_up_on() -> None:
    """The server's own clock for connections without a whole head; ours is `IDLE` long."""
    assert IDLE < 120
    runner = web.AppRunner(web.Application(), access_log=None, keepalive_timeout=0.3)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
    hung_up = asyncio.create_task(reader.read())
    writer.write(b"GET / HTTP/1.1\r\n")
    for _ in range(400):
        if hung_up.done():
            break
        writer.write(b"X")  # a byte more now and then, and never the end
        await asyncio.sleep(0.02)
    assert hung_up.done(), "still waited for after two dozen times its patience"
    with contextlib.suppress(ConnectionError):
        assert await hung_up == b""
    writer.close()
    await runner.cleanup()


async def test_many_idle_connections_hold_nobody_up(home: House) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", home.port) for _ in range(200)]
    for _, writer in idle:
        writer.write(b"POST /chat/say HTTP/1.1\r\nHost: x\r\nContent-Le")
    assert (await home.ask("GET", "/healthz"))[0] == 200
    for _, writer in idle:
        writer.close()


# -- headers ---------------------------------------------------------------------------------------
async def test_every_answer_carries_the_security_headers(home: House) -> None:
    for path in ("/", "/healthz", "/metrics", "/chat/lines", "/u/x", "/p/ABCD", "/f/x/y", "/none"):
        await carries_security_headers(home, path)


async def carries_security_headers(home: House, path: str) -> None:
    async with home.session.get(home.url + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_the_page_has_nothing_the_policy_forbids(home: House) -> None:
    for path in ("/", "/u/" + "x" * 20, "/p/ABCD"):
        page = (await home.ask("GET", path))[1].decode()
        for forbidden in ("<style", " style=", "onclick", "onload", "javascript:", "http://"):
            assert forbidden not in page, (path, forbidden)
        scripts = page.split("<script")[1:]
        assert all(
            'src="/static/' in s.split(">")[0] or 'type="application/json"' in s.split(">")[0]
            for s in scripts
        )
