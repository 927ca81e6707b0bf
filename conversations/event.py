"""An event a household was invited to: sign up, see where and when, leave, be there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import DoorCodeUsed, EventJoined, EventLeft
from conversations.letters.announcements import event_lines
from conversations.records import EventView, ProducerView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, datetime_
from models import codes
from models.messages import Button, Say, Talk

DOOR = 5  # characters of a door code
LATE = timedelta(hours=1)  # after the start one may still sign up

_CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9]{3}-?[A-Za-z0-9]{2}$")
MINE = {
    "going": N_("Bà con *đã đăng ký đi*. Trước hôm đó mình nhắc."),
    "waiting": N_("Hết chỗ rồi, bà con đang *ở danh sách chờ*. Có chỗ mình báo ngay."),
    "left": N_("Bà con đã báo là không đi."),
}


class EventRoom(Board):
    """answers: id (event), for (choosing whom one comes for: "join" or "here"), door (its code)."""

    key = "event"
    title = N_("Sự kiện")

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        code = codes.parse(payload, DOOR)
        if code and ctx.records.event_at_door(code):
            return {"door": code}
        misread = _CODE.match(payload.strip()) and _expected(ctx)
        return {"door": payload.strip()} if misread else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        if answers.get("door"):
            return self._at_door(ctx, talk, str(answers["door"]), None)
        return super().open(ctx, talk, answers)

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        """What one signed up for."""
        return tuple(
            (
                ctx.t("{name}: {at}.", name=e.name, at=datetime_(ctx.lang, e.starts_at)),
                button(ctx, "Xem sự kiện", f"event:open={e.id}"),
            )
            for e in ctx.records.events_of(ctx.person.id)[:3]
        )

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        one = _asked(ctx, talk.answers.get("id"))
        if talk.answers.get("for") == "here" and talk.answers.get("door"):
            return noted(note, _whom(ctx, f"event:here={talk.answers['door']}"))
        if one is None:
            return noted(note, _listed(ctx))
        if talk.answers.get("for") == "join":
            return noted(note, _whom(ctx, f"event:join={one.id}"))
        return noted(note, card(ctx, one))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        first, _, rest = value.partition(".")
        if verb == "here":
            return self._at_door(ctx, talk, first, rest)
        one = _asked(ctx, first)
        if one is None or verb not in ("open", "join", "leave"):
            return None
        if verb == "join":
            return self._join(ctx, talk, one, rest)
        if verb == "leave" and one.mine in ("going", "waiting"):
            note = ctx.t("Mình đã ghi là bà con không đi. Cảm ơn bà con báo sớm.")
            return self._then(talk, one.id, EventLeft(one.id), note)
        return self.drawn(ctx, self.entered(talk, {"id": first}))

    def _join(self, ctx: Ctx, talk: Talk, one: EventView, rest: str) -> Turn:
        if not may_join(ctx, one):
            return self.drawn(ctx, self.entered(talk, {"id": str(one.id)}))
        own = ctx.records.producers(ctx.person.id)
        chosen = next((p for p in own if str(p.id) == rest), own[0] if len(own) == 1 else None)
        if chosen is None and own:
            return self.drawn(ctx, self.entered(talk, {"id": str(one.id), "for": "join"}))
        return self._then(talk, one.id, EventJoined(one.id, chosen.id if chosen else None), "")

    def _at_door(self, ctx: Ctx, talk: Talk, code: str, rest: str | None) -> Turn:
        """The code typed where the event is: the producer one speaks for is there."""
        one, inside = ctx.records.event_at_door(code), self.entered(talk, {})
        if one is None and _expected(ctx):
            note = ctx.t("Mã này chưa đúng. Bà con xem lại mã ở cửa, hoặc báo cán bộ ở đó giúp.")
            return Turn(inside, then=Go("menu", note=note))
        if one is None or not door_open(ctx, one):
            note = ctx.t("Mã này chỉ dùng được ở cửa, quanh giờ bắt đầu.")
            return Turn(inside, then=Go("menu", note=note))
        own = ctx.records.producers(ctx.person.id)
        chosen = _only(own, rest)
        if chosen is None and own:
            asked = {"door": code, "for": "here"}
            return self.drawn(ctx, self.entered(talk, asked))
        if chosen is None:
            note = ctx.t("Mình chưa biết bà con ở cơ sở nào. Bà con báo cán bộ ở cửa giúp nhé.")
            return Turn(inside, then=Go("menu", note=note))
        note = ctx.t("Mình đã ghi {producer} có mặt ở *{name}*. Chúc bà con học được nhiều!",
                     producer=chosen.name, name=one.name)  # fmt: skip
        used = DoorCodeUsed(code, chosen.id)
        return Turn(inside, events=(used,), then=Go("menu", note=note))

    def _then(self, talk: Talk, number: int, event: EventJoined | EventLeft, note: str) -> Turn:
        known = {"id": str(number)}
        return Turn(self.entered(talk, known), events=(event,), then=Go(self.key, known, note))


def _expected(ctx: Ctx) -> bool:
    """Has an event begun that the person signed up for? Then a code of five may be its code."""
    return any(door_open(ctx, one) for one in ctx.records.events_of(ctx.person.id))


def _only(own: tuple[ProducerView, ...], rest: str | None) -> ProducerView | None:
    """The producer that was chosen; the only one when there is one."""
    if rest:
        return next((p for p in own if str(p.id) == rest), None)
    return own[0] if len(own) == 1 else None


def _asked(ctx: Ctx, value: object) -> EventView | None:
    number = str(value or "")
    if not number.isdecimal() or len(number) > 15:
        return None
    return ctx.records.event(ctx.person.id, int(number))


def may_join(ctx: Ctx, one: EventView) -> bool:
    """It stands, it was announced, and it is not over."""
    open_ = one.sent and not one.cancelled and ctx.now < one.starts_at + LATE
    return open_ and one.mine not in ("going", "waiting")


def door_open(ctx: Ctx, one: EventView) -> bool:
    """Around the start, as long as content says."""
    rules = ctx.content.announcements
    opens = one.starts_at - timedelta(hours=rules.door_opens_hours)
    return opens <= ctx.now <= one.starts_at + timedelta(hours=rules.door_closes_hours)


def day_has_come(ctx: Ctx, one: EventView) -> bool:
    """Who was there is written down from the event's day on, never ahead."""
    return ctx.today >= one.starts_at.astimezone(ctx.content.province.zone).date()


def officer_may_come(ctx: Ctx, one: EventView) -> bool:
    """An officer may say that it is, or was, there: from the opening of the door on."""
    opens = one.starts_at - timedelta(hours=ctx.content.announcements.door_opens_hours)
    return one.sent and not one.cancelled and ctx.now >= opens


def card(ctx: Ctx, one: EventView) -> Say:
    """The event, whether one comes, and the way in or out."""
    lines = [event_lines(ctx.lang, one), _standing(ctx, one)]
    rows: list[tuple[Button, ...]] = []
    if may_join(ctx, one):
        label = N_("Vào danh sách chờ") if one.full else N_("Đăng ký đi")
        rows.append((button(ctx, label, f"event:join={one.id}", "primary"),))
    elif one.mine in ("going", "waiting") and not one.cancelled:
        rows.append((button(ctx, "Tôi không đi được", f"event:leave={one.id}", "danger"),))
    rows.append((button(ctx, "Menu", "nav:menu"),))
    return Say("\n\n".join(line for line in lines if line), tuple(rows), key=f"event:{one.id}")


def _standing(ctx: Ctx, one: EventView) -> str:
    if one.cancelled:
        return ctx.t("Buổi này không tổ chức nữa.")
    if one.mine in MINE:
        return ctx.t(MINE[one.mine])
    if ctx.now >= one.starts_at + LATE:
        return ctx.t("Buổi này đã qua.")
    if one.full:
        return ctx.t("Đã đủ chỗ. Bà con có thể vào danh sách chờ.")
    if one.seats:
        return ctx.t("Còn {n} chỗ.", n=one.seats - one.going)
    return ""


def _whom(ctx: Ctx, action: str) -> Say:
    """For which producer?"""
    own = ctx.records.producers(ctx.person.id)
    rows = tuple((Button(p.name[:40], f"{action}.{p.id}"),) for p in own[:20])
    return Say(ctx.t("Bà con đi cho cơ sở nào?"), (*rows, (button(ctx, "Menu", "nav:menu"),)))


def _listed(ctx: Ctx) -> Say:
    own = ctx.records.events_of(ctx.person.id)
    rows = tuple((Button(e.name[:40], f"event:open={e.id}"),) for e in own[:10])
    text = ctx.t("Bà con xem buổi nào?") if own else ctx.t("Bà con chưa đăng ký buổi nào.")
    return Say(text, (*rows, (button(ctx, "Menu", "nav:menu"),)))
