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
from sqlalchemy import text

from bot import app, clock
from bot.late import LateReception
from bot.running import keep_beat as running_beat
from bot.settings import Settings
from bot.telegram import TelegramPlug
from models.content import load
from models.database import Database, Unit, open_database
from tests import databases
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

HOUSEHOLD, OFFICER = "111111:households-token", "222222:officers-token"


class Running:
    """A started assistant and the people around it."""

    def __init__(self, api: BotApi, assistant: app.Assistant, db: Database, hooked: bool) -> None:
        self.api, self.assistant, self.db, self.hooked = api, assistant, db, hooked

    async def settle(self) -> None:
        """Do and send what is due, until nothing is; for an assistant that works by hand."""
        for _ in range(40):
            done = await self.assistant.jobs.drain()
            for channel in self.assistant.outbox.lanes:
                done += await self.assistant.outbox.drain(channel)
            if not done:
                return

    async def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        def work(unit: Unit) -> list[dict[str, Any]]:
            return [dict(row) for row in unit.execute(text(query), values).mappings()]

        return await self.db.read(work)

    async def delivered(self, token: str) -> None:
        """What people did on this bot has been taken."""
        if self.hooked:
            assert set(await self.api.push(token)) <= {200}
        else:
            await self.api.taken(token)

    def phone(self, chat: int, token: str = HOUSEHOLD, language: str = "vi") -> Phone:
        phone = Phone(self.api, token, chat, language)
        phone.hooked = self.hooked
        return phone


@asynccontextmanager
async def running(
    folder: Path,
    api: BotApi,
    *,
    hook: bool = False,
    rate: float = 5000,
    household: str = HOUSEHOLD,
    officer: str = "",
    by_hand: bool = False,
) -> AsyncIterator[Running]:
    """The assistant on a database in `folder`, started and stopped. `by_hand`: what is due is done
    and sent when the test says so."""
    async with AsyncExitStack() as stack:
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        place = f"http://127.0.0.1:{port.getsockname()[1]}" if hook else None
        settings = Settings(
            _env_file=None,
            database_url=databases.at(folder / "t.db"),
            files_url=f"{folder}/files",
            telegram_api_base=api.base,
            telegram_household_token=SecretStr(household),
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
        services = [] if by_hand else [assistant.outbox.run(), assistant.jobs.run()]
        tasks = [asyncio.create_task(s) for s in services]
        tasks += [asyncio.create_task(wire.serve()) for wire in assistant.wires]
        try:
            await _ready(api)
            yield Running(api, assistant, db, hook)
        finally:
            assistant.outbox.stop()
            assistant.jobs.stop()
            for task in tasks[len(services) :]:
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
        async with asyncio.timeout(60):
            while not (bot.polling or bot.webhook):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@asynccontextmanager
async def telegram(*tokens: str, **more: Any) -> AsyncIterator[BotApi]:
    """A Bot API server, started and stopped."""
    made = BotApi(*tokens, **more)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with telegram(HOUSEHOLD) as made:
        yield made


@pytest.fixture(params=["polling", "webhook"])
async def town(tmp_path: Path, api: BotApi, request: Any) -> AsyncIterator[Running]:
    async with running(tmp_path, api, hook=request.param == "webhook") as started:
        yield started


async def soon(holds: Callable[[], bool], seconds: float = 40.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
