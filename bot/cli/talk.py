"""`talk`: the assistant in this terminal."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

HELP = """\
Gõ số để bấm nút ("=5" là gõ số 5), gõ chữ để trả lời, /file ĐƯỜNG_DẪN để gửi tệp, /exit để thôi.
Type a number to press its button ("=5" says a bare 5), /file PATH sends a file, /exit leaves.
"""


def add(app: typer.Typer) -> None:
    """Put `talk` on the command line."""
    app.command()(talk)


def talk(
    name: Annotated[str, typer.Option("--as", help="Who you are; a name is a person.")] = "me",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="On a new database that is thrown away afterwards.")
    ] = False,
) -> None:
    """Talk to the assistant here, through the same turn as on every channel."""
    from tempfile import TemporaryDirectory

    from bot.settings import load

    settings = load()
    if not fresh:
        _talk(settings, name)
        return
    with TemporaryDirectory() as folder:
        here = {"database_url": f"sqlite:///{folder}/talk.sqlite3", "files_url": f"{folder}/files"}
        _talk(settings.model_copy(update=here), name)


def _talk(settings: Settings, name: str) -> None:
    import asyncio
    from contextlib import suppress

    from bot import log
    from bot.app import assemble, master_key
    from bot.opening import content_of, opened
    from bot.talking import Talking

    log.start("ERROR")
    print(HELP)
    with opened(settings) as db:
        master = master_key(settings, db)

        async def run() -> None:
            assistant = assemble(settings, db, content_of(settings), master)
            await Talking(assistant, name, _show, sys.stdout.isatty()).run(_typed())

        with suppress(KeyboardInterrupt):
            asyncio.run(run())


def _show(text: str) -> None:
    print(text, flush=True)


async def _typed() -> AsyncIterator[str]:
    """Lines from the keyboard, read on a thread of their own: a Ctrl+C need not wait for one."""
    import asyncio
    import threading
    from contextlib import suppress

    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: the talk ended before the keyboard did
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line
