"""How a dossier travels: steps, commune contents, rounds, re-evaluation, return reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.content.places import ExtraRound
from models.content.reading import Row
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the evaluation, who takes it, and the law's time for it in working days."""

    id: str
    actor: Text
    text: Text
    working_days: int | None
    law: str


@dataclass(frozen=True, slots=True)
class CommuneContent:
    """One of the four contents that the commune assesses (Điều 7.2.a)."""

    id: str
    name: Text
    assesses: tuple[str, ...]  # score-sheet items it speaks of
    law: str


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """Why an officer sends an item back; `tell` is what the household reads."""

    id: str
    name: Text
    tell: Text


@dataclass(frozen=True, slots=True)
class Round:
    """A yearly round; `before` and `results_before` are (month, day), strict."""

    name: Text
    before: tuple[int, int]
    results_before: tuple[int, int]
    source: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A round with its year: the commune's request must reach the province before `before`."""

    name: Text
    before: date
    results_before: date
    source: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a certificate may be revoked (Điều 8.1)."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Revoker:
    """Who decides that certificates of these stars are revoked (Điều 8.2). `marks`: what the
    numbers of its decisions carry."""

    stars: tuple[int, ...]
    who: Text
    marks: tuple[str, ...]
    example: str
    law: str


@dataclass(frozen=True, slots=True)
class Process:
    """What process.yaml holds."""

    source: str
    steps: tuple[Step, ...]
    commune_contents: tuple[CommuneContent, ...]
    rounds: tuple[Round, ...]
    centre_rounds: tuple[Round, ...]
    rounds_note: Text
    opens_days_before: int
    closes_days_before: int
    runs_on_days: int  # past a certificate's end, when the window was missed (Điều 12.3)
    late: Text
    re_evaluation_source: str
    return_reasons: tuple[ReturnReason, ...]
    revocation: tuple[Ground, ...]
    revokers: tuple[Revoker, ...]

    def ground(self, id_: str) -> Ground | None:
        return next((one for one in self.revocation if one.id == id_), None)

    def revoker(self, stars: int) -> Revoker:
        """Who may revoke a certificate of so many stars."""
        return next(one for one in self.revokers if stars in one.stars)

    def not_its_own(self, stars: int, decision: str) -> Revoker | None:
        """Whose decision the number is, when it is another's than may revoke such a certificate."""
        own = self.revoker(stars)
        said = decision.upper()
        others = (one for one in self.revokers if one != own)
        return next((one for one in others if any(m in said for m in one.marks)), None)


def process(row: Row) -> Process:
    again = row.row("re_evaluation")
    return Process(
        source=row.text("source"),
        steps=tuple(_step(r) for r in row.rows("steps")),
        commune_contents=tuple(
            CommuneContent(r.text("id"), r.both("name"), r.texts("assesses"), r.text("law"))
            for r in row.rows("commune_contents")
        ),
        rounds=tuple(_round(r) for r in row.rows("rounds")),
        centre_rounds=tuple(_round(r) for r in row.rows("centre_rounds")),
        rounds_note=row.both("rounds_note"),
        opens_days_before=again.whole("opens_days_before"),
        closes_days_before=again.whole("closes_days_before"),
        runs_on_days=again.whole("runs_on_days"),
        late=again.both("late"),
        re_evaluation_source=again.text("source"),
        return_reasons=tuple(
            ReturnReason(r.text("id"), r.both("name"), r.both("tell"))
            for r in row.rows("return_reasons")
        ),
        revocation=tuple(
            Ground(r.text("id"), r.bilingual()) for r in row.rows("grounds_for_revocation")
        ),
        revokers=tuple(_revoker(r) for r in row.rows("revoked_by")),
    )


def _step(row: Row) -> Step:
    return Step(
        row.text("id"),
        row.both("actor"),
        row.both("text"),
        row.maybe_whole("working_days"),
        row.text("law"),
    )


def _revoker(row: Row) -> Revoker:
    return Revoker(
        row.wholes("stars"),
        row.both("who"),
        row.texts("marks"),
        row.text("example"),
        row.text("law"),
    )


def _month_day(row: Row, key: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2024-{row.text(key)}")
    except ValueError:
        raise row.fail(f"'{key}' must be a month and day like \"04-30\"") from None
    return day.month, day.day


def _round(row: Row) -> Round:
    return Round(
        name=row.both("name"),
        before=_month_day(row, "requests_before"),
        results_before=_month_day(row, "results_before"),
        source=row.text("source"),
    )


def next_cutoff(rounds: tuple[Round, ...], extra: tuple[ExtraRound, ...], on: date) -> Cutoff:
    """The first round that a request made on `on` still makes; the law's rounds repeat yearly."""
    yearly = [cutoff(r, year) for year in (on.year, on.year + 1) for r in rounds]
    more = [Cutoff(r.name, r.before, r.results_before, r.source) for r in extra]
    return min((c for c in [*yearly, *more] if on < c.before), key=lambda c: c.before)


def cutoff(one: Round, year: int) -> Cutoff:
    """The round as it falls in `year`."""
    before = date(year, *one.before)
    results = date(year, *one.results_before)
    if results < before:
        results = results.replace(year=year + 1)
    return Cutoff(one.name, before, results, one.source)


def certificate_end(issued: date, months: int) -> date:
    """The last day of a certificate: the same day of the month, or the month's last day.

    Bộ luật Dân sự 2015, Điều 148 khoản 3 (our reading: the decision only says 36 months).
    """
    year, month = divmod(issued.month - 1 + months, 12)
    first = date(issued.year + year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=issued.day - 1))
