"""What is counted while running. Plain numbers; the library that writes them out for Prometheus is
only loaded when somebody asks (bot/health.py). Labels are channels and outcomes, never people.

Changed on the event loop only, so there is nothing to lock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from models.messages import Channel

#: Upper ends of the classes a duration falls into, in seconds; the last class has no end.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


@dataclass(slots=True)
class Durations:
    """How long something took: a count for each class of `BUCKETS`, and all of it in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.total += seconds

    def cumulative(self) -> list[tuple[str, int]]:
        """(upper end, how many took at most that long), as Prometheus wants them."""
        ends = [*map(str, BUCKETS), "+Inf"]
        return [(end, sum(self.counts[: place + 1])) for place, end in enumerate(ends)]


@dataclass(slots=True)
class Metrics:
    """Of one process, since its start."""

    updates: Counter[tuple[str, str]] = field(default_factory=Counter)  # channel, outcome
    sends: Counter[tuple[str, str]] = field(default_factory=Counter)  # channel, outcome
    turns: Durations = field(default_factory=Durations)

    def heard(self, channel: Channel, outcome: str, seconds: float) -> None:
        """A message came in: written, duplicate, ignored, set_aside (its turn failed) or lost
        (nothing could be written)."""
        self.updates[channel.value, outcome] += 1
        self.turns.add(seconds)

    def sent(self, channel: Channel, outcome: str) -> None:
        """A message was tried: sent, later, never, closed or gone."""
        self.sends[channel.value, outcome] += 1
