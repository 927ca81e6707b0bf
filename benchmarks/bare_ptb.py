"""The third side: python-telegram-bot's ConversationHandler with PicklePersistence, as its guide
shows it: `python -m benchmarks.bare_ptb BASE TOKEN PORT FOLDER`, a webhook on PORT, or polling when
PORT is 0."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import phonenumbers
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.form import ANSWERS, DONE, KINDS, QUESTIONS
from benchmarks.webhook import PATH, SECRET, URL

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
Handle = Callable[[Update, Context], Coroutine[Any, Any, int]]


def keyboard(step: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(label, callback_data=f"fill:{key}")]
        for key, label in QUESTIONS[step].choices
    ]
    nav = [
        InlineKeyboardButton("Quay lại", callback_data="nav:back"),
        InlineKeyboardButton("Huỷ", callback_data="nav:cancel"),
    ]
    return InlineKeyboardMarkup([*rows, nav])


async def ask(message: Message, step: int, note: str = "") -> int:
    text = f"{note}Bước {step + 1}/5\n{QUESTIONS[step].ask}"
    await message.reply_text(text, reply_markup=keyboard(step))
    return step


def understood(step: int, text: str) -> Any:
    """What the text means at that step; None when nothing."""
    match QUESTIONS[step].key:
        case "kind" | "sold":
            choices = KINDS if step == 0 else ANSWERS
            said = text.strip().lower()
            return next((key for key, label in choices if label.lower() == said), None)
        case "phone":
            try:
                number = phonenumbers.parse(text, "VN")
            except phonenumbers.NumberParseException:
                return None
            good = phonenumbers.is_valid_number(number)
            return phonenumbers.format_number(number, 0) if good else None
        case "amount":
            return int(text) if text.isdecimal() else None
        case _:
            return text.strip() or None


def filling(step: int) -> Handle:
    """The handler of one step."""

    async def handle(update: Update, context: Context) -> int:
        message, kept = update.message, context.user_data
        assert message is not None and kept is not None
        answer = understood(step, message.text or "")
        if answer is None:
            await message.reply_text("Mình chưa hiểu.", reply_markup=keyboard(step))
            return step
        kept[QUESTIONS[step].key] = answer
        if step + 1 < len(QUESTIONS):
            return await ask(message, step + 1)
        kept.clear()
        return await ask(message, 0, f"{DONE}\n\n")

    return handle


async def start(update: Update, context: Context) -> int:
    assert update.message is not None
    return await ask(update.message, 0)


def built(base: str, token: str, folder: Path, *, hooked: bool) -> App:
    kept = PicklePersistence(filepath=folder / "talks.pickle")
    builder = ApplicationBuilder().token(token).base_url(f"{base}/bot").persistence(kept)
    app = builder.updater(None).build() if hooked else builder.build()
    form = ConversationHandler(
        entry_points=[MessageHandler(filters.ALL, start)],
        states={n: [MessageHandler(filters.TEXT, filling(n))] for n in range(len(QUESTIONS))},
        fallbacks=[],
        name="filling",
        persistent=True,
    )
    app.add_handler(form)
    return app


async def listen(app: App, port: int) -> None:
    """A custom webhook, as in its guide: the page puts the update into the queue."""

    async def page(request: web.Request) -> web.Response:
        update = Update.de_json(data=await request.json(), bot=app.bot)
        await app.update_queue.put(update)
        return web.Response()

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = web.Application()
    server.router.add_post(PATH, page)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with app:
        await app.start()
        await app.bot.set_webhook(URL, secret_token=SECRET)
        await stop.wait()
        await runner.cleanup()
        await app.stop()


def main(base: str, token: str, port: int, folder: Path) -> None:
    app = built(base, token, folder, hooked=bool(port))
    if port:
        asyncio.run(listen(app, port))
    else:
        app.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
