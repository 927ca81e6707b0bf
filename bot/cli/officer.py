"""`officer`: who reviews cases. Invite, list, revoke, move."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.content import Content
    from models.database import Database

Role = Annotated[
    str, typer.Option(help="commune, province, admin, or leader: reads the figures only.")
]
Communes = Annotated[
    list[str], typer.Option("--commune", help="A commune's code or name; may be given again.")
]
ZONE_FORMAT = "%H:%M %d/%m/%Y"


def add(app: typer.Typer) -> None:
    """Put `officer invite`, `officer list`, `officer revoke` and `officer move` on the line."""
    officer = typer.Typer(help="Officers: who reviews cases.", no_args_is_help=True)
    officer.command()(invite)
    officer.command("list")(list_)
    officer.command()(revoke)
    officer.command()(move)
    app.add_typer(officer, name="officer")


def invite(
    role: Role,
    communes: Communes = [],  # noqa: B006  # typer reads it, nobody changes it
    name: Annotated[str, typer.Option(help="As households and colleagues will read it.")] = "",
    days: Annotated[int, typer.Option(min=1, max=60, help="How long it may be used.")] = 7,
) -> None:
    """Print a one-time code and link. Whoever opens it first, on any channel, is the officer."""
    from bot.officers_admin import base_url
    from bot.officers_admin import invite as make
    from bot.settings import load

    async def work(db: Database, content: Content) -> None:
        made = await make(db, content, role, communes, name, lives=timedelta(days=days))
        until = made.expires_at.astimezone(content.province.zone).strftime(ZONE_FORMAT)
        print(f"Mã mời (dùng một lần, đến {until}): {made.code}")
        print(f"Đường dẫn: {made.link(base_url(load()))}")
        print(f"Trên Telegram, Zalo: nhắn cho trợ lý  /start {made.code}")

    _with(work)


def list_() -> None:
    """Officers, and invitations nobody has used yet."""
    from bot import clock
    from models import officers

    async def work(db: Database, content: Content) -> None:
        known = await db.read(officers.listed)
        for one in known:
            marks = ("" if one.active else "  (đã thôi)") + ("  (thử)" if one.demo else "")
            print(f"{one.id}  {one.role}  {one.name}  {_told(content, one.communes)}{marks}")
        waiting = await db.read(lambda unit: officers.open_invites(unit, clock.now()))
        for two in waiting:
            until = two.expires_at.astimezone(content.province.zone).strftime(ZONE_FORMAT)
            told = _told(content, two.communes)
            print(f"-  {two.role}  {two.name}  {told}  (đã mời, đến {until})")
        if not known and not waiting:
            print("Chưa có cán bộ nào. Mời: python -m bot officer invite --help")

    _with(work)


def revoke(number: Annotated[int, typer.Argument(help="As `officer list` shows it.")]) -> None:
    """End an officer's rights at once. Open cases go back to their colleagues."""
    from bot.officers_admin import revoke as end

    async def work(db: Database, content: Content) -> None:
        await end(db, number)
        print(f"Cán bộ {number} không còn quyền. Hồ sơ đang giữ trở về danh sách chung.")

    _with(work)


def move(
    number: Annotated[int, typer.Argument(help="As `officer list` shows it.")],
    role: Role,
    communes: Communes = [],  # noqa: B006  # typer reads it, nobody changes it
) -> None:
    """Give an officer another role or other communes."""
    from bot.officers_admin import move as change

    async def work(db: Database, content: Content) -> None:
        await change(db, content, number, role, communes)
        print(f"Cán bộ {number}: đã đổi.")

    _with(work)


def _told(content: Content, codes: Sequence[str]) -> str:
    """Communes by name; many of them as a count."""
    if len(codes) > 5:
        return f"{len(codes)} xã, phường"
    return ", ".join(content.communes[c].full() if c in content.communes else c for c in codes)


def _with(work: Callable[[Database, Content], Awaitable[None]]) -> None:
    """Do `work` on the database of the settings; what cannot be done is one sentence."""
    from bot.officers_admin import NotPossible
    from bot.opening import content_of, opened
    from bot.settings import load

    settings = load()
    with opened(settings) as db:
        try:
            asyncio.run(work(db, content_of(settings)))  # type: ignore[arg-type]
        except NotPossible as why:
            raise typer.BadParameter(str(why)) from None
