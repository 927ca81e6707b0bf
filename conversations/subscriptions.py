"""/notices: which announcements a person wants: a consent of its own, then topic by topic.

Asked once in a life, where something went well (a first dossier handed in, a certificate, a
producer joined with the list). No answer, or "later", is remembered as well as a no.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import Event, SubscriptionChosen, TopicChosen
from conversations.letters.subscriptions import OFFER
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_
from models.messages import Button, Say, Talk


class Subscriptions(Board):
    """Nothing is kept in the answers: the records know."""

    key = "subscriptions"
    title = N_("Tin muốn nhận")

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        wanted = ctx.records.wants_announcements(ctx.person.id)
        menu = (button(ctx, "Menu", "nav:menu"),)
        if not wanted:
            return noted(note, Say(_ask(ctx, wanted), (*_answers(ctx, wanted), menu)))
        off = ctx.records.unsubscribed(ctx.person.id)
        text = ctx.t("*Tin bà con muốn nhận*\nBấm vào một dòng để bật hay tắt.")
        rows = tuple(
            (Button(_line(topic.name(ctx.lang), topic.id in off), _toggle(topic.id, off)),)
            for topic in ctx.content.announcements.topics
        )
        none = (button(ctx, "Thôi nhận mọi tin", "subscriptions:no", "danger"),)
        return noted(note, Say(text, (*rows, none, menu), key="wanted"))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, topic = action.partition("=")
        if verb in ("yes", "no") and not topic:
            note = ctx.t("Vâng, có tin mình báo bà con.") if verb == "yes" else ctx.t(
                "Vâng, mình không gửi tin chung nữa. Tin về hồ sơ của bà con vẫn báo như thường."
            )  # fmt: skip
            return self._chosen(talk, SubscriptionChosen(verb == "yes"), note)
        if verb == "later" and not topic:
            note = ctx.t("Vâng. Lúc nào muốn nhận tin, bà con gõ /notices.")
            return Turn(self.entered(talk, {}), then=Go("menu", note=note))
        known = ctx.content.announcements.topic(topic)
        if known is None or verb not in ("on", "off"):
            return None
        words = N_("Mình sẽ báo tin “{topic}”.") if verb == "on" else N_(
            "Mình thôi gửi tin “{topic}”. Muốn nhận lại lúc nào cũng được."
        )  # fmt: skip
        note = ctx.t(words, topic=known.name(ctx.lang))
        return self._chosen(talk, TopicChosen(topic, verb == "on"), note)

    def _chosen(self, talk: Talk, event: Event, note: str) -> Turn:
        return Turn(self.entered(talk, {}), events=(event,), then=Go(self.key, {}, note))


def never_asked(ctx: Ctx) -> bool:
    """Whoever agreed that we keep what they say, and was not asked about news yet."""
    return bool(ctx.person.consent) and not ctx.records.news_offered(ctx.person.id)


def offered(ctx: Ctx, say: Say) -> Say:
    """`say` with the question and its answers."""
    if ctx.records.wants_announcements(ctx.person.id) is not None:
        return say
    text = f"{say.text}\n\n{ctx.t(OFFER)}"
    yes, no = (row[0] for row in _answers(ctx, None))
    later = button(ctx, "Để sau", "subscriptions:later")
    return replace(say, text=text, rows=((yes,), (no, later), *say.rows))


def _ask(ctx: Ctx, wanted: bool | None) -> str:
    if wanted is False:
        return ctx.t("Bà con đang không nhận tin tập huấn, hội chợ, chính sách mới.")
    purpose = " ".join(p.text(ctx.lang) for p in ctx.content.privacy.optional)
    more = ctx.t("Không nhận cũng không sao: hồ sơ vẫn làm như thường. Đổi ý lúc nào cũng được.")
    return f"*{ctx.t('Bà con có muốn nhận tin không?')}*\n{purpose}\n{more}"


def _answers(ctx: Ctx, wanted: bool | None) -> tuple[tuple[Button, ...], ...]:
    yes = button(ctx, "Có, báo cho tôi", "subscriptions:yes", "primary")
    if wanted is False:
        return ((yes,),)
    return ((yes,), (button(ctx, "Không, cảm ơn", "subscriptions:no"),))


def _line(name: str, off: bool) -> str:
    return f"☐ {name}" if off else f"✓ {name}"


def _toggle(topic: str, off: frozenset[str]) -> str:
    return f"subscriptions:{'on' if topic in off else 'off'}={topic}"
