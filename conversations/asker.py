"""The engine's window on content: words, options and matches for the reader of this turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from conversations import understand
from conversations.context import Ctx
from conversations.steps import Answers, Choice
from locales import date_, number

Source = Callable[[Ctx, Answers], tuple[Choice, ...]]
Finder = Callable[[Ctx, str, Answers], tuple[Choice, ...]]

#: Named option lists and searches; each room registers its own beside its form.
SOURCES: dict[str, Source] = {}
FINDERS: dict[str, Finder] = {}


def source(name: str) -> Callable[[Source], Source]:
    """Register an option list that a step may name as its `source`."""

    def keep(function: Source) -> Source:
        SOURCES[name] = function
        return function

    return keep


def finder(name: str) -> Callable[[Finder], Finder]:
    """Register a search that a step may name. Text "=KEY" asks for that one choice."""

    def keep(function: Finder) -> Finder:
        FINDERS[name] = function
        return function

    return keep


@dataclass(frozen=True, slots=True)
class CtxAsker:
    """Asker over a Ctx."""

    ctx: Ctx

    def t(self, msgid: str, /, **fields: object) -> str:
        return self.ctx.t(msgid, **fields)

    def options(self, source: str, answers: Answers) -> tuple[Choice, ...]:
        return SOURCES[source](self.ctx, answers)

    def find(self, source: str, text: str, answers: Answers) -> tuple[Choice, ...]:
        return FINDERS[source](self.ctx, text, answers)

    def label(self, choice: Choice) -> str:
        return choice.label if choice.translated else self.ctx.t(choice.label)

    def pick(self, text: str, choices: tuple[Choice, ...]) -> Choice | None:
        return understand.pick(text, [(c, self.label(c)) for c in choices])

    def phone(self, text: str) -> str | None:
        return understand.phone(text)

    def day(self, text: str) -> date | None:
        return understand.day(text, self.ctx.today)

    def number(self, text: str) -> float | None:
        return understand.number(text)

    def hour(self, text: str) -> time | None:
        return understand.hour(text)

    def show_phone(self, phone: str) -> str:
        return understand.show_phone(phone)

    def show_date(self, day: date) -> str:
        return date_(self.ctx.lang, day)

    def show_number(self, value: float) -> str:
        return number(self.ctx.lang, value)
