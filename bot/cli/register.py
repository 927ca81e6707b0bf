"""`import products FILE.xlsx`: the register of products."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.register_sheet import Entry
    from models.database import Database
    from models.register import Count

Sheet = Annotated[Path, typer.Argument(metavar="FILE.xlsx")]


def add(app: typer.Typer) -> None:
    """Put `import products` on the command line."""
    coming = typer.Typer(help="Bring lists in.", no_args_is_help=True)
    coming.callback()(lambda: None)
    coming.command("products")(products)
    app.add_typer(coming, name="import")


def products(file: Sheet) -> None:
    """Take the recognised products of a sheet in. Rows that are wrong are named, none is half
    taken; exits 1 when there were some. The same sheet twice changes nothing."""
    from bot import clock
    from bot.opening import content_of, opened
    from bot.register_sheet import BadSheet, read
    from bot.settings import load as settings

    given = settings()
    try:
        entries, wrong, rows = read(file, content_of(given), clock.today())
    except BadSheet as bad:
        print(bad)
        raise typer.Exit(2) from None
    with opened(given) as db:
        count = _written(db, entries)
    for cell in wrong:
        print(cell)
    print(
        f"{rows} dòng: thêm {count.added}, sửa {count.changed}, đã có {count.same}, "
        f"sai {rows - len(entries)}."
    )
    if wrong:
        raise typer.Exit(1)


def _written(db: Database, entries: list[Entry]) -> Count:
    """In parts of one transaction each, with a bar on the terminal."""
    from functools import partial

    from bot import clock
    from bot.register_sheet import batches
    from models import register
    from models.content.fold import fold

    total = register.Count()
    there = db.run_now(partial(register.known, fold=fold))
    with typer.progressbar(length=len(entries), label="Đang ghi") as bar:
        for part in batches(entries):
            done = db.run_now(
                partial(register.add, rows=part, fold=fold, now=clock.now(), there=there)
            )
            total.added += done.added
            total.changed += done.changed
            total.same += done.same
            bar.update(len(part))
    return total
