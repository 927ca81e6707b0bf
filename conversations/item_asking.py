"""What a paper's card asks: its expiry date, why it does not apply, which page to remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import item_text, understand
from conversations.asking import sounds_like_question
from conversations.context import Ctx
from conversations.events import ItemExpires
from conversations.papers import Line
from conversations.records import DossierView
from conversations.rooms import button, grid
from conversations.said import Go, Turn
from locales import date_
from models.messages import Say, Talk

if TYPE_CHECKING:
    from conversations.item import Item


def _expiry(ctx: Ctx, line: Line, at: str) -> Say:
    dossier_id = at.partition(".")[0]
    text = ctx.t("*{paper}* có hạn đến ngày nào?\nBà con gõ như 25/11/2026.", paper=line.paper.name)
    lines = [text, line.paper.validity]
    skip = button(ctx, "Không ghi hạn", f"go:dossier={dossier_id}")
    back = button(ctx, "Quay lại", f"item:show={at}")
    return Say("\n".join(part for part in lines if part), ((skip, back),))


def _excuse(ctx: Ctx, line: Line, at: str) -> Say:
    text = ctx.t(
        "Vì sao *{paper}* không áp dụng với bà con? Gõ ngắn gọn, cán bộ sẽ đọc.",
        paper=line.paper.name,
    )
    parts = [text, line.paper.condition]
    return Say("\n".join(p for p in parts if p), ((button(ctx, "Quay lại", f"item:show={at}"),),))


def _pages(ctx: Ctx, line: Line, at: str) -> Say:
    dossier_id = at.partition(".")[0]
    buttons = [
        button(ctx, "Xoá trang {n}", f"item:del={dossier_id}.{page.id}", n=n)
        for n, page in enumerate(line.item.pages, 1)
    ]
    back = button(ctx, "Quay lại", f"item:show={at}")
    return Say(ctx.t("Bà con muốn xoá trang nào?"), (*grid(buttons), (back,)))


#: What `ask` in the talk's answers shows.
QUESTIONS: dict[str, Callable[[Ctx, Line, str], Say]] = {
    "expiry": _expiry,
    "excuse": _excuse,
    "pages": _pages,
}


def add_or_replace(ctx: Ctx, held: int, at: str) -> Say:
    """New photos of a returned paper: instead of the old ones, or after them?"""
    text = ctx.t(
        "Mình đã giữ {n} ảnh mới. Bà con muốn thay bản cũ, hay thêm vào sau bản cũ?", n=held
    )
    rows = (
        (
            button(ctx, "Thay bản cũ", f"item:new={at}", "primary"),
            button(ctx, "Thêm vào sau", f"item:add={at}"),
        ),
    )
    dossier_id, _, evidence = at.partition(".")
    return Say(text, rows, key=f"pages:{dossier_id}:{evidence}", settle=2.0)


def _unread(ctx: Ctx, talk: Talk, room: Item) -> Turn:
    note = ctx.t(
        "Mình chưa đọc ra ngày. Bà con gõ như 25/11/2026, không nhớ thì bấm “Không ghi hạn”."
    )
    return room.drawn(ctx, replace(talk, misses=talk.misses + 1), note)


def expires(
    ctx: Ctx, talk: Talk, room: Item, dossier: DossierView, line: Line, text: str
) -> Turn | None:
    """The typed expiry date; what is no date is asked again, a question is left to be answered."""
    day = understand.day(text, ctx.today)
    if day is None:
        return None if sounds_like_question(text) else _unread(ctx, talk, room)
    note = ctx.t("Đã ghi hạn {day}.", day=date_(ctx.lang, day))
    note = f"{note} {item_text.warning(ctx, day)}".strip()
    return Turn(
        talk,
        events=(ItemExpires(dossier.id, line.paper.id, day),),
        then=Go("dossier", {"id": str(dossier.id)}, note),
    )
