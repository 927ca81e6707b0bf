"""Draws a case for its officer: the review card, one item, what is asked, the talk."""

from __future__ import annotations

from collections.abc import Iterable

from conversations import papers
from conversations.context import Ctx
from conversations.records import DossierView, ItemState, State
from conversations.render import render
from conversations.rooms import button, grid
from conversations.stages import (
    STATE_WORDS,
    at_commune,
    holds,
    may_check,
    may_claim,
    may_record,
)
from locales import N_
from models.messages import Button, Say, Talk

#: What the commune may say of one content (Điều 7.2).
VERDICTS = (("met", N_("Đạt")), ("partly", N_("Đạt một phần")), ("unmet", N_("Chưa đạt")))
VERDICT_WORDS = dict(VERDICTS)
#: Lines an officer still has to look at.
UNSEEN = frozenset(
    {ItemState.UPLOADED, ItemState.FIXED, ItemState.OPEN, ItemState.EXCUSED, ItemState.HAVE}
)
LINES = 12


def lines(ctx: Ctx, case: DossierView) -> tuple[papers.Line, ...]:
    """The lines the household touched: what there is to review."""
    touched = papers.checklist(ctx, case).lines
    return tuple(ln for ln in touched if ln.item.state is not ItemState.MISSING)


def unseen(case: DossierView, line: papers.Line) -> bool:
    """Nobody has accepted or returned this line since it last changed."""
    return line.item.state in UNSEEN and not line.item.reviewed_by


def next_unreviewed(ctx: Ctx, case: DossierView, after: str = "") -> str:
    """The next line to look at, going round from `after`; "" when all are seen."""
    ids = [ln.paper.id for ln in lines(ctx, case)]
    todo = {ln.paper.id for ln in lines(ctx, case) if unseen(case, ln)} - {after}
    start = ids.index(after) + 1 if after in ids else 0
    return next((i for i in ids[start:] + ids[:start] if i in todo), "")


def open_returns(case: DossierView) -> tuple[str, ...]:
    """Lines returned and not yet mended."""
    return tuple(i.evidence for i in case.items if i.state is ItemState.RETURNED)


def rounds(ctx: Ctx) -> tuple[str, ...]:
    """The rounds a dossier may be put on today: the next cut-offs, with their year."""
    cutoff = ctx.content.next_cutoff(ctx.today)
    later = ctx.content.next_cutoff(cutoff.before)
    names = [f"{c.name(ctx.lang)}/{c.before.year}" for c in (cutoff, later)]
    return tuple(dict.fromkeys(names))


def card(ctx: Ctx, case: DossierView) -> Say:
    """The whole case: who, what, where it stands, the lines, what may be done now."""
    commune = ctx.content.communes.get(case.commune_code)
    shown = lines(ctx, case)
    officer = ctx.person.officer
    text = render(
        "case",
        ctx.lang,
        {
            "case": case,
            "set": set_name(ctx, case.product.set_number),
            "commune": commune.name if commune else case.commune_code,
            "state": ctx.t(STATE_WORDS[case.state]),
            "phone": case.producer.phone if officer and holds(officer, case) else "",
            "lines": shown[:LINES],
            "more": max(0, len(shown) - LINES),
            "assessed": len(case.assessments),
            "contents": len(ctx.content.commune_contents),
            "seen": sum(not unseen(case, ln) for ln in shown),
        },
    )
    return Say(text, _rows(ctx, case, shown), key=f"case:{case.id}")


def set_name(ctx: Ctx, number: int) -> str:
    """The product set's name in the reader's language."""
    one = ctx.content.sets[number]
    return one.name if ctx.lang == "vi" else one.name_en


def _rows(
    ctx: Ctx, case: DossierView, shown: tuple[papers.Line, ...]
) -> tuple[tuple[Button, ...], ...]:
    """What this officer may do now, the likeliest first."""
    officer = ctx.person.officer
    rows: list[Button] = []
    if officer is None:
        return ()
    n = case.id
    if may_claim(officer, case):
        rows.append(button(ctx, "Nhận xử lý", f"case:claim={n}", "primary"))
    if case.undo_until and holds(officer, case):
        rows.append(button(ctx, "Rút lại yêu cầu bổ sung", f"case:undo={n}", "danger"))
    if may_check(officer, case):
        rows += _checking(ctx, case)
    if may_record(officer, case):
        rows += _recording(ctx, case)
    if holds(officer, case):
        rows += [
            button(ctx, "Nhắn bà con", f"case:msg={n}"),
            button(ctx, "Xem trao đổi", f"case:talk={n}"),
            button(ctx, "Chuyển đồng nghiệp", f"case:move={n}"),
            button(ctx, "Trả về danh sách", f"case:release={n}"),
        ]
    items = [
        Button(f"{ln.mark} {ln.paper.short}", f"case:item={n}.{ln.paper.id}")
        for ln in shown[:LINES]
    ]
    end = (button(ctx, "Danh sách", "go:queue"), button(ctx, "Menu", "nav:menu"))
    return (*grid(rows), *grid(items), end)


def _checking(ctx: Ctx, case: DossierView) -> list[Button]:
    n = case.id
    out = []
    if next_unreviewed(ctx, case):
        out.append(button(ctx, "Xem mục tiếp theo", f"case:next={n}", "primary"))
    if open_returns(case):
        out.append(button(ctx, "Gửi yêu cầu bổ sung", f"case:supp={n}", "primary"))
    if at_commune(case):
        if len(case.assessments) < len(ctx.content.commune_contents):
            out.append(button(ctx, "Đánh giá 4 nội dung", f"case:assess={n}"))
        out.append(button(ctx, "Tải Mẫu số 03", f"case:form={n}"))
        if not next_unreviewed(ctx, case) and not open_returns(case):
            out.append(button(ctx, "Chuyển lên tỉnh", f"case:pass={n}", "primary"))
    return out


def _recording(ctx: Ctx, case: DossierView) -> list[Button]:
    n = case.id
    first = (
        button(ctx, "Ghi kết quả Hội đồng", f"case:result={n}", "primary")
        if case.state is State.LISTED
        else button(ctx, "Đưa vào đợt đánh giá", f"case:rounds={n}", "primary")
    )
    return [first, button(ctx, "Từ chối hồ sơ", f"case:refuse={n}", "danger")]


def item_card(ctx: Ctx, case: DossierView, evidence: str, talk: Talk) -> Say:
    """One line: what it is for, what came, what was said; accept or return."""
    line = next((ln for ln in lines(ctx, case) if ln.paper.id == evidence), None)
    if line is None:
        return card(ctx, case)
    text = render(
        "case_item",
        ctx.lang,
        {
            "case": case,
            "line": line,
            "state": ctx.t(ITEM_WORDS[line.item.state]),
            "reason": reason_words(ctx, line.item.reason),
        },
    )
    n = f"{case.id}.{evidence}"
    rows: list[tuple[Button, ...]] = []
    if line.item.pages:
        rows.append((button(ctx, "Xem {n} trang", f"case:files={n}", n=len(line.item.pages)),))
    officer = ctx.person.officer
    if officer and may_check(officer, case):
        rows.append(
            (
                button(ctx, "✓ Đạt", f"case:ok={n}", "primary"),
                button(ctx, "↩ Trả lại", f"case:back={n}", "danger"),
            )
        )
    rows.append(
        (
            button(ctx, "Mục tiếp theo", f"case:next={n}"),
            button(ctx, "Về hồ sơ", f"case:open={case.id}"),
        )
    )
    return Say(text, tuple(rows), key=f"case:{case.id}")


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


def reason_words(ctx: Ctx, reason: str) -> str:
    """A reason's id in the reader's language; an officer's own words as they are."""
    known = {r.id: r.name(ctx.lang) for r in ctx.content.return_reasons}
    return known.get(reason, reason)


def ask_card(ctx: Ctx, case: DossierView, what: str, note: str = "") -> Say:
    """What the next words (or buttons) are for."""
    kind, _, about = what.partition(":")
    text, options = _asked(ctx, case, kind, about)
    cancel = (button(ctx, "Thôi, về hồ sơ", f"case:open={case.id}"),)
    return Say(f"{note}\n\n{text}" if note else text, (*grid(options), cancel))


def _asked(ctx: Ctx, case: DossierView, kind: str, about: str) -> tuple[str, list[Button]]:
    n = case.id
    if kind == "reason":
        options = [
            Button(r.name(ctx.lang), f"case:why={n}.{about}.{i}")
            for i, r in enumerate(ctx.content.return_reasons)
        ]
        options.append(button(ctx, "Lý do khác", f"case:other={n}.{about}"))
        return ctx.t("Vì sao trả lại mục này? Bà con sẽ đọc đúng lý do anh/chị chọn."), options
    if kind == "own":
        return ctx.t("Anh/chị gõ lý do, bà con sẽ đọc đúng câu này."), []
    if kind == "assess":
        content = next(c for c in ctx.content.commune_contents if c.id == about)
        options = [button(ctx, label, f"case:verdict={n}.{about}.{key}") for key, label in VERDICTS]
        return ctx.t(
            "*{content}* (Điều 7.2). Anh/chị đánh giá thế nào? Muốn ghi nhận xét thì gõ "
            "trước, rồi chọn mức.",
            content=content.name(ctx.lang),
        ), options
    if kind == "round":
        options = [Button(name, f"case:round={n}.{i}") for i, name in enumerate(rounds(ctx))]
        return ctx.t("Đưa hồ sơ {code} vào đợt nào?", code=case.code), options
    if kind == "colleague":
        return _colleagues(ctx, case)
    if kind == "refuse":
        return ctx.t(
            "Anh/chị gõ lý do từ chối hồ sơ {code}; bà con sẽ đọc đúng câu này.", code=case.code
        ), []
    return ctx.t(
        "Anh/chị gõ tin gửi bà con ({product}). Số điện thoại hai bên không hiện ra.",
        product=case.product.name,
    ), []


def _colleagues(ctx: Ctx, case: DossierView) -> tuple[str, list[Button]]:
    officer = ctx.person.officer
    others: Iterable = ctx.records.colleagues(officer, case.id) if officer else ()  # type: ignore[type-arg]
    options = [Button(c.name, f"case:to={case.id}.{c.id}") for c in others]
    if not options:
        return ctx.t("Chưa có đồng nghiệp nào khác phụ trách xã, phường này."), []
    return ctx.t("Chuyển hồ sơ {code} cho ai?", code=case.code), options


def talk_card(ctx: Ctx, case: DossierView) -> Say:
    """The last messages between the household and the officers."""
    text = render(
        "case_talk",
        ctx.lang,
        {
            "case": case,
            "messages": ctx.records.messages(case.id, 8),
        },
    )
    rows = (
        (
            button(ctx, "Nhắn bà con", f"case:msg={case.id}", "primary"),
            button(ctx, "Kết thúc trao đổi", f"case:end={case.id}"),
        ),
        (button(ctx, "Về hồ sơ", f"case:open={case.id}"),),
    )
    return Say(text, rows)
