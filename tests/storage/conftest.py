"""The world of the storage tests, on a clock that only they move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.clock import Clock
from tests.storage.world import World

ON_BOTH = ("test_turn", "test_outbox", "test_jobs")  # modules
START = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[Clock]:
    with clock.stopped(START) as stopped:
        yield stopped


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What must hold on every database is tried on both."""
    if "world" in metafunc.fixturenames and metafunc.module.__name__.endswith(ON_BOTH):
        metafunc.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The address of a PostgreSQL database, or nothing: then a file in the test's folder."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return ""
    from tests.storage import postgres

    return postgres.fresh()


@pytest.fixture
def world(tmp_path: Path, time: Clock, database: str) -> Iterator[World]:
    made = World(tmp_path, url=database)
    yield made
    made.db.close()
