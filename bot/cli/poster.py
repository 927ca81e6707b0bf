"""`poster COMMUNE`: a sheet with QR codes for the commune's notice board."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Put `poster` on the command line."""
    app.command()(poster)


def poster(
    commune: Annotated[str, typer.Argument(metavar="COMMUNE", help="Its code or its name.")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE.pdf")] = None,
) -> None:
    """Write a printable poster with the QR codes of the configured channels."""
    from bot.documents.poster import pdf
    from bot.opening import content_of
    from bot.posters import NoPoster, made
    from bot.settings import load as settings

    chosen = settings()
    try:
        sheet = made(chosen, content_of(chosen), commune)
    except NoPoster as wrong:
        print(wrong, file=sys.stderr)
        raise typer.Exit(2) from None
    target = file or Path(f"poster-{commune}.pdf")
    target.write_bytes(pdf(sheet))
    print(f"Đã ghi: {target}")
