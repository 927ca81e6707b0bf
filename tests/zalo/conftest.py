"""One deployment on loopback: our server, a strict Zalo, a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot import clock
from bot.app import Assistant, assemble
from bot.channels import configured
from bot.health import Health
from bot.late import LateReception
from bot.settings import Settings
from bot.web import WebServer
from models import people
from models.content import load
from models.database import open_database
from models.messages import Address, Button, Channel, Say
from tests import databases
from tests.flows.talk import MORNING
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.oa_server import APP, APP_SECRET, OA_SECRET, OaServer, Zalo


@dataclass
class Deployed:
    """Our side: `settle` does everything that is due now."""

    assistant: Assistant
    url: str
    clock: clock.Clock

    async def settle(self, *channels: Channel) -> None:
        for _ in range(40):
            done = await self.assistant.jobs.drain()
            for channel in self.assistant.outbox.lanes:
                done += await self.assistant.outbox.drain(channel)
            if not done:
                return

    async def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        from sqlalchemy import text

        def work(unit: Any) -> list[dict[str, Any]]:
            return [dict(row) for row in unit.execute(text(query), values).mappings()]

        return await self.assistant.db.read(work)


@asynccontextmanager
async def deployed(folder: Path, at: clock.Clock, **settings: Any) -> AsyncIterator[Deployed]:
    kept = {"database_url": databases.at(folder / "zalo.db"), "files_url": str(folder / "files")}
    chosen = Settings(_env_file=None, demo=False, **{**kept, **settings})
    reception, key, plugs = LateReception(), bytearray(), configured(chosen)
    content = load(chosen.province)
    server = WebServer(chosen, content, reception, key, Health(), plugs)
    listening = TestServer(server.app)
    await listening.start_server()
    db = open_database(chosen.database_url, clock.now)
    db.store.migrate()
    assistant = assemble(chosen, db, content, b"m" * 32, plugs=plugs)
    reception.open(assistant.desk)
    url = str(listening.make_url("")).rstrip("/")
    try:
        yield Deployed(assistant, url, at)
    finally:
        for wire in assistant.wires:
            await wire.close()
        await listening.close()
        db.close()


@pytest.fixture
def morning() -> Any:
    with clock.stopped(MORNING) as at:
        yield at


@pytest.fixture
async def oa() -> AsyncIterator[OaServer]:
    server = OaServer()
    server.base = await server.start()
    yield server
    await server.server.close()


def oa_settings(oa: OaServer) -> dict[str, Any]:
    base = oa.base
    return {
        "zalo_oa_app_id": APP,
        "zalo_oa_app_secret": APP_SECRET,
        "zalo_oa_secret": OA_SECRET,
        "zalo_oa_refresh_token": "refresh-0",
        "zalo_oa_api_base": base,
        "zalo_oa_oauth_base": base,
        "zalo_zbs_api_base": base,
        "public_url": "https://ocop.example",
    }


@pytest.fixture
async def here(tmp_path: Path, morning: clock.Clock, oa: OaServer) -> AsyncIterator[Deployed]:
    async with deployed(tmp_path, morning, **oa_settings(oa)) as town:
        yield town


@pytest.fixture
async def zalo(here: Deployed, oa: OaServer) -> AsyncIterator[Zalo]:
    async with aiohttp.ClientSession() as session:
        yield Zalo(oa, here.url, session)


@pytest.fixture
async def bot() -> AsyncIterator[BotServer]:
    server = BotServer()
    await server.start()
    yield server
    await server.server.close()


def bot_settings(bot: BotServer) -> dict[str, Any]:
    return {
        "zalo_bot_token": TOKEN,
        "zalo_bot_secret": SECRET,
        "zalo_bot_api_base": bot.base,
        "public_url": "https://ocop.example",
    }


@pytest.fixture
async def there(tmp_path: Path, morning: clock.Clock, bot: BotServer) -> AsyncIterator[Deployed]:
    async with deployed(tmp_path, morning, **bot_settings(bot)) as town:
        yield town


@pytest.fixture
async def pilot(there: Deployed, bot: BotServer) -> AsyncIterator[Pilot]:
    async with aiohttp.ClientSession() as session:
        yield Pilot(bot, there.url, session)


class Letter:
    def __init__(self, text: str, *buttons: tuple[str, str]) -> None:
        self.text, self.buttons = text, buttons

    def say(self, lang: str) -> Say:
        return Say(self.text, tuple((Button(*b),) for b in self.buttons))


async def notice(there: Deployed, who: str, letter: Letter) -> None:
    def write(unit: Any) -> None:
        known = people.at_address(unit, Address(Channel.ZALO_BOT, who))
        assert known is not None
        post = there.assistant.house.post(unit, clock.now())
        post.to_person(known.person_id, letter)
        post.deliver()

    await there.assistant.db.run(write)
    await there.settle()
