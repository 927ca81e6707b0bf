"""Talking to an officer: within one's case, or a question that becomes a ticket with a number.

Nobody needs the other's number: what is said here is relayed (bot/apply/talks.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.board_text import menu_line, noted
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import CaseMessageSent, Event, QuestionPassed
from conversations.pages import refusal
from conversations.papers import mine
from conversations.records import DossierView, TicketView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, date_, time_
from models.messages import Button, Say, SentFile, Talk

LONGEST = 2000


class OfficerTalk(Board):
    """answers: id (the case talked about) or general; question (waits to be sent); sent (count)."""

    key = "officer"
    title = N_("Nhắn cán bộ")
    menu_label = N_("Gặp cán bộ")

    def in_menu(self, ctx: Ctx) -> bool:
        return ctx.person.officer is None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        known = dict(answers)
        own = ctx.records.dossiers(ctx.person.id)
        if "id" in known and mine(ctx, known["id"]) is None:
            known.pop("id")
        if not own and "id" not in known:
            known["general"] = True
        if len(own) == 1 and not known.keys() & {"id", "general", "question"}:
            known["id"] = str(own[0].id)
        same = talk.flow == self.key and talk.answers.get("id") == known.get("id")
        sent = talk.answers.get("sent", 0) if same else 0
        return self.drawn(ctx, self.entered(talk, {"sent": sent, **known}))

    # -- what is shown -------------------------------------------------------------------------
    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        dossier = mine(ctx, talk.answers.get("id"))
        if talk.answers.get("question"):
            return noted(note, self._pass(ctx, str(talk.answers["question"])))
        if code := talk.answers.get("ticket"):
            return noted(note, self._ticket(ctx, str(code)))
        if dossier is not None:
            return noted(note, self._case(ctx, talk, dossier))
        if talk.answers.get("general"):
            text = ctx.t("Bà con gõ câu hỏi, mình chuyển cho cán bộ và báo lại khi có trả lời.")
            return noted(note, Say(text, (self._out(ctx),)))
        return noted(note, self._choose(ctx))

    def _case(self, ctx: Ctx, talk: Talk, dossier: DossierView) -> Say:
        rows = ((button(ctx, "Về hồ sơ", f"go:dossier={dossier.id}"),
                 button(ctx, "Menu", "nav:menu")),)  # fmt: skip
        sent = int(str(talk.answers.get("sent") or 0))
        if sent:
            text = ctx.t(
                "Đã chuyển {n} tin cho cán bộ. Có trả lời mình báo ngay; bà con nhắn "
                "thêm cứ gõ tiếp.",
                n=sent,
            )
            return Say(text, rows, key=f"relay:{dossier.id}", settle=2.0)
        who = dossier.officer_name or ctx.t("cán bộ phụ trách")
        lines = [
            ctx.t(
                "Bà con nhắn gì về hồ sơ *{product}* cho {who}? Gõ chữ hoặc gửi ảnh, mình "
                "chuyển ngay.",
                product=dossier.product.name,
                who=who,
            )
        ]
        lines += [f"{m.who or ctx.t('Bà con')}: {m.text}"
                  for m in ctx.records.messages(dossier.id, 3) if m.text]  # fmt: skip
        return Say("\n".join(lines), rows)

    def _pass(self, ctx: Ctx, question: str) -> Say:
        text = ctx.t("Mình gửi câu này cho cán bộ nhé?\n“{question}”", question=question[:500])
        return Say(
            text,
            (
                (
                    button(ctx, "Gửi câu hỏi", "officer:pass", "primary"),
                    button(ctx, "Viết lại", "officer:again"),
                ),
                self._out(ctx),
            ),
        )

    def _ticket(self, ctx: Ctx, known: str) -> Say:
        """The newest open ticket: its number and by when."""
        tickets = ctx.records.open_tickets(ctx.person.id)
        if not tickets:
            return Say(ctx.t("Câu hỏi của bà con đã được trả lời."), (self._out(ctx),))
        return Say(promised(ctx, tickets[-1]), (self._out(ctx),))

    def _choose(self, ctx: Ctx) -> Say:
        own = ctx.records.dossiers(ctx.person.id)[:8]
        rows = [(Button(f"{d.product.name[:26]}", f"officer:about={d.id}"),) for d in own]
        rows.append((button(ctx, "Việc khác", "officer:general"),))
        lines = [*(menu_line(ctx, d) for d in own), ctx.t("Bà con muốn nói về hồ sơ nào?")]
        return Say("\n".join(lines), (*rows, self._out(ctx)))

    def _out(self, ctx: Ctx) -> tuple[Button, ...]:
        return (button(ctx, "Menu", "nav:menu"),)

    # -- what is heard -------------------------------------------------------------------------
    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, at, _ = split(action)
        if verb == "about" and mine(ctx, at):
            question = talk.answers.get("question") if talk.flow == self.key else None
            here = self.entered(talk, {"id": at})
            return self._relay(ctx, here, str(question), ()) if question else self.drawn(ctx, here)
        if verb == "general":
            return self.drawn(ctx, self.entered(talk, {"general": True}))
        if talk.flow != self.key:
            return None
        if verb == "again":
            return self.drawn(ctx, self.entered(talk, {"general": True}))
        if verb == "pass" and talk.answers.get("question"):
            return self._ask(ctx, talk, str(talk.answers["question"]))
        return None

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        if said.action:
            return self.press(ctx, talk, said.action, said)
        if talk.answers.get("id") and mine(ctx, talk.answers["id"]):
            return self._message(ctx, talk, said)
        if said.files:
            note = ctx.t("Bà con gõ câu hỏi bằng chữ giúp mình nhé, ảnh mình chưa chuyển được.")
            return self.drawn(ctx, talk, note)
        if not said.text:
            return None
        if talk.answers.get("question"):
            again = replace(talk, answers={**talk.answers, "question": said.text[:LONGEST]})
            return self.labelled(ctx, talk, said) or self.drawn(ctx, again)
        if talk.answers.get("general"):
            return self._ask(ctx, talk, said.text)
        return self.labelled(ctx, talk, said)

    def _message(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """Everything said here is relayed; a file that cannot be taken is told."""
        good = [f for f in said.files if f.key and not f.refused]
        notes = [refusal(ctx, f) for f in said.files if f.refused or not f.key]
        if not said.text.strip() and not good:
            return self.drawn(ctx, talk, "\n".join(notes)) if notes else None
        files = tuple(SentFile(f.key or "", f.name, f.mime) for f in good)
        return self._relay(ctx, talk, said.text.strip(), files, "\n".join(notes))

    def _relay(
        self, ctx: Ctx, talk: Talk, text: str, files: tuple[SentFile, ...], note: str = ""
    ) -> Turn:
        sent = int(str(talk.answers.get("sent") or 0)) + 1
        event = CaseMessageSent(int(str(talk.answers["id"])), False, text[:LONGEST], files)
        here = replace(talk, answers={**talk.answers, "sent": sent})
        return Turn(here, events=(event,), then=Go(self.key, {"id": talk.answers["id"]}, note))

    def _ask(self, ctx: Ctx, talk: Talk, text: str) -> Turn:
        """A question becomes a ticket; its number is told from fresh records."""
        words = " ".join(text.split())
        if len(words) < 3:
            return self.drawn(ctx, talk, ctx.t("Bà con gõ rõ hơn một chút giúp mình nhé."))
        if not ctx.records.has_left(ctx.person.id, "ticket"):
            wait = ctx.t(
                "Hôm nay bà con đã gửi cán bộ nhiều câu hỏi rồi. Cán bộ trả lời xong mình gửi "
                "tiếp nhé; gấp thì bà con gọi cán bộ xã."
            )
            return self.drawn(ctx, talk, wait)
        event: Event = QuestionPassed(words[:LONGEST])
        here = self.entered(talk, {"general": True})
        return Turn(here, events=(event,), then=Go(self.key, {"general": True, "ticket": "new"}))


def promised(ctx: Ctx, ticket: TicketView) -> str:
    """The ticket's number and the time by which somebody answers, in working hours."""
    hours = ctx.content.times.claim_escalate_working_hours
    due = ctx.content.calendar.add_working_hours(ticket.asked_at, hours)
    local = due.astimezone(ctx.local.tzinfo)
    return ctx.t(
        "Đã chuyển câu hỏi, số *{code}*. Cán bộ trả lời trước {time} ngày {day}; có trả "
        "lời mình báo ngay vào đây.",
        code=ticket.code,
        time=time_(ctx.lang, local, ctx.local.tzinfo),
        day=date_(ctx.lang, local.date()),
    )
