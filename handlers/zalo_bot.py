"""POST /zalo/bot: the webhook of a Zalo bot; and polling, where no public address is set.

Both hand one event at a time to the reception and go on once it is stored.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from handlers.body import parsed, read_body
from handlers.zalo_bot_api import BotApi, Empty
from handlers.zalo_bot_events import read, updates
from models.messages import Inbound, Later, Never

PATH = "/zalo/bot"
HEADER = "X-Bot-Api-Secret-Token"
MOST = 256 * 1024  # bytes of one event
POLL = 30  # seconds a poll waits at Zalo
REST = 0.1  # after a poll that brought nothing: Zalo may answer it at once
OTHERS = 5.0  # seconds between looks whether the process that asks is still there
WAITS = (1.0, 2.0, 5.0, 15.0, 30.0)  # after polls or writes that failed

Receive = Callable[[Inbound], Awaitable[object]]


@dataclass(slots=True)
class BotWebhook:
    """What the webhook is given."""

    secret: str
    now: Callable[[], datetime]
    receive: Receive
    warn: Callable[[str], None]

    async def post(self, request: web.Request) -> web.Response:
        raw = await read_body(request, MOST)
        if not raw.strip():
            return web.Response()  # a probe, which may come without the secret
        given = request.headers.get(HEADER, "")
        if not self.secret or not hmac.compare_digest(given.encode(), self.secret.encode()):
            return web.Response(status=401)
        try:
            body = parsed(raw)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        for event in updates(body):
            inbound = read(event, self.now())
            if inbound is not None:
                await self.receive(inbound)
            elif event.get("event_name"):
                self.warn(str(event["event_name"])[:60])
        return web.Response()


def attach(app: web.Application, webhook: BotWebhook) -> None:
    app.router.add_post(PATH, webhook.post)


async def alone() -> bool:
    """No other process asks with this token."""
    return True


@dataclass(slots=True)
class Poller:
    """Asks for one event after the other; there is no offset: what is answered is gone at Zalo."""

    api: BotApi
    now: Callable[[], datetime]
    receive: Receive
    warn: Callable[[str], None]
    mine: Callable[[], Awaitable[bool]] = alone  # may this process ask now? Two must not at once
    waits: tuple[float, ...] = WAITS

    async def run(self) -> None:
        """Until cancelled; an event that was answered is stored even then."""
        failed = 0
        while True:
            if not await self._mine():
                await asyncio.sleep(OTHERS)
                continue
            try:
                body = await self.api.call("getUpdates", {"timeout": POLL}, within=POLL + 15)
            except Empty:
                failed = 0
                await asyncio.sleep(REST)
                continue
            except (Later, Never) as why:
                self.warn(why.reason)
                await self._pause(failed)
                failed += 1
                continue
            failed = 0
            if not any(updates(body)):
                await asyncio.sleep(REST)
            await self._stored(body)

    async def _mine(self) -> bool:
        try:
            return await self.mine()
        except Exception as error:  # the database is away: nothing could be stored either
            self.warn(type(error).__name__)
            return False

    async def _stored(self, body: object) -> None:
        storing = asyncio.ensure_future(self._store(body))
        try:
            await asyncio.shield(storing)
        except asyncio.CancelledError:
            await storing  # Zalo has forgotten it already
            raise

    async def _store(self, body: object) -> None:
        """Not another poll before this is in the database, however often that takes."""
        for event in updates(body):
            inbound = read(event, self.now())
            tried = 0
            while inbound is not None:
                try:
                    await self.receive(inbound)
                    break
                except Exception as error:
                    self.warn(type(error).__name__)
                    await self._pause(tried)
                    tried += 1

    async def _pause(self, failed: int) -> None:
        await asyncio.sleep(self.waits[min(failed, len(self.waits) - 1)])
