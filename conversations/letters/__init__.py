"""Messages to other people: written once, read by each in their own language.

A letter is made where something happened and said later, once for every reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from locales import date_, datetime_, gettext, number
from models.content.text import Text
from models.messages import Approved, Button, Say, SentFile


class Letter(Protocol):
    """What the outbox takes: a message that can be said in any language."""

    def say(self, lang: str) -> Say: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: a msgid and its fields. Dates, numbers and Texts are written for the reader."""

    msgid: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tight: bool = False  # follows the line before without a gap: a list

    def tell(self, lang: str) -> str:
        return gettext(lang, self.msgid, **{k: told(lang, v) for k, v in self.fields.items()})


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a letter: a msgid and what it does."""

    label: str
    action: str = ""
    url: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    copy: str = ""

    def button(self, lang: str) -> Button:
        label = gettext(lang, self.label)
        return Button(label, self.action, self.url, self.style, copy=self.copy)


@dataclass(frozen=True, slots=True)
class Note:
    """A letter of a few paragraphs, one button a row. `approved`: the name of a text in content's
    templates.yaml that says the same, and its fields."""

    lines: tuple[Line, ...]
    presses: tuple[Press, ...] = ()
    files: tuple[SentFile, ...] = ()
    key: str = ""
    approved: tuple[str, Mapping[str, Any]] | None = None

    def say(self, lang: str) -> Say:
        gaps = ("\n" if line.tight else "\n\n" for line in self.lines)
        text = "".join(gap + line.tell(lang) for gap, line in zip(gaps, self.lines, strict=True))
        rows = tuple((press.button(lang),) for press in self.presses)
        return Say(text.strip(), rows, self.files, self.key, approved=self._approved())

    def _approved(self) -> Approved | None:
        """As it is approved: in Vietnamese, whoever reads it."""
        if self.approved is None:
            return None
        name, fields = self.approved
        return Approved(name, {key: told("vi", value) for key, value in fields.items()})


def told(lang: str, value: Any) -> str:
    """A field as its reader writes it."""
    if isinstance(value, Text):
        return value(lang)
    if isinstance(value, Line):
        return value.tell(lang)
    if isinstance(value, datetime):
        return datetime_(lang, value)
    if isinstance(value, date):
        return date_(lang, value)
    if isinstance(value, (int, float)):
        return number(lang, value)
    return str(value)
