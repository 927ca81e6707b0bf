"""How often one somebody may do one thing: kept in memory, forgotten on a restart."""

from __future__ import annotations

import time
from collections import deque

MOST = 10_000  # somebodies remembered; past that the oldest are let go


class Limit:
    """At most `times` in any `seconds`, for each name."""

    def __init__(self, times: int, seconds: float) -> None:
        self.times, self.seconds = times, seconds
        self._taken: dict[str, deque[float]] = {}

    def take(self, name: str) -> bool:
        """May `name` do it once more now? When it may, that counts."""
        now = time.monotonic()
        taken = self._taken.pop(name, None) or deque()
        while taken and taken[0] <= now - self.seconds:
            taken.popleft()
        may = len(taken) < self.times
        if may:
            taken.append(now)
        self._taken[name] = taken  # last again: the oldest name is first
        if len(self._taken) > MOST:
            del self._taken[next(iter(self._taken))]
        return may
