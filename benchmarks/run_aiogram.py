"""Bare aiogram over HTTP, memory FSM: `python -m benchmarks.run_aiogram BASE TOKEN PORT [tuned]`.

As its guide shows it: a webhook on PORT, or polling when PORT is 0. `tuned` gets what ours has: a
frozen heap, classes of answers that pydantic does not drop, JSON by orjson. Connections and updates
handled at once are aiogram's own in both.
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
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.bare_aiogram import router
from benchmarks.webhook import PATH, SECRET, URL


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


async def hook(bot: Bot) -> None:
    await bot.set_webhook(URL, secret_token=SECRET)


def listen(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    dispatcher.startup.register(hook)
    app = web.Application()
    SimpleRequestHandler(dispatcher=dispatcher, bot=bot, secret_token=SECRET).register(app, PATH)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port)


def main(base: str, token: str, port: int, *, fast: bool) -> None:
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    held = [Response[Message], Response[list[Update]], Response[bool]] if fast else []
    if fast:
        dispatcher.startup.register(freeze)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    bot = Bot(token, session=tuned(base) if fast else stock(base))
    if port:
        listen(bot, dispatcher, port)
    else:
        loop.run_until_complete(dispatcher.start_polling(bot))
    held.clear()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), fast=sys.argv[4:] == ["tuned"])
