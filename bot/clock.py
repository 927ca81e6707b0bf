"""The one clock. Everything asks here what time it is, so that a test or a drill may stop it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from locales.figures import vietnam


class Clock:
    """A clock that stands still until it is moved. Made by `stopped`."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware)."""
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self.at = at.astimezone(UTC)

    def move(self, by: timedelta) -> datetime:
        """Move on by `by` and return the new time."""
        self.at += by
        return self.at


_stopped: list[Clock] = []


def now() -> datetime:
    """The time, aware, in UTC."""
    return _stopped[-1].at if _stopped else datetime.now(UTC)


def today() -> date:
    """The day in Vietnam: what a deadline or a greeting means by today."""
    return now().astimezone(vietnam()).date()


@contextmanager
def stopped(at: datetime) -> Iterator[Clock]:
    """Within the block the time is `at`, and only the yielded `Clock` moves it."""
    clock = Clock(at)
    _stopped.append(clock)
    try:
        yield clock
    finally:
        _stopped.remove(clock)
