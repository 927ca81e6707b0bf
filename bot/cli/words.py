"""`words`: which sentences have no English, and which English nobody says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Put `words` on the command line."""
    app.command()(words)


def words(
    write: Annotated[
        str, typer.Option(metavar="AREA", help="Add what is missing to locales/en/AREA.po.")
    ] = "",
) -> None:
    """List what is wrong with the words, with file and line; exits 1 when something is."""
    from locales import catalogue, extract

    root = Path(__file__).parents[2]
    if write:
        added = extract.add_missing(root, write)
        print(f"{added} sentences added to locales/en/{write}.po; fill in their English.")
    found = extract.problems(root)
    for problem in found:
        print(f"{problem.file}:{problem.line}: {problem.what}")
    if found:
        raise typer.Exit(1)
    print(f"{catalogue.warm('en')} sentences, all with English.")
