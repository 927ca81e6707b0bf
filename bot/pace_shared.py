"""The same pace as bot/pace.py for several processes that send with one token.

Places are taken in the database (models/pacing.py), for all messages that wait at that moment
together: a burst costs a statement or two a message, not a transaction each.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from bot import pace
from bot.log import get_logger
from bot.pace import CHATS, PATIENCE, RATE, STORM
from models import pacing
from models.database import Database
from models.messages import Later
from models.pacing import Given, Pace, Want

LATE = 0.006  # seconds after its slot a message may leave; later than that it takes another
AT_ONCE = 60  # messages that take their places together
NO_DATABASE = 1.0  # seconds to wait when it cannot be asked
log = get_logger(__name__)


class SharedPacer:
    """One for each bot and process. `name` says which bot, the same in every process."""

    def __init__(self, db: Database, name: str, rate: float = RATE) -> None:
        self._db, self._name, self._gap = db, name, int(1e6 / rate)
        self._wants: list[tuple[Want, asyncio.Future[Given]]] = []
        self._whole: dict[str, float] = {}  # when each chat's burst is whole again, as last told
        self._tasks: set[asyncio.Task[None]] = set()
        self._refusal: tuple[str, float] = ("", 0.0)
        self._asking = False

    async def turn(self, chat: str) -> None:
        """Wait for the chat's and then the bot's next slot. Raises Later when that takes long."""
        given = await self._ask(Want(chat, _pace(chat)))
        self._remember(chat, given)
        while True:
            at = time.monotonic() + given.wait / 1e6
            if given.refused:
                raise Later("paced", max(given.wait / 1e6, 0.1))
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            if given.has_slot and time.monotonic() - at <= LATE:
                return
            given = await self._ask(Want(None))

    @asynccontextmanager
    async def sending(self, chat: str) -> AsyncIterator[None]:
        """The same around a call."""
        await self.turn(chat)
        yield

    def spare(self, chat: str) -> bool:
        """Would one more leave enough of the chat's burst for an answer?"""
        return self._whole.get(chat, 0.0) - time.monotonic() <= _pace(chat).gap / 1e6

    def park(self, chat: str, seconds: float) -> None:
        """No more to this chat for `seconds`; to none when several are refused at once."""
        now = time.monotonic()
        own, (other, at) = _pace(chat), self._refusal
        self._refusal = (chat, now)
        self._soon(self._hold(chat, seconds + own.gap * (own.burst - 1) / 1e6))
        if other not in ("", chat) and now - at < STORM:
            self._soon(self._hold(None, seconds))

    async def _hold(self, chat: str | None, seconds: float) -> None:
        try:
            await self._db.run(lambda unit: pacing.hold(unit, self._name, chat, seconds))
        except Exception:  # what was refused is put off by the outbox all the same
            log.exception("pace not held", bot=self._name)

    async def _ask(self, want: Want) -> Given:
        answer: asyncio.Future[Given] = asyncio.get_running_loop().create_future()
        self._wants.append((want, answer))
        if not self._asking:
            self._asking = True
            self._soon(self._answer_all())
        return await answer

    async def _answer_all(self) -> None:
        """Take places for all that wait, until nobody does."""
        try:
            while self._wants:
                some, self._wants = self._wants[:AT_ONCE], self._wants[AT_ONCE:]
                await self._answer(some)
        finally:
            self._asking = False

    async def _answer(self, some: list[tuple[Want, asyncio.Future[Given]]]) -> None:
        wants, patience = [want for want, _ in some], int(PATIENCE * 1e6)
        try:
            given = await self._db.run(
                lambda unit: pacing.reserve(unit, self._name, self._gap, wants, patience)
            )
        except Exception:
            log.exception("pace not known", bot=self._name)
            given = [Given(int(NO_DATABASE * 1e6), refused=True)] * len(some)
        for (_, answer), one in zip(some, given, strict=True):
            if not answer.done():
                answer.set_result(one)

    def _remember(self, chat: str, given: Given) -> None:
        self._whole.pop(chat, None)
        self._whole[chat] = time.monotonic() + given.chat_whole / 1e6
        while len(self._whole) > CHATS:
            del self._whole[next(iter(self._whole))]

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _pace(chat: str) -> Pace:
    gap, burst = pace.GROUP if chat.startswith("-") else pace.PRIVATE
    return Pace(int(gap * 1e6), burst)
