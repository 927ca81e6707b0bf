"""A strict Zalo Bot Platform: one object a poll, a plan, media that expire, everything refused
that the real one refuses."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import clock
from tests.zalo.media import Media

TOKEN, SECRET = "1459232241454765289:very-secret", "webhook-secret"
FIELDS = {
    "getMe": set(),
    "getUpdates": {"timeout"},
    "setWebhook": {"url", "secret_token"},
    "deleteWebhook": set(),
    "getWebhookInfo": set(),
    "sendMessage": {"chat_id", "text"},
    "sendPhoto": {"chat_id", "photo", "caption"},
    "sendChatAction": {"chat_id", "action"},
}


async def nobody() -> None:
    """Nobody looks at the polls."""


@dataclass
class BotServer:
    base: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    queue: list[dict[str, Any]] = field(default_factory=list)
    webhook: tuple[str, str] | None = None
    users: set[str] = field(default_factory=set)  # people it has written to
    most_users: int = 51
    sends: int = 0
    quota: int = 3000
    wrong_token_is_html: bool = True
    takes_any_url: bool = False
    count: Any = field(default_factory=lambda: itertools.count(1))
    media: Media = field(default_factory=Media)
    polls: int = 0
    polled: list[web.Response] = field(default_factory=list)  # answered to the next polls
    polling: int = 0
    asked: Callable[[], Awaitable[None]] = nobody
    faults: Callable[[], str] = lambda: ""  # what goes wrong with the next send
    errors: list[int] = field(default_factory=list)

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self.call)
        app.router.add_get("/media/{name}", self.media.answer)
        self.server = TestServer(app)
        await self.server.start_server()
        self.base = str(self.server.make_url("")).rstrip("/")
        return self.base

    async def call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            if self.wrong_token_is_html:
                return web.Response(status=404, text="<html>not found</html>")
            return self._no(401, "Unauthorized")
        method = request.match_info["method"]
        body = await request.json()
        if method not in FIELDS or set(body) - FIELDS[method]:
            return self._no(400, f"bad {method} {sorted(body)}")
        fault = self.faults() if method.startswith("send") else ""
        if fault:
            return self._faulty(fault, body, request)
        if self.errors and method.startswith("send"):
            return self._no(self.errors.pop(0), "asked for")
        found: web.Response = await getattr(self, method)(body)
        return found

    def _faulty(self, fault: str, body: dict[str, Any], request: web.Request) -> web.Response:
        if fault == "lost":  # it arrived; the answer does not
            self._send(body)
            assert request.transport is not None
            request.transport.close()
        if fault == "broken":
            return web.Response(status=502, text="<html>oops</html>")
        return self._no(429 if fault == "busy" else 500, fault, keep=False)

    async def getUpdates(self, body: dict[str, Any]) -> web.Response:
        if self.webhook:
            return self._no(400, "webhook is set")
        if self.polling:
            return self._no(409, "another poll")
        await self.asked()
        self.polls += 1
        if self.polled:
            return self.polled.pop(0)
        self.polling += 1
        try:
            for _ in range(5):
                if self.queue:
                    return self._ok(self.queue.pop(0))
                await asyncio.sleep(0.01)
        finally:
            self.polling -= 1
        return self._no(408, "timeout", keep=False)

    async def setWebhook(self, body: dict[str, Any]) -> web.Response:
        url, secret = body.get("url", ""), body.get("secret_token", "")
        host = urlsplit(url).hostname or ""
        private = urlsplit(url).scheme != "https" or host in ("localhost", "127.0.0.1")
        if private and not self.takes_any_url:
            return self._no(400, "url")
        if not 8 <= len(secret) <= 256:
            return self._no(400, "secret")
        self.webhook = (url, secret)
        return self._ok({"url": url, "updated_at": 1})

    async def deleteWebhook(self, body: dict[str, Any]) -> web.Response:
        self.webhook = None
        return self._ok({"url": "", "updated_at": 1})

    async def sendMessage(self, body: dict[str, Any]) -> web.Response:
        if not 1 <= len(body.get("text", "").encode("utf-16-le")) // 2 <= 2000:
            return self._no(400, "text")
        return self._send(body)

    async def sendPhoto(self, body: dict[str, Any]) -> web.Response:
        if not body.get("photo", "").startswith("https://"):
            return self._no(400, "photo")
        if "caption" in body and not 1 <= len(body["caption"]) <= 2000:
            return self._no(400, "caption")
        return self._send(body)

    def _send(self, body: dict[str, Any]) -> web.Response:
        if self.sends >= self.quota or len(self.users | {body["chat_id"]}) > self.most_users:
            return self._no(429, "quota exceeded")
        self.users.add(body["chat_id"])
        self.sends += 1
        number = f"{next(self.count):x}"
        self.sent.append({**body, "id": number})
        return self._ok({"message_id": number, "date": 1750316131602})

    def _ok(self, result: Any) -> web.Response:
        return web.json_response({"ok": True, "result": result})

    def _no(self, code: int, why: str, *, keep: bool = True) -> web.Response:
        if keep:
            self.refused.append(f"{code} {why}")
        return web.json_response({"ok": False, "error_code": code, "description": why})


@dataclass
class Pilot:
    """People who write to the bot, by webhook."""

    bot: BotServer
    url: str
    session: aiohttp.ClientSession
    flat: bool = False
    count: Any = field(default_factory=lambda: itertools.count(1))

    def event(self, who: str, kind: str = "text", **message: Any) -> dict[str, Any]:
        made = {
            "message_id": f"m{next(self.count)}",
            "date": int(clock.now().timestamp() * 1000),
            "from": {"id": who, "display_name": "Ted", "is_bot": False},
            "chat": {"id": who, "chat_type": "PRIVATE"},
            **message,
        }
        return {"event_name": f"message.{kind}.received", "message": made}

    async def post(self, event: dict[str, Any], secret: str = SECRET) -> int:
        body = event if self.flat else {"ok": True, "result": event}
        headers = {"X-Bot-Api-Secret-Token": secret}
        url = f"{self.url}/zalo/bot"
        async with self.session.post(url, json=body, headers=headers) as answer:
            return answer.status

    async def say(self, who: str, text: str) -> None:
        assert await self.post(self.event(who, text=text)) == 200
