"""Consent, before anything is stored about a person: what, why, who, how long, their rights.

Refusing is fine: questions and checklists stay open.
Sources: Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP; the words are content/national/privacy.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.context import Ctx
from conversations.events import ConsentGiven
from conversations.render import render
from conversations.rooms import Room, button, enter, leave
from conversations.said import Go, Said, Turn
from locales import N_
from models.content.fold import fold
from models.messages import Say, Talk

YES, NO, MORE = "yes", "no", "more"
#: Folded. Only whole answers count: "ko đồng ý" is no consent because it holds "đồng ý".
_WORDS: dict[str, str] = {
    **dict.fromkeys(("toi dong y", "dong y", "co", "ok", "vang", "da", "i agree", "agree"), YES),
    **dict.fromkeys(("de sau", "khong", "khong dong y", "ko", "chua", "chua dong y"), NO),
    **dict.fromkeys(("toi khong dong y", "no", "later", "not yet", "i do not agree"), NO),
    **dict.fromkeys(("doc ky hon", "doc ky", "xem them", "more", "read more"), MORE),
}


class ConsentRoom(Room):
    """Asks once per version of the text; state: {"then": room, "with": its answers, "more"}."""

    key = "consent"
    title = N_("Đồng ý lưu thông tin")
    needs_consent = False
    parks = False

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = replace(enter(self, talk), answers=dict(answers))
        return Turn(inside, self.show(ctx, inside))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        more = bool(talk.answers.get("more"))
        text = told(ctx, more)
        rows = [(button(ctx, "Tôi đồng ý", "consent:yes", "primary"),)]
        if not more:
            rows.append((button(ctx, "Đọc kỹ hơn", "consent:more"),))
        rows.append((button(ctx, "Để sau", "consent:no"),))
        return Say(f"{note}\n\n{text}" if note else text, tuple(rows))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        what = said.action or _picked(talk, said.text)
        if what == YES:
            return agreed(ctx, talk)
        if what == NO:
            return refused(ctx, talk)
        if what == MORE:
            longer = replace(talk, answers={**talk.answers, "more": True}, misses=0)
            return Turn(longer, self.show(ctx, longer)) if talk.flow == self.key else None
        return None


def _picked(talk: Talk, text: str) -> str:
    """What a typed answer means; a number counts the buttons shown."""
    said = fold(text).strip(" .!")
    shown = (YES, NO) if talk.answers.get("more") else (YES, MORE, NO)
    if said.isdecimal() and 1 <= int(said) <= len(shown):
        return shown[int(said) - 1]
    return _WORDS.get(said, "")


def told(ctx: Ctx, more: bool) -> str:
    """The consent text, short or in full, from the content."""
    facts = {"privacy": ctx.content.privacy}
    return render("consent_full" if more else "consent", ctx.lang, facts)


def agreed(ctx: Ctx, talk: Talk) -> Turn:
    """Keep the version and go where the person was going."""
    privacy = ctx.content.privacy
    given = ConsentGiven(privacy.version, tuple(p.id for p in privacy.purposes))
    goal = talk.answers if talk.flow == ConsentRoom.key else {}
    known = goal.get("with")
    then = Go(
        str(goal.get("then") or "menu"),
        known if isinstance(known, dict) else {},
        ctx.t("Cảm ơn bà con. Muốn rút lại lúc nào thì gõ /privacy."),
    )
    return Turn(leave(talk), events=(given,), then=then)


def refused(ctx: Ctx, talk: Talk) -> Turn:
    note = ctx.t(
        "Không sao. Mình không giữ thông tin gì về bà con.\n"
        "Hỏi chính sách và xem danh mục giấy tờ vẫn được như thường."
    )
    return Turn(leave(talk), then=Go("menu", note=note))
