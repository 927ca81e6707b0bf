"""`demo`: what the demo made, removed."""

from __future__ import annotations

import typer


def add(app: typer.Typer) -> None:
    """Put `demo remove` on the command line."""
    demo = typer.Typer(help="Demo data, made through the links of a first start.")
    demo.callback()(lambda: None)  # `remove` stays a word of its own while it is the only one
    demo.command()(remove)
    app.add_typer(demo, name="demo")


def remove() -> None:
    """Remove demo households, their dossiers and demo officers. Real ones stay."""
    import asyncio

    from bot.demo import remove as remove_all
    from bot.opening import opened
    from bot.settings import load

    with opened(load()) as db:
        gone = asyncio.run(remove_all(db))
    print(
        f"Đã xoá: {gone.people} người dùng thử, {gone.dossiers} hồ sơ, {gone.officers} cán bộ thử."
    )
