"""`new-province CODE`: the folder of another province, to be filled in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer


def add(app: typer.Typer) -> None:
    """Put `new-province` on the command line."""
    app.command("new-province")(new_province)


def new_province(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The folder's name: vung-mau.")],
    into: Annotated[
        Path | None,
        typer.Option(help="The folder to make it in; left out, CONTENT_FOLDER or content/."),
    ] = None,
) -> None:
    """Make a province's folder that passes `check` at once; what to fill in is marked in it."""
    from bot.new_province import MARK, BadCode, make, unfilled
    from bot.settings import load
    from models.content import content_root

    own = into or load().content_folder
    folder = own or Path(str(content_root()))
    try:
        made = make(code, folder)
    except BadCode:
        _refuse(
            f"Mã tỉnh “{code}” không dùng được: chỉ chữ thường không dấu, số và gạch nối, "
            "như vung-mau."
        )
    except FileExistsError:
        _refuse(f"{folder / code}: đã có rồi, không ghi đè.")
    except OSError as wrong:
        _refuse(f"{folder / code}: không ghi được ({wrong.strerror}).")
    there = f"CONTENT_FOLDER={own.resolve()} và " if own else ""
    print(f"Đã tạo {made}: còn {len(list(unfilled(made)))} chỗ ghi “{MARK}”.")
    print(f"Đặt {there}PROVINCE={code} trong .env, rồi chạy: python -m bot check")


def _refuse(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    raise typer.Exit(2)
