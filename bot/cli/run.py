"""`run`: the assistant itself."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.app import Assistant
    from bot.settings import Settings


def add(app: typer.Typer) -> None:
    """Put `run` on the command line."""
    app.command()(run)


def run() -> None:
    """Start everything: the web chat, what leaves, what is due. Ctrl+C or SIGTERM stops it."""
    import asyncio

    from bot.running import run as run_assistant
    from bot.settings import load
    from bot.web import CannotListen

    settings = load()
    try:
        asyncio.run(run_assistant(settings, partial(_welcome, settings)))
    except CannotListen as wrong:
        print(wrong, file=sys.stderr)
        raise typer.Exit(2) from None
    except Exception as wrong:
        from models.database import DatabaseError

        if not isinstance(wrong, DatabaseError):
            raise
        print(wrong, file=sys.stderr)
        raise typer.Exit(2) from None


async def _welcome(settings: Settings, assistant: Assistant, address: str) -> None:
    from bot import demo

    print(f"Trợ lý OCOP: {address}/", flush=True)
    for line in await demo.welcome(assistant.db, assistant.house.content, settings, address):
        print(line, flush=True)
