"""One channel's way out: its sender, its pace, and what is under way on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.counted import Few
from handlers.wire import Sender
from models.messages import Address, Channel, Outbound, Sent

AT_ONCE = 30  # claimed rows under way in one lane
BULK_AT_ONCE = 5  # of them to many: a reply finds a free hand and a near place in the pace
HANDED = 60  # replies besides, handed over by their turns (bot/handing.py)

Pace = Callable[[Outbound], Awaitable[None]]


class PullSender:
    """For a channel whose page fetches: being marked as sent is being shown."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    async def send(self, out: Outbound) -> Sent:
        return Sent()


async def no_pace(out: Outbound) -> None:
    """Send as fast as the channel takes it."""


@dataclass(slots=True, eq=False)
class Lane:
    """What is under way. `few`: are messages to somebody scarce?"""

    sender: Sender
    pace: Pace = no_pace
    few: Few | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    claimed: int = 0  # of them by a claim
    bulk: int = 0  # of them to many
    works: bool = False  # somebody claims what it leaves waiting
    full: bool = False  # the last claim may have left rows that could go
    behind: set[Address] = field(default_factory=set)  # where rows may wait for one under way

    @property
    def room(self) -> int:
        """How many rows a claim may take."""
        return AT_ONCE - self.claimed

    @property
    def free(self) -> bool:
        """May a reply be handed over? Any thread may ask."""
        return self.works and len(self.tasks) - self.claimed < HANDED
