"""`flows`: the flows drawn into docs/flows.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PLACE = Path("docs/flows.md")


def add(app: typer.Typer) -> None:
    """Put `flows` on the command line."""
    app.command()(flows)


def flows(
    out: Annotated[Path, typer.Option(help="The file to write; - for the terminal.")] = PLACE,
) -> None:
    """Draw every flow: its questions in order, their answers and conditions."""
    from bot.flows import drawn
    from conversations.registry import ROOMS

    drawing = drawn(ROOMS.rooms.values())
    if str(out) == "-":
        print(drawing)
    else:
        out.write_text(drawing, encoding="utf-8")
        print(f"{len(ROOMS.rooms)} flows drawn in {out}.")
