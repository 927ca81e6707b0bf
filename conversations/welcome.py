"""First contact: who I am and what I do, in one short message; and how to tell a true message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import home
from conversations.context import Ctx
from conversations.rooms import Room, button, enter, leave
from conversations.said import Said, Turn
from conversations.stages import STATE_WORDS
from locales import N_, datetime_
from models import codes
from models.messages import Say, Talk


class WelcomeRoom(Room):
    """Says who is speaking, then the menu. Somebody known is only greeted."""

    key = "welcome"
    title = N_("Lời chào")
    needs_consent = False
    parks = False

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        note = "" if home.consented(ctx) else introduction(ctx)
        return home.at_menu(ctx, leave(talk, park=True), note)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        return home.at_menu(ctx, talk, note or introduction(ctx)).say

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        return None


def introduction(ctx: Ctx) -> str:
    """Who is speaking and what it is good for; one phone screen."""
    served = ctx.content.province
    province = served.name_en if ctx.lang == "en" else served.name
    return "\n".join(
        (
            home.greeting(ctx),
            ctx.t("Mình là trợ lý OCOP của {province}.", province=province),
            "",
            ctx.t(
                "Mình giúp bà con:\n"
                "• đăng ký và làm hồ sơ, từng bước một\n"
                "• chụp, gửi giấy tờ ngay trong trò chuyện\n"
                "• biết hồ sơ đến đâu, còn thiếu gì\n"
                "• hỏi chính sách OCOP, trả lời có nguồn"
            ),
            "",
            home.guard(ctx),
        )
    )


class GenuineRoom(Room):
    """How to tell that a message came from the office: the code, asked back in this chat."""

    key = "genuine"
    title = N_("Kiểm tra tin nhắn")
    needs_consent = False
    parks = False

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = enter(self, talk)
        code = str(answers.get("id") or "")
        return Turn(inside, self.show(ctx, inside, checked(ctx, code) if code else ""))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        text = ctx.t(
            "*Tin nhắn có thật không?*\n"
            "• Tin thật luôn đến trong trò chuyện này và có mã hồ sơ.\n"
            "• Cán bộ không xin tiền, mã OTP hay số tài khoản qua tin nhắn.\n"
            "• Ai nhắn nơi khác, bà con đừng bấm đường dẫn.\n\n"
            "Gõ mã trong tin đó vào đây, mình xem có đúng không."
        )
        rows = ((button(ctx, "Hỏi cán bộ", "nav:officer"), button(ctx, "Menu", "nav:menu")),)
        return Say(f"{note}\n\n{text}" if note else text, rows)

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        if codes.parse(said.text) is None:
            return None
        return Turn(talk, self.show(ctx, talk, checked(ctx, said.text)))


def checked(ctx: Ctx, text: str) -> str:
    """What we can say of a code found in a message: whether it is ours and where it stands."""
    code = codes.parse(text)
    found = ctx.records.status_by_code(code) if code else None
    if code is None or found is None:
        return ctx.t("Mình không có hồ sơ nào mang mã này. Bà con cẩn thận, đừng trả lời tin đó.")
    state, since = found
    return ctx.t(
        "Mã {code} có thật: {stage}, từ {since}. Tin kia nói khác thì bà con hỏi cán "
        "bộ ngay trong này.",
        code=code,
        stage=ctx.t(STATE_WORDS[state]),
        since=datetime_(ctx.lang, since),
    )
