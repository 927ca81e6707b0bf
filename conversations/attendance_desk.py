"""Who comes to an event, for officers: the list, marked with buttons; the code for the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import announcement_rules
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.event import DOOR, day_has_come, officer_may_come
from conversations.events import AttendanceMarked, EventCalledOff, ListSeen, OfficerCame
from conversations.letters.announcements import event_lines
from conversations.places import commune_name
from conversations.records import AnnouncementView, EventView, Guest, OfficerView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, date_
from models import codes
from models.messages import Button, Say, Talk

PAGE = 8


class AttendanceDesk(Board):
    """answers: id (event), page, find (words a producer is looked for by), ask ("off")."""

    key = "attendance_desk"
    title = N_("Danh sách dự")
    needs_consent = False
    officers_only = True

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        """The code at the door, typed by an officer who came for itself."""
        if ctx.person.officer is None or ctx.records.producers(ctx.person.id):
            return None
        code = codes.parse(payload, DOOR)
        one = ctx.records.event_at_door(code) if code else None
        return {"door": one.door_code} if one else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        found = ctx.records.event_at_door(str(answers.get("door") or ""))
        if found is None:
            return super().open(ctx, talk, answers)
        if not officer_may_come(ctx, found):
            note = ctx.t("Mã này chỉ dùng được ở cửa, quanh giờ bắt đầu.")
            return Turn(self.entered(talk, {}), then=Go("menu", note=note))
        note = ctx.t("Mình đã ghi anh/chị có mặt ở *{name}*.", name=found.name)
        event = OfficerCame(found.id)
        return Turn(self.entered(talk, {}), events=(event,), then=Go("menu", note=note))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        officer = ctx.person.officer
        found = led(ctx, officer, talk.answers.get("id")) if officer else None
        if officer is None or found is None or found.event is None:
            back = (button(ctx, "Các thông báo", "announcement_desk:list"),)
            return Say(note or ctx.t("Không có sự kiện nào như vậy."), (back,))
        if talk.answers.get("ask") == "off":
            return noted(note, _sure(ctx, found.event))
        if words := str(talk.answers.get("find") or ""):
            return noted(note, _named(ctx, officer, found.event, words))
        page = int(str(talk.answers.get("page") or 0))
        return noted(note, _list(ctx, officer, found, found.event, page))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        number, _, rest = value.partition(".")
        officer = ctx.person.officer
        found = led(ctx, officer, number) if officer else None
        if officer is None or found is None or found.event is None:
            return None
        event, known = found.event, {"id": number}
        if verb in ("open", "page") and (not rest or (rest.isdecimal() and len(rest) < 5)):
            turn = self.drawn(ctx, self.entered(talk, {**known, "page": int(rest or 0)}))
            return replace(turn, events=(ListSeen(f"event:{number}"),))
        if verb in ("mark", "unmark") and rest.isdecimal():
            return self._marked(ctx, talk, officer, found, int(rest), verb == "mark")
        if verb in ("me", "notme") and officer_may_come(ctx, event):
            words = N_("✓ Anh/chị có mặt.") if verb == "me" else N_("Anh/chị không có mặt.")
            came = OfficerCame(event.id, verb == "me")
            then = Go(self.key, known, ctx.t(words))
            return Turn(self.entered(talk, known), events=(came,), then=then)
        if verb == "off" and announcement_rules.may_announce(officer, found.segment):
            return self.drawn(ctx, self.entered(talk, {**known, "ask": "off"}))
        if verb == "sure" and announcement_rules.may_announce(officer, found.segment):
            note = ctx.t("Đã báo mọi người là không tổ chức nữa.")
            return Turn(self.entered(talk, known), events=(EventCalledOff(event.id),),
                        then=Go(self.key, known, note))  # fmt: skip
        return None

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """A producer's name: somebody came who had not signed up."""
        officer = ctx.person.officer
        found = led(ctx, officer, talk.answers.get("id"))
        if officer is None or not found or not found.event or not day_has_come(ctx, found.event):
            return None
        words = " ".join(said.text.split())[:60]
        if not ctx.records.producers_named(officer, words):
            return None
        return self.drawn(ctx, self.entered(talk, {"id": talk.answers["id"], "find": words}))

    def _marked(
        self, ctx: Ctx, talk: Talk, officer: OfficerView, one: AnnouncementView, producer: int,
        present: bool,
    ) -> Turn | None:  # fmt: skip
        guest = next((g for g in _people(ctx, officer, one, talk) if g[0] == producer), None)
        if (
            guest is None
            or one.event is None
            or not announcement_rules.may_mark(officer, one, guest[2])
        ):
            return None
        words = N_("✓ {name}: có mặt.") if present else N_("{name}: không có mặt.")
        page = talk.answers.get("page", 0) if talk.flow == self.key else 0
        known = {"id": str(one.event.id), "page": page}
        if present and not day_has_come(ctx, one.event):
            return self.drawn(ctx, self.entered(talk, known), _not_yet(ctx, one.event))
        event = AttendanceMarked(one.event.id, producer, present)
        return Turn(self.entered(talk, known), events=(event,),
                    then=Go(self.key, known, ctx.t(words, name=guest[1])))  # fmt: skip


def led(ctx: Ctx, officer: OfficerView | None, value: object) -> AnnouncementView | None:
    """The announcement of the event with this number, when it concerns the officer."""
    number = str(value or "")
    if officer is None or not number.isdecimal() or len(number) > 15:
        return None
    return ctx.records.announcement_of(officer, int(number))


def _people(
    ctx: Ctx, officer: OfficerView, one: AnnouncementView, talk: Talk
) -> list[tuple[int, str, str]]:
    """(id, name, commune) of producers that may be marked here: guests, and those looked for."""
    event_id = one.event.id if one.event else 0
    found = [(g.producer_id, g.producer, g.commune_code) for g in _guests(ctx, officer, event_id)]
    words = str(talk.answers.get("find") or "") if talk.flow == AttendanceDesk.key else ""
    if words:
        named = ctx.records.producers_named(officer, words)
        found += [(p.id, p.name, p.commune_code) for p in named]
    return found


def _guests(ctx: Ctx, officer: OfficerView, event_id: int) -> tuple[Guest, ...]:
    return ctx.records.guests(officer, event_id)


def _list(
    ctx: Ctx, officer: OfficerView, one: AnnouncementView, event: EventView, page: int
) -> Say:
    guests = _guests(ctx, officer, event.id)
    start = page * PAGE if page * PAGE < len(guests) else 0
    lines = [event_lines(ctx.lang, event), _counts(ctx, event, guests)]
    if event.cancelled:
        lines.append(ctx.t("*Đã báo là không tổ chức.*"))
    else:
        lines.append(ctx.t("Mã ở cửa: *{code}*. Bà con đến nơi gõ mã này vào trợ lý là có tên.",
                           code=event.door_code))  # fmt: skip
    rows: list[tuple[Button, ...]] = []
    shown = guests[start : start + PAGE]
    if day_has_come(ctx, event):
        if not event.cancelled:
            lines.append(ctx.t("Ai chưa đăng ký mà đến: gõ tên cơ sở vào đây."))
        rows += [_row(ctx, event, guest) for guest in shown]
    else:
        names = [f"- {_guest(ctx, guest)}" for guest in shown]
        lines.append("\n".join([*names, _not_yet(ctx, event)]))
    rows += _myself(ctx, officer, event)
    rows += [turn for turn in (_turning(ctx, event, start, len(guests)),) if turn]
    if not event.cancelled and announcement_rules.may_announce(officer, one.segment):
        rows.append(
            (button(ctx, "Báo không tổ chức", f"attendance_desk:off={event.id}", "danger"),)
        )
    rows.append(
        (button(ctx, "Các thông báo", "announcement_desk:list"), button(ctx, "Menu", "nav:menu"))
    )
    return Say("\n\n".join(lines), tuple(rows), key=f"attendance:{event.id}")


def _counts(ctx: Ctx, event: EventView, guests: tuple[Guest, ...]) -> str:
    present = sum(guest.present for guest in guests)
    text = ctx.t("{going} người đăng ký, {n} cơ sở có mặt.", going=event.going, n=present)
    if officers := len(ctx.records.officers_present(event.id)):
        text += " " + ctx.t("{n} cán bộ có mặt.", n=officers)
    if event.waiting:
        text += " " + ctx.t("{n} người chờ chỗ.", n=event.waiting)
    return text


def _row(ctx: Ctx, event: EventView, guest: Guest) -> tuple[Button, ...]:
    """One producer: pressed when it is there, pressed again when it was a slip."""
    verb, mark = ("unmark", "✓") if guest.present else ("mark", "☐")
    act = f"attendance_desk:{verb}={event.id}.{guest.producer_id}"
    return (Button(f"{mark} {_guest(ctx, guest)}", act),)


def _guest(ctx: Ctx, guest: Guest) -> str:
    name = guest.producer[:34]
    return ctx.t("{name} (chờ chỗ)", name=name) if guest.state == "waiting" else name


def _not_yet(ctx: Ctx, event: EventView) -> str:
    day = date_(ctx.lang, event.starts_at.astimezone(ctx.content.province.zone).date())
    return ctx.t("Buổi này ngày {day} mới đến: hôm đó anh/chị ghi ai có mặt ở đây giúp.", day=day)


def _myself(ctx: Ctx, officer: OfficerView, event: EventView) -> list[tuple[Button, ...]]:
    """Officers are to be trained too: who looks says whether it was there."""
    if not officer_may_come(ctx, event):
        return []
    there = officer.id in ctx.records.officers_present(event.id)
    label = N_("✓ Tôi có mặt (cán bộ)") if there else N_("☐ Tôi có mặt (cán bộ)")
    verb = "notme" if there else "me"
    return [(button(ctx, label, f"attendance_desk:{verb}={event.id}"),)]


def _turning(ctx: Ctx, event: EventView, start: int, total: int) -> tuple[Button, ...]:
    row = []
    if start:
        row.append(
            button(ctx, "Trang trước", f"attendance_desk:page={event.id}.{start // PAGE - 1}")
        )
    if start + PAGE < total:
        row.append(button(ctx, "Trang sau", f"attendance_desk:page={event.id}.{start // PAGE + 1}"))
    return tuple(row)


def _named(ctx: Ctx, officer: OfficerView, event: EventView, words: str) -> Say:
    found = ctx.records.producers_named(officer, words)
    rows = tuple(
        (Button(f"✓ {p.name[:30]}, {commune_name(ctx, p.commune_code)}"[:60],
                f"attendance_desk:mark={event.id}.{p.id}"),)
        for p in found
    )  # fmt: skip
    back = (button(ctx, "Quay lại danh sách", f"attendance_desk:open={event.id}"),)
    return Say(ctx.t("Cơ sở nào có mặt?"), (*rows, back))


def _sure(ctx: Ctx, event: EventView) -> Say:
    text = ctx.t("*Báo {n} người là không tổ chức nữa?* Không lấy lại được.",
                 n=event.going + event.waiting)  # fmt: skip
    yes = button(ctx, "Báo không tổ chức", f"attendance_desk:sure={event.id}", "danger")
    return Say(text, ((yes,), (button(ctx, "Thôi, giữ lại", f"attendance_desk:open={event.id}"),)))
