"""The pace on one machine's database file: kept in the process while it is alone with its token,
in the database (bot/pace_shared.py) from the moment another process has the same.

A process alone pays nothing for what it does not need; each holds a byte of a small file locked, so
that the others see it, and the system lets go of it however the process ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.log import get_logger
from bot.pace import PATIENCE, RATE, Pacer
from bot.pace_shared import SharedPacer
from models import pacing
from models.codes import fingerprint
from models.database import Database, Unit

fcntl: Any
try:
    import fcntl
except ImportError:  # no such locks on this system: never sure to be alone
    fcntl = None

SEATS = 64  # processes with one token
LOOK = 0.25  # seconds between looks for others
LATE = 1.0  # seconds after its slot one may still leave on a busy machine
# Seconds a second process waits: the first one may have given out its places for so long.
FIRST = PATIENCE + LATE
log = get_logger(__name__)


class Neighbours:
    """Which processes use `path`: each holds one byte of it. Never more than one object for a path
    in a process: the system lets go of all its locks when one is closed."""

    def __init__(self, path: Path) -> None:
        self._seat: int | None = None
        self._looked, self._there = 0.0, False
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            weakref.finalize(self, os.close, self._file)
            self._seat = self._sit()
        except OSError as wrong:
            log.warning("who else sends with this token is not known", reason=wrong.strerror)

    def there(self) -> bool:
        """Is anybody else, as far as was known a moment ago? True when it cannot be known."""
        now = time.monotonic()
        if self._seat is None or self._there:
            return True
        if now - self._looked > LOOK:
            self._looked, self._there = now, not self._alone(self._seat)
        return self._there

    def _sit(self) -> int | None:
        if fcntl is None:
            return None
        for seat in range(SEATS):
            with contextlib.suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, seat)
                return seat
        return None

    def _alone(self, seat: int) -> bool:
        """Could we have every seat? Then nobody else has one."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, SEATS, 0)
        except OSError:
            return False
        fcntl.lockf(self._file, fcntl.LOCK_UN, SEATS - seat - 1, seat + 1)
        if seat:
            fcntl.lockf(self._file, fcntl.LOCK_UN, seat, 0)
        return True


class MachinePacer:
    """One for each bot and process. `name` says which bot, the same in every process."""

    def __init__(self, db: Database, name: str, rate: float, others: Neighbours) -> None:
        self._db, self._name, self._others = db, name, others
        self._alone, self._shared = Pacer(rate), SharedPacer(db, name, rate)
        self._begun: asyncio.Task[None] | None = None

    async def turn(self, chat: str) -> None:
        """Wait for the chat's and then the bot's next slot. Raises Later when that takes long."""
        pacer = await self._pacer()
        await pacer.turn(chat)

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        """The same around a call."""
        return self._alone.sending(chat) if self._is_alone() else self._sharing(chat)

    @asynccontextmanager
    async def _sharing(self, chat: str) -> AsyncIterator[None]:
        pacer = await self._pacer()
        async with pacer.sending(chat):
            yield

    async def _pacer(self) -> Pacer | SharedPacer:
        if self._is_alone() or self._begun is None:
            return self._alone
        await asyncio.shield(self._begun)
        return self._shared

    def _is_alone(self) -> bool:
        """So far; once it is not, the shared pace begins, for good."""
        if self._begun is None and self._others.there():
            self._begun = asyncio.create_task(self._begin())
        return self._begun is None

    def spare(self, chat: str) -> bool:
        """Would one more leave enough of the chat's burst for an answer?"""
        return (self._alone if self._begun is None else self._shared).spare(chat)

    def park(self, chat: str, seconds: float) -> None:
        """No more to this chat for `seconds`; to none when several are refused at once."""
        self._alone.park(chat, seconds)
        if self._begun is not None:
            self._shared.park(chat, seconds)

    async def _begin(self) -> None:
        """Others are here: what they must know of our last seconds goes into the database."""
        log.info("another process sends with this token: the pace is shared", bot=self._name)
        slot, chats = self._alone.ahead()

        def write(unit: Unit) -> None:
            pacing.hold(unit, self._name, None, max(slot + LATE, FIRST))
            for chat, seconds in chats.items():
                pacing.hold(unit, self._name, chat, seconds)

        try:
            await self._db.run(write)
        except Exception:  # the database is away: the shared pace waits for it as well
            log.exception("pace not handed over", bot=self._name)


def paced(db: Database, name: str, rate: float = RATE) -> MachinePacer | SharedPacer:
    """The pace of one bot among all processes that send with its token."""
    file = db.store.file
    if file is None:
        return SharedPacer(db, name, rate)
    seats = file.with_name(f"{file.name}-pace-{fingerprint(name)[:8]}")
    return MachinePacer(db, name, rate, Neighbours(seats))
