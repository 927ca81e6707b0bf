"""The buttons of a paper's card."""

from __future__ import annotations

from conversations.context import Ctx
from conversations.papers import Line
from conversations.records import EDITABLE, DossierView, ItemState
from conversations.rooms import button, grid
from models.messages import Button, Channel, Say

Rows = tuple[tuple[Button, ...], ...]


def rows(ctx: Ctx, dossier: DossierView, line: Line, doubted: bool, changing: bool) -> Rows:
    """What may be done with this paper now; `changing`: pages may be sent."""
    at = f"{dossier.id}.{line.paper.id}"
    buttons = [*_first(ctx, line, doubted, at, changing), *_pages(ctx, line, at, changing)]
    if line.paper.form and dossier.state in EDITABLE:
        buttons.append(button(ctx, "Điền mẫu 01, 02", f"dossier:forms={dossier.id}"))
    if dossier.state in EDITABLE:
        buttons += _marks(ctx, line, at)
    if changing and ctx.public_url and ctx.channel is not Channel.WEB:
        buttons.append(button(ctx, "Gửi qua trang web", f"item:web={at}"))
    return (*grid(buttons), (button(ctx, "Về hồ sơ", "nav:back"), button(ctx, "Menu", "nav:menu")))


def _first(ctx: Ctx, line: Line, doubted: bool, at: str, changing: bool) -> list[Button]:
    """What waits for a word now."""
    if not changing:
        return []
    if doubted:
        return [
            button(ctx, "Vẫn dùng ảnh này", f"item:keep={at}"),
            button(ctx, "Bỏ ảnh này", f"item:drop={at}"),
        ]
    if line.item.state is ItemState.OPEN and line.item.pages:
        return [button(ctx, "Xong", f"item:done={at}", "primary")]
    return []


def _pages(ctx: Ctx, line: Line, at: str, changing: bool) -> list[Button]:
    if not line.item.pages:
        return []
    buttons = [button(ctx, "Xem trước", f"item:see={at}")]
    if changing:
        buttons += [
            button(ctx, "Gửi lại từ đầu", f"item:new={at}"),
            button(ctx, "Xoá trang", f"item:pages={at}"),
        ]
        if line.returned:
            buttons.append(button(ctx, "Gửi thêm trang", f"item:add={at}"))
        if line.paper.expires:
            buttons.append(button(ctx, "Ghi hạn", f"item:expiry={at}"))
    return buttons


def _marks(ctx: Ctx, line: Line, at: str) -> list[Button]:
    """Have it on paper, does not apply, or neither: only while there are no pages."""
    state = line.item.state
    if state is ItemState.ACCEPTED or line.item.pages:
        return []
    buttons = []
    if state in (ItemState.HAVE, ItemState.EXCUSED):
        buttons.append(button(ctx, "Bỏ đánh dấu", f"item:none={at}"))
    if state is not ItemState.HAVE:
        where = line.paper.on_paper
        buttons.append(
            button(ctx, "Có giấy rồi" if where else "Có giấy rồi, chưa chụp", f"item:have={at}")
        )
    if state is not ItemState.EXCUSED:
        buttons.append(button(ctx, "Không áp dụng", f"item:excuse={at}"))
    return buttons


def nothing(ctx: Ctx) -> Say:
    """The paper is not there, or not the person's."""
    text = ctx.t("Giấy này không còn trong danh mục. Bà con mở lại hồ sơ nhé.")
    return Say(text, ((button(ctx, "Về hồ sơ", "go:dossier"), button(ctx, "Menu", "nav:menu")),))
