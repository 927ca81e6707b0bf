"""Going on on another channel: a one-time code here, used there, and both are one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.context import Ctx
from conversations.events import LinkCodeAsked, LinkCodeUsed
from conversations.home import consented
from conversations.rooms import Room, button, enter, leave
from conversations.said import Go, Said, Turn
from conversations.steps import Choice
from conversations.understand import pick
from locales import N_
from models import codes
from models.messages import Channel, Say, Talk

_ASK, _HAVE = "ask", "have"


class LinkRoom(Room):
    """State: {"id" or "code"}: a code that was given with the command or the link."""

    key = "link"
    title = N_("Dùng trên ứng dụng khác")
    needs_consent = False  # the person who comes is the one who agreed elsewhere
    parks = False
    menu_label = N_("Dùng tiếp trên Zalo")

    def in_menu(self, ctx: Ctx) -> bool:
        """From the page, for who has something to take along."""
        zalo = Channel.ZALO_OA in ctx.links or Channel.ZALO_BOT in ctx.links
        return ctx.channel is Channel.WEB and zalo and consented(ctx)

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        code = codes.parse(payload, codes.SECRET)
        return {"code": code} if code and _good(ctx, code) else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        given = str(answers.get("code") or answers.get("id") or "")
        inside = enter(self, talk)
        if not given and ctx.channel is Channel.WEB and ctx.links:
            return _asked(ctx, inside)  # one press: the code, and what opens the other channel
        return self._code(ctx, inside, given) if given else Turn(inside, self.show(ctx, inside))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        good = codes.parse(str(talk.answers.get("code") or ""), codes.SECRET)
        if good and _good(ctx, good):
            return confirm(ctx, good)
        text = ctx.t(
            "*Dùng tiếp trên ứng dụng khác*\n"
            "Bấm “Lấy mã” ở đây, rồi gõ mã đó vào trợ lý trên ứng dụng kia. Hồ sơ đi theo "
            "bà con, không phải làm lại.\n\nĐã có mã thì gõ vào đây."
        )
        rows = ((button(ctx, "Lấy mã", "link:ask", "primary"), button(ctx, "Menu", "nav:menu")),)
        return Say(f"{note}\n\n{text}" if note else text, rows)

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        verb, _, value = said.action.partition("=")
        if verb == "join":
            return self._join(ctx, talk, value)
        asked = pick(said.text, [(Choice(_ASK, "Lấy mã"), ctx.t("Lấy mã"))])
        if verb == _ASK or asked:
            return _asked(ctx, talk)
        if codes.parse(said.text, codes.SECRET):
            return self._code(ctx, talk, said.text)
        good = codes.parse(str(talk.answers.get("code") or ""), codes.SECRET)
        yes = pick(said.text, [(Choice(_HAVE, "Nối"), ctx.t("Đúng, nối lại"))])
        return self._join(ctx, talk, good) if good and yes else None

    def _code(self, ctx: Ctx, talk: Talk, text: str) -> Turn:
        code = codes.parse(text, codes.SECRET)
        if code and ctx.records.link_code(ctx.person.id, code) == "mine":
            here = ctx.t("Mã này để gõ ở ứng dụng kia, không phải ở đây.")
            return Turn(talk, self.show(ctx, talk, here))
        if code is None or not _good(ctx, code):
            wrong = ctx.t("Mã này chưa đúng hoặc đã hết hạn. Bà con lấy mã mới nhé.")
            return Turn(talk, self.show(ctx, talk, wrong))
        known = Talk(self.key, {"code": code}, parked=talk.parked, question=talk.question)
        return Turn(known, self.show(ctx, known))

    def _join(self, ctx: Ctx, talk: Talk, text: str) -> Turn | None:
        code = codes.parse(text, codes.SECRET)
        if code is None or not _good(ctx, code):
            return Turn(talk, self.show(ctx, talk, ctx.t("Mã này chưa đúng hoặc đã hết hạn.")))
        note = ctx.t("Đã nối xong, mình làm tiếp ở đây nhé.")
        return Turn(leave(talk), events=(LinkCodeUsed(code),), then=Go("menu", note=note))


def _asked(ctx: Ctx, talk: Talk) -> Turn:
    note = ctx.t("Mã đang tới ngay bên dưới.")
    return Turn(leave(talk), events=(LinkCodeAsked(),), then=Go("menu", note=note))


def _good(ctx: Ctx, code: str) -> bool:
    """A code somebody else's talk asked for, still to be used."""
    return ctx.records.link_code(ctx.person.id, code) == "other"


def confirm(ctx: Ctx, code: str) -> Say:
    """Asked before two become one: nobody joins by a stray press."""
    text = ctx.t(
        "Mã đúng rồi. Nối trò chuyện này với hồ sơ của người đã lấy mã?\n"
        "Chỉ nối khi chính bà con lấy mã đó."
    )
    rows = (
        (button(ctx, "Đúng, nối lại", f"link:join={code}", "primary"),),
        (button(ctx, "Không phải tôi", "nav:menu"),),
    )
    return Say(text, rows)
