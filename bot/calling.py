"""Rows for an address were committed: who sends them and whose page shows them is woken, in this
process at once, in others by a word (models/signals.py). Whoever misses it looks again soon."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from bot.bell import LOOK, Bell, tag_of
from bot.log import get_logger
from bot.outbox import Outbox
from models.database import Database
from models.messages import CAPABILITIES, Address, Channel

if TYPE_CHECKING:
    from models.signals import Signals

RARELY = 60.0  # seconds between looks of a page that waits, while signals come through
log = get_logger(__name__)


class Calling:
    """One for each process."""

    def __init__(self, db: Database, outbox: Outbox, bell: Bell) -> None:
        self._db, self._outbox, self._bell = db, outbox, bell
        self._signals: Signals | None = None
        bell.patience = self.patience

    def start(self) -> None:
        """Listen to other processes. On the event loop."""
        loop = asyncio.get_running_loop()

        def heard(words: list[str]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(self._heard, words)

        self._signals = self._db.store.signals(heard)
        if self._signals is not None:
            self._signals.start()

    async def stop(self) -> None:
        if self._signals is not None:
            await asyncio.to_thread(self._signals.close)

    def wake(self, address: Address) -> None:
        """Rows for this address were committed here. On the event loop."""
        self._outbox.wake(address.channel, address)
        self._bell.ring(address)
        if self._signals is not None:
            self._signals.send(word(address))

    def patience(self) -> float:
        return RARELY if self._signals is not None and self._signals.live else LOOK

    def _heard(self, words: list[str]) -> None:
        """Another process committed rows; no words: it may have, while we did not listen."""
        if not words:
            for channel in self._outbox.lanes:
                self._outbox.wake(channel)
            self._bell.ring_all()
        for name, _, tag in (word.partition(":") for word in words):
            if name not in set(Channel):
                log.info("a word nobody knows")  # of a newer version beside this one
                continue
            self._outbox.wake(Channel(name))
            if tag:
                self._bell.ring_tag(tag)


def word(address: Address) -> str:
    """What other processes are told: the channel, and for a page that pulls a hash of its chat,
    whose id is a secret."""
    if not CAPABILITIES[address.channel].pull:
        return address.channel.value
    return f"{address.channel.value}:{tag_of(address)}"
