"""A Bot API server that answers at once, so that what is measured is the bot and not the server.

Understands just enough of HTTP and of the methods bots call while they talk. People are in it too:
`Bot.say` puts an update in the queue, or posts it to the bot's webhook, and returns when the bot's
first message to that chat arrives.
What Telegram refuses is refused by tests/telegram/server.py; this one refuses only what comes too
fast.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from benchmarks.webhook import Poster

LIMIT = 30  # messages in any second, of one bot
PATIENCE = 60.0  # seconds for an answer
BATCH = 100  # updates in one answer to getUpdates
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
SHOWN = ("sendMessage", "editMessageText")
COUNTED = (*SHOWN, "editMessageReplyMarkup", "deleteMessage", "sendPhoto", "sendDocument")
WORDS = {
    "getMyName": {"name": ""},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyCommands": [],
}


@dataclass(slots=True)
class Asked:
    """An update that waits for its answer, which must hold `expect`."""

    at: float
    expect: str
    answered: asyncio.Future[float]


@dataclass
class Bot:
    """One token: the updates that wait for it and what it sent. `limited`: refuse what comes too
    fast, as Telegram does."""

    token: str
    limited: bool = False
    poster: Poster | None = None  # updates are posted, not asked for
    patience: float = PATIENCE
    queue: deque[dict[str, Any]] = field(default_factory=deque)
    asked: dict[int, Asked] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[float, int]] = field(default_factory=list)  # when, to which chat
    refused: int = 0
    odd: int = 0  # answers that did not say what they had to
    asks: asyncio.Event = field(default_factory=asyncio.Event)  # it wants updates
    news: asyncio.Event = field(default_factory=asyncio.Event)
    # From where another server of the same bot has not been: an update is heard once by its number.
    _numbers: itertools.count[int] = field(
        default_factory=lambda: itertools.count(int(time.time()))
    )
    _recent: deque[float] = field(default_factory=lambda: deque(maxlen=LIMIT))

    async def say(self, chat: int, text: str, expect: str = "") -> float:
        """Somebody writes; seconds from the update's being there to the first message back."""
        waits: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        number = next(self._numbers)
        who = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
            "from": who,
            "text": text,
        }
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.asked[chat] = Asked(time.perf_counter(), expect, waits)
        update = {"update_id": number, "message": message}
        async with asyncio.timeout(self.patience):
            if self.poster is not None:
                await self.poster.post(update)
            else:
                self.queue.append(update)
                self.news.set()
            return await waits

    # -- the bot calls ---------------------------------------------------------------------------
    async def updates(self, params: dict[str, str]) -> list[dict[str, Any]]:
        self.asks.set()
        offset = int(params.get("offset") or 0)
        while self.queue and self.queue[0]["update_id"] < offset:
            self.queue.popleft()
        if not self.queue:
            self.news.clear()
            try:
                async with asyncio.timeout(float(params.get("timeout") or 0)):
                    await self.news.wait()
            except TimeoutError:
                return []
        return list(itertools.islice(self.queue, BATCH))

    def call(self, method: str, params: dict[str, str]) -> Any:
        """The result of any other method; None when it comes too fast."""
        self.calls[method] += 1
        if method == "getMe":
            number = int(self.token.partition(":")[0])
            return {"id": number, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
        if method == "setWebhook" and self.poster is not None:
            self.poster.told(params)
            self.asks.set()
        if method in COUNTED and not self._admitted(int(params["chat_id"])):
            return None
        if method in SHOWN:
            return self._show(int(params["chat_id"]), params["text"])
        return WORDS.get(method, True)

    def _admitted(self, chat: int) -> bool:
        now = time.perf_counter()
        full = len(self._recent) == LIMIT and now - self._recent[0] < 1.0
        if self.limited and full:
            self.refused += 1
            return False
        self._recent.append(now)
        self.shown.append((now, chat))
        return True

    def _show(self, chat: int, text: str) -> dict[str, Any]:
        asked = self.asked.pop(chat, None)
        if asked is not None and not asked.answered.done():
            self.odd += asked.expect not in text
            asked.answered.set_result(time.perf_counter() - asked.at)
        return {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
            "text": text,
        }


class BotApi:
    """The server, for some bots."""

    def __init__(self, *bots: Bot) -> None:
        self.bots = {bot.token: bot for bot in bots}
        self.base = ""

    async def start(self) -> None:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self.bots), "127.0.0.1", 0
        )
        self.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._server = server

    def stop(self) -> None:
        self._server.close()


class _Connection(asyncio.Protocol):
    """One connection of a bot, kept open; one request at a time."""

    def __init__(self, bots: dict[str, Bot]) -> None:
        self.bots, self.seen = bots, b""
        self.polling: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.wire: Any = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.polling is not None:
            self.polling.cancel()

    def data_received(self, data: bytes) -> None:
        self.seen += data
        head, found, rest = self.seen.partition(b"\r\n\r\n")
        if not found:
            return
        length = LENGTH.search(head)
        size = int(length[1]) if length else 0
        if len(rest) < size:
            return
        self.seen = rest[size:]
        self._request(head.split(b" ", 2)[1].decode(), head, rest[:size])

    def _request(self, target: str, head: bytes, body: bytes) -> None:
        path, _, query = target.partition("?")
        token, _, method = path.removeprefix("/bot").partition("/")
        bot = self.bots[token]
        if b"application/json" in head:
            params = {name: str(value) for name, value in orjson.loads(body).items()}
        else:
            params = dict(parse_qsl(body.decode() or query))
        if method.lower() == "getupdates":
            self.polling = asyncio.create_task(self._poll(bot, params))
            return
        result = bot.call(method, params)
        if result is not None:
            self._answer(200, {"ok": True, "result": result})
            return
        no = {"error_code": 429, "description": "Too Many Requests: retry after 1"}
        self._answer(429, {"ok": False, **no, "parameters": {"retry_after": 1}})

    async def _poll(self, bot: Bot, params: dict[str, str]) -> None:
        self._answer(200, {"ok": True, "result": await bot.updates(params)})

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        body = orjson.dumps(answer)
        self.wire.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(body), body)
        )
