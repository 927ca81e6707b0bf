"""The named figures of a province's report, from its content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.policy.reading import Phrases, Reading
from conversations.policy.understand import plain

_RANK = re.compile(
    r"\b(?P<over>tren |above |over |(?:more|higher|better) than )?"
    r"(?P<under>duoi |below |under |(?:fewer|less|lower) than )?"
    r"(?P<least>at least |it nhat |toi thieu )?"
    r"(?P<rank>[1-5]) (?:sao|stars?)\b"
    r"(?P<more> tro len| len(?! [1-5])| or (?:more|above|higher|better)|"
    r" and (?:above|over|up|more))?"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """The target for a figure and where it is written; `least`: at least so many."""

    value: float
    passage: str
    least: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure somebody wrote down, and the passage it stands in.

    `of` is what it is a part of; `less` the two figures whose difference it is; `years` the years
    an amount is for. Names are (vi, en).
    """

    id: str
    value: float
    passage: str
    name: tuple[str, str]
    of: str = ""
    less: tuple[str, ...] = ()
    unit: tuple[str, str] = ("", "")
    years: tuple[int, int] | None = None
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class ShareGoal:
    """A target that is a percentage of the whole, and the figures it counts."""

    parts: frozenset[str]
    percent: float
    passage: str


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that a question names, and where its words begin in the plain text."""

    figure: Figure
    start: int


class Counts:
    """All figures of one province, looked up by id and by how people name them."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.figures: dict[str, Figure] = {}
        for row in content["figures"]:
            self.figures[row["id"]] = self._figure(row)
        self.share_goals = [
            ShareGoal(frozenset(row["parts"]), row["percent"], row["passage"])
            for row in content["share_goals"]
        ]
        self.goal_years: tuple[int, int] = tuple(content["goal_years"])
        self.notes: dict[str, tuple[str, str]] = {
            key: (note["vi"], note["en"]) for key, note in content["notes"].items()
        }
        self.averages = [
            (self.figures[one], self.figures[each]) for one, each in content["averages"]
        ]
        self._ranks = {row["stars"]: row["id"] for row in content["figures"] if "stars" in row}
        self._said = Phrases((say, row["id"]) for row in content["figures"] for say in row["say"])

    def _figure(self, row: Mapping[str, Any]) -> Figure:
        less = tuple(row.get("less", ()))
        value = row["value"] if not less else self._left(less)
        unit, goal = row.get("unit", {"vi": "", "en": ""}), row.get("goal")
        years = row.get("years")
        return Figure(
            id=row["id"],
            value=value,
            passage=row["passage"],
            name=(row["name"]["vi"], row["name"]["en"]),
            of=row.get("of", ""),
            less=less,
            unit=(unit["vi"], unit["en"]),
            years=(years[0], years[1]) if years else None,
            goal=Goal(**goal) if goal else None,
        )

    def _left(self, less: Sequence[str]) -> float:
        return self.figures[less[0]].value - self.figures[less[1]].value

    def named(self, reading: Reading) -> list[Named]:
        """The figures that a question names, in the order said, each once.

        A word inside a longer one does not count.
        """
        text = f" {reading.text} "
        found = [
            (range(hit.start(), hit.end()), figure)
            for hit in _RANK.finditer(text)
            for rank, figure in self._ranks.items()
            if _meant(hit, rank)
        ]
        for phrase, figure in self._said.named_in(reading):
            said = f" {' '.join(plain(phrase))} "
            start = text.find(said)
            while start >= 0:
                found.append((range(start, start + len(said) - 1), figure))
                start = text.find(said, start + 1)
        kept = [one for one in found if not any(_inside(one[0], other) for other, _ in found)]
        first: dict[str, int] = {}
        for span, figure in sorted(kept, key=lambda one: one[0].start):
            first.setdefault(figure, span.start)
        return [Named(self.figures[figure], start) for figure, start in first.items()]

    def bounds(self, text: str) -> list[str]:
        """The words of a plain text that mean several ranks: "4 stars or more"."""
        return [hit[0] for hit in _RANK.finditer(text) if _bounds(hit)]

    def wholes(self, figure: Figure) -> list[Figure]:
        """What a figure is a part of, the nearest first."""
        found: list[Figure] = []
        while figure.of:
            figure = self.figures[figure.of]
            found.append(figure)
        return found


def _bounds(hit: re.Match[str]) -> bool:
    return any(hit[name] for name in ("over", "under", "least", "more"))


def _meant(hit: re.Match[str], rank: int) -> bool:
    """Whether a rank is one of those told: "dưới 4 sao" are those below."""
    told = int(hit["rank"])
    if hit["under"]:
        return rank < told
    higher = hit["over"] or hit["least"] or hit["more"]
    return (rank == told and not hit["over"]) or (rank > told and bool(higher))


def _inside(span: range, other: range) -> bool:
    return len(span) < len(other) and other.start <= span.start and span.stop <= other.stop
