"""`backup` and `restore`: everything in one file, made while the assistant runs."""

from __future__ import annotations

from pathlib import Path

import typer


def add(app: typer.Typer) -> None:
    """Put `backup` and `restore` on the command line."""
    app.command()(backup)
    app.command()(restore)


def backup(file: Path) -> None:
    """Write the database and every file to FILE (a ZIP). The assistant may run meanwhile.

    Keep it like the data itself: it holds people's names, numbers and papers.
    """
    from bot import backup as backups
    from bot import clock
    from bot.opening import files_of
    from bot.settings import load

    settings = load()
    kept = backups.write(file, settings.database_url, files_of(settings), clock.now())
    print(f"{file}: the database (version {kept.version}) and {kept.files} files.")


def restore(file: Path, replace: bool = False) -> None:
    """Put the backup FILE back, while the assistant is stopped.

    With --replace a database that is there is put aside, not deleted.
    """
    from bot import backup as backups
    from bot.opening import files_of
    from bot.settings import load

    settings = load()
    store = files_of(settings)
    kept = backups.restore(file, settings.database_url, store, replace=replace)
    if kept.aside is not None:
        print(f"What was there before: {kept.aside}")
    print(f"Restored: made {kept.made_at}, version {kept.version}, {kept.files} files.")
