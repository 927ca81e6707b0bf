"""What a room is: a form, a board or a card that a talk can be in, and how rooms are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from conversations.context import Ctx
from conversations.events import Event
from conversations.said import Said, Turn
from models.messages import Button, Say, Talk


class Room:
    """A place a talk can be in. `Talk.flow` is the room's `key`; its state is `Talk.answers`.

    `hear` returns None when it does not understand: `menu.respond` then tries a question, and at
    last says so kindly. A room never loses what was typed: leaving it parks its answers.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""  # a msgid: "Đăng ký chủ thể"
    needs_consent: ClassVar[bool] = True  # nothing about a person is stored before
    officers_only: ClassVar[bool] = False
    leaders: ClassVar[bool] = False  # of officers' rooms: open to those who only read, too
    parks: ClassVar[bool] = True  # left half-way, it is offered again
    menu_label: ClassVar[str] = ""  # a msgid: the button in the menu; "" = not there

    def in_menu(self, ctx: Ctx) -> bool:
        """Is the menu button shown to this person?"""
        return self.admits(ctx)

    def admits(self, ctx: Ctx) -> bool:
        """May this person be here at all?"""
        officer = ctx.person.officer
        return not self.officers_only or (officer is not None and (officer.works or self.leaders))

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        """Lines for the menu about what is open here, each with its button."""
        return ()

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        """Answers when `payload` (of a link: "/start PAYLOAD") is for this room, else None."""
        return None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        """Enter the room with `answers` known; others of this room's parked answers are kept."""
        return show(self, ctx, enter(self, talk, answers))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        """The room as it stands: the question asked, the board. `note` goes before it."""
        raise NotImplementedError

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        """Where "quay lại" leads from here; None = the menu."""
        return None

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """What was said, in this room. `said.action` has no room prefix here."""
        raise NotImplementedError


def show(room: Room, ctx: Ctx, talk: Talk, note: str = "", events: tuple[Event, ...] = ()) -> Turn:
    """A turn that shows the room again."""
    return Turn(talk, room.show(ctx, talk, note), events)


def enter(room: Room, talk: Talk, answers: Mapping[str, Any] = {}) -> Talk:
    """The talk in `room`. The room left is parked; this room's parked answers come back."""
    parked = dict(talk.parked)
    if talk.flow and talk.flow != room.key and talk.answers:
        parked[talk.flow] = dict(talk.answers)
    mine = talk.answers if talk.flow == room.key else parked.pop(room.key, {})
    return replace(
        talk, flow=room.key, answers={**mine, **answers}, asking=None, misses=0, parked=parked
    )


def leave(talk: Talk, *, park: bool = False) -> Talk:
    """The talk back at the menu; the room's answers are dropped, or parked."""
    parked = {k: v for k, v in talk.parked.items() if k != talk.flow}
    if park and talk.flow and talk.answers:
        parked[talk.flow] = dict(talk.answers)
    return replace(talk, flow="", answers={}, asking=None, misses=0, parked=parked)


@dataclass(slots=True)
class Registry:
    """Rooms by key. Filled once, by registry.py; a test walks over it."""

    rooms: dict[str, Room] = field(default_factory=dict)

    def add(self, *rooms: Room) -> None:
        for room in rooms:
            if not room.key or room.key in self.rooms:
                raise ValueError(f"room key {room.key!r} is empty or taken")
            self.rooms[room.key] = room

    def get(self, key: str) -> Room | None:
        return self.rooms.get(key)


ROOMS = Registry()  # filled by registry.py


def button(ctx: Ctx, label: str, action: str, style: str = "plain", **fields: object) -> Button:
    """A button whose label is the msgid `label` in the reader's language."""
    return Button(ctx.t(label, **fields), action, style=style)  # type: ignore[arg-type]


#: Labels longer than this get a row of their own on a 360-pixel screen.
WIDE = 16


def grid(buttons: list[Button] | tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """Short labels two in a row, long ones alone."""
    rows: list[tuple[Button, ...]] = []
    for item in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and len(item.label) <= WIDE and len(last[0].label) <= WIDE:
            rows[-1] = (last[0], item)
        else:
            rows.append((item,))
    return tuple(rows)
