"""`run`: the assistant itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.app import Assistant
    from bot.settings import Settings


def add(app: typer.Typer) -> None:
    """Put `run` on the command line."""
    app.command()(run)


Only = Annotated[
    str,
    typer.Option(
        help="Parts to run, with commas: web, telegram (households, officers), zalo, jobs."
    ),
]


def run(only: Only = "") -> None:
    """Start everything: the web chat, the bots, what leaves, what is due. Ctrl+C stops it."""
    import asyncio

    from bot.parts import parse
    from bot.running import run as run_assistant
    from bot.settings import load

    settings = load()
    asyncio.run(run_assistant(settings, partial(_welcome, settings), parse(only)))


async def _welcome(settings: Settings, assistant: Assistant, address: str) -> None:
    from bot import demo

    if not address:  # a process without the web chat
        print("Trợ lý OCOP", flush=True)
        return
    print(f"Trợ lý OCOP: {address}/", flush=True)
    for line in await demo.welcome(assistant.db, assistant.house.content, settings, address):
        print(line, flush=True)
