"""A producer of the province's list and one that registered here: the same? Asked at any time.

A household says so at a product's card and an officer of the commune confirms; or an officer says
so and the household confirms. Nothing moves before both said it.
"""

from __future__ import annotations

from conversations.board_text import noted
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import JoinAnswered, JoinAsked
from conversations.places import commune_name
from conversations.records import OfficerView, ProducerView, PublicProduct
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_
from models.messages import Button, Say, Talk

FOUND = 8


def own_there(ctx: Ctx, one: PublicProduct) -> tuple[ProducerView, ...]:
    """The person's own producers in the commune of the listed one."""
    own = ctx.records.producers(ctx.person.id)
    return tuple(p for p in own if p.commune_code == one.commune_code)


def officer_there(ctx: Ctx, one: PublicProduct) -> OfficerView | None:
    """The officer, when the listed producer is of its communes."""
    officer = ctx.person.officer
    fits = officer is not None and officer.works and officer.covers(one.commune_code)
    return officer if fits else None


def may_ask(ctx: Ctx, one: PublicProduct) -> bool:
    """Is the product a listed producer's, and may the person say whose it is?"""
    return bool(one.listed_id) and bool(own_there(ctx, one) or officer_there(ctx, one))


class SameProducer(Board):
    """answers: id (the certificate's code of a listed product); find (an officer's words)."""

    key = "same_producer"
    title = N_("Cơ sở trong danh sách")
    needs_consent = False

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        one = _listed(ctx, talk.answers.get("id"))
        if one is None:
            text = note or ctx.t("Việc này mở từ thẻ của sản phẩm, hoặc từ tin mình đã gửi.")
            return Say(text, ((button(ctx, "Menu", "nav:menu"),),))
        return noted(
            note, _household(ctx, one) if own_there(ctx, one) else _officer(ctx, one, talk)
        )

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """A registered producer's name, typed by an officer."""
        one = _listed(ctx, talk.answers.get("id"))
        words = " ".join(said.text.split())[:60]
        if one is None or officer_there(ctx, one) is None:
            return None
        if not ctx.records.registered(one.commune_code, words):
            return self.drawn(ctx, talk, ctx.t("Mình chưa thấy cơ sở nào tên như vậy ở xã này."))
        return self.drawn(ctx, self.entered(talk, {"id": one.code, "find": words}))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, first, rest = split(action)
        if verb == "ask" and rest.isdecimal() and len(rest) < 16:
            return self._ask(ctx, talk, first, int(rest))
        if verb in ("yes", "no") and first.isdecimal() and len(first) < 16:
            return self._answer(ctx, talk, int(first), verb == "yes")
        return None

    def _ask(self, ctx: Ctx, talk: Talk, code: str, producer_id: int) -> Turn | None:
        one = _listed(ctx, code)
        if one is None:
            return None
        mine = any(p.id == producer_id for p in own_there(ctx, one))
        if not mine and officer_there(ctx, one) is None:
            return None
        if not ctx.records.may_ask_to_join(one.listed_id, producer_id):
            note = ctx.t("Việc này đã hỏi rồi, đang chờ bên kia trả lời.")
            return Turn(talk, then=Go("products", {"code": one.code}, note))
        event = JoinAsked(one.listed_id, producer_id, by_officer=not mine)
        note = (
            ctx.t("Mình đã nhờ cán bộ xã xác nhận. Xong là sản phẩm, giấy chứng nhận về đây.")
            if mine
            else ctx.t("Mình đã hỏi cơ sở. Họ xác nhận là nhập làm một.")
        )
        return Turn(talk, events=(event,), then=Go("products", {"code": one.code}, note))

    def _answer(self, ctx: Ctx, talk: Talk, number: int, same: bool) -> Turn | None:
        if not ctx.records.may_answer_join(ctx.person, number):
            note = ctx.t("Việc này đã xong rồi, hoặc không phải của mình.")
            return Turn(talk, then=Go("menu", note=note))
        joined = ctx.t("Đã nhập làm một: sản phẩm và giấy chứng nhận nay thuộc cơ sở đã đăng ký.")
        note = joined if same else ctx.t("Mình để riêng hai cơ sở.")
        return Turn(talk, events=(JoinAnswered(number, same),), then=Go("menu", note=note))


def _listed(ctx: Ctx, code: object) -> PublicProduct | None:
    """The product of a listed producer, when the person may say whose it is."""
    one = ctx.records.certified(str(code or ""))
    return one if one is not None and may_ask(ctx, one) else None


def _household(ctx: Ctx, one: PublicProduct) -> Say:
    text = ctx.t(
        "*{product}* đứng tên *{listed}* trong danh sách của tỉnh. Là của bà con thì bấm tên cơ sở "
        "mình; cán bộ xã xác nhận rồi mới chuyển về.",
        product=one.product,
        listed=one.producer,
    )
    rows = [(_choose(ctx, one, p),) for p in own_there(ctx, one)[:FOUND]]
    return Say(text, (*rows, _back(ctx, one)))


def _officer(ctx: Ctx, one: PublicProduct, talk: Talk) -> Say:
    words = str(talk.answers.get("find") or "")
    if not words:
        text = ctx.t(
            "*{listed}* trong danh sách của tỉnh là cơ sở nào đã đăng ký ở {commune}? Gõ tên.",
            listed=one.producer,
            commune=commune_name(ctx, one.commune_code),
        )
        return Say(text, (_back(ctx, one),))
    found = ctx.records.registered(one.commune_code, words)[:FOUND]
    text = ctx.t("Chọn cơ sở; mình hỏi họ xác nhận rồi mới nhập làm một.")
    return Say(text, (*((_choose(ctx, one, p),) for p in found), _back(ctx, one)))


def _choose(ctx: Ctx, one: PublicProduct, producer: ProducerView) -> Button:
    return Button(producer.name[:40], f"same_producer:ask={one.code}.{producer.id}")


def _back(ctx: Ctx, one: PublicProduct) -> tuple[Button, ...]:
    back = button(ctx, "Thôi, xem sản phẩm", f"products:card={one.code}")
    return (back, button(ctx, "Menu", "nav:menu"))
