"""A score sheet: what a product set is asked, and the rank its answers give.

The two tests of a rank are the band of points and the starred minimum of every item
(Quyết định 26/2026/QĐ-TTg, Điều 3.3 and Phụ lục II).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.content.law import Rule, Star
from models.content.text import Text

# Item id -> points of the chosen option; "b:3" = option of 3 points in case b. JSON-friendly.
Answers = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Option:
    """One step of an item. `min_for` N: the least a product of N stars must reach here."""

    points: int
    short: Text  # a button, at most 50 characters in Vietnamese
    full: Text
    min_for: int | None
    doubt_min_for: int | None  # what sister sheets print; not law until checked

    def needed_for(self, rank: int) -> bool:
        return self.min_for is not None and self.min_for <= rank


@dataclass(frozen=True, slots=True)
class Case:
    """One of several ladders of an item; the producer chooses the one that fits."""

    id: str
    name: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion: scored by options (or by one of its cases), or the sum of its children."""

    number: str  # as printed: "1.5"
    id: str  # the same in every sheet
    title: Text
    max: int
    children: tuple[Item, ...]
    options: tuple[Option, ...]
    cases: tuple[Case, ...]
    note: Text | None
    requires: Text | None

    def ladder(self, answer: int | str | None = None) -> tuple[Option, ...]:
        """The options that `answer` is chosen from; the first case when nothing is chosen."""
        if not self.cases:
            return self.options
        wanted = str(answer).partition(":")[0]
        return next((c.options for c in self.cases if c.id == wanted), self.cases[0].options)

    def option(self, answer: int | str | None) -> Option | None:
        """The chosen option; None when unanswered or when the answer fits no option."""
        points = str(answer).rpartition(":")[2]
        return next((o for o in self.ladder(answer) if str(o.points) == points), None)

    def points(self, answer: int | str | None) -> int:
        """Points of the answer; 0 when unanswered."""
        chosen = self.option(answer)
        return chosen.points if chosen else 0

    def minimum(self, rank: int, answer: int | str | None = None) -> Option | None:
        """The option that `rank` stars need here, those of lower ranks included; None = free."""
        needed = [o for o in self.ladder(answer) if o.needed_for(rank)]
        return needed[-1] if needed else None


@dataclass(frozen=True, slots=True)
class Part:
    """A, B or C, with its tree of criteria."""

    letter: str
    title: Text
    max: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A doubtful place of the printed sheet: what is printed, what is used, and why."""

    at: str
    kind: str
    printed: str
    used: str
    why: str
    confidence: str  # that the used value is right


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule that ends the evaluation, printed at item number `at`."""

    at: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that could give more: the option to reach and the points it adds."""

    item: Item
    have: int
    option: Option
    gain: int


@dataclass(frozen=True, slots=True)
class NextStar:
    """What is missing for `rank`: starred minimums first, then points from anywhere."""

    rank: int
    points_short: int  # to the lower end of the band, as answered now
    points_short_after: int  # still short once every minimum of `must` is met
    must: tuple[Gap, ...]
    could: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of a self-assessment."""

    total: int
    answered: int
    asked: int
    band: int  # rank by points alone
    rank: int  # rank by both tests
    certificate: bool
    next: NextStar | None  # None at 5 stars
    stopped: tuple[Rule, ...]  # stop rules that the answers trigger


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One sheet. `items` are the scored ones in printed order; `parts` hold the whole tree."""

    number: int
    decision: str
    source: str
    confidence: str
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    rejected_when: tuple[Rule, ...]
    stops: tuple[Stop, ...]
    faults: tuple[Fault, ...]
    bands: tuple[Star, ...]  # highest first

    def item(self, item_id: str) -> Item:
        """The scored item called `item_id`. Raises KeyError when this sheet has none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def ends_at(self, item: Item) -> tuple[Rule, ...]:
        """The rules that end the evaluation over this item: no answer to it has points then."""
        return tuple(
            stop.rule
            for stop in self.stops
            if (stop.rule.id == "zero_sensory" and item in self._around(stop.at))
            or _under(item, stop.at)
        )

    def total(self, answers: Answers) -> int:
        """Points of the answers, 0 to 100; an unanswered item gives 0."""
        return sum(item.points(answers.get(item.id)) for item in self.items)

    def missing(self, answers: Answers, rank: int) -> tuple[Gap, ...]:
        """Items below the starred minimum of `rank`."""
        return tuple(
            Gap(item, have, needed, needed.points - have)
            for item in self.items
            for have in [item.points(answers.get(item.id))]
            for needed in [item.minimum(rank, answers.get(item.id))]
            if needed and have < needed.points
        )

    def band(self, total: int) -> Star:
        """The rank whose band holds `total`."""
        return next(s for s in self.bands if total >= s.minimum)

    def stars(self, answers: Answers) -> Ranking:
        """Rank by both tests, and what is missing for the next one."""
        total = self.total(answers)
        held = self._held(answers, total)
        return Ranking(
            total=total,
            answered=sum(item.option(answers.get(item.id)) is not None for item in self.items),
            asked=len(self.items),
            band=self.band(total).rank,
            rank=held.rank,
            certificate=held.certificate,
            next=self._next(answers, total, max(held.rank + 1, 3)) if held.rank < 5 else None,
            stopped=self._stopped(answers),
        )

    def _held(self, answers: Answers, total: int) -> Star:
        # Without the minimums of 3 stars a product of 50 points or more has no rank with a
        # certificate; it is shown as 2 stars, the highest without one (inferred).
        return next(
            s
            for s in self.bands
            if total >= s.minimum and not (s.certificate and self.missing(answers, s.rank))
        )

    def _next(self, answers: Answers, total: int, rank: int) -> NextStar:
        band = next(s for s in self.bands if s.rank == rank)
        must = self.missing(answers, rank)
        needed = {gap.item.id for gap in must}
        could = [g for item in self.items if item.id not in needed for g in _up(item, answers)]
        after = total + sum(gap.gain for gap in must)
        return NextStar(
            rank=rank,
            points_short=max(0, band.minimum - total),
            points_short_after=max(0, band.minimum - after),
            must=must,
            could=tuple(sorted(could, key=lambda gap: -gap.gain)),
        )

    def _stopped(self, answers: Answers) -> tuple[Rule, ...]:
        """Only `zero_sensory` can be read from answers; the others need a person to look."""
        zero = any(
            answers.get(child.id) is not None and child.points(answers.get(child.id)) == 0
            for stop in self.stops
            if stop.rule.id == "zero_sensory"
            for child in self._around(stop.at)
        )
        return tuple(s.rule for s in self.stops if zero and s.rule.id == "zero_sensory")

    def _around(self, number: str) -> tuple[Item, ...]:
        """The scored items that share the top item of `number`: the rule speaks of all of them."""
        top = number.partition(".")[0]
        return tuple(i for i in self.items if i.number.partition(".")[0] == top)


def _under(item: Item, number: str) -> bool:
    """Whether `item` is the one of that number, or a part of it."""
    return item.number == number or item.number.startswith(number + ".")


def _up(item: Item, answers: Answers) -> list[Gap]:
    """The next step up of an item, if there is one."""
    answer = answers.get(item.id)
    have = item.points(answer)
    higher = [o for o in item.ladder(answer) if o.points > have]
    return [Gap(item, have, higher[0], higher[0].points - have)] if higher else []
