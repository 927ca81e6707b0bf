"""What people reported: the officers' list; take it, ask back, answer with the result.

Nothing here says who reported: the view has no such field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.board_text import noted
from conversations.boards import Board
from conversations.complaint_words import KIND_WORDS, OUTCOMES
from conversations.context import Ctx
from conversations.events import (
    ComplaintAnswered,
    ComplaintAsked,
    ComplaintClaimed,
    ComplaintReleased,
    Event,
    ListSeen,
)
from conversations.places import commune_name
from conversations.records import ComplaintView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, datetime_
from models.messages import Button, Say, Talk

SHOWN = 8
LONGEST = 2000
LAST = 6  # messages shown of a complaint
VERBS = ("open", "photos", "claim", "free", "ask", "close", "end", "send")


class ComplaintDesk(Board):
    """answers: id (the one open); write ("ask", or the outcome of the result); text."""

    key = "complaint_desk"
    title = N_("Phản ánh của người dân")
    needs_consent = False
    officers_only = True

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        officer = ctx.person.officer
        count = ctx.records.complaints_open(officer) if officer and officer.works else 0
        if not count:
            return ()
        line = ctx.t("{n} phản ánh của người dân chờ trả lời", n=count)
        return ((f"{line}.", button(ctx, "Phản ánh của người dân", "go:complaint_desk")),)

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = self.entered(talk, answers)
        number = str(inside.answers.get("id") or "")
        seen = f"complaint:{number[:12]}" if number.isdecimal() else self.key
        return Turn(inside, self.show(ctx, inside), (ListSeen(seen),))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        one = _complaint(ctx, talk.answers.get("id"))
        return noted(note, _card(ctx, one, talk) if one else _list(ctx))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        number, _, more = value.partition(".")
        one = _complaint(ctx, number)
        if one is None or verb not in VERBS:
            return None
        if verb == "open":
            return self.open(ctx, talk, {"id": number})
        if verb == "photos":
            return self._photos(ctx, talk, one)
        if verb == "claim" and one.state == "open":
            note = ctx.t("Anh/chị đã nhận phản ánh {code}.", code=one.code)
            return self._did(talk, one, ComplaintClaimed(one.id), note)
        return self._held(ctx, talk, one, verb, more) if mine(ctx, one) else None

    def _held(self, ctx: Ctx, talk: Talk, one: ComplaintView, verb: str, more: str) -> Turn | None:
        """What only the officer who has it does."""
        if verb == "free":
            note = ctx.t("Đã trả lại, cán bộ khác nhận được.")
            return self._did(talk, one, ComplaintReleased(one.id), note)
        here = {"id": str(one.id)}
        if verb == "ask":
            return self.drawn(ctx, self.entered(talk, {**here, "write": "ask"}))
        if verb == "close":
            return self.drawn(ctx, self.entered(talk, {**here, "write": "close"}))
        if verb == "end" and more in OUTCOMES:
            return self.drawn(ctx, self.entered(talk, {**here, "write": more}))
        return self._send(ctx, talk, one) if verb == "send" else None

    def _send(self, ctx: Ctx, talk: Talk, one: ComplaintView) -> Turn | None:
        """What was written for this very complaint."""
        here = talk.flow == self.key and talk.answers.get("id") == str(one.id)
        write, text = str(talk.answers.get("write")), str(talk.answers.get("text") or "")
        if not here or not text:
            return None
        note = ctx.t("Đã gửi người phản ánh.")
        if write in OUTCOMES:
            return self._did(talk, one, ComplaintAnswered(one.id, write, text), note)
        return self._did(talk, one, ComplaintAsked(one.id, text), note)

    def _did(self, talk: Talk, one: ComplaintView, event: Event, note: str) -> Turn:
        return Turn(talk, events=(event,), then=Go(self.key, {"id": str(one.id)}, note))

    def _photos(self, ctx: Ctx, talk: Talk, one: ComplaintView) -> Turn:
        say = self.show(ctx, talk)
        files = one.files + tuple(file for line in one.lines for file in line.files)
        return Turn(talk, replace(say, files=files), (ListSeen(f"complaint:{one.id}"),))

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """What goes to the reporter, or what is known of it typed anew."""
        one = _complaint(ctx, talk.answers.get("id"))
        write = str(talk.answers.get("write") or "")
        if one is None or not mine(ctx, one) or write not in ("ask", *OUTCOMES):
            return None
        inside = replace(talk, answers={**talk.answers, "text": said.text[:LONGEST]})
        return self.drawn(ctx, inside)

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        one = talk.answers.get("id")
        if one is None:
            return Board.back(self, ctx, talk)
        return Turn(talk, then=Go(self.key, {"id": one} if talk.answers.get("write") else {}))


def _complaint(ctx: Ctx, number: object) -> ComplaintView | None:
    officer, text = ctx.person.officer, str(number or "")[:12]
    return ctx.records.complaint(officer, int(text)) if officer and text.isdecimal() else None


def mine(ctx: Ctx, one: ComplaintView) -> bool:
    """Held by this officer, and not closed."""
    officer = ctx.person.officer
    return officer is not None and one.state != "closed" and one.officer_id == officer.id


def _list(ctx: Ctx) -> Say:
    officer = ctx.person.officer
    found = ctx.records.complaints(officer, SHOWN) if officer else ()
    menu = (button(ctx, "Menu", "nav:menu"),)
    if not found:
        return Say(ctx.t("Không có phản ánh nào chờ."), (menu,))
    lines = [
        f"*{one.code}* · {ctx.t(KIND_WORDS[one.kind])}\n{one.product} · {_state(ctx, one)}"
        for one in found
    ]
    rows = [(Button(f"{o.code} · {o.product}"[:40], f"complaint_desk:open={o.id}"),) for o in found]
    head = ctx.t("*Phản ánh của người dân*")
    return Say("\n\n".join([head, *lines]), (*rows, menu), key="complaint_desk")


def _state(ctx: Ctx, one: ComplaintView) -> str:
    if one.state == "closed":
        return ctx.t(OUTCOMES[one.outcome])
    if one.officer_id is None:
        late = one.due_at < ctx.now
        return ctx.t("! quá giờ, chưa ai nhận") if late else ctx.t("chưa ai nhận")
    return ctx.t("{officer} đang xử lý", officer=one.officer_name)


def _card(ctx: Ctx, one: ComplaintView, talk: Talk) -> Say:
    write, text = str(talk.answers.get("write") or ""), str(talk.answers.get("text") or "")
    if not mine(ctx, one):
        write = ""
    lines = _told(ctx, one)
    if text and write:
        lines.append(ctx.t("Sẽ gửi (gõ lại nếu muốn sửa):") + f"\n→ {text}")
        send = button(ctx, "Gửi người phản ánh", f"complaint_desk:send={one.id}", "primary")
        return Say("\n\n".join(lines), ((send,), _back(ctx, one)))
    if write == "close":
        lines.append(ctx.t("Kết quả thế nào?"))
        rows = [(button(ctx, w, f"complaint_desk:end={one.id}.{k}"),) for k, w in OUTCOMES.items()]
        return Say("\n\n".join(lines), (*rows, _back(ctx, one)))
    if write:
        lines.append(ctx.t("Anh/chị gõ lời nhắn cho người phản ánh. Họ đọc được tên anh/chị."))
        return Say("\n\n".join(lines), (_back(ctx, one),))
    out = (button(ctx, "Các phản ánh khác", "go:complaint_desk"), button(ctx, "Menu", "nav:menu"))
    return Say("\n\n".join(lines), (*_acts(ctx, one), out))


def _back(ctx: Ctx, one: ComplaintView) -> tuple[Button, ...]:
    return (button(ctx, "Thôi, xem lại", f"complaint_desk:open={one.id}"),)


def _acts(ctx: Ctx, one: ComplaintView) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if one.files or any(line.files for line in one.lines):
        rows.append((button(ctx, "Xem ảnh", f"complaint_desk:photos={one.id}"),))
    if one.state == "open":
        rows.append((button(ctx, "Nhận xử lý", f"complaint_desk:claim={one.id}", "primary"),))
    if mine(ctx, one):
        rows += [
            (button(ctx, "Hỏi lại người phản ánh", f"complaint_desk:ask={one.id}"),),
            (button(ctx, "Trả lời kết quả", f"complaint_desk:close={one.id}", "primary"),),
            (button(ctx, "Trả lại cho người khác", f"complaint_desk:free={one.id}"),),
        ]
    return tuple(rows)


def _told(ctx: Ctx, one: ComplaintView) -> list[str]:
    """A complaint as officers read it."""
    about = [ctx.t("Sản phẩm: {product}", product=one.product)]
    if one.producer:
        about.append(ctx.t("Cơ sở: {producer}", producer=one.producer))
    if one.commune_code:
        about.append(ctx.t("Nơi phụ trách: {commune}", commune=commune_name(ctx, one.commune_code)))
    if one.place:
        about.append(ctx.t("Ở: {place}", place=one.place))
    sent = datetime_(ctx.lang, one.made_at)
    lines = [
        f"*{one.code}* · {ctx.t(KIND_WORDS[one.kind])}\n{sent} · {_state(ctx, one)}",
        "\n".join(about),
        one.text,
        *(
            f"{line.who or ctx.t('Người phản ánh')}: {line.text or ctx.t('(ảnh)')}"
            for line in one.lines[-LAST:]
        ),
    ]
    return [*lines, f"→ {one.result}"] if one.result else lines
