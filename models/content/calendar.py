"""Working days and hours of the province's offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from models.content.reading import Row

_DAY = timedelta(days=1)


@cache
def _public(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays of that year, and weekend days worked in exchange for a day off."""
    # The library takes a third of a second to come in: only those who count days pay for it.
    import holidays

    # A day off in January may be paid for by a Saturday of the old year: read both years.
    table = holidays.country_holidays(country, years=(year, year + 1))
    return frozenset(table), frozenset(table.weekend_workdays)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days and hours are worked. `zone` is the province's."""

    country: str
    zone: ZoneInfo
    weekend: frozenset[int]  # ISO weekdays
    off: frozenset[date]
    worked: frozenset[date]
    spans: tuple[tuple[time, time], ...]  # office hours of one day, in order

    def is_working(self, day: date) -> bool:
        """True on a day the offices work. `day` is local."""
        holidays, swapped = _public(self.country, day.year)
        if day in self.worked or day in swapped:
            return True
        if day.isoweekday() in self.weekend or day in self.off:
            return False
        return day not in holidays

    def add_working_days(self, day: date, days: int) -> date:
        """The day `days` working days after `day` (before it when negative).

        `day` itself is not counted, whether it is worked or not (Bộ luật Dân sự 2015, Điều 147).
        """
        step = _DAY if days >= 0 else -_DAY
        left = abs(days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative when `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        days = (first + _DAY * n for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def add_working_hours(self, at: datetime, hours: float) -> datetime:
        """The moment `hours` office hours after `at` (aware); the answer keeps `at`'s zone."""
        left = timedelta(hours=hours)
        now = at.astimezone(self.zone)
        day = now.date()
        while True:
            for begin, end in self._spans(day):
                begin = max(begin, now)
                if begin < end and left <= end - begin:
                    return (begin.astimezone(UTC) + left).astimezone(at.tzinfo)
                left -= max(end - begin, timedelta(0))
            day += _DAY

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.is_working(day):
            return []
        return [
            (
                datetime.combine(day, begin, tzinfo=self.zone),
                datetime.combine(day, end, tzinfo=self.zone),
            )
            for begin, end in self.spans
        ]


def calendar(national: Row, province: Row, zone: ZoneInfo, hours: Row) -> Calendar:
    """The calendar from national/calendar.yaml, the province's swaps and the office hours."""
    rows = (national, province)
    return Calendar(
        country=national.text("country"),
        zone=zone,
        weekend=frozenset(national.wholes("weekend")),
        off=frozenset(r.day("date") for row in rows for r in row.rows("off")),
        worked=frozenset(r.day("date") for row in rows for r in row.rows("worked")),
        spans=tuple((r.clock("from"), r.clock("to")) for r in hours.rows("spans")),
    )
