"""A board: a room that shows where things stand and hears buttons, their labels, and files.

What is typed is read against the buttons shown: a number, a letter, a label or a part of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from conversations import understand
from conversations.context import Ctx
from conversations.rooms import Room, enter, leave
from conversations.said import Said, Turn
from conversations.steps import Choice
from models.messages import Button, Say, Talk

#: An address inside a button: dossier id and what of it, "12.giay_attp".
SEPARATOR = "."


class Board(Room):
    """Subclasses give `show` and `press`; they may take files and words of their own."""

    parks: ClassVar[bool] = False
    keeps: ClassVar[tuple[str, ...]] = ()  # answers that outlive leaving and coming back

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        return self.drawn(ctx, self.entered(talk, answers))

    def entered(self, talk: Talk, answers: Mapping[str, Any]) -> Talk:
        """The talk in this room with just `answers` and what must not be lost."""
        inside = enter(self, talk)
        kept = {k: v for k, v in inside.answers.items() if k in self.keeps}
        return replace(inside, answers={**kept, **answers})

    def drawn(self, ctx: Ctx, talk: Talk, note: str = "") -> Turn:
        return Turn(talk, self.show(ctx, talk, note))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        """A button of this room; `talk` may be in another room."""
        raise NotImplementedError

    def take(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """Files sent here."""
        return None

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """Words that are no button's label."""
        return None

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        """To the menu, with what waits here kept."""
        from conversations import home

        return home.at_menu(ctx, leave(talk, park=True))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        if said.files and not said.action:
            return self.take(ctx, talk, said)
        if said.action:
            turn = self.press(ctx, talk, said.action, said)
        else:
            turn = self.labelled(ctx, talk, said) or self.words(ctx, talk, said)
        if turn is None or said.files:
            return turn
        return replace(turn, say=replace(turn.say, settle=0.0))  # only photos come in bursts

    def labelled(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """The turn of the button whose label, number or part was typed."""
        from conversations import asking, menu

        if not said.text or asking.sounds_like_question(said.text):
            return None
        found = named(self.show(ctx, talk), said.text)
        if found is None:
            return None
        return menu.pressed(ctx, talk, Said(action=found.action))


def named(say: Say, text: str) -> Button | None:
    """The button of `say` that `text` names."""
    buttons = [b for b in say.buttons if b.action]
    pairs = [(Choice(str(n), b.label, translated=True), b.label) for n, b in enumerate(buttons, 1)]
    choice = understand.pick(text, pairs)
    return buttons[int(choice.key) - 1] if choice else None


def split(action: str) -> tuple[str, str, str]:
    """ "open=12.giay_attp" → ("open", "12", "giay_attp")."""
    verb, _, rest = action.partition("=")
    first, _, second = rest.partition(SEPARATOR)
    return verb, first, second
