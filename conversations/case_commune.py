"""The commune's part: the four contents it assesses, its report, the pass to the province."""

from __future__ import annotations

from dataclasses import replace

from conversations import events as e
from conversations import understand
from conversations.case_asks import VERDICTS, ask_card
from conversations.case_lines import next_unreviewed, open_returns
from conversations.case_steps import asks, cannot, here, me
from conversations.context import Ctx
from conversations.records import DossierView
from conversations.said import Turn
from conversations.stages import at_commune, holds, may_check
from conversations.steps import Choice
from models.messages import Talk

LONGEST = 1000  # characters of a remark


def _open(ctx: Ctx, case: DossierView) -> bool:
    return may_check(me(ctx), case) and at_commune(case)


def _left(ctx: Ctx, case: DossierView, but: str = "") -> list[str]:
    """Contents still to assess, in the order of the law."""
    done = {a.content for a in case.assessments} | {but}
    return [c.id for c in ctx.content.commune_contents if c.id not in done]


def assess(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """Ask the next of the four contents, or the one named."""
    if not _open(ctx, case):
        return cannot(ctx, talk, case)
    known = [c.id for c in ctx.content.commune_contents]
    named = rest[0] if rest and rest[0] in known else next(iter(_left(ctx, case)), "")
    if not named:
        return asks(ctx, talk, case, "again", ctx.t("Bốn nội dung đã đánh giá xong."))
    return asks(ctx, talk, case, f"assess:{named}")


def verdict(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """rest = content, verdict. The remark typed before goes with it; then the next content."""
    known = {c.id for c in ctx.content.commune_contents}
    if not _open(ctx, case) or len(rest) < 2 or rest[0] not in known:
        return cannot(ctx, talk, case)
    if rest[1] not in dict(VERDICTS):
        return cannot(ctx, talk, case)
    asked = talk.answers.get("asks") == f"assess:{rest[0]}"
    remark = str(talk.answers.get("note", "")) if asked else ""
    left = _left(ctx, case, but=rest[0])
    note = (
        ctx.t("Đã ghi. Còn {n} nội dung.", n=len(left))
        if left
        else ctx.t("Bốn nội dung đã đánh giá xong.")
    )
    event = e.ContentAssessed(case.id, rest[0], rest[1], remark)
    return here(talk, case, event, note=note, asks=f"assess:{left[0]}" if left else "")


def verdict_by_words(ctx: Ctx, talk: Talk, case: DossierView, content: str, text: str) -> Turn:
    """A typed verdict counts as its button; other words are the remark that goes with it."""
    chosen = understand.pick(text, [(Choice(key, label), ctx.t(label)) for key, label in VERDICTS])
    if chosen is not None:
        return verdict(ctx, talk, case, [content, chosen.key])
    noted = replace(talk, answers={**talk.answers, "note": text[:LONGEST]})
    told = ctx.t("Đã ghi nhận xét. Anh/chị chọn mức giúp.")
    return Turn(noted, ask_card(ctx, case, f"assess:{content}", told))


def pass_on(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """To the province, once every line is looked at and the four contents are assessed."""
    if not _open(ctx, case):
        return cannot(ctx, talk, case)
    if lacking := _lacking(ctx, case):
        return here(talk, case, note=lacking)
    note = ctx.t(
        "Đã chuyển hồ sơ {code} lên tỉnh. Mẫu số 03 sẽ gửi vào đây để in và ký.", code=case.code
    )
    form = e.FormsAsked(case.id, ("mau_03",))
    return here(talk, case, form, e.PassedToProvince(case.id), note=note)


def _lacking(ctx: Ctx, case: DossierView) -> str:
    """What must be done before the case may go up; "" when nothing."""
    if next_unreviewed(ctx, case):
        return ctx.t("Còn mục chưa xem. Anh/chị xem hết rồi hãy chuyển.")
    if open_returns(case):
        return ctx.t("Còn mục trả lại để sửa: anh/chị gửi yêu cầu bổ sung trước.")
    if _left(ctx, case):
        return ctx.t("Còn nội dung xã chưa đánh giá (Điều 7.2).")
    return ""


def form(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(me(ctx), case) or not at_commune(case):
        return cannot(ctx, talk, case)
    note = ctx.t("Đang điền Mẫu số 03, tệp sẽ đến ngay sau tin này.")
    return here(talk, case, e.FormsAsked(case.id, ("mau_03",)), note=note)
