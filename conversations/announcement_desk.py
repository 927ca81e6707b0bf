"""/announce: an officer's announcements: look over, try out, send, agree, stop, see who got it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import announcement_rules, announcement_text
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import (
    AnnouncementApproved,
    AnnouncementConfirmed,
    AnnouncementDropped,
    AnnouncementRejected,
    AnnouncementStopped,
    AnnouncementTried,
    DeliveryReportAsked,
    Event,
)
from conversations.records import AnnouncementView, OfficerView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_
from models.messages import Say, Talk

REASON = 300  # characters
GONE = N_("Thông báo này không còn làm vậy được nữa.")


class AnnouncementDesk(Board):
    """answers: id; ask = "reason" while one is wanted for a rejection, "sure" before sending."""

    key = "announcement_desk"
    title = N_("Thông báo")
    menu_label = N_("Thông báo, sự kiện")
    needs_consent = False
    officers_only = True

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        officer, known = ctx.person.officer, dict(answers)
        if known.pop("newest", None) and officer is not None:
            own = [a for a in ctx.records.announcements(officer) if a.author.id == officer.id]
            known = {"id": str(own[0].id)} if own else {}
        return super().open(ctx, talk, known)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        officer = ctx.person.officer
        if officer is None:
            return Say(note or ctx.t("Mục này dành cho cán bộ."))
        one = _asked(ctx, officer, talk.answers.get("id"))
        if one is None:
            return noted(note, _listed(ctx, officer))
        if talk.answers.get("ask") == "reason" and announcement_rules.may_approve(officer, one):
            return noted(note, _reason(ctx, one))
        if talk.answers.get("ask") == "sure" and announcement_rules.may_edit(officer, one):
            return noted(note, _sure(ctx, officer, one))
        return noted(note, announcement_text.card(ctx, officer, one))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        officer = ctx.person.officer
        if officer is None or verb not in VERBS:
            return None
        if verb == "list":
            return self.drawn(ctx, self.entered(talk, {}))
        one = _asked(ctx, officer, value)
        if one is None:
            return self.drawn(ctx, self.entered(talk, {}), ctx.t("Không có thông báo nào như vậy."))
        if not VERBS[verb](officer, one):
            return self.drawn(ctx, self.entered(talk, {"id": value}), ctx.t(GONE))
        return self._done(ctx, talk, verb, one)

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """The reason of a rejection."""
        officer, reason = ctx.person.officer, " ".join(said.text.split())
        one = _asked(ctx, officer, talk.answers.get("id")) if officer else None
        if one is None or officer is None or talk.answers.get("ask") != "reason":
            return None
        if not announcement_rules.may_approve(officer, one):
            return self.drawn(ctx, self.entered(talk, {"id": str(one.id)}), ctx.t(GONE))
        if not any(c.isalpha() for c in reason) or len(reason) > REASON:
            return self.drawn(ctx, talk, ctx.t("Anh/chị viết lý do trong {n} chữ cái.", n=REASON))
        event = AnnouncementRejected(one.id, reason)
        return self._after(talk, one, event, ctx.t("Đã trả lại và báo người soạn."))

    def _done(self, ctx: Ctx, talk: Talk, verb: str, one: AnnouncementView) -> Turn:
        number = str(one.id)
        if verb in ("open", "send", "reject"):
            ask = {"send": {"ask": "sure"}, "reject": {"ask": "reason"}}.get(verb, {})
            return self.drawn(ctx, self.entered(talk, {"id": number, **ask}))
        if verb == "edit":
            return Turn(talk, then=Go("announcement_form", {**one.form, "_id": number}))
        if verb == "drop":
            note = ctx.t("Đã bỏ bản nháp.")
            return Turn(self.entered(talk, {}), events=(AnnouncementDropped(one.id),),
                        then=Go(self.key, {}, note))  # fmt: skip
        made, words = MADE[verb]
        return self._after(talk, one, made(one.id), ctx.t(words))

    def _after(self, talk: Talk, one: AnnouncementView, event: Event, note: str) -> Turn:
        known = {"id": str(one.id)}
        return Turn(self.entered(talk, known), events=(event,), then=Go(self.key, known, note))


def _was_sent(officer: OfficerView, one: AnnouncementView) -> bool:
    return announcement_rules.was_sent(one) and announcement_rules.may_announce(
        officer, one.segment
    )


#: What each button needs; whoever may see it may open it.
VERBS = {
    "list": announcement_rules.may_see,
    "open": announcement_rules.may_see,
    "try": announcement_rules.may_edit,
    "edit": announcement_rules.may_edit,
    "send": announcement_rules.may_edit,
    "sure": announcement_rules.may_edit,
    "drop": announcement_rules.may_edit,
    "approve": announcement_rules.may_approve,
    "reject": announcement_rules.may_approve,
    "stop": announcement_rules.may_stop,
    "report": _was_sent,
}
MADE = {
    "try": (AnnouncementTried, N_("Mình gửi ngay bên dưới, đúng như bà con sẽ thấy.")),
    "sure": (AnnouncementConfirmed, N_("Được rồi. Xong việc mình báo anh/chị.")),
    "approve": (AnnouncementApproved, N_("Đã đồng ý. Người soạn được báo.")),
    "stop": (AnnouncementStopped, N_("Đã dừng. Tin chưa gửi thì không gửi nữa.")),
    "report": (DeliveryReportAsked, N_("Mình đang lập bảng, xong sẽ gửi vào đây.")),
}


def _asked(ctx: Ctx, officer: OfficerView | None, value: object) -> AnnouncementView | None:
    """The announcement with this number, when the officer may see it."""
    number = str(value or "")
    if officer is None or not number.isdecimal() or len(number) > 15:
        return None
    return ctx.records.announcement(officer, int(number))


def _listed(ctx: Ctx, officer: OfficerView) -> Say:
    found = ctx.records.announcements(officer)
    new = (button(ctx, "Soạn thông báo mới", "go:announcement_form", "primary"),)
    rows = tuple((announcement_text.line(ctx, one),) for one in found)
    text = ctx.t("Thông báo của nơi anh/chị phụ trách:") if found else ctx.t(
        "Chưa có thông báo nào. Anh/chị báo bà con lớp tập huấn, hội chợ, chính sách mới ở đây."
    )  # fmt: skip
    return Say(text, (new, *rows, (button(ctx, "Menu", "nav:menu"),)), key="announcement_desk")


def _reason(ctx: Ctx, one: AnnouncementView) -> Say:
    back = button(ctx, "Thôi, xem lại", f"announcement_desk:open={one.id}")
    return Say(ctx.t("Vì sao anh/chị không đồng ý? Gõ vài chữ để người soạn sửa."), ((back,),))


def _sure(ctx: Ctx, officer: OfficerView, one: AnnouncementView) -> Say:
    """Once more before it goes to many people."""
    found = ctx.records.audience(officer, one.segment, one.topic, ctx.content)
    back = button(ctx, "Thôi, xem lại", f"announcement_desk:open={one.id}")
    if announcement_rules.needs_second(ctx.content, officer, one.segment):
        return _ask_second(ctx, officer, one, found.people)
    text = ctx.t("*Gửi cho {n} người?* Tin đã tới thì không lấy lại được.", n=found.people)
    send = button(
        ctx, "Gửi cho {n} người", f"announcement_desk:sure={one.id}", "danger", n=found.people
    )
    return Say(f"{text}\n{announcement_text.when(ctx, one)}", ((send,), (back,)))


def _ask_second(ctx: Ctx, officer: OfficerView, one: AnnouncementView, people: int) -> Say:
    back = button(ctx, "Thôi, xem lại", f"announcement_desk:open={one.id}")
    if not ctx.records.second_officers(officer):
        note = ctx.t("Chưa có cán bộ tỉnh thứ hai trên trợ lý để đồng ý. Anh/chị mời thêm đã nhé.")
        return Say(note, ((back,),))
    hours = ctx.content.announcements.approval_hours
    text = ctx.t(
        "*Xin gửi cho {n} người?* Một cán bộ tỉnh khác đồng ý thì tin mới đi; quá {hours} giờ thì "
        "thôi.",
        n=people,
        hours=hours,
    )
    ask = button(ctx, "Xin duyệt", f"announcement_desk:sure={one.id}", "danger")
    return Say(text, ((ask,), (back,)))
