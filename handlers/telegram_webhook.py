"""A webhook of one bot: 200 is the commit.

Telegram sends again what was not answered with 200, for a day (a press: 150 seconds).
"""

from __future__ import annotations

import hmac
import logging

from aiohttp import web

from handlers.body import parsed, read_body
from handlers.telegram_answering import Answering

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
BODY = 1 << 20  # bytes of an update; real ones are a few thousand
log = logging.getLogger(__name__)


class Webhook:
    """A route that is there from the start; `open` gives it its bot."""

    def __init__(self) -> None:
        self._answering: Answering | None = None
        self._secret = ""

    def open(self, answering: Answering, secret: str) -> None:
        """Take updates that carry `secret`."""
        self._answering, self._secret = answering, secret

    async def handle(self, request: web.Request) -> web.Response:
        """One update in; raises nothing: what was not written is answered with 500 or 503."""
        answering = self._answering
        if answering is None or answering.bot.me is None:
            return web.Response(status=503, headers={"Retry-After": "1"})
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=401)
        try:
            update = parsed(await read_body(request, BODY))
            number = int(update["update_id"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return web.Response(status=400)
        try:
            await answering.take(update)
        except Exception as error:  # nothing was written: Telegram sends it again
            log.warning("update %s not taken: %s", number, type(error).__name__)
            return web.Response(status=500)
        return web.Response(body=b"{}", content_type="application/json")
