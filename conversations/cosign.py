"""The producer confirms, on its own phone, what a helper filled in for it."""

from __future__ import annotations

from typing import Any

from conversations.context import Ctx
from conversations.events import CosignGiven
from conversations.mine import card, menu_row
from conversations.records import ProducerView
from conversations.rooms import Room, button, leave
from conversations.said import Go, Said, Turn
from conversations.understand import GLOBAL_WORDS
from locales import N_
from models import codes
from models.content.fold import fold
from models.messages import Say, Talk

_YES = frozenset(("dung", "dung roi", "xac nhan", "dong y", "ok", "yes", "correct", "1"))
_NO = frozenset(("sai", "co cho sai", "khong dung", "chua dung", "no", "wrong", "2"))


class CosignRoom(Room):
    """State: {"code"}. Reached by the link or the code a helper passes on."""

    key = "cosign"
    title = N_("Xác nhận thông tin")
    parks = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        code = codes.parse(payload, codes.SECRET)
        found = ctx.records.cosign(ctx.person.id, code) if code else None
        return {"code": code} if found else None

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        producer = waiting(ctx, talk)
        if producer is None:
            text = ctx.t("Gõ mã mà người làm giúp đưa cho bà con.")
            return Say(f"{note}\n\n{text}" if note else text, (menu_row(ctx),))
        if producer.mine:
            text = ctx.t(
                "Mã này dành cho chủ cơ sở. Bà con đưa mã để họ mở trên điện thoại của họ nhé."
            )
            return Say(text, (menu_row(ctx),))
        ask = ctx.t("Có người làm giúp ghi như sau. Bà con xem có đúng không?")
        rows = (
            (button(ctx, "Đúng, tôi xác nhận", "cosign:yes", "primary"),),
            (button(ctx, "Có chỗ sai", "cosign:no"),),
            menu_row(ctx),
        )
        text = f"{ask}\n\n{card(ctx, producer).text}"
        return Say(f"{note}\n\n{text}" if note else text, rows)

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        word = fold(said.text).strip(" .!")
        if codes.parse(said.text, codes.SECRET) and word not in GLOBAL_WORDS:
            return typed(ctx, talk, said.text)
        producer = waiting(ctx, talk)
        if producer is None or producer.mine:
            return None
        if said.action == "yes" or word in _YES:
            given = CosignGiven(str(talk.answers["code"]))
            note = ctx.t("Cảm ơn bà con, đã xác nhận. Hồ sơ nay cũng nằm trong menu của bà con.")
            return Turn(leave(talk), events=(given,), then=Go("menu", note=note))
        if said.action == "no" or word in _NO:
            note = ctx.t(
                "Mình chưa ghi là đã xác nhận. Bà con nói chỗ sai cho người làm giúp sửa, "
                "rồi mở lại mã này."
            )
            return Turn(leave(talk), then=Go("menu", note=note))
        return None


def waiting(ctx: Ctx, talk: Talk) -> ProducerView | None:
    """The producer the code of this talk stands for, as long as the code is good."""
    code = str(talk.answers.get("code") or talk.answers.get("id") or "")
    good = codes.parse(code, codes.SECRET)
    return ctx.records.cosign(ctx.person.id, good) if good else None


def typed(ctx: Ctx, talk: Talk, text: str) -> Turn:
    """A code typed here."""
    code = codes.parse(text, codes.SECRET)
    if code and ctx.records.cosign(ctx.person.id, code):
        return Turn(talk, then=Go("cosign", {"code": code}))
    room = CosignRoom()
    return Turn(talk, room.show(ctx, talk, ctx.t("Mã này chưa đúng hoặc đã hết hạn.")))
