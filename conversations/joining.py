"""An officer says whether a listed producer and one that registered are the same."""

from __future__ import annotations

from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import ProducersCompared
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_
from models.messages import Say, Talk


class Joining(Board):
    """Reached from a letter's two buttons only."""

    key = "joining"
    title = N_("Có phải một cơ sở?")
    needs_consent = False
    officers_only = True

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        text = note or ctx.t("Việc này trả lời bằng nút ở tin mình đã gửi.")
        return Say(text, ((button(ctx, "Menu", "nav:menu"),),))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, listed, producer = split(action)
        numbers = listed.isdecimal() and producer.isdecimal()
        if verb not in ("yes", "no") or not numbers or len(listed + producer) > 24:
            return None
        pair = ctx.records.same_name(int(listed), int(producer))
        officer = ctx.person.officer
        if pair is None or officer is None or not (officer.works and officer.covers(pair)):
            return None
        joined = ctx.t("Đã nhập làm một: sản phẩm và giấy chứng nhận nay thuộc cơ sở đã đăng ký.")
        note = joined if verb == "yes" else ctx.t("Mình để riêng hai cơ sở.")
        event = ProducersCompared(int(listed), int(producer), verb == "yes")
        return Turn(talk, events=(event,), then=Go("menu", {}, note))
