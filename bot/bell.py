"""Wakes whoever waits for new lines of a chat. Nothing is lost when nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from models.messages import Address


class Bell:
    """Rung on the event loop, after a commit."""

    def __init__(self) -> None:
        self._waiting: dict[Address, set[asyncio.Event]] = {}

    def ring(self, address: Address) -> None:
        for event in self._waiting.get(address, ()):
            event.set()

    async def wait(
        self, address: Address, there: Callable[[], Awaitable[bool]], seconds: float
    ) -> bool:
        """True as soon as `there()` holds, asked at once and after every ring."""
        event = asyncio.Event()
        self._waiting.setdefault(address, set()).add(event)
        try:
            async with asyncio.timeout(seconds):
                while not await there():
                    await event.wait()
                    event.clear()
                return True
        except TimeoutError:
            return False
        finally:
            self._waiting[address].discard(event)
            if not self._waiting[address]:
                del self._waiting[address]
