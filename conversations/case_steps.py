"""What every act on a case shares: who acts, where it leads, and the two ways to say no."""

from __future__ import annotations

from dataclasses import replace

from conversations import events as e
from conversations.case_asks import ask_card
from conversations.context import Ctx
from conversations.records import DossierView, OfficerView
from conversations.said import Go, Turn
from conversations.stages import holds, works_at
from models.messages import Talk


def me(ctx: Ctx) -> OfficerView:
    """The officer who acts. LookupError when the person is none: the menu lets nobody else in."""
    if ctx.person.officer is None:
        raise LookupError("an officer's room was reached by somebody who is none")
    return ctx.person.officer


def here(
    talk: Talk, case: DossierView, *events: e.Event, note: str = "", item: str = "", asks: str = ""
) -> Turn:
    """Apply, then show the card (one of its items, the next question) on what is left behind."""
    answers: dict[str, object] = {"id": str(case.id)}
    if item:
        answers["item"] = item
    if asks:
        answers["asks"] = asks
    return Turn(talk, events=events, then=Go("case", answers, note))


def cannot(ctx: Ctx, talk: Talk, case: DossierView) -> Turn:
    """The stage or the rights do not allow it (any more): say so, show the card."""
    return here(talk, case, note=why_not(ctx, case))


def why_not(ctx: Ctx, case: DossierView) -> str:
    """Why the officer cannot do what was asked, now."""
    officer = me(ctx)
    if not works_at(officer, case):
        return (
            ctx.t("Hồ sơ {code} đang ở tỉnh.", code=case.code)
            if case.at_province
            else ctx.t("Hồ sơ {code} đang ở xã, tỉnh chỉ xem.", code=case.code)
        )
    if case.officer_id not in (None, officer.id):
        return ctx.t("Hồ sơ {code} đang do {name} xử lý.", code=case.code, name=case.officer_name)
    if case.officer_id is None:
        return ctx.t("Anh/chị nhận hồ sơ {code} trước rồi hãy làm việc này.", code=case.code)
    if holds(officer, case) and case.undo_until is not None:
        return ctx.t("Yêu cầu bổ sung sắp gửi bà con. Muốn làm tiếp, anh/chị rút lại trước.")
    if case.refusal is not None:
        return ctx.t("Hồ sơ {code} đang chờ người thứ hai đồng ý từ chối.", code=case.code)
    return ctx.t("Lúc này chưa làm được việc đó với hồ sơ {code}.", code=case.code)


def asks(ctx: Ctx, talk: Talk, case: DossierView, what: str, note: str = "") -> Turn:
    """Wait for the officer's words, or one of the buttons."""
    inside = replace(talk, answers={**talk.answers, "id": str(case.id), "asks": what})
    return Turn(inside, ask_card(ctx, case, what, note))
