"""Stops the clock on a pressed button: after the commit, and again when Telegram stumbles, for as
long as a button is answered at all (Bot API server: 15 seconds).

It goes on beside the updates that follow: nobody waits for somebody's clock. A call of its own, not
a method in a webhook's answer: what became of that, Telegram never says.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from handlers.telegram_api import BotWire, NoAnswer, Query, Refused

AGAIN = (0.5, 2.0, 5.0)  # seconds before each further try
log = logging.getLogger(__name__)


class Answering:
    """Of one bot."""

    def __init__(self, bot: BotWire) -> None:
        self.bot = bot
        self._going: set[asyncio.Task[None]] = set()

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Hear one update; then answer its press. Raises when nothing was written."""
        query = await self.bot.take(raw)
        if query is None:
            return
        task = asyncio.create_task(self._answer(query))
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    def stop(self) -> None:
        """The bot goes: what is not answered yet never will be."""
        for task in self._going:
            task.cancel()

    async def _answer(self, query: Query) -> None:
        wait = await self._answered(query)
        for pause in AGAIN:
            if wait is None:
                return
            await asyncio.sleep(max(pause, wait))
            wait = await self._answered(query)

    async def _answered(self, query: Query) -> float | None:
        """None when it was, or will never be: a query that is too old is no harm. Else the seconds
        Telegram wants to be left alone."""
        try:
            await self.bot.call("answerCallbackQuery", query.params())
        except NoAnswer as none:
            log.info("press not answered: %s", none.reason)
            return 0.0
        except Refused as no:
            log.info("press not answered: %s", no.description)
            stumbled = no.code >= 500 or no.code == 429
            return (no.retry_after or 0.0) if stumbled else None
        return None
