"""A case's papers, one by one: look, accept, return with a reason; then ask for a supplement."""

from __future__ import annotations

from conversations import events as e
from conversations import understand
from conversations.case_lines import next_unreviewed, open_returns, reviewable
from conversations.case_steps import asks, cannot, here, me
from conversations.context import Ctx
from conversations.records import DossierView
from conversations.said import Turn
from conversations.stages import holds, may_check, may_look
from conversations.steps import Choice
from models.messages import Talk

LONGEST = 600  # characters of a reason


def open_item(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    return here(talk, case, item=rest[0] if rest else "")


def next_item(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    item = next_unreviewed(ctx, case, after=rest[0] if rest else "")
    return here(talk, case, item=item, note="" if item else ctx.t("Các mục đã xem hết."))


def files(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """Pages into the chat: photos, and each paper as one PDF; of one paper, or of all of them."""
    if not may_look(me(ctx), case):
        return cannot(ctx, talk, case)
    item = rest[0] if rest else ""
    pages = case.item(item).pages if item else any(i.pages for i in case.items)
    if not pages:
        return here(talk, case, item=item, note=ctx.t("Mục này chưa có trang nào."))
    asked, seen = e.CaseFilesAsked(case.id, item), e.CaseSeen(case.id, f"files:{item or 'all'}")
    note = ctx.t("Đang gộp các trang, tệp sẽ đến ngay sau tin này.")
    return here(talk, case, asked, seen, item=item, note=note)


def _open(ctx: Ctx, case: DossierView, rest: list[str]) -> bool:
    """May this officer judge the line named in `rest` now?"""
    return may_check(me(ctx), case) and bool(rest) and reviewable(case, rest[0])


def accept(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not _open(ctx, case, rest):
        return cannot(ctx, talk, case)
    event = e.ItemAccepted(case.id, rest[0])
    item = next_unreviewed(ctx, case, after=rest[0])
    return here(talk, case, event, item=item, note=ctx.t("Đã ghi: đạt."))


def ask_reason(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not _open(ctx, case, rest):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, f"reason:{rest[0]}")


def ask_own_reason(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not _open(ctx, case, rest):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, f"own:{rest[0]}")


def return_for(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """rest = evidence, id of the reason."""
    known = {reason.id for reason in ctx.content.return_reasons}
    if len(rest) < 2 or rest[1] not in known:
        return cannot(ctx, talk, case)
    return send_back(ctx, talk, case, rest[0], rest[1])


def send_back(ctx: Ctx, talk: Talk, case: DossierView, evidence: str, reason: str) -> Turn:
    """`reason` is the id of a known one, or the officer's own words."""
    if not _open(ctx, case, [evidence]):
        return cannot(ctx, talk, case)
    event = e.ItemReturned(case.id, evidence, reason[:LONGEST])
    item = next_unreviewed(ctx, case, after=evidence)
    return here(talk, case, event, item=item, note=ctx.t("Đã ghi: trả lại để sửa."))


def reason_by_words(ctx: Ctx, talk: Talk, case: DossierView, evidence: str, text: str) -> Turn:
    """A typed number or label counts as its button; other words are the reason itself."""
    reasons = ctx.content.return_reasons
    chosen = understand.pick(text, [(Choice(r.id, ""), r.name(ctx.lang)) for r in reasons])
    return send_back(ctx, talk, case, evidence, chosen.key if chosen else text)


def supplement(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_check(me(ctx), case):
        return cannot(ctx, talk, case)
    if not open_returns(case):
        return here(talk, case, note=ctx.t("Chưa có mục nào trả lại, nên chưa có gì để yêu cầu."))
    note = ctx.t(
        "Sẽ báo bà con sau {n} phút nữa. Trong lúc đó anh/chị vẫn rút lại được.",
        n=ctx.content.times.undo_minutes,
    )
    return here(talk, case, e.SupplementAsked(case.id), note=note)


def undo(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(me(ctx), case):
        return cannot(ctx, talk, case)
    if case.undo_until is None:
        note = ctx.t("Không có yêu cầu nào đang chờ gửi, nên không có gì để rút lại.")
        return here(talk, case, note=note)
    note = ctx.t("Đã rút lại, bà con chưa nhận được gì.")
    return here(talk, case, e.SupplementUndone(case.id), note=note)
