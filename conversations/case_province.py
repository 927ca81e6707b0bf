"""The province's part: a round's list, the council's result, a refusal that two officers make."""

from __future__ import annotations

from conversations import events as e
from conversations import rounds
from conversations.case_steps import asks, cannot, here, me
from conversations.context import Ctx
from conversations.records import DossierView, State
from conversations.said import Go, Turn
from conversations.stages import may_agree, may_record, may_take_back
from models.messages import Talk

LONGEST = 600  # characters of a reason


def ask_round(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "round")


def put_on_round(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """rest = the day of the round's cut-off."""
    cutoff = rounds.of_day(ctx, case, rest[0] if rest else "")
    if not may_record(me(ctx), case) or cutoff is None:
        return cannot(ctx, talk, case)
    note = ctx.t("Đã đưa vào danh sách {round}.", round=rounds.told(cutoff)(ctx.lang))
    return here(talk, case, e.PutOnRound(case.id, rounds.kept(cutoff)), note=note)


def result(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(me(ctx), case) or case.state is not State.LISTED:
        return cannot(ctx, talk, case)
    return Turn(talk, then=Go("result", {"_id": case.id, "_code": case.code}))


def ask_refusal(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "refuse")


def refuse(ctx: Ctx, talk: Talk, case: DossierView, text: str) -> Turn:
    """At once where there is only one officer; else put forward for a second one to agree."""
    if not may_record(me(ctx), case):
        return cannot(ctx, talk, case)
    if ctx.records.colleagues(me(ctx), case.id):
        note = ctx.t("Đã ghi. Một đồng nghiệp ở tỉnh phải đồng ý thì hồ sơ mới bị từ chối.")
        return here(talk, case, e.RefusalProposed(case.id, text[:LONGEST]), note=note)
    note = ctx.t("Đã ghi từ chối, bà con được báo kèm lý do.")
    return here(talk, case, e.CaseRefused(case.id, text[:LONGEST]), note=note)


def agree(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_agree(me(ctx), case) or case.refusal is None:
        return cannot(ctx, talk, case)
    note = ctx.t("Đã ghi từ chối, bà con được báo kèm lý do.")
    return here(talk, case, e.CaseRefused(case.id, case.refusal.reason), note=note)


def disagree(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """The second officer says no, or the first takes it back."""
    if not (may_agree(me(ctx), case) or may_take_back(me(ctx), case)):
        return cannot(ctx, talk, case)
    note = ctx.t("Đề nghị từ chối đã được bỏ, hồ sơ xử lý tiếp như thường.")
    return here(talk, case, e.RefusalDropped(case.id), note=note)
