"""Alive, ready, and in numbers; and nothing about anybody in any of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.app import Assistant
from bot.clock import Clock
from bot.health import Health
from bot.late import LateReception
from bot.settings import Settings
from bot.web import WebServer
from models.content import load
from models.messages import Channel, Later
from tests.storage.conftest import time, world
from tests.storage.world import World, seconds

__all__ = ["time", "world"]


@dataclass
class Monitor:
    """Asks as a monitor does."""

    client: TestClient[Request, Application]
    health: Health

    async def asks(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.client.get(path, headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def monitor(world: World) -> AsyncIterator[Monitor]:
    settings, health = Settings(_env_file=None), Health()
    web = WebServer(settings, load(settings.province), LateReception(), bytearray(), health)
    async with TestClient(TestServer(web.app)) as client:
        yield Monitor(client, health)


def up(world: World) -> Assistant:
    return cast(Assistant, SimpleNamespace(db=world.db, house=world.house))


async def test_alive_before_it_is_ready(monitor: Monitor, world: World) -> None:
    assert (await monitor.asks("/healthz"))[0] == 200
    assert (await monitor.asks("/readyz"))[0] == 503
    monitor.health.assistant = up(world)
    assert (await monitor.asks("/readyz"))[0] == 200


async def test_not_ready_when_messages_no_longer_leave(
    monitor: Monitor, world: World, time: Clock
) -> None:
    monitor.health.assistant = up(world)
    await world.says("lan", "chào")
    time.move(seconds(119))
    assert (await monitor.asks("/readyz"))[0] == 200
    time.move(seconds(2))
    status, told = await monitor.asks("/readyz")
    assert (status, '"oldest_waiting": 121.0' in told) == (503, True)
    await world.deliver()
    assert (await monitor.asks("/readyz"))[0] == 200


async def test_not_ready_when_the_database_is_away(monitor: Monitor, world: World) -> None:
    monitor.health.assistant = up(world)
    world.db._readers.shutdown()
    status, told = await monitor.asks("/readyz")
    assert (status, "RuntimeError" in told) == (503, True)
    assert (await monitor.asks("/metrics"))[0] == 503


async def test_figures(monitor: Monitor, world: World, time: Clock) -> None:
    monitor.health.assistant = up(world)
    world.broken = True
    await world.says("lan", "0912 345 678 là số của Lan", external_id="x1")
    await world.says("lan", "0912 345 678 là số của Lan", external_id="x1")
    await world.says("lan", "break it")
    world.phone.fate = lambda out: Later("busy")
    await world.deliver()
    time.move(seconds(30))
    status, told = await monitor.asks("/metrics")
    assert status == 200
    for line in (
        'ocop_updates_total{channel="telegram",outcome="written"} 1.0',
        'ocop_updates_total{channel="telegram",outcome="duplicate"} 1.0',
        'ocop_updates_total{channel="telegram",outcome="set_aside"} 1.0',
        'ocop_sends_total{channel="telegram",outcome="later"} 1.0',
        'ocop_turn_seconds_bucket{le="+Inf"} 3.0',
        'ocop_outbox_waiting{channel="telegram"} 1.0',
        "ocop_outbox_oldest_seconds 29.0",
        'ocop_questions_total{answered="yes"} 0.0',
    ):
        assert line in told.splitlines(), told
    assert "Lan" not in told
    assert "0912" not in told


async def test_figures_are_not_for_people_outside(monitor: Monitor, world: World) -> None:
    monitor.health.assistant = up(world)
    forwarded = {"X-Forwarded-For": "203.0.113.7"}
    assert (await monitor.asks("/metrics", **forwarded))[0] == 404


async def test_figures_know_every_channel(monitor: Monitor, world: World) -> None:
    monitor.health.assistant = up(world)
    await world.says("w" * 20, "một", channel=Channel.WEB)
    told = (await monitor.asks("/metrics"))[1]
    for channel in Channel:
        assert f'ocop_outbox_waiting{{channel="{channel.value}"}} 0.0' in told
