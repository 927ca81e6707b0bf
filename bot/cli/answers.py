"""`answers`: what officers want in the content, for who writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.answers import Kept


def add(app: typer.Typer) -> None:
    """Put `answers` on the command line."""
    app.command()(answers)


def answers(
    out: Annotated[
        Path | None, typer.Option(help="Write them to this YAML file and mark them as taken.")
    ] = None,
    again: Annotated[bool, typer.Option(help="Those taken before as well.")] = False,
) -> None:
    """Answers and corrections that officers want kept, as YAML. Check them before they go in."""
    from bot import clock
    from bot.opening import opened
    from bot.settings import load
    from models import answers as stored

    with opened(load()) as db:
        found = db.run_now(lambda unit: stored.kept(unit, again=again))
        if out is not None and found:
            out.write_text(_yaml(found), encoding="utf-8")
            ids, now = [one.id for one in found], clock.now()
            db.run_now(lambda unit: stored.taken(unit, ids, now))
    if out is None and found:
        print(_yaml(found), end="")
    else:
        print(f"{len(found)} answers{f' written to {out}' if out and found else ''}.")


def _yaml(found: list[Kept]) -> str:
    import yaml

    rows = [
        {
            "about": one.topic,
            "question": one.question,
            "answer": one.answer,
            "language": one.language,
            "by": one.officer,
            "on": one.at.date().isoformat() if one.at else None,
        }
        for one in found
    ]
    return yaml.safe_dump({"answers": rows}, allow_unicode=True, sort_keys=False)
