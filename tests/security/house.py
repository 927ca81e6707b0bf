"""The whole assistant with every channel, in this process, on loopback, and its secrets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from sqlalchemy import text

from bot import app, clock
from bot.channels import configured
from bot.health import Health
from bot.late import LateReception
from bot.settings import Settings
from bot.web import WebServer
from models.content import load
from models.database import Unit, open_database
from tests import databases
from tests.telegram.conftest import HOUSEHOLD, OFFICER, soon
from tests.telegram.server import BotApi
from tests.zalo.bot_server import SECRET as ZALO_SECRET
from tests.zalo.bot_server import TOKEN as ZALO_TOKEN
from tests.zalo.bot_server import BotServer
from tests.zalo.oa_server import APP, APP_SECRET, OA_SECRET, OaServer

MASTER = "canary-master-key-of-this-installation"
#: Everything that nobody but we and a provider may know.
SECRETS = (HOUSEHOLD, OFFICER, ZALO_TOKEN, ZALO_SECRET, APP_SECRET, OA_SECRET, "refresh-0", MASTER)


@dataclass
class House:
    """A started assistant; `ask` is a request to it."""

    assistant: app.Assistant
    server: TestServer
    session: aiohttp.ClientSession
    telegram: BotApi
    oa: OaServer
    zalo: BotServer

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    @property
    def port(self) -> int:
        return int(self.server.port or 0)

    async def ask(self, method: str, path: str, **more: Any) -> tuple[int, bytes]:
        async with self.session.request(method, self.url + path, **more) as answer:
            return answer.status, await answer.read()

    def hook(self, name: str) -> dict[str, str]:
        """The header that Telegram's webhook must carry."""
        token = {"households": HOUSEHOLD, "officers": OFFICER}[name]
        webhook = self.telegram.bots[token].webhook
        assert webhook is not None
        return {"X-Telegram-Bot-Api-Secret-Token": str(webhook["secret_token"])}

    async def rows(self, query: str) -> list[dict[str, Any]]:
        def work(unit: Unit) -> list[dict[str, Any]]:
            return [dict(row) for row in unit.execute(text(query)).mappings()]

        return await self.assistant.db.read(work)

    async def settle(self) -> None:
        """Do what is due now, and send it."""
        for _ in range(40):
            done = await self.assistant.jobs.drain()
            for channel in self.assistant.outbox.lanes:
                done += await self.assistant.outbox.drain(channel)
            if not done:
                return


@asynccontextmanager
async def house(folder: Path, **changes: Any) -> AsyncIterator[House]:
    """Every channel configured, webhooks set; nothing runs but what a test asks for."""
    async with AsyncExitStack() as stack:
        telegram, oa, zalo = BotApi(HOUSEHOLD, OFFICER), OaServer(), BotServer()
        await telegram.start()
        stack.push_async_callback(telegram.stop)
        oa.base = await oa.start()
        stack.push_async_callback(oa.server.close)
        await zalo.start()
        stack.push_async_callback(zalo.server.close)
        chosen = _settings(folder, telegram, oa, zalo, changes)
        late, key, plugs, health = LateReception(), bytearray(), configured(chosen), Health()
        content = load(chosen.province)
        web_server = WebServer(chosen, content, late, key, health, plugs)
        server = TestServer(web_server.app)
        await server.start_server()
        stack.push_async_callback(server.close)
        db = open_database(chosen.database_url, clock.now)
        db.store.migrate()
        stack.callback(db.close)
        master = app.master_key(chosen, db)
        key[:] = app.derived(master, "files")
        assistant = app.assemble(chosen, db, content, master, plugs=plugs)
        health.assistant = assistant
        late.open(assistant.desk)
        tasks = [asyncio.create_task(wire.serve()) for wire in assistant.wires]
        stack.push_async_callback(_close, assistant, tasks)
        await soon(lambda: all(bot.webhook for bot in telegram.bots.values()), 20)
        await soon(lambda: zalo.webhook is not None)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield House(assistant, server, session, telegram, oa, zalo)


def _settings(
    folder: Path, telegram: BotApi, oa: OaServer, zalo: BotServer, changes: dict[str, Any]
) -> Settings:
    given: dict[str, Any] = {
        "database_url": databases.at(folder / "house.db"),
        "files_url": str(folder / "files"),
        "secret_key": SecretStr(MASTER),
        "demo": False,
        "public_url": "https://ocop.example",
        "telegram_household_token": SecretStr(HOUSEHOLD),
        "telegram_officer_token": SecretStr(OFFICER),
        "telegram_api_base": telegram.base,
        "telegram_messages_per_second": 5000,
        "zalo_oa_app_id": APP,
        "zalo_oa_app_secret": SecretStr(APP_SECRET),
        "zalo_oa_secret": SecretStr(OA_SECRET),
        "zalo_oa_refresh_token": SecretStr("refresh-0"),
        "zalo_oa_api_base": oa.base,
        "zalo_oa_oauth_base": oa.base,
        "zalo_bot_token": SecretStr(ZALO_TOKEN),
        "zalo_bot_secret": SecretStr(ZALO_SECRET),
        "zalo_bot_api_base": zalo.base,
    }
    return Settings(_env_file=None, **{**given, **changes})


async def _close(assistant: app.Assistant, tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for wire in assistant.wires:
        await wire.close()
