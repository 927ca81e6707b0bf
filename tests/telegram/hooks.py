"""How Telegram brings updates to a webhook (telegram-bot-api, WebhookActor.cpp).

One queue for the messages of a chat and one for the presses of a person: one update in flight in
each, so a failing one holds up only its own. What is not answered with 2xx is sent again at once,
then after 2, 4, 8 … seconds, or when Retry-After says; when its life ends it is dropped. A method
in the answer is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 60.0  # seconds between tries; Telegram draws 60 to 120
Alive = Callable[[dict[str, Any]], bool]
Do = Callable[[str, dict[str, Any]], Awaitable[Any]]


def queue_of(update: dict[str, Any]) -> str:
    """What keeps an update in order."""
    if (query := update.get("callback_query")) is not None:
        return f"press {query['from']['id']}"
    event = next(value for key, value in update.items() if key != "update_id")
    return f"chat {event['chat']['id']}"


class HookSender:
    """Brings one bot's updates. `second` is how long one of Telegram's seconds lasts here."""

    def __init__(self, hook: dict[str, Any], alive: Alive, do: Do, second: float = 1.0) -> None:
        self.hook, self.alive, self.do, self.second = hook, alive, do, second
        self.tries: list[tuple[int, int]] = []  # (update id, status) of every try
        self.dropped: list[int] = []
        self._last: dict[str, asyncio.Task[None]] = {}

    def bring(self, update: dict[str, Any]) -> asyncio.Task[None]:
        """Begin to bring it, after what is before it in its queue."""
        name = queue_of(update)
        task = asyncio.create_task(self._in_turn(update, self._last.get(name)))
        self._last[name] = task
        return task

    async def stop(self) -> None:
        for task in self._last.values():
            task.cancel()
        await asyncio.gather(*self._last.values(), return_exceptions=True)

    async def _in_turn(self, update: dict[str, Any], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            with contextlib.suppress(Exception):
                await before
        failures = 0
        while self.alive(update):
            status, again = await self.once(update)
            if 200 <= status < 300:
                return
            failures += 1
            wait = 0.0 if failures == 1 else min(2.0 ** (failures - 1), LONGEST)
            await asyncio.sleep((again or wait) * self.second)
        self.dropped.append(update["update_id"])

    async def once(self, update: dict[str, Any]) -> tuple[int, float]:
        """One try: the status (0: no answer) and the wait it asked for."""
        headers = {SECRET: self.hook.get("secret_token", "")}
        try:
            async with (
                ClientSession() as session,
                session.post(self.hook["url"], json=update, headers=headers) as answer,
            ):
                status, body = answer.status, await answer.read()
                again = float(answer.headers.get("Retry-After", 0))
        except (ClientError, TimeoutError):
            status, body, again = 0, b"", 0.0
        self.tries.append((update["update_id"], status))
        if 200 <= status < 300 and body:
            await self._method(json.loads(body))
        return status, again

    async def _method(self, body: dict[str, Any]) -> None:
        """A method in the answer is done; nobody sees what came of it."""
        if method := body.pop("method", None):
            with contextlib.suppress(Exception):
                await self.do(method, body)
