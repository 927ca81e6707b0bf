"""Questions the bot could not answer: the officers' list, the answer, "make this a passage"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.boards import named
from conversations.context import Ctx
from conversations.events import ListSeen, TicketAnswered
from conversations.records import TicketView
from conversations.rooms import Room, button, enter
from conversations.said import Go, Said, Turn
from locales import N_, datetime_
from models.messages import Button, Say, Talk

SHOWN = 8
LONGEST = 3000  # characters of an answer
TYPED = 40  # a longer text is an answer, never a label


class TicketsRoom(Room):
    """Answers: id (the question being answered), text (the answer, waiting for "gửi")."""

    key = "tickets"
    title = N_("Câu hỏi chờ trả lời")
    needs_consent = False
    officers_only = True
    parks = False
    menu_label = N_("Câu hỏi chờ trả lời")

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = replace(enter(self, talk), answers=dict(answers))
        seen = f"ticket:{answers['id']}" if answers.get("id") else self.key
        return Turn(inside, self.show(ctx, inside), (ListSeen(seen),))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        ticket = _ticket(ctx, talk.answers.get("id"))
        say = _one(ctx, ticket, talk) if ticket else _list(ctx)
        return replace(say, text=f"{note}\n\n{say.text}") if note else say

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        verb, _, value = said.action.partition("=")
        ticket = _ticket(ctx, value or talk.answers.get("id"))
        if verb == "answer":
            return self.open(ctx, talk, {"id": value} if ticket else {})
        if verb in ("send", "passage") and ticket and _written(talk, ticket):
            answered = TicketAnswered(ticket.id, str(talk.answers["text"]), verb == "passage")
            note = ctx.t("Đã gửi câu trả lời cho {code}.", code=ticket.code)
            return Turn(talk, events=(answered,), then=Go(self.key, {}, note))
        if not said.text or said.action:
            return None
        choosing = ticket is None or talk.answers.get("text")
        if choosing and (turn := self._labelled(ctx, talk, said)):
            return turn
        if ticket and ticket.state == "open":
            inside = replace(talk, answers={"id": str(ticket.id), "text": said.text[:LONGEST]})
            return Turn(inside, self.show(ctx, inside))
        return None

    def _labelled(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """The turn of the button whose label or number was typed."""
        from conversations import menu

        found = named(self.show(ctx, talk), said.text) if len(said.text) <= TYPED else None
        return menu.pressed(ctx, talk, Said(action=found.action)) if found else None

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        """From one question to all of them."""
        return Turn(talk, then=Go(self.key)) if talk.answers.get("id") else None


def _written(talk: Talk, ticket: TicketView) -> bool:
    """An answer to this very question waits to be sent."""
    mine = talk.answers.get("id") == str(ticket.id)
    return mine and ticket.state == "open" and bool(talk.answers.get("text"))


def _ticket(ctx: Ctx, ticket_id: object) -> TicketView | None:
    officer = ctx.person.officer
    text = str(ticket_id or "")
    return ctx.records.ticket(officer, int(text)) if officer and text.isdecimal() else None


def _list(ctx: Ctx) -> Say:
    officer = ctx.person.officer
    found = ctx.records.tickets(officer, SHOWN) if officer else ()
    if not found:
        return Say(ctx.t("Không có câu hỏi nào chờ."), ((button(ctx, "Menu", "nav:menu"),),))
    lines = [f"*{t.code}* · {datetime_(ctx.lang, t.asked_at)}\n{t.text[:160]}" for t in found]
    rows = [(Button(f"{t.code} · {t.text}"[:40], f"tickets:answer={t.id}"),) for t in found]
    text = "\n\n".join([ctx.t("*Câu hỏi chờ trả lời*"), *lines])
    return Say(text, (*rows, (button(ctx, "Menu", "nav:menu"),)), key="tickets")


def _one(ctx: Ctx, ticket: TicketView, talk: Talk) -> Say:
    back = (button(ctx, "Các câu hỏi khác", "go:tickets"), button(ctx, "Menu", "nav:menu"))
    if ticket.state != "open":
        return Say(
            ctx.t("Câu {code} đã được trả lời:", code=ticket.code)
            + f"\n\n{ticket.text}\n\n→ {ticket.answer or ''}",
            (back,),
        )
    answer = str(talk.answers.get("text", ""))
    if not answer:
        return Say(
            ctx.t(
                "*{code}*: anh/chị gõ câu trả lời. Nên ghi rõ căn cứ (văn bản, điều).",
                code=ticket.code,
            )
            + f"\n\n{ticket.text}",
            (back,),
        )
    rows = (
        (button(ctx, "Gửi", f"tickets:send={ticket.id}", "primary"),),
        (button(ctx, "Gửi và đưa vào kho câu trả lời", f"tickets:passage={ticket.id}"),),
        back,
    )
    return Say(
        ctx.t("*{code}*: câu trả lời sẽ gửi. Gõ lại nếu muốn sửa.", code=ticket.code)
        + f"\n\n{ticket.text}\n\n→ {answer}",
        rows,
    )
