"""The words of the board: its pages, its lines, the next step, the line in the menu."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from conversations.context import Ctx
from conversations.papers import Checklist, Line, Need, checklist, submitted
from conversations.records import EDITABLE, DossierView, ItemState, State
from conversations.render import render
from conversations.stages import STATE_WORDS
from locales import date_
from models.messages import Say

LINES = 14  # of papers on one page: what a small screen shows without getting lost


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the board: its text, its lines, and which page it is (from 0)."""

    text: str
    lines: tuple[Line, ...]
    number: int
    of: int


def page(ctx: Ctx, dossier: DossierView, number: int, more: bool) -> Page:
    """Page `number` of the board; `more` shows what only adds points."""
    listed = checklist(ctx, dossier)
    shown = [*_first(listed), *(listed.of(Need.POINTS) if more else _touched(listed))]
    of = max(1, -(-len(shown) // LINES))
    number = min(max(0, number), of - 1)
    lines = tuple(shown[number * LINES : (number + 1) * LINES])
    facts = {
        "product": dossier.product.name,
        "code": dossier.code,
        "done": listed.done,
        "total": len(listed.needed),
        "stars": dossier.stars_aimed,
        "state": "" if dossier.state is State.DRAFT else ctx.t(STATE_WORDS[dossier.state]),
        "page": number + 1,
        "of": of,
        "groups": _groups(ctx, dossier, lines),
        "folded": 0 if more else len(listed.of(Need.POINTS)) - len(_touched(listed)),
        "next": next_step(ctx, dossier, listed),
    }
    return Page(render("board", ctx.lang, facts), lines, number, of)


def _first(listed: Checklist) -> list[Line]:
    """Needed lines: in each group what waits for the household comes first."""
    return [
        line
        for need in (Need.ENTRY, Need.STARS)
        for line in sorted(listed.of(need), key=lambda ln: (not ln.returned, ln.given))
    ]


def _touched(listed: Checklist) -> list[Line]:
    """Lines that only add points and have begun: never hidden."""
    return [ln for ln in listed.of(Need.POINTS) if ln.item.state is not ItemState.MISSING]


def _groups(ctx: Ctx, dossier: DossierView, lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    titles = {
        Need.ENTRY: ctx.t("Cần có mới nộp được"),
        Need.STARS: ctx.t("Cần để đạt {stars} sao", stars=dossier.stars_aimed),
        Need.POINTS: ctx.t("Chỉ thêm điểm"),
    }
    groups = []
    for need, title in titles.items():
        mine = [ln for ln in lines if ln.paper.need is need]
        if mine:
            told = [{"mark": ln.mark, "name": ln.paper.name, "tail": tail(ctx, ln)} for ln in mine]
            groups.append({"title": title, "lines": told})
    return groups


def tail(ctx: Ctx, line: Line) -> str:
    """What a line says after the paper's name."""
    item = line.item
    if item.state is ItemState.RETURNED:
        return line.why_back(ctx, short=True)
    if item.state is ItemState.EXCUSED:
        return ctx.t("không áp dụng")
    if item.state is ItemState.HAVE:
        return ctx.t("nộp bản giấy") if line.paper.on_paper else ctx.t("có giấy, chưa chụp")
    ended = item.expires_on is not None and item.expires_on < ctx.today
    if ended and item.expires_on is not None:
        return ctx.t("⚠ hết hạn {day}", day=date_(ctx.lang, item.expires_on))
    if item.state in (ItemState.OPEN, ItemState.UPLOADED, ItemState.FIXED):
        return ctx.t("{n} trang", n=len(item.pages))
    return ""


def next_step(ctx: Ctx, dossier: DossierView, listed: Checklist) -> str:
    """One sentence: what to do now."""
    if dossier.state not in EDITABLE:
        return ctx.t(
            "Hồ sơ {state}. Có tin mới mình báo ngay.", state=ctx.t(STATE_WORDS[dossier.state])
        )
    line = listed.next
    if line is None:
        return ctx.t("Đủ giấy rồi. Bà con bấm “Xem lại và nộp”.")
    name = line.paper.name
    if line.paper.form and line.item.state is ItemState.MISSING:
        return ctx.t(
            "Bước tiếp: *{paper}*. Bấm “Điền mẫu 01, 02”, mình điền sẵn cho bà con in ra ký.",
            paper=name,
        )
    if line.returned:
        return ctx.t("Bước tiếp: sửa *{paper}*. Bấm nút bên dưới rồi gửi ảnh mới.", paper=name)
    if line.item.state is ItemState.HAVE:
        return ctx.t("Bước tiếp: chụp *{paper}* gửi lên. Bấm nút bên dưới.", paper=name)
    if line in listed.blocking:
        return ctx.t("Bước tiếp: *{paper}*. Bấm nút bên dưới.", paper=name)
    return ctx.t(
        "Nộp được rồi. Muốn chắc {stars} sao thì thêm *{paper}*, hoặc bấm “Xem lại và nộp”.",
        stars=dossier.stars_aimed,
        paper=name,
    )


def menu_line(ctx: Ctx, dossier: DossierView) -> str:
    """ "Hồ sơ Mật ong Cường: còn thiếu 3 mục", or where it is."""
    name = dossier.product.name
    if submitted(dossier):
        return ctx.t(
            "Hồ sơ {product}: {state}.", product=name, state=ctx.t(STATE_WORDS[dossier.state])
        )
    left = len(checklist(ctx, dossier).missing)
    if left:
        return ctx.t("Hồ sơ {product}: còn thiếu {n} mục.", product=name, n=left)
    return ctx.t("Hồ sơ {product}: đủ giấy, chưa nộp.", product=name)


def locked(ctx: Ctx) -> str:
    return ctx.t(
        "Hồ sơ đã nộp nên lúc này chưa sửa giấy được. Cần gì gấp, bà con bấm “Gặp cán bộ” nhé."
    )


def noted(note: str, say: Say) -> Say:
    """`say` with a sentence before it."""
    return replace(say, text=f"{note}\n\n{say.text}") if note else say
