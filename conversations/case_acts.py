"""What an officer's buttons and words do with a case. Each checks the stage, then says an event."""

from __future__ import annotations

from dataclasses import replace

from conversations import events as e
from conversations import understand
from conversations.case_card import (
    VERDICTS,
    ask_card,
    next_unreviewed,
    open_returns,
    rounds,
    talk_card,
)
from conversations.context import Ctx
from conversations.records import DossierView, ItemState, OfficerView, State
from conversations.said import Go, Said, Turn
from conversations.stages import at_commune, holds, may_check, may_claim, may_record
from conversations.steps import Choice
from models.messages import SentFile, Talk


def here(talk: Talk, case: DossierView, *events: e.Event, note: str = "", item: str = "") -> Turn:
    """Apply, then show the card (or one of its items) on what is left behind."""
    answers: dict[str, object] = {"id": str(case.id)}
    if item:
        answers["item"] = item
    return Turn(talk, events=events, then=Go("case", answers, note))


def cannot(ctx: Ctx, talk: Talk, case: DossierView) -> Turn:
    """The stage or the rights do not allow it (any more): say so, show the card."""
    officer = _me(ctx)
    if case.officer_id not in (None, officer.id):
        note = ctx.t("Hồ sơ {code} đang do {name} xử lý.", code=case.code, name=case.officer_name)
    else:
        note = ctx.t("Lúc này chưa làm được việc đó với hồ sơ {code}.", code=case.code)
    return here(talk, case, note=note)


def _me(ctx: Ctx) -> OfficerView:
    if ctx.person.officer is None:
        raise LookupError("an officer's room was reached by somebody who is none")
    return ctx.person.officer


def asks(ctx: Ctx, talk: Talk, case: DossierView, what: str) -> Turn:
    """Wait for the officer's words."""
    inside = replace(talk, answers={**talk.answers, "id": case.id, "asks": what})
    return Turn(inside, ask_card(ctx, case, what))


# -- who has it ---------------------------------------------------------------------------------
def claim(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_claim(_me(ctx), case):
        return cannot(ctx, talk, case)
    note = ctx.t("Anh/chị đã nhận hồ sơ {code}.", code=case.code)
    return here(talk, case, e.CaseClaimed(case.id), note=note)


def release(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case):
        return cannot(ctx, talk, case)
    note = ctx.t("Đã trả hồ sơ {code} về danh sách chung.", code=case.code)
    return Turn(talk, events=(e.CaseReleased(case.id),), then=Go("queue", note=note))


def ask_colleague(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "colleague")


def transfer(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    colleague = next(
        (c for c in ctx.records.colleagues(_me(ctx), case.id) if rest and str(c.id) == rest[0]),
        None,
    )
    if not holds(_me(ctx), case) or colleague is None:
        return cannot(ctx, talk, case)
    note = ctx.t("Đã chuyển hồ sơ {code} cho {name}.", code=case.code, name=colleague.name)
    return Turn(
        talk, events=(e.CaseTransferred(case.id, colleague.id),), then=Go("queue", note=note)
    )


# -- item by item -------------------------------------------------------------------------------
def open_item(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    return here(talk, case, item=rest[0] if rest else "")


def next_item(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    return here(talk, case, item=next_unreviewed(ctx, case, after=rest[0] if rest else ""))


def files(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """The item's pages into the chat: the whole as one PDF, in order."""
    if not rest or not case.item(rest[0]).pages:
        return here(talk, case, note=ctx.t("Mục này chưa có trang nào."))
    return here(
        talk,
        case,
        e.CaseFilesAsked(case.id, rest[0]),
        e.CaseSeen(case.id, f"files:{rest[0]}"),
        item=rest[0],
        note=ctx.t("Đang gộp các trang, tệp sẽ đến ngay sau tin này."),
    )


def accept(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_check(_me(ctx), case) or not rest or not _reviewable(case, rest[0]):
        return cannot(ctx, talk, case)
    return here(
        talk,
        case,
        e.ItemAccepted(case.id, rest[0]),
        item=next_unreviewed(ctx, case, after=rest[0]),
        note=ctx.t("Đã ghi: đạt."),
    )


def ask_reason(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_check(_me(ctx), case) or not rest:
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, f"reason:{rest[0]}")


def ask_own_reason(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_check(_me(ctx), case) or not rest:
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, f"own:{rest[0]}")


def return_for(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """rest = evidence, number of the reason in content.return_reasons."""
    reasons = ctx.content.return_reasons
    if len(rest) < 2 or not rest[1].isdecimal() or int(rest[1]) >= len(reasons):
        return cannot(ctx, talk, case)
    return _return(ctx, talk, case, rest[0], reasons[int(rest[1])].id)


def _return(ctx: Ctx, talk: Talk, case: DossierView, evidence: str, reason: str) -> Turn:
    if not may_check(_me(ctx), case):
        return cannot(ctx, talk, case)
    return here(
        talk,
        case,
        e.ItemReturned(case.id, evidence, reason),
        item=next_unreviewed(ctx, case, after=evidence),
        note=ctx.t("Đã ghi: trả lại để sửa."),
    )


def _reviewable(case: DossierView, evidence: str) -> bool:
    return case.item(evidence).state is not ItemState.MISSING


# -- the commune's part -------------------------------------------------------------------------
def assess(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """Ask the next of the four contents, or the one named."""
    if not may_check(_me(ctx), case) or not at_commune(case):
        return cannot(ctx, talk, case)
    done = {a.content for a in case.assessments}
    named = (
        rest[0]
        if rest
        else next((c.id for c in ctx.content.commune_contents if c.id not in done), "")
    )
    if not named:
        return here(talk, case, note=ctx.t("Bốn nội dung đã đánh giá xong."))
    return asks(ctx, talk, case, f"assess:{named}")


def verdict(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """rest = content, verdict. A note may follow by words."""
    if not may_check(_me(ctx), case) or not at_commune(case) or len(rest) < 2:
        return cannot(ctx, talk, case)
    known = {c.id for c in ctx.content.commune_contents}
    if rest[0] not in known or rest[1] not in dict(VERDICTS):
        return cannot(ctx, talk, case)
    left = known - {a.content for a in case.assessments} - {rest[0]}
    note = (
        ctx.t("Đã ghi. Còn {n} nội dung.", n=len(left))
        if left
        else ctx.t("Bốn nội dung đã đánh giá xong.")
    )
    remark = str(talk.answers.get("note", ""))
    return here(talk, case, e.ContentAssessed(case.id, rest[0], rest[1], remark), note=note)


def pass_on(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    """To the province, once every line is looked at and the four contents are assessed."""
    if not may_check(_me(ctx), case) or not at_commune(case):
        return cannot(ctx, talk, case)
    if lacking := _lacking(ctx, case):
        return here(talk, case, note=lacking)
    note = ctx.t(
        "Đã chuyển hồ sơ {code} lên tỉnh. Mẫu số 03 sẽ gửi vào đây để in và ký.", code=case.code
    )
    return here(
        talk, case, e.PassedToProvince(case.id), e.FormsAsked(case.id, ("mau_03",)), note=note
    )


def _lacking(ctx: Ctx, case: DossierView) -> str:
    """What must be done before the case may go up; "" when nothing."""
    if next_unreviewed(ctx, case):
        return ctx.t("Còn mục chưa xem. Anh/chị xem hết rồi hãy chuyển.")
    if open_returns(case):
        return ctx.t("Còn mục trả lại để sửa: anh/chị gửi yêu cầu bổ sung trước.")
    if len(case.assessments) < len(ctx.content.commune_contents):
        return ctx.t("Còn nội dung xã chưa đánh giá (Điều 7.2).")
    return ""


def form(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case) or not at_commune(case):
        return cannot(ctx, talk, case)
    return here(
        talk,
        case,
        e.FormsAsked(case.id, ("mau_03",)),
        note=ctx.t("Đang điền Mẫu số 03, tệp sẽ đến ngay sau tin này."),
    )


# -- asking the household -----------------------------------------------------------------------
def supplement(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_check(_me(ctx), case):
        return cannot(ctx, talk, case)
    if not open_returns(case):
        return here(talk, case, note=ctx.t("Chưa có mục nào trả lại, nên chưa có gì để yêu cầu."))
    minutes = ctx.content.times.undo_minutes
    note = ctx.t(
        "Sẽ báo bà con sau {n} phút nữa. Trong lúc đó anh/chị vẫn rút lại được.", n=minutes
    )
    return here(talk, case, e.SupplementAsked(case.id), note=note)


def undo(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case) or case.undo_until is None:
        return cannot(ctx, talk, case)
    note = ctx.t("Đã rút lại, bà con chưa nhận được gì.")
    return here(talk, case, e.SupplementUndone(case.id), note=note)


def ask_message(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "message")


def show_talk(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    return Turn(
        replace(talk, answers={"id": case.id}), talk_card(ctx, case), (e.CaseSeen(case.id, "talk"),)
    )


def end_talk(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not holds(_me(ctx), case):
        return cannot(ctx, talk, case)
    return here(talk, case, e.TalkLeft(case.id), note=ctx.t("Đã kết thúc trao đổi."))


# -- the province's part ------------------------------------------------------------------------
def ask_round(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(_me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "round")


def put_on_round(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    names = rounds(ctx)
    if (
        not may_record(_me(ctx), case)
        or not rest
        or not rest[0].isdecimal()
        or (int(rest[0]) >= len(names))
    ):
        return cannot(ctx, talk, case)
    name = names[int(rest[0])]
    return here(
        talk,
        case,
        e.PutOnRound(case.id, name),
        note=ctx.t("Đã đưa vào danh sách {round}.", round=name),
    )


def result(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(_me(ctx), case) or case.state is not State.LISTED:
        return cannot(ctx, talk, case)
    return Turn(talk, then=Go("result", {"_id": case.id, "_code": case.code}))


def ask_refusal(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_record(_me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "refuse")


# -- words --------------------------------------------------------------------------------------
def words(ctx: Ctx, talk: Talk, case: DossierView, said: Said) -> Turn:
    """The words that were waited for: a reason, a note, a message."""
    kind, _, about = str(talk.answers["asks"]).partition(":")
    text = " ".join(said.text.split())
    if kind == "message":
        return _message(ctx, talk, case, said, text)
    if len(text) < 3 and kind in ("reason", "own", "refuse"):
        return Turn(talk, ask_card(ctx, case, str(talk.answers["asks"])))
    if kind == "reason":
        return _reason_by_words(ctx, talk, case, about, text)
    if kind == "own":
        return _return(ctx, talk, case, about, text[:600])
    if kind == "refuse" and may_record(_me(ctx), case):
        return here(
            talk,
            case,
            e.CaseRefused(case.id, text[:600]),
            note=ctx.t("Đã ghi từ chối, bà con được báo kèm lý do."),
        )
    if kind == "assess":
        return _verdict_by_words(ctx, talk, case, about, text)
    return here(talk, case)


def _message(ctx: Ctx, talk: Talk, case: DossierView, said: Said, text: str) -> Turn:
    if not holds(_me(ctx), case):
        return cannot(ctx, talk, case)
    sent = tuple(SentFile(f.key, f.name, f.mime) for f in said.files if f.key and not f.refused)
    if not text and not sent:
        return Turn(talk, ask_card(ctx, case, "message"))
    return here(
        talk,
        case,
        e.CaseMessageSent(case.id, True, text[:2000], sent),
        note=ctx.t("Đã gửi bà con. Câu trả lời sẽ hiện ở đây."),
    )


def _verdict_by_words(ctx: Ctx, talk: Talk, case: DossierView, content: str, text: str) -> Turn:
    """A typed verdict counts as its button; other words are the remark that goes with it."""
    chosen = understand.pick(text, [(Choice(key, label), ctx.t(label)) for key, label in VERDICTS])
    if chosen is not None:
        return verdict(ctx, talk, case, [content, chosen.key])
    noted = replace(talk, answers={**talk.answers, "note": text[:1000]})
    return Turn(
        noted,
        ask_card(ctx, case, f"assess:{content}", ctx.t("Đã ghi nhận xét. Anh/chị chọn mức giúp.")),
    )


def _reason_by_words(ctx: Ctx, talk: Talk, case: DossierView, evidence: str, text: str) -> Turn:
    """A typed number or label counts as its button; other words are the reason itself."""
    reasons = ctx.content.return_reasons
    chosen = understand.pick(text, [(Choice(r.id, ""), r.name(ctx.lang)) for r in reasons])
    return _return(ctx, talk, case, evidence, chosen.key if chosen else text[:600])
