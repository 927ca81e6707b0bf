"""The world of the storage tests, on a clock that only they move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.clock import Clock
from tests.storage.world import World

START = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as stopped:
        yield stopped


@pytest.fixture
def world(tmp_path: Path, time: Clock) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.db.close()
