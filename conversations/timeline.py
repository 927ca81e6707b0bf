"""The timeline of a dossier in words: where it is, what comes next, what has happened."""

from __future__ import annotations

from typing import Any

from conversations.context import Ctx
from conversations.papers import checklist
from conversations.records import EDITABLE, DossierView, HistoryView, State
from conversations.render import render
from conversations.stages import STATE_WORDS
from locales import N_, date_, number

MOST = 10  # lines of history shown

#: What happened → how the household reads it; what is not here is the office's own business.
WHAT = {
    "opened": N_("Mở hồ sơ"),
    "submitted": N_("Nộp cho xã"),
    "resubmitted": N_("Gửi lại sau khi sửa"),
    "claimed": N_("{who} nhận xem"),
    "released": N_("Chờ cán bộ khác nhận"),
    "transferred": N_("Chuyển cán bộ khác xem"),
    "supplement": N_("Cán bộ nhờ bổ sung"),
    "passed": N_("Xã gửi lên tỉnh"),
    "listed": N_("Vào danh sách chấm"),
    "result": N_("Hội đồng chấm xong"),
    "refused": N_("Không được nhận"),
    "withdrawn": N_("Bà con rút hồ sơ"),
}


def told(ctx: Ctx, dossier: DossierView) -> str:
    """The whole timeline."""
    return render("timeline", ctx.lang, {
        "product": dossier.product.name,
        "code": dossier.code,
        "state": ctx.t(STATE_WORDS[dossier.state]).capitalize(),
        "since": dossier.state_since.astimezone(ctx.local.tzinfo).date(),
        "holder": holder(ctx, dossier),
        "next": coming(ctx, dossier),
        "history": _history(ctx, ctx.records.history(dossier.id)),
    })  # fmt: skip


def holder(ctx: Ctx, dossier: DossierView) -> str:
    """Who has it now: a name and a level, never a number."""
    if not dossier.officer_name:
        return ""
    if dossier.at_province:
        return ctx.t("Cán bộ tỉnh đang giữ: {who}", who=dossier.officer_name)
    return ctx.t("Cán bộ xã đang giữ: {who}", who=dossier.officer_name)


def coming(ctx: Ctx, dossier: DossierView) -> list[str]:
    """What comes next, and when."""
    state = dossier.state
    if state in EDITABLE:
        return [_to_do(ctx, dossier)]
    if state in (State.SUBMITTED, State.REVIEWING, State.FIXED) and dossier.due_on:
        return [ctx.t("Xã trả lời trước hết ngày {day}.", day=date_(ctx.lang, dossier.due_on))]
    if state in (State.PASSED, State.RECEIVED, State.LISTED):
        return [_results(ctx, dossier)]
    if state in (State.RECOGNISED, State.UNRANKED):
        return _outcome(ctx, dossier)
    if state is State.REFUSED and dossier.refused_because:
        return [ctx.t("Lý do: {reason}", reason=dossier.refused_because)]
    return []


def _to_do(ctx: Ctx, dossier: DossierView) -> str:
    left = len(checklist(ctx, dossier).missing)
    if dossier.state is not State.DRAFT and dossier.due_on:
        return ctx.t(
            "Bà con còn {n} mục, làm xong trước {day}.", n=left, day=date_(ctx.lang, dossier.due_on)
        )
    if left:
        return ctx.t("Bà con còn {n} mục.", n=left)
    return ctx.t("Đủ giấy rồi, bà con mở hồ sơ để nộp.")


def _results(ctx: Ctx, dossier: DossierView) -> str:
    """The round's results; counted from the day the commune passed it on."""
    day = dossier.state_since.astimezone(ctx.local.tzinfo).date()
    cutoff = ctx.content.next_cutoff(day)
    name = dossier.round_name or cutoff.name(ctx.lang)
    return ctx.t(
        "Kết quả {round} có trước {day}.", round=name, day=date_(ctx.lang, cutoff.results_before)
    )


def _outcome(ctx: Ctx, dossier: DossierView) -> list[str]:
    lines = []
    if dossier.score is not None:
        lines.append(ctx.t("Điểm: {score}", score=number(ctx.lang, dossier.score)))
    if dossier.certificate:
        held = dossier.certificate
        lines.append(
            ctx.t(
                "{stars} sao, giấy chứng nhận {code}, đến hết {day}.",
                stars=held.stars,
                code=held.code,
                day=date_(ctx.lang, held.valid_to),
            )
        )
    return lines


def _history(ctx: Ctx, entries: tuple[HistoryView, ...]) -> list[dict[str, Any]]:
    shown = [e for e in entries if e.what in WHAT][-MOST:]
    return [
        {"at": entry.at.astimezone(ctx.local.tzinfo).date(),
         "what": ctx.t(WHAT[entry.what], who=entry.who or ctx.t("Cán bộ"))}
        for entry in shown
    ]  # fmt: skip
