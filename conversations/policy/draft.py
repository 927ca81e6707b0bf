"""What the computing parts hand back, and what they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from conversations.policy import render
from conversations.policy.matter import Matter
from conversations.policy.model import Source
from conversations.policy.passages import Library
from conversations.policy.reading import Reader, Reading
from conversations.policy.weights import Hit
from locales import gettext

_NOBODY = Hit("", 0.0)
Found = TypeVar("Found")
OF_ITEM = "tieu_chi:"  # begins the topic of an answer on an item of a score sheet
NEAR = 0.25  # sureness below which a label is as good as any other


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with all that is needed to answer it. `top` are the nearest labels."""

    reading: Reading
    on: date
    library: Library
    matter: Matter
    top: Sequence[Hit] = ()
    share: Callable[[str, str], float] = lambda pair, word: 0.0  # how often a word is in a pair
    often: Callable[[str], float] = lambda word: 0.0  # in how many examples a word is
    reader: Reader | None = None  # for what is read clause by clause
    talk: Sequence[str] = ()  # the questions before, oldest first
    _known: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, find: Callable[[Ask], Found]) -> Found:
        """What `find` finds in this question; it looks only the first time."""
        if find not in self._known:
            self._known[find] = find(self)
        found: Found = self._known[find]
        return found

    @property
    def lang(self) -> str:
        return self.reading.lang

    @property
    def text(self) -> str:
        return self.reading.text

    def say(self, msgid: str, **fields: object) -> str:
        """A sentence in the language of the question."""
        return gettext(self.lang, msgid, **fields)

    @property
    def nearest(self) -> Hit:
        """The nearest label; one without a name and sureness when nothing is near."""
        return self.top[0] if self.top else _NOBODY

    @property
    def open(self) -> bool:
        """Whether a question known to be open is nearer than any rule."""
        return bool(self.top) and self.top[0].label.startswith("gap_") and self.top[0].score > 0.5

    def near(self, *labels: str, within: int = 3) -> bool:
        """Whether one of the labels is among the nearest, and near at all."""
        return any(h.label in labels and h.score >= NEAR for h in self.top[:within])

    def cited(self, passage_id: str) -> tuple[Source, ...]:
        """The sources of a passage on the day of asking."""
        return render.sources(self.library.passages[passage_id], self.on, self.lang)


def lowered(text: str) -> str:
    """`text` as it goes on inside a sentence; "HTX" stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Draft:
    """A computed answer: its lines in order and where they come from.

    `sure` is False when the papers leave it open: the answer then says so and does not count as
    answered. A question near to `topic` or to one of `meant_by` asks for it. `behind` are lines
    that only "Xem thêm" shows.
    """

    topic: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    intent: str | None = None
    sure: bool = True
    meant_by: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def of_sheet(self) -> bool:
        """Whether it tells of an item of a score sheet."""
        return self.topic.startswith(OF_ITEM)
