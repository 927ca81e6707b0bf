"""The demo household's link: what this person makes from now on is marked as demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.context import Ctx
from conversations.events import DemoBegun
from conversations.rooms import Room, leave
from conversations.said import Go, Said, Turn
from conversations.welcome import introduction
from locales import N_
from models import codes
from models.messages import Say, Talk


class DemoRoom(Room):
    """Marks the person and greets like any other first contact."""

    key = "demo"
    title = N_("Dùng thử")
    needs_consent = False
    parks = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        code = codes.parse(payload, codes.SECRET)
        return {"code": code} if code and ctx.records.demo(code) else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        code = str(answers.get("code", ""))
        if not (code and ctx.records.demo(code)):
            return Turn(leave(talk), then=Go("welcome"))
        trial = ctx.t("Đây là bản dùng thử: bà con ghi gì ở đây cũng xoá được bằng một lệnh.")
        note = f"{introduction(ctx)}\n\n{trial}"
        return Turn(leave(talk), events=(DemoBegun(code),), then=Go("menu", note=note))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        return Say(note or introduction(ctx))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        return None
