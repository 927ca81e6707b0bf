"""The days and months that a message names, each with the words around it, which say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from conversations.policy.days.words import (
    LOOSE,
    MONTH,
    MONTHS,
    MONTHS_AGO,
    NEAR_MONTH,
    in_figures,
    months_ago,
    near_month,
    weeks,
)

_FULL = re.compile(rf"({LOOSE}?)\b(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}})\b")
_SHORT = re.compile(r"\b(\d{1,2})/(\d{1,2})\b(?!/)")
_SAID = re.compile(r"\b(\d{1,2}) thang (\d{1,2})(?:(?: nam)? (20\d\d))?\b")
_ENGLISH = (
    re.compile(rf"\b(\d{{1,2}}) (?:st |nd |rd |th )?(?:of )?({MONTH})(?: (20\d\d))?\b"),
    re.compile(rf"\b({MONTH}) (\d{{1,2}})(?: (?:st|nd|rd|th))?(?: (20\d\d))?\b"),
)
_A_MONTH = re.compile(
    rf"(?<!\d )\bthang (\d{{1,2}})(?:(?: nam)? (20\d\d))?\b(?!/)|"
    rf"(?<!\d )(?<!\d (?:of|st|nd|rd|th) )\b({MONTH}) (20\d\d)\b"
)
#: "Tháng trước", where no number of months is told: "2 tháng trước".
_A_NEAR_MONTH = re.compile(
    rf"(?<!\d )(?<!may )(?<!nhieu )(?<!vai )(?<!hai )(?<!ba )\b({NEAR_MONTH})\b"
)
_NEAR = 4  # letters within which two patterns have read the same day
_AROUND = (80, 40)  # letters before and after a day that are kept
_JUST_GONE = 60  # days for which a day without a year is told as one that has been


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the question, with the words before it and after it up to other dates: they say
    what it is. `sure` is False when its year was not told, `loose` True when it was counted from
    today ("hôm qua")."""

    day: date
    before: str
    after: str = ""
    sure: bool = True
    loose: bool = False


@dataclass(frozen=True, slots=True)
class MonthTold:
    """A month, or a week, in the question without its day, with the words around it."""

    first: date
    before: str
    after: str
    sure: bool
    week: bool = False

    @property
    def last(self) -> date:
        """The last day of the month, or of the week."""
        if self.week:
            return self.first + timedelta(6)
        return (self.first + timedelta(31)).replace(day=1) - timedelta(1)


@lru_cache(maxsize=64)
def dates(said: str, on: date) -> tuple[Dated, ...]:
    """Dates in order; one without a year is such a day just gone, else the next to come."""
    found: list[tuple[int, int, date, bool, bool]] = []
    said = in_figures(said, on)
    for start, end, loose, day_, month, year in _raw(said):
        if any(abs(start - other[0]) < _NEAR for other in found):
            continue
        made = _made(day_, month, year, on)
        if made:
            found.append((start, end, made, year is not None, loose))
    found.sort()
    ends = [start for start, *_ in [*found[1:], (len(said), 0, on, True, False)]]
    before, after = _AROUND
    return tuple(
        Dated(
            made,
            said[max(0, start - before) : start].strip(),
            said[end : min(to, end + after)].strip(),
            sure,
            loose,
        )
        for (start, end, made, sure, loose), to in zip(found, ends, strict=False)
    )


def months(said: str, on: date) -> tuple[MonthTold, ...]:
    """Months told without a day; one without a year is the last that has begun."""
    said = MONTHS_AGO.sub(lambda m: months_ago(m, on), in_figures(said, on))
    found, said = [], _A_NEAR_MONTH.sub(lambda m: near_month(m[1], on), said)
    before, after = _AROUND
    for m in _A_MONTH.finditer(said):
        month = int(m[1]) if m[1] else MONTHS[m[3]]
        year = m[2] or m[4]
        if 1 <= month <= 12:
            this = on.year - (month > on.month)
            first = date(int(year) if year else this, month, 1)
            around = said[max(0, m.start() - before) : m.start()], said[m.end() : m.end() + after]
            found.append(MonthTold(first, around[0].strip(), around[1].strip(), bool(year)))
    return tuple(found)


def weeks_told(said: str, on: date) -> tuple[MonthTold, ...]:
    """Weeks told from this one without a day: "tuần trước"."""
    before, after = _AROUND
    return tuple(
        MonthTold(
            monday,
            said[max(0, m.start() - before) : m.start()].strip(),
            said[m.end() : m.end() + after].strip(),
            sure=True,
            week=True,
        )
        for m, monday in weeks(said, on)
    )


_Raw = tuple[int, int, bool, int, int, int | None]  # start, end, loose; day, month, year


def _raw(said: str) -> Iterator[_Raw]:
    for m in _FULL.finditer(said):
        yield (*m.span(), bool(m[1]), int(m[2]), int(m[3]), int(m[4]))
    for m in _SAID.finditer(said):
        yield (*m.span(), False, int(m[1]), int(m[2]), int(m[3]) if m[3] else None)
    for m in _SHORT.finditer(said):
        yield (*m.span(), False, int(m[1]), int(m[2]), None)
    for pattern, flipped in zip(_ENGLISH, (False, True), strict=True):
        for m in pattern.finditer(said):
            name, number = (m[1], m[2]) if flipped else (m[2], m[1])
            yield (*m.span(), False, int(number), MONTHS[name], int(m[3]) if m[3] else None)


def _made(day_: int, month: int, year: int | None, on: date) -> date | None:
    try:
        if year is not None:
            return date(year + 2000 if year < 100 else year, month, day_)
        this = date(on.year, month, day_)
        return this if (on - this).days <= _JUST_GONE else date(on.year + 1, month, day_)
    except ValueError:
        return None
