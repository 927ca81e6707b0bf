"""Periods that reports are about: a month, a quarter, half a year, a year; and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from locales import N_, gettext

#: Months of each kind of period.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
_HALVES = (N_("6 tháng đầu năm {year}"), N_("6 tháng cuối năm {year}"))
_KEY = re.compile(r"(?P<year>20\d\d)(?:-(?P<letter>[QH]?)(?P<number>\d{1,2}))?")
_LETTERS = {"": "month", "Q": "quarter", "H": "half"}


@dataclass(frozen=True, slots=True)
class Period:
    """`number` counts the periods of its kind within the year, from 1."""

    kind: str
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        return self.after().first - timedelta(days=1)

    @property
    def key(self) -> str:
        """ "2026-11", "2026-Q4", "2026-H2", "2026"."""
        if self.kind == "year":
            return str(self.year)
        letter = next(k for k, kind in _LETTERS.items() if kind == self.kind)
        number = f"{self.number:02}" if self.kind == "month" else str(self.number)
        return f"{self.year}-{letter}{number}"

    def before(self) -> Period:
        return of(self.kind, self.first - timedelta(days=1))

    def after(self) -> Period:
        last = 12 // MONTHS[self.kind]
        if self.number == last:
            return Period(self.kind, self.year + 1, 1)
        return Period(self.kind, self.year, self.number + 1)

    def name(self, lang: str) -> str:
        """ "tháng 11 năm 2026", "quý IV năm 2026", ..."""
        if self.kind == "month":
            return gettext(lang, N_("tháng {month} năm {year}"), month=self.number, year=self.year)
        if self.kind == "quarter":
            roman = _ROMAN[self.number - 1]
            return gettext(lang, N_("quý {quarter} năm {year}"), quarter=roman, year=self.year)
        if self.kind == "half":
            return gettext(lang, _HALVES[self.number - 1], year=self.year)
        return gettext(lang, N_("năm {year}"), year=self.year)


def of(kind: str, day: date) -> Period:
    """The period of that kind that `day` is in."""
    return Period(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)


def ended(kind: str, today: date) -> Period:
    """The last period of that kind that is over."""
    return of(kind, today).before()


def parse(key: str) -> Period | None:
    """The period of a key; None when it is none."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    if found["number"] is None:
        return Period("year", int(found["year"]), 1)
    kind, number = _LETTERS[found["letter"]], int(found["number"])
    if not 1 <= number <= 12 // MONTHS[kind]:
        return None
    return Period(kind, int(found["year"]), number)
