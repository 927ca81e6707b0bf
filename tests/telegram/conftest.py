"""The whole assistant with Telegram, in this process, against the strict server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot import app, clock
from bot.late import LateReception
from bot.running import keep_beat as running_beat
from bot.settings import Settings
from bot.telegram import TelegramPlug
from models.content import load
from models.database import Database, open_database
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

HOUSEHOLD, OFFICER = "111111:households-token", "222222:officers-token"


class Running:
    """A started assistant and the people around it."""

    def __init__(self, api: BotApi, assistant: app.Assistant, db: Database, hooked: bool) -> None:
        self.api, self.assistant, self.db, self.hooked = api, assistant, db, hooked

    def phone(self, chat: int, token: str = HOUSEHOLD, language: str = "vi") -> Phone:
        phone = Phone(self.api, token, chat, language)
        phone.hooked = self.hooked
        return phone


@asynccontextmanager
async def running(
    folder: Path, api: BotApi, *, hook: bool = False, rate: float = 5000, officer: str = ""
) -> AsyncIterator[Running]:
    """The assistant on a database in `folder`, started and stopped."""
    async with AsyncExitStack() as stack:
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        place = f"http://127.0.0.1:{port.getsockname()[1]}" if hook else None
        settings = Settings(
            _env_file=None,
            database_url=f"sqlite:///{folder}/t.db",
            files_url=f"{folder}/files",
            telegram_api_base=api.base,
            telegram_household_token=SecretStr(HOUSEHOLD),
            telegram_messages_per_second=rate,
            public_url=place,
            telegram_officer_token=SecretStr(officer),
        )
        db = open_database(settings.database_url, clock.now)
        db.store.migrate()
        stack.callback(db.close)
        plug, late = TelegramPlug(settings), LateReception()
        site = web.Application()
        plug.attach(site, late)
        if hook:
            await _serving(stack, site, port)
        assistant = app.assemble(settings, db, load(settings.province), b"m" * 32, plugs=[plug])
        late.open(assistant.desk)
        await running_beat(assistant)
        services = [assistant.outbox.run(), assistant.jobs.run()]
        tasks = [asyncio.create_task(s) for s in services]
        tasks += [asyncio.create_task(wire.serve()) for wire in assistant.wires]
        await _ready(api)
        yield Running(api, assistant, db, hook)
        assistant.outbox.stop()
        assistant.jobs.stop()
        for task in tasks[2:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for wire in assistant.wires:
            await wire.close()


async def _serving(stack: AsyncExitStack, site: web.Application, port: socket.socket) -> None:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, port).start()


async def _ready(api: BotApi) -> None:
    """Until every bot polls or has its webhook."""
    for bot in api.bots.values():
        async with asyncio.timeout(15):
            while not (bot.polling or bot.webhook):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    made = BotApi(HOUSEHOLD)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(params=["polling", "webhook"])
async def town(tmp_path: Path, api: BotApi, request: Any) -> AsyncIterator[Running]:
    async with running(tmp_path, api, hook=request.param == "webhook") as started:
        yield started


async def soon(holds: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
