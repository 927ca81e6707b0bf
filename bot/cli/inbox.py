"""`inbox`: messages that could not be handled: which, why, and once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from models.inbox import Kept


def add(app: typer.Typer) -> None:
    """Put `inbox list`, `inbox show` and `inbox replay` on the command line."""
    inbox = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)
    inbox.command("list")(list_)
    inbox.command()(show)
    inbox.command()(replay)
    app.add_typer(inbox, name="inbox")


def list_() -> None:
    """Messages that wait, failed or were set aside; the newest first."""
    from bot.opening import opened
    from bot.settings import load
    from models import inbox

    with opened(load()) as db:
        found = db.run_now(inbox.listed)
    for kept in found:
        print(_headline(kept))
    if not found:
        print("Every message was handled.")


def show(number: int) -> None:
    """What is kept of one message, and why it failed."""
    from bot.opening import opened
    from bot.settings import load
    from models import inbox

    with opened(load()) as db:
        kept = db.run_now(lambda unit: inbox.find(unit, number))
        trace = db.run_now(lambda unit: inbox.trace_of(unit, number))
    if kept is None:
        raise typer.BadParameter(f"there is no message {number}")
    print(_headline(kept))
    for name, value in kept.payload.items():
        print(f"  {name}: {value}")
    print(trace or "  It left no trace.")


def replay(number: int) -> None:
    """Handle one message again, by what the program does now. Its answer leaves as usual."""
    import asyncio

    from bot.app import assemble, master_key
    from bot.opening import content_of, opened
    from bot.settings import load
    from models import inbox

    settings = load()
    with opened(settings) as db:
        master = master_key(settings, db)

        async def hear() -> str | None:
            assistant = assemble(settings, db, content_of(settings), master)
            await assistant.turns.hear_again(number)
            kept = await db.run(lambda unit: inbox.find(unit, number))
            return kept.state if kept else None

        state = asyncio.run(hear())
    if state is None:
        raise typer.BadParameter(f"there is no message {number}")
    if state != "done":
        print(f"Message {number} failed again: `inbox show {number}` says why.")
        raise typer.Exit(1)
    print(f"Message {number} was handled.")


def _headline(kept: Kept) -> str:
    said = kept.inbound
    at = said.at.strftime("%d/%m/%Y %H:%M")
    return (
        f"{kept.id}  {kept.state}  {said.address.channel}  person {kept.person_id}  "
        f"{at} UTC  tried {kept.attempts}×"
    )
