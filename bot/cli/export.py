"""`export template`, `questions` and `audit`: what the assistant gives out for people to read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.answers import Kept


def add(app: typer.Typer) -> None:
    """Put `export` on the command line."""
    going = typer.Typer(help="Give lists and their templates out.", no_args_is_help=True)
    going.callback()(lambda: None)
    going.command("template")(template)
    going.command("questions")(questions)
    going.command("audit")(audit)
    app.add_typer(going, name="export")


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")] = Path("san-pham-ocop.xlsx"),
) -> None:
    """Write the empty sheet that `import products` reads."""
    from bot.opening import content_of
    from bot.register_sheet import template as write
    from bot.settings import load as settings

    write(file, content_of(settings()))
    print(f"Đã ghi mẫu: {file}")


Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"])]


def audit(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    since: Day = None,
    until: Day = None,
) -> None:
    """Write the audit log to a new CSV file: who saw and did what, from the day SINCE to UNTIL."""
    from bot import audit_sheet
    from bot.opening import content_of, opened
    from bot.settings import load as settings

    given = settings()
    zone = content_of(given).province.zone
    days = [day.date() if day else None for day in (since, until)]
    try:
        with opened(given) as db:
            count = audit_sheet.write(db, file, zone, *days)
    except FileExistsError:
        print(f"{file}: đã có tệp này, không ghi đè.")
        raise typer.Exit(2) from None
    print(f"{count} dòng nhật ký, ghi vào {file}.")


def questions(
    out: Annotated[
        Path | None, typer.Option(help="Write them to this YAML file and mark them as taken.")
    ] = None,
    again: Annotated[bool, typer.Option(help="Those taken before as well.")] = False,
) -> None:
    """Answers and corrections that officers want kept, as passages ready to edit."""
    from bot import clock
    from bot.opening import opened
    from bot.settings import load
    from models import answers as stored

    with opened(load()) as db:
        found = db.run_now(lambda unit: stored.kept(unit, again=again))
        if out is not None and found:
            out.write_text(_passages(found), encoding="utf-8")
            ids, now = [one.id for one in found], clock.now()
            db.run_now(lambda unit: stored.taken(unit, ids, now))
    if out is None and found:
        print(_passages(found), end="")
    else:
        print(f"{len(found)} câu trả lời{f', ghi vào {out}' if out and found else ''}.")


def _passages(found: list[Kept]) -> str:
    """One passage each, as content/*/policy/*.yaml holds them; what is to be filled in is empty."""
    return "\n".join(_passage(one) for one in found)


def _passage(one: Kept) -> str:
    import yaml

    on = f" {one.at:%d/%m/%Y}" if one.at else ""
    known = f"; về mục {one.topic}" if one.topic else ""
    row = {
        "id": f"cau_{one.id}",
        "title": {"vi": one.question.strip()[:80], "en": ""},
        "document": "",
        "section": "",
        "status": "unknown",
        "confidence": "low",
        "facts": [{one.language: one.answer}],
        "asks": {one.language: [one.question]},
    }
    head = f"# {one.officer or '?'},{on or ' ?'}{known}. Điền văn bản, điều, hiệu lực.\n"
    return head + yaml.safe_dump([row], allow_unicode=True, sort_keys=False, width=100)
