"""Bare aiogram over HTTP, polling, memory FSM: `python -m benchmarks.polling_aiogram BASE TOKEN`.

With a third word, `tuned`, it gets what ours has: a frozen heap, classes of answers that pydantic
does not drop, JSON by orjson. Connections and updates handled at once are aiogram's own in both.
"""

from __future__ import annotations

import asyncio
import gc
import sys

import orjson
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import Response
from aiogram.types import Message, Update

from benchmarks.bare_aiogram import router


def stock(base: str) -> AiohttpSession:
    return AiohttpSession(api=TelegramAPIServer.from_base(base))


def tuned(base: str) -> AiohttpSession:
    return AiohttpSession(
        api=TelegramAPIServer.from_base(base),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )


async def freeze() -> None:
    gc.collect()
    gc.freeze()


async def main(base: str, token: str, *, fast: bool) -> None:
    bot = Bot(token, session=tuned(base) if fast else stock(base))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    held = [Response[Message], Response[list[Update]], Response[bool]] if fast else []
    if fast:
        dispatcher.startup.register(freeze)
    await dispatcher.start_polling(bot)
    held.clear()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], fast=sys.argv[3:] == ["tuned"]))
