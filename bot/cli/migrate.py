"""`migrate`: the database brought up to date, without starting anything."""

from __future__ import annotations

import typer


def add(app: typer.Typer) -> None:
    """Put `migrate` on the command line."""
    app.command()(migrate)


def migrate() -> None:
    """Bring the database's tables up to date (`run` does it too)."""
    from bot.opening import opened
    from bot.settings import load

    with opened(load()):
        print("The database is up to date.")
