"""Rows the turn would read every time: who is at an address, and where their talk stands.

Only for a database that one process writes to. Never trusted after a roll-back or a write that
went around it; an entry is only what the database said, so forgetting is always right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST = 20_000  # people; about 1 kB each


@dataclass(slots=True)
class Cache:
    """`people` by id, `addresses` by (channel, external id). `on` is False where it would lie."""

    on: bool = True
    people: dict[int, Any] = field(default_factory=dict)
    addresses: dict[tuple[str, str], Any] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)  # people written to in this piece of work
    doubtful: bool = False  # this piece of work wrote around the cache

    def forget_all(self) -> None:
        self.people.clear()
        self.addresses.clear()

    def begin(self) -> None:
        """A piece of work starts."""
        self.touched.clear()
        self.doubtful = False
        if len(self.people) > MOST or len(self.addresses) > MOST:
            self.forget_all()

    def undo(self) -> None:
        """The piece of work was rolled back: what it put here never happened."""
        if self.doubtful:
            self.forget_all()
        for person_id in self.touched:
            self.people.pop(person_id, None)
        if self.touched:
            self.addresses.clear()

    def doubt(self) -> None:
        """Somebody wrote to these tables by other means."""
        self.doubtful = True
        self.forget_all()
