"""How fast messages leave towards one bot's Telegram: below 30 a second over all chats, one a
second in a private chat with short bursts, 20 a minute in a group (core.telegram.org/bots/faq).

An absolute schedule, made up for when it fell behind a little, and above it a window: a message
leaves only when the one thirty before it is known to have arrived a second ago. How late one may
have arrived is told by its answer, beside the quickest answers of late. Send, edit and delete share
it, as they do at Telegram.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from models.messages import Later

RATE = 29.75  # messages a second, so that a late one and the next on time stay below 30
SECOND = 1.004
BEHIND = 0.2  # seconds the schedule may be behind and be made up for
LATEST = 1.0  # seconds later than usual: a call that hangs must not hold up everybody
LOOK = 0.02  # seconds between looks whether it was answered
USUAL = 100  # answers that tell how long one usually takes
PRIVATE = (1.02, 3)  # seconds between messages, how many may go at once
GROUP = (3.4, 3)
PATIENCE = 4.0  # seconds to wait here; longer waits go back to the outbox
CHATS = 20_000  # chats remembered
STORM = 1.0  # several chats refused within these seconds: everything pauses


@dataclass(slots=True)
class _Left:
    """A message that left: when, and how long until its answer (None: there is none yet)."""

    at: float
    took: float | None = 0.0


class Pacer:
    """One for each bot. `turn` before every call that shows something."""

    def __init__(self, rate: float = RATE) -> None:
        self._gap = 1.0 / rate
        self._next = 0.0  # the first free slot
        self._left: deque[_Left] = deque(maxlen=math.ceil(rate))
        self._took: deque[float] = deque(maxlen=USUAL)
        self._chats: dict[str, float] = {}  # when each chat's bucket is full again
        self._parked: dict[str, float] = {}
        self._refusal: tuple[str, float] = ("", 0.0)

    async def turn(self, chat: str) -> None:
        """Wait for the chat's and then the bot's next slot. Raises Later when that takes long."""
        await self._turn(chat)

    @asynccontextmanager
    async def sending(self, chat: str) -> AsyncIterator[None]:
        """The same around a call, whose end tells when it has arrived at the latest."""
        left = await self._turn(chat)
        left.took = None
        try:
            yield
        finally:
            left.took = time.monotonic() - left.at
            self._took.append(left.took)
            self._arrived(chat)

    def _arrived(self, chat: str) -> None:
        """A message may be as late as its answer: what follows in its chat counts from then."""
        gap = (GROUP if chat.startswith("-") else PRIVATE)[0]
        self._chats[chat] = max(self._chats.pop(chat, 0.0), time.monotonic() + gap)

    async def _turn(self, chat: str) -> _Left:
        await self._chat(chat)
        now = time.monotonic()
        slot = max(now - BEHIND, self._next)
        if slot - now > PATIENCE:
            raise Later("paced", slot - now)
        self._next = slot + self._gap
        if slot > now:
            await asyncio.sleep(slot - now)
        return await self._window()

    async def _window(self) -> _Left:
        """However late some arrive on a busy machine: no second holds more than its share."""
        full = self._left.maxlen
        while len(self._left) == full and (rest := self._rest()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(rest)
        left = _Left(time.monotonic())
        self._left.append(left)
        return left

    def _rest(self) -> float:
        """Seconds until the oldest of a full window is a second old, or may be."""
        first, now = self._left[0], time.monotonic()
        took = now - first.at if first.took is None else first.took
        late = min(max(0.0, took - min(self._took, default=took)), LATEST)
        rest = first.at + late + SECOND - now
        return rest if first.took is not None else min(rest, LOOK)

    def spare(self, chat: str) -> bool:
        """Would one more leave enough of the chat's burst for an answer?"""
        gap = GROUP[0] if chat.startswith("-") else PRIVATE[0]
        return self._chats.get(chat, 0.0) - time.monotonic() <= gap

    def ahead(self) -> tuple[float, dict[str, float]]:
        """Seconds until a slot is free, and until each chat's burst is whole (a parked one too)."""
        now = time.monotonic()
        chats = {chat: full - now for chat, full in self._chats.items() if full > now}
        for chat, until in self._parked.items():
            if until > now:
                gap, burst = GROUP if chat.startswith("-") else PRIVATE
                chats[chat] = max(chats.get(chat, 0.0), until - now + gap * (burst - 1))
        return max(0.0, self._next - now), chats

    def park(self, chat: str, seconds: float) -> None:
        """No more to this chat for `seconds`; to none when several are refused at once."""
        now = time.monotonic()
        self._parked[chat] = now + seconds
        other, at = self._refusal
        if other not in ("", chat) and now - at < STORM:
            self._next = max(self._next, now + seconds)
        self._refusal = (chat, now)

    async def _chat(self, chat: str) -> None:
        now = time.monotonic()
        gap, burst = GROUP if chat.startswith("-") else PRIVATE
        full = max(self._chats.pop(chat, 0.0), now)
        start = max(full - (burst - 1) * gap, self._until(chat))
        if start - now > PATIENCE:
            self._chats[chat] = full
            raise Later("paced", start - now)
        self._chats[chat] = max(full, start) + gap
        while len(self._chats) > CHATS:
            del self._chats[next(iter(self._chats))]
        if start > now:
            await asyncio.sleep(start - now)

    def _until(self, chat: str) -> float:
        until = self._parked.get(chat, 0.0)
        if until and until <= time.monotonic():
            del self._parked[chat]
        return until
