"""Wakes whoever waits for new lines of a chat. Nothing is lost when nobody does."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from models.codes import fingerprint
from models.messages import Address

LOOK = 2.0  # seconds between looks, for lines that another process wrote


def tag_of(address: Address) -> str:
    """A name of a chat that does not tell its id, which is a secret."""
    return fingerprint(f"{address.channel}:{address.id}")[:24]


class Bell:
    """Rung on the event loop, after a commit. `patience`: seconds between looks unrung."""

    def __init__(self) -> None:
        self.patience: Callable[[], float] = lambda: LOOK
        self._waiting: dict[str, set[asyncio.Event]] = {}  # by tag

    def ring(self, address: Address) -> None:
        if self._waiting:
            self.ring_tag(tag_of(address))

    def ring_tag(self, tag: str) -> None:
        for event in self._waiting.get(tag, ()):
            event.set()

    def ring_all(self) -> None:
        for tag in self._waiting:
            self.ring_tag(tag)

    async def wait(
        self, address: Address, there: Callable[[], Awaitable[bool]], seconds: float
    ) -> bool:
        """True as soon as `there()` holds: asked at once, after every ring, and now and then."""
        event, tag = asyncio.Event(), tag_of(address)
        until = time.monotonic() + seconds
        self._waiting.setdefault(tag, set()).add(event)
        try:
            while not await there():
                left = min(until - time.monotonic(), self.patience())
                if left <= 0:
                    return False
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), left)
                event.clear()
            return True
        finally:
            self._waiting[tag].discard(event)
            if not self._waiting[tag]:
                del self._waiting[tag]
