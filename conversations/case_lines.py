"""The lines of a case as its officer goes through them, and what each says."""

from __future__ import annotations

from conversations import papers
from conversations.context import Ctx
from conversations.records import DossierView, ItemState
from locales import N_

#: Lines an officer still has to look at: judging one changes its state.
UNSEEN = frozenset(
    {ItemState.UPLOADED, ItemState.FIXED, ItemState.OPEN, ItemState.EXCUSED, ItemState.HAVE}
)

#: An item's state as an officer reads it.
ITEM_WORDS: dict[ItemState, str] = {
    ItemState.MISSING: N_("chưa có"),
    ItemState.HAVE: N_("bà con có bản giấy, nộp tại xã"),
    ItemState.OPEN: N_("đã gửi, chờ xem"),
    ItemState.UPLOADED: N_("đã gửi, chờ xem"),
    ItemState.ACCEPTED: N_("đạt"),
    ItemState.RETURNED: N_("trả lại để sửa"),
    ItemState.FIXED: N_("đã sửa, chờ xem lại"),
    ItemState.EXCUSED: N_("bà con ghi là không áp dụng"),
}


def lines(ctx: Ctx, case: DossierView) -> tuple[papers.Line, ...]:
    """The lines the household touched: what there is to review."""
    touched = papers.checklist(ctx, case).lines
    return tuple(ln for ln in touched if ln.item.state is not ItemState.MISSING)


def unseen(line: papers.Line) -> bool:
    """Nobody has accepted or returned this line since it last changed."""
    return line.item.state in UNSEEN


def reviewable(case: DossierView, evidence: str) -> bool:
    """The household touched this line, so that there is something to judge."""
    return case.item(evidence).state is not ItemState.MISSING


def next_unreviewed(ctx: Ctx, case: DossierView, after: str = "") -> str:
    """The next line to look at, going round from `after`; "" when all are seen."""
    shown = lines(ctx, case)
    ids = [ln.paper.id for ln in shown]
    todo = {ln.paper.id for ln in shown if unseen(ln)} - {after}
    start = ids.index(after) + 1 if after in ids else 0
    return next((i for i in ids[start:] + ids[:start] if i in todo), "")


def open_returns(case: DossierView) -> tuple[str, ...]:
    """Lines returned and not yet mended."""
    return tuple(i.evidence for i in case.items if i.state is ItemState.RETURNED)


def lacking(ctx: Ctx, case: DossierView) -> tuple[str, ...]:
    """Names of papers the star aimed at needs and the household did not send."""
    return tuple(ln.paper.name for ln in papers.checklist(ctx, case).costing)


def reason_words(ctx: Ctx, reason: str) -> str:
    """A reason's id in the reader's language; an officer's own words as they are."""
    known = {r.id: r.name(ctx.lang) for r in ctx.content.return_reasons}
    return known.get(reason, reason)
