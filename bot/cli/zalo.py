"""`zalo`: the Official Account's tokens: how they stand, and consent again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs, urlsplit

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.zalo_tokens import Tokens
    from models.database import Database


def add(app: typer.Typer) -> None:
    """Put `zalo status` and `zalo consent` on the command line."""
    zalo = typer.Typer(help="Zalo Official Account: its tokens.", no_args_is_help=True)
    zalo.command()(status)
    zalo.command()(consent)
    app.add_typer(zalo, name="zalo")


def status() -> None:
    """How the tokens stand, what left this month and what the plan has left."""
    from bot import clock
    from bot.zalo_counts import month
    from models import tokens, windows
    from models.messages import Channel

    async def work(db: Database, kept: Tokens, local: Callable[[datetime], str]) -> None:
        pair = await db.read(lambda unit: tokens.current(unit, kept.name))
        if pair is None or not pair.access:
            print("Chưa có mã truy cập; tin đầu tiên sẽ xin một mã.")
        else:
            until = local(pair.expires_at)
            print(f"Mã truy cập: lấy lúc {local(pair.issued_at)}, dùng được đến {until}.")
        if pair is not None and pair.lost:
            print("!! Mã làm mới đã mất: chạy  python -m bot zalo consent")
        period = month(clock.now())
        counts = await db.read(lambda unit: windows.counted(unit, Channel.ZALO_OA, period))
        for kind, count in sorted(counts.items()):
            print(f"{period} {kind}: {count}")

    _with(work)


def consent(
    back: Annotated[
        str, typer.Option(metavar="URL", help="The address Zalo sent you to after you agreed.")
    ] = "",
    redirect: Annotated[
        str, typer.Option(metavar="URL", help="Callback address, when it is not PUBLIC_URL's.")
    ] = "",
) -> None:
    """Print the page where the OA's admin agrees again; with --back, take what came of it."""
    from bot import clock

    async def ask(db: Database, kept: Tokens, local: Callable[[datetime], str]) -> None:
        await kept.begin()
        page = await db.run(lambda unit: kept.page(unit, clock.now(), redirect))
        print(f"Quản trị viên của OA mở trang này và đồng ý (dùng một lần):\n{page}")
        if not kept.public_url or redirect:
            print("Zalo sẽ chuyển sang một địa chỉ có code=... Chép cả địa chỉ ấy, trong 10 phút:")
            print("python -m bot zalo consent --back 'ĐỊA CHỈ ẤY'")

    async def take(db: Database, kept: Tokens, local: Callable[[datetime], str]) -> None:
        asked = parse_qs(urlsplit(back).query)
        code, state = (asked.get(name, [""])[0] for name in ("code", "state"))
        await kept.begin()
        if not code or not state or not await kept.consented(code, state):
            print("Không lấy được mã. Xin trang mới: python -m bot zalo consent", file=sys.stderr)
            raise typer.Exit(1)
        print("Đã nối lại với Zalo OA. Tin đang chờ sẽ tự gửi.")

    _with(take if back else ask)


def _with(
    work: Callable[[Database, Tokens, Callable[[datetime], str]], Awaitable[None]],
) -> None:
    from bot.opening import content_of, opened
    from bot.settings import load

    settings = load()
    if not settings.zalo_oa_app_id:
        print("ZALO_OA_APP_ID chưa đặt.", file=sys.stderr)
        raise typer.Exit(2)
    zone = content_of(settings).province.zone

    def local(at: datetime) -> str:
        return at.astimezone(zone).strftime("%H:%M %d/%m/%Y")

    with opened(settings) as db:
        asyncio.run(_connected(settings, db, lambda kept: work(db, kept, local)))


async def _connected(
    settings: Settings, db: Database, work: Callable[[Tokens], Awaitable[None]]
) -> None:
    from bot.zalo_tokens import of
    from handlers.zalo_http import Http

    http = Http()
    try:
        await work(of(settings, db, http))
    finally:
        await http.close()
