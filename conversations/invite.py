"""An officer's invitation: the code of a link, or typed, makes this address the officer's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.context import Ctx
from conversations.events import InviteUsed
from conversations.rooms import Room, leave
from conversations.said import Go, Said, Turn
from locales import N_
from models import codes
from models.messages import Say, Talk


class InviteRoom(Room):
    """Uses an invitation at once; nothing is asked. An officer's account is work, not consent."""

    key = "invite"
    title = N_("Lời mời cán bộ")
    needs_consent = False
    parks = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        code = good(ctx, payload)
        return {"code": code} if code else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        code = good(ctx, str(answers.get("code", "")))
        if code is None:
            note = ctx.t("Mã mời này không còn dùng được. Anh/chị xin quản trị mã mới giúp.")
            return Turn(leave(talk), then=Go("menu", note=note))
        if ctx.records.invite(ctx.person.id, code) == "leader":
            told, room = N_("Đã nhận anh/chị. Số liệu chương trình xem ở đây, gõ /stats."), "stats"
        else:
            told = N_("Đã nhận anh/chị là cán bộ. Từ giờ hồ sơ mới sẽ báo ở đây.")
            room = "queue"
        go = Go(room, note=ctx.t(told))
        return Turn(leave(talk, park=True), events=(InviteUsed(code),), then=go)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        return Say(note or ctx.t("Anh/chị gõ mã mời giúp."))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        return self.open(ctx, talk, {"code": said.text}) if said.text else None


def good(ctx: Ctx, said: str) -> str | None:
    """The invitation in what was said, while it may be used; else None."""
    code = codes.parse(said, codes.SECRET)
    return code if code and ctx.records.invite(ctx.person.id, code) else None
