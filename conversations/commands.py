"""Typed commands: /start /menu /help /language /cancel /status /officer /privacy /queue ..."""

from __future__ import annotations

from dataclasses import replace

from conversations import menu
from conversations.context import Ctx
from conversations.events import CodeMissed
from conversations.home import at_menu, help_, language
from conversations.rooms import ROOMS, leave
from conversations.said import Turn
from models import codes
from models.messages import Talk

#: Commands that open a room; the word after them is given to it as `id`.
OPENS = {
    "status": "status",
    "officer": "officer",
    "privacy": "privacy",
    "queue": "queue",
    "case": "case",
    "register": "producer",
    "dossier": "dossier",
    "link": "link",
    "check": "genuine",
    "score": "score",
    "products": "products",
    "ending": "ending",
    "stats": "stats",
    "announce": "announcement_desk",
    "notices": "subscriptions",
    "events": "event",
    "report": "complaint_form",
    "complaints": "complaint_desk",
}

LONGEST_CODE = 64  # what a channel's deep link carries


def command(ctx: Ctx, talk: Talk, text: str) -> Turn | None:
    """The turn of a typed command; None when the text is not one."""
    if not text.startswith("/") or len(text) < 2:
        return None
    name, _, rest = text[1:].partition(" ")
    name = name.partition("@")[0].lower()  # groups write /help@bot
    if name == "start":
        return start(ctx, talk, rest.strip())
    if name == "menu":
        return at_menu(ctx, leave(talk, park=True))
    if name == "help":
        return help_(ctx, talk, ROOMS.get(talk.flow))
    if name == "language":
        return language(ctx, talk, rest.strip())
    if name == "cancel":
        return menu.everywhere(ctx, talk, ROOMS.get(talk.flow), "cancel")
    if name == "group" and ctx.person.officer is not None:
        note = ctx.t("Lệnh này gõ trong nhóm của cán bộ, sau khi thêm mình vào nhóm.")
        return menu.again(ctx, talk, note)
    if name in OPENS:
        return menu.go(ctx, talk, OPENS[name], {"id": rest.strip()} if rest.strip() else {})
    return menu.again(ctx, talk, ctx.t("Mình chưa có lệnh đó. Bà con xem các nút bên dưới nhé."))


def start(ctx: Ctx, talk: Talk, payload: str) -> Turn:
    """/start, alone or with what a link carries: an invitation, a code, a product page."""
    if not payload:
        return menu.resume(ctx, talk) if talk.flow else menu.go(ctx, talk, "welcome")
    return by_code(ctx, talk, payload) or missed(
        at_menu(
            ctx,
            leave(talk, park=True),
            ctx.t("Mã trong đường dẫn không còn dùng được. Bà con xin mã mới nhé."),
        ),
        payload,
    )


def coded(ctx: Ctx, talk: Talk, text: str) -> Turn | None:
    """A code typed or pasted by itself does what its link does; None when it is no code."""
    word = text.strip()
    if not 4 <= len(word) <= LONGEST_CODE or " " in word:
        return None
    secret = codes.parse(word, codes.SECRET)
    made = secret or codes.parse(word) or any(c.isdigit() for c in word)
    if not made:  # a word, as people write it
        return None
    if turn := by_code(ctx, talk, word):
        return turn
    if not secret:
        return None
    return missed(
        menu.again(ctx, talk, ctx.t("Mã này sai hoặc không còn dùng được. Bà con xin mã mới nhé.")),
        word,
    )


def missed(turn: Turn, payload: str) -> Turn:
    """The turn of a code that opens nothing: guesses at one-time codes are counted."""
    guess = codes.parse(payload, codes.SECRET)
    return replace(turn, events=(CodeMissed(),)) if guess else turn


def by_code(ctx: Ctx, talk: Talk, payload: str) -> Turn | None:
    """The first room that knows the code."""
    for room in ROOMS.rooms.values():
        answers = room.takes_payload(ctx, payload)
        if answers is not None:
            return menu.go(ctx, talk, room.key, answers)
    return None
