"""Telegram's side of a webhook: updates posted over a few connections, each waiting for its 200.

Written on bare transports: what is measured is the bot, so the one who posts must cost little.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import orjson

CONNECTIONS = 32  # updates posted at once
LISTENS = 20.0  # seconds until a bot that asked for updates takes connections
PATH, SECRET = "/telegram", "a-secret-of-the-bench"
URL = f"https://bench.example.com{PATH}"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
OK = b"200"


class Poster:
    """Posts updates to one bot on `port`, which told its address and secret by setWebhook."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._head = b""
        self._free: list[_Connection] = []
        self._every: list[_Connection] = []
        self._waiting: deque[asyncio.Future[_Connection]] = deque()

    def told(self, params: dict[str, str]) -> None:
        """What setWebhook said."""
        path, secret = urlsplit(params["url"]).path, params["secret_token"]
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()

    async def connect(self) -> None:
        """Open the connections; waits until the bot listens."""
        for _ in range(CONNECTIONS):
            connection = await self._connected()
            self._every.append(connection)
            self._free.append(connection)

    def close(self) -> None:
        """Close them; nothing may be under way."""
        for connection in self._every:
            connection.wire.close()
        self._every.clear()
        self._free.clear()

    async def post(self, update: dict[str, Any]) -> None:
        """Returns when it was answered with 200."""
        body = orjson.dumps(update)
        connection = self._free.pop() if self._free else await self._next()
        try:
            answer = await connection.ask(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        finally:
            if self._waiting:
                self._waiting.popleft().set_result(connection)
            else:
                self._free.append(connection)
        if answer != OK:
            raise RuntimeError(f"an update was answered with {answer.decode()}")

    async def _next(self) -> _Connection:
        waits: asyncio.Future[_Connection] = asyncio.get_running_loop().create_future()
        self._waiting.append(waits)
        return await waits

    async def _connected(self) -> _Connection:
        loop = asyncio.get_running_loop()
        until = loop.time() + LISTENS
        while True:
            try:
                _, made = await loop.create_connection(_Connection, "127.0.0.1", self.port)
                return made
            except OSError:
                if loop.time() > until:
                    raise
            await asyncio.sleep(0.05)


class _Connection(asyncio.Protocol):
    """One connection to a bot, kept open; one update at a time."""

    wire: asyncio.Transport

    def __init__(self) -> None:
        self.seen = b""
        self.answered: asyncio.Future[bytes] | None = None

    async def ask(self, request: bytes) -> bytes:
        """The status of the answer."""
        self.answered = asyncio.get_running_loop().create_future()
        self.wire.write(request)
        return await self.answered

    def connection_made(self, transport: Any) -> None:
        self.wire = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.answered is not None and not self.answered.done():
            self.answered.set_exception(ConnectionError("the bot hung up"))

    def data_received(self, data: bytes) -> None:
        self.seen += data
        head, found, rest = self.seen.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not found or len(rest) < (int(length[1]) if length else 0):
            return
        self.seen = b""
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(head.split(b" ", 2)[1])
