"""Decides which room hears a message. The one entry: `respond`.

Order: commands, buttons (they carry their room), words that mean the same everywhere, the open
room, a question or a task in free words; and when nothing fits, a kind sentence and the same step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import asking, commands, complaint_words, edits, groups, home, replies, unread
from conversations.boards import named
from conversations.context import Ctx
from conversations.forms import Form
from conversations.home import noted
from conversations.registry import ROOMS
from conversations.rooms import Room, button, leave
from conversations.said import Said, Turn
from conversations.understand import global_word
from models.messages import Button, Talk


def respond(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """What one message does. Never raises for what a person says.

    When the turn has `then`, its events must be applied and `arrive` called on fresh records;
    a turn without events arrives at once.
    """
    turn = heard(ctx, talk, said)
    return arrive(ctx, turn) if turn.then and not turn.events else turn


def arrive(ctx: Ctx, turn: Turn) -> Turn:
    """Draw the room a turn goes to, on the records its events left behind."""
    if turn.then is None:
        return turn
    drawn = go(ctx, turn.talk, turn.then.room, turn.then.answers, turn.then.note)
    more, events = (*turn.more, *drawn.more), turn.events or drawn.events
    onward = replace(drawn, events=events, more=more)
    return arrive(ctx, onward) if onward.then and not drawn.events else onward


def heard(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """`respond` before arriving."""
    room = ROOMS.get(talk.flow)
    if talk.flow and (room is None or not allowed(ctx, room)):
        talk, room = leave(talk), None  # a room a deploy removed, or rights that were taken back
    if ctx.group:
        return groups.heard(ctx, talk, said)
    if said.other == unread.WITHHELD:
        return unread.answer(ctx, talk, said.name)
    if said.other == unread.ANONYMOUS:
        return unread.anonymous(ctx, talk, said.text)
    if said.action:
        return pressed(ctx, talk, said)
    if turn := commands.command(ctx, talk, said.text):
        return turn
    if turn := edits.corrected(ctx, talk, room, said):
        return turn
    if turn := everywhere(ctx, talk, room, global_word(said.text)):
        return turn
    if turn := replies.answer(ctx, talk, said):
        return turn
    listens = room is not None and not asking.interrupts(ctx, talk, room, said)
    if room is not None and listens and (turn := room.hear(ctx, talk, said)):
        if turn.talk.flow == talk.flow and turn.talk.misses > talk.misses:
            return asking.answered(ctx, talk, room, said.text) or with_officer(ctx, turn)
        return turn
    return free_words(ctx, talk, room, said)


def allowed(ctx: Ctx, room: Room) -> bool:
    """May this person be in this room at all?"""
    return room.admits(ctx)


def go(
    ctx: Ctx,
    talk: Talk,
    key: str,
    answers: Mapping[str, Any] = {},
    note: str = "",
) -> Turn:
    """Open the room `key` (or "menu"), by way of consent when it is needed and not given."""
    room = ROOMS.get(key)
    if room is None or not allowed(ctx, room):
        return home.at_menu(ctx, leave(talk, park=True), note)
    if room.needs_consent and not home.consented(ctx):
        return go(ctx, talk, "consent", {"then": key, "with": dict(answers)})
    turn = room.open(ctx, talk, answers)
    return replace(turn, say=noted(note, turn.say)) if note else turn


def pressed(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """A button. Old, unknown or somebody else's: answered, and the current step shown again."""
    key, _, rest = said.action.partition(":")
    if key == "nav":
        where, _, value = rest.partition("=")
        room = ROOMS.get(talk.flow)
        return everywhere(ctx, talk, room, where, value) or again(ctx, talk, old_button(ctx))
    if key == "go":
        where, _, value = rest.partition("=")
        return go(ctx, talk, where, {"id": value} if value else {})
    if key == "ask":
        return asking.pressed(ctx, talk, rest)
    target = ROOMS.get(key)
    if target is None or not allowed(ctx, target):
        return again(ctx, talk, old_button(ctx))
    if isinstance(target, Form) and talk.flow != key:
        return again(ctx, talk, old_button(ctx))
    if target.needs_consent and not home.consented(ctx):
        return go(ctx, talk, "consent", {"then": key})
    turn = target.hear(ctx, talk, replace(said, action=rest))
    return turn or again(ctx, talk, old_button(ctx))


def old_button(ctx: Ctx) -> str:
    return ctx.t("Nút đó đã cũ hoặc không còn dùng được. Mình tiếp tục ở đây nhé.")


def again(ctx: Ctx, talk: Talk, note: str) -> Turn:
    """The current step once more, with a sentence before it; nothing is changed."""
    room = ROOMS.get(talk.flow)
    if room is None:
        return home.at_menu(ctx, talk, note)
    say = noted(note, room.show(ctx, talk))
    return Turn(talk, replace(say, settle=0.0))  # an answer to words does not wait for photos


def everywhere(ctx: Ctx, talk: Talk, room: Room | None, word: str, value: str = "") -> Turn | None:
    """Menu, back, cancel, help, skip, language, officer: the same in every step."""
    if word == "menu" or word == "later":
        return home.at_menu(ctx, leave(talk, park=True))
    if word == "cancel":
        if isinstance(room, Form) and (turn := room.leave_line(ctx, talk)):
            return turn
        note = ctx.t("Đã dừng lại, không gửi gì cả.") if talk.flow else ""
        return home.at_menu(ctx, leave(talk), note)
    if word == "back":
        turn = room.back(ctx, talk) if room is not None else None
        return turn or home.at_menu(ctx, leave(talk))
    if word == "skip" and isinstance(room, Form):
        return room.skip(ctx, talk)
    if word == "help":
        return home.help_(ctx, talk, room)
    if word == "hello" and room is None:
        return go(ctx, talk, "welcome")
    if word == "officer":
        return go(ctx, talk, "officer")
    if word in ("genuine", "subscriptions", "complaint_form"):
        return go(ctx, talk, word)
    if word.startswith("lang"):
        return home.language(ctx, talk, value or word.partition(":")[2])
    if word == "resume":
        return resume(ctx, talk, value)
    return None


def resume(ctx: Ctx, talk: Talk, key: str = "") -> Turn:
    """Go on with the flow left half-way (or the named one); shows the current step if none."""
    key = key or (talk.flow or next(reversed(talk.parked), ""))
    if not key or ROOMS.get(key) is None:
        return home.at_menu(ctx, talk)
    if key == talk.flow:
        return again(ctx, talk, ctx.t("Mình làm tiếp nhé."))
    return go(ctx, talk, key, note=ctx.t("Mình làm tiếp nhé."))


def free_words(ctx: Ctx, talk: Talk, room: Room | None, said: Said) -> Turn:
    """Words no room understood: a question, a task, else a kind sentence and the same step."""
    if turn := commands.coded(ctx, talk, said.text):
        return turn
    if not isinstance(room, Form) and complaint_words.meant(said.text):
        return go(ctx, talk, "complaint_form")
    if room is None and (found := menu_label(ctx, talk, said.text)):
        if found.action == "go:products" and asking.named_product(ctx, said.text):
            return go(ctx, talk, "products", {"q": said.text[:200]})
        return pressed(ctx, talk, Said(action=found.action))
    if said.text and (turn := asking.question(ctx, talk, room, said.text)):
        return turn
    if said.files and room is None:
        return home.files_at_menu(ctx, talk, said)
    missed = replace(talk, misses=talk.misses + 1)
    note = home.not_understood(ctx, said, missed.misses)
    return with_officer(ctx, again(ctx, missed, note))


def with_officer(ctx: Ctx, turn: Turn) -> Turn:
    """After two misunderstandings in a row a person is offered."""
    if turn.talk.misses < 2 or any(b.action == "nav:officer" for b in turn.say.buttons):
        return turn
    officer = button(ctx, "Gặp cán bộ", "nav:officer", "primary")
    return replace(turn, say=replace(turn.say, rows=(*turn.say.rows, (officer,))))


def menu_label(ctx: Ctx, talk: Talk, text: str) -> Button | None:
    """The button of the menu that was typed: its label, a part of it or its number."""
    if not text or asking.sounds_like_question(text):
        return None
    return named(home.at_menu(ctx, talk).say, text)
