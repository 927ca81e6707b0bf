"""The words of one paper's card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations import pages
from conversations.context import Ctx
from conversations.papers import Line
from conversations.records import DossierView, ItemState, ItemView
from conversations.render import render
from locales import N_, date_

STATES = {
    ItemState.MISSING: N_("○ Chưa có"),
    ItemState.HAVE: N_("◐ Có giấy, chưa chụp"),
    ItemState.OPEN: N_("… Đang gửi: {n} trang, chưa bấm Xong"),
    ItemState.UPLOADED: N_("… Đã gửi {n} trang"),
    ItemState.FIXED: N_("… Đã sửa, chờ cán bộ xem lại: {n} trang"),
    ItemState.ACCEPTED: N_("✓ Cán bộ đã nhận: {n} trang"),
    ItemState.RETURNED: N_("! Cần sửa lại"),
    ItemState.EXCUSED: N_("– Không áp dụng: {excuse}"),
}


def card(ctx: Ctx, dossier: DossierView, line: Line, *, changing: bool, full: bool) -> str:
    """The card's text; without `full` only the state and what to do."""
    item, paper = line.item, line.paper
    return render(
        "item",
        ctx.lang,
        {
            "paper": paper,
            "known": full and bool(paper.why),
            "photo": changing and bool(paper.photo),
            "state": state(ctx, line),
            "reason": line.why_back(ctx) if line.returned else "",
            "expiry": expiry(ctx, item.expires_on),
            "next": next_step(ctx, line, changing),
        },
    )


def state(ctx: Ctx, line: Line) -> str:
    item = line.item
    if line.paper.on_paper and item.state is ItemState.HAVE:
        return ctx.t("◐ Có giấy, nộp bản giấy ở xã")
    return ctx.t(STATES[item.state], n=len(item.pages), excuse=item.excuse)


def next_step(ctx: Ctx, line: Line, changing: bool) -> str:
    """What the person may do on this card."""
    item = line.item
    if line.paper.on_paper:
        return ctx.t(
            "Giấy này có thông tin riêng của người trong nhà, nên mình không nhận qua "
            "tin nhắn. Bà con nộp bản giấy ở xã, rồi bấm “Có giấy rồi” để đánh dấu."
        )
    if item.state is ItemState.ACCEPTED:
        return ctx.t("Giấy này xong rồi, bà con không phải làm gì thêm.")
    if not changing:
        return ctx.t("Hồ sơ đã nộp nên lúc này chỉ xem được.")
    if item.state in (ItemState.UPLOADED, ItemState.FIXED):
        return ctx.t("Giấy này đủ rồi. Muốn thêm trang thì bà con gửi tiếp.")
    if item.pages and item.state is not ItemState.RETURNED:
        return ctx.t("Còn trang nữa thì bà con gửi tiếp; đủ rồi thì bấm “Xong”.")
    return ctx.t(
        "Bà con chụp rồi gửi ảnh vào đây, nhiều trang thì gửi lần lượt. Gửi tệp PDF "
        "cũng được. Đủ rồi thì bấm “Xong”."
    )


def expiry(ctx: Ctx, on: date | None) -> str:
    """The expiry date and, when it comes too early, a warning."""
    if on is None:
        return ""
    return f"{ctx.t('Hạn đến {day}.', day=date_(ctx.lang, on))} {warning(ctx, on)}".strip()


def warning(ctx: Ctx, on: date) -> str:
    """A sentence when the paper is past, or ends before the round's results; else ""."""
    if on < ctx.today:
        return ctx.t("⚠ Giấy đã hết hạn. Bà con làm giấy mới, hoặc gửi kèm giấy hẹn gia hạn.")
    results = ctx.content.next_cutoff(ctx.today).results_before
    if on < results:
        return ctx.t(
            "⚠ Giấy hết hạn trước khi đợt này có kết quả ({day}). Bà con lo gia hạn sớm.",
            day=date_(ctx.lang, results),
        )
    return ""


def received(
    ctx: Ctx, item: ItemView, answers: Mapping[str, Any], doubts: list[dict[str, Any]]
) -> str:
    """ "Đã nhận 4 trang": what a burst of files came to, said once."""
    lines: list[str] = []
    if answers.get("renewed"):
        lines.append(ctx.t("Đã nhận {n} trang mới, thay bản cũ.", n=len(item.pages)))
    elif item.pages:
        lines.append(ctx.t("Đã nhận {n} trang.", n=len(item.pages)))
    notes = answers.get("notes")
    lines += map(str, notes) if isinstance(notes, list) else []
    lines += [pages.doubtful(ctx, doubt) for doubt in doubts[:3]]
    if doubts:
        lines.append(ctx.t("Bà con gửi ảnh khác thay vào, hoặc bấm “Vẫn dùng ảnh này”."))
    elif item.pages:
        lines.append(ctx.t("Còn trang nữa thì gửi tiếp; đủ rồi thì bấm “Xong”."))
    return "\n".join(lines)
