"""`ask`: policy questions answered in the terminal, as a person would see it or as JSON lines."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Put `ask` on the command line."""
    app.command()(ask)


def ask(
    question: Annotated[list[str] | None, typer.Argument(help="The question.")] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read {"id", "question", "lang"?, "date"?, "history"?} lines; answer each.',
        ),
    ] = False,
    lang: Annotated[str, typer.Option(help="vi or en; left out, the question's own.")] = "",
) -> None:
    """Answer a question from the content files, with where it is written."""
    from bot import ask, clock
    from bot.settings import load
    from conversations.policy import Answerer
    from models.content import content_root

    if not jsonl and not question:
        raise typer.BadParameter('say a question, as in: ask "OCOP là gì?"')
    settings = load()
    answerer = Answerer(content_root(settings.content_folder), settings.province)
    if jsonl:
        ask.ask_jsonl(answerer, clock.today(), sys.stdin, sys.stdout)
        return
    print(ask.ask_once(answerer, " ".join(question or ()), clock.today(), lang or None))
