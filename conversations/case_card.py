"""Draws a case for its officer: the review card, one item, the talk."""

from __future__ import annotations

from conversations import papers, rounds, scoring
from conversations.case_lines import (
    ITEM_WORDS,
    lacking,
    lines,
    next_unreviewed,
    open_returns,
    reason_words,
    reviewable,
    unseen,
)
from conversations.context import Ctx
from conversations.records import DossierView, OfficerView, State
from conversations.render import render
from conversations.rooms import button, grid
from conversations.stages import (
    STATE_WORDS,
    at_commune,
    holds,
    may_agree,
    may_check,
    may_claim,
    may_hand_over,
    may_look,
    may_record,
    may_take_back,
    may_talk,
)
from models.messages import Button, Say

LINES = 12
MESSAGES = 8
Rows = tuple[tuple[Button, ...], ...]


def card(ctx: Ctx, case: DossierView) -> Say:
    """The whole case: who, what, where it stands, the lines, what may be done now."""
    commune = ctx.content.communes.get(case.commune_code)
    shown = sorted(lines(ctx, case), key=lambda line: not unseen(line))
    officer = ctx.person.officer
    facts = {
        "case": case,
        "set": set_name(ctx, case.product.set_number),
        "commune": commune.full(ctx.lang) if commune else case.commune_code,
        "state": ctx.t(STATE_WORDS[case.state]),
        "phone": case.producer.phone if officer and holds(officer, case) else "",
        "round": rounds.named(ctx.content, case.round_name)(ctx.lang) if case.round_name else "",
        "lines": shown[:LINES],
        "more": max(0, len(shown) - LINES),
        "lacking": lacking(ctx, case),
        "scored": own_score(ctx, case),
        "assessed": len(case.assessments),
        "contents": len(ctx.content.commune_contents),
        "seen": sum(not unseen(line) for line in shown),
    }
    return Say(render("case", ctx.lang, facts), _rows(ctx, case, shown), key=f"case:{case.id}")


def own_score(ctx: Ctx, case: DossierView) -> str:
    """What the household scored itself; "" when it did not."""
    said = scoring.summary(ctx.content, case.product.set_number, case.scores)
    return ctx.t(said[0], **said[1]) if said else ""


def own_points(ctx: Ctx, case: DossierView, proves: tuple[str, ...]) -> list[str]:
    """The household's own points on the criteria that a paper proves."""
    return [
        ctx.t(
            "Tự chấm {number} {title}: {n}/{max} điểm",
            number=item.number,
            title=item.title(ctx.lang),
            n=item.points(case.scores[item.id]),
            max=item.max,
        )
        for item in ctx.content.score_sheet(case.product.set_number).items
        if item.id in proves and item.id in case.scores
    ]


def set_name(ctx: Ctx, number: int) -> str:
    """The product set's name in the reader's language."""
    one = ctx.content.sets[number]
    return one.name if ctx.lang == "vi" else one.name_en


def _rows(ctx: Ctx, case: DossierView, shown: list[papers.Line]) -> Rows:
    """What this officer may do now, the likeliest first."""
    officer = ctx.person.officer
    if officer is None:
        return ()
    rows = [*_taking(ctx, officer, case)]
    if may_check(officer, case):
        rows += _checking(ctx, case)
    if may_record(officer, case):
        rows += _recording(ctx, case)
    if may_look(officer, case) and any(item.pages for item in case.items):
        rows.append(button(ctx, "Xem hết giấy tờ", f"case:files={case.id}"))
    rows += _holding(ctx, officer, case)
    items = [
        Button(f"{ln.mark} {ln.paper.short}", f"case:item={case.id}.{ln.paper.id}")
        for ln in shown[:LINES]
    ]
    end = (button(ctx, "Danh sách", "go:queue"), button(ctx, "Menu", "nav:menu"))
    return (*grid(rows), *grid(items), end)


def _taking(ctx: Ctx, officer: OfficerView, case: DossierView) -> list[Button]:
    """Taking the case, or taking back what was not told yet."""
    n, out = case.id, []
    if may_claim(officer, case):
        out.append(button(ctx, "Nhận xử lý", f"case:claim={n}", "primary"))
    if case.undo_until and holds(officer, case):
        out.append(button(ctx, "Rút lại yêu cầu bổ sung", f"case:undo={n}", "danger"))
    if may_agree(officer, case):
        out.append(button(ctx, "Đồng ý từ chối", f"case:agree={n}", "danger"))
        out.append(button(ctx, "Không đồng ý", f"case:disagree={n}"))
    if may_take_back(officer, case):
        out.append(button(ctx, "Rút lại đề nghị từ chối", f"case:disagree={n}", "danger"))
    return out


def _holding(ctx: Ctx, officer: OfficerView, case: DossierView) -> list[Button]:
    """The talk with the household; giving the case to others."""
    n, out = case.id, []
    if may_talk(officer, case):
        out.append(button(ctx, "Nhắn bà con", f"case:msg={n}"))
        out.append(button(ctx, "Xem trao đổi", f"case:talk={n}"))
    if may_hand_over(officer, case):
        out.append(button(ctx, "Chuyển đồng nghiệp", f"case:move={n}"))
        out.append(button(ctx, "Trả về danh sách", f"case:release={n}"))
    return out


def _checking(ctx: Ctx, case: DossierView) -> list[Button]:
    n, out = case.id, []
    if next_unreviewed(ctx, case):
        out.append(button(ctx, "Xem mục tiếp theo", f"case:next={n}", "primary"))
    if open_returns(case):
        out.append(button(ctx, "Gửi yêu cầu bổ sung", f"case:supp={n}", "primary"))
    if not at_commune(case):
        return out
    all_assessed = len(case.assessments) >= len(ctx.content.commune_contents)
    if not all_assessed:
        out.append(button(ctx, "Đánh giá 4 nội dung", f"case:assess={n}"))
    elif not next_unreviewed(ctx, case) and not open_returns(case):
        out.append(button(ctx, "Chuyển lên tỉnh", f"case:pass={n}", "primary"))
    if all_assessed:
        out.append(button(ctx, "Xem lại 4 nội dung", f"case:assess={n}"))
    out.append(button(ctx, "Tải Mẫu số 03", f"case:form={n}"))
    return out


def _recording(ctx: Ctx, case: DossierView) -> list[Button]:
    n = case.id
    first = (
        button(ctx, "Ghi kết quả Hội đồng", f"case:result={n}", "primary")
        if case.state is State.LISTED
        else button(ctx, "Đưa vào đợt đánh giá", f"case:rounds={n}", "primary")
    )
    return [first, button(ctx, "Từ chối hồ sơ", f"case:refuse={n}", "danger")]


def item_card(ctx: Ctx, case: DossierView, evidence: str) -> Say:
    """One line: what it is for, what came, what was said; accept or return."""
    line = next((ln for ln in lines(ctx, case) if ln.paper.id == evidence), None)
    if line is None:
        return card(ctx, case)
    facts = {
        "case": case,
        "line": line,
        "state": ctx.t(ITEM_WORDS[line.item.state]),
        "reason": reason_words(ctx, line.item.reason),
        "points": own_points(ctx, case, ctx.content.evidence[evidence].proves),
    }
    text = render("case_item", ctx.lang, facts)
    return Say(text, _item_rows(ctx, case, line), key=f"case:{case.id}")


def _item_rows(ctx: Ctx, case: DossierView, line: papers.Line) -> Rows:
    officer, n = ctx.person.officer, f"{case.id}.{line.paper.id}"
    rows: list[tuple[Button, ...]] = []
    if line.item.pages and officer and may_look(officer, case):
        rows.append((button(ctx, "Xem {n} trang", f"case:files={n}", n=len(line.item.pages)),))
    if officer and may_check(officer, case) and reviewable(case, line.paper.id):
        accept = button(ctx, "✓ Đạt", f"case:ok={n}", "primary")
        rows.append((accept, button(ctx, "↩ Trả lại", f"case:back={n}", "danger")))
    onward = button(ctx, "Mục tiếp theo", f"case:next={n}")
    rows.append((onward, button(ctx, "Về hồ sơ", f"case:open={case.id}")))
    return tuple(rows)


def talk_card(ctx: Ctx, case: DossierView) -> Say:
    """The last messages between the household and the officers."""
    facts = {"case": case, "messages": ctx.records.messages(case.id, MESSAGES)}
    back = (button(ctx, "Về hồ sơ", f"case:open={case.id}"),)
    rows: Rows = (back,)
    if ctx.person.officer and may_talk(ctx.person.officer, case):
        write = button(ctx, "Nhắn bà con", f"case:msg={case.id}", "primary")
        rows = ((write, button(ctx, "Kết thúc trao đổi", f"case:end={case.id}")), back)
    return Say(render("case_talk", ctx.lang, facts), rows)
