"""`check`: is everything as it must be? Settings, content, words, flows, database and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings


def add(app: typer.Typer) -> None:
    """Put `check` on the command line."""
    app.command()(check)


def check() -> None:
    """Read everything over and print what is wrong, with file and line; exits 1 when something is.

    Nothing is changed; a database that is not made yet is not wrong.
    """
    from bot.settings import load

    settings = load()
    wrong = 0
    for name, proof in PROOFS.items():
        found = list(proof(settings))
        wrong += len(found)
        print(f"{name}: {f'{len(found)} to mend' if found else 'good'}")
        for what in found:
            print(f"  {what}")
    _say_unfilled(settings)
    if wrong:
        raise typer.Exit(1)


def _say_unfilled(settings: Settings) -> None:
    """What a new province still has to fill in: no mistake, so it fails nothing."""
    from bot.new_province import unfilled
    from models.content import content_root

    home = content_root(settings.content_folder).joinpath(settings.province)
    if left := list(unfilled(home)):
        print(f"still to fill in ({len(left)}): {', '.join(left)}")


def _content(settings: Settings) -> Iterator[str]:
    from models.content import content_root, validate

    return (str(problem) for problem in validate(content_root(settings.content_folder)))


def _templates(settings: Settings) -> Iterator[str]:
    from bot.opening import content_of
    from bot.settings import SettingsError
    from bot.zalo_templates import named

    try:
        named(settings.zalo_oa_templates, content_of(settings).templates)
    except SettingsError as wrong:
        yield str(wrong)


def _answers(settings: Settings) -> Iterator[str]:
    """What answers questions can be built, and says something about the plainest one."""
    from bot import clock
    from conversations.policy import Answerer
    from models.content import content_root

    try:
        answerer = Answerer(content_root(settings.content_folder), settings.province)
        answer = answerer.answer("OCOP là gì?", clock.today())
    except Exception as wrong:
        yield f"cannot be built: {type(wrong).__name__}: {wrong}"
    else:
        if not answer.text:
            yield "nothing is said about the plainest question"
        learned_from = answerer.finder.weights.learned_from
        if learned_from and learned_from != answerer.finder.print():
            yield "what people ask was changed since it was learned: make learn"


def _words(_: Settings) -> Iterator[str]:
    from locales.extract import problems

    for problem in problems(Path(__file__).parents[2]):
        yield f"{problem.file}:{problem.line}: {problem.what}"


def _flows(_: Settings) -> Iterator[str]:
    from bot.flows import complaints
    from conversations.registry import ROOMS

    return complaints(ROOMS.rooms.values())


def _database(settings: Settings) -> Iterator[str]:
    from bot.check_database import complaints

    return complaints(settings.database_url)


def _files(settings: Settings) -> Iterator[str]:
    """Bytes that a row names and the store does not hold."""
    from bot.check_database import lost_files, not_made
    from bot.opening import files_of

    if not not_made(settings.database_url) and not any(_database(settings)):
        try:
            yield from lost_files(settings.database_url, files_of(settings))
        except OSError as wrong:
            yield f"cannot be asked: {wrong}"


PROOFS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "content": _content,
    "template messages": _templates,
    "answers": _answers,
    "words": _words,
    "flows": _flows,
    "database": _database,
    "files": _files,
}
