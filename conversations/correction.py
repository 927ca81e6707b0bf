"""An officer says what one of our answers should be: kept for who writes the content."""

from __future__ import annotations

from conversations.context import Ctx
from conversations.events import AnswerCorrected
from conversations.rooms import Room, button, enter, leave
from conversations.said import Go, Said, Turn
from locales import N_
from models.messages import Button, Say, Talk

SHORTEST, LONGEST = 10, 3000  # characters of a correction
LONGEST_ID = 36  # of a passage: what a button carries


def offer(ctx: Ctx, passage_id: str) -> tuple[tuple[Button, ...], ...]:
    """The button under an answer, for officers only."""
    officer = ctx.person.officer
    if officer is None or not officer.works or not 0 < len(passage_id) <= LONGEST_ID:
        return ()
    return ((button(ctx, "Sửa câu trả lời này", f"correct:of={passage_id}"),),)


class CorrectRoom(Room):
    """Answers: id (of the passage), question (as it was asked)."""

    key = "correct"
    title = N_("Sửa câu trả lời")
    needs_consent = False
    officers_only = True
    parks = False

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        text = ctx.t(
            "Anh/chị gõ câu trả lời đúng, kèm căn cứ (văn bản, điều). Người soạn nội dung sẽ xem "
            "và sửa."
        )
        rows = ((button(ctx, "Huỷ", "nav:cancel"), button(ctx, "Menu", "nav:menu")),)
        return Say(f"{note}\n\n{text}" if note else text, rows)

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        verb, _, passage_id = said.action.partition("=")
        if verb == "of" and passage_id:
            asked = talk.question.get("asked")
            question = str(asked[-1]) if isinstance(asked, list) and asked else ""
            inside = enter(self, talk, {"id": passage_id, "question": question})
            return Turn(inside, self.show(ctx, inside))
        if said.action or not said.text or not talk.answers.get("id"):
            return None
        text = said.text.strip()
        if len(text) < SHORTEST:
            return Turn(talk, self.show(ctx, talk, ctx.t("Anh/chị gõ rõ hơn một chút giúp.")))
        event = AnswerCorrected(
            str(talk.answers["id"]), str(talk.answers.get("question", "")), text[:LONGEST]
        )
        note = ctx.t("Cảm ơn anh/chị. Đã ghi lại để người soạn nội dung xem.")
        return Turn(leave(talk), events=(event,), then=Go("menu", note=note))
