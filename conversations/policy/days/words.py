"""Days told in words, written in figures before they are read.

"Mùng hai tháng mười", "9/3 năm ngoái", "mồng 3 tháng trước", "hôm kia", "thứ hai tuần trước":
folded words in, the same words out with such days as "2 thang 10", "9/3/2025", "23/10/2026". A
day that is only counted from today is marked with `LOOSE`: it means something only where it is
told what happened on it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

from conversations.policy.slots import ONES

LOOSE = "~"
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
#: As they stand in plain folded words: "januari", and their first three letters.
MONTHS = {
    name: number
    for number, full in enumerate(_ENGLISH, 1)
    for name in (re.sub(r"(?<![aou])y$", "i", full), full[:3])
}
MONTH = "|".join(sorted(MONTHS, key=len)[::-1])
_TENS = {"muoi": 10, "hai muoi": 20, "ba muoi": 30}
_NAMED = {**ONES, "lam": 5, "nham": 5, "gieng": 1}
_TWELVE = {"chap": 12, "hai mot": 21, "hai lam": 25, "ba mot": 31, "ram": 15}
_SPELLED = "|".join(["muoi", "chap", *_NAMED])
_DAY_SAID = re.compile(
    rf"\b(?:(?:mung|mong|ngay) ((?:(?:{_SPELLED}) ){{1,3}})|(ram )|"
    rf"((?:(?:hai|ba) )?muoi (?:(?:{_SPELLED}) )?))"
    rf"(?=thang (?:\d|{_SPELLED}|truoc|nay|sau|toi|vua roi)\b)"
)
_MONTH_SAID = re.compile(
    rf"\b(\d{{1,2}} )thang (muoi (?:mot|hai)|(?:{_SPELLED}))\b|"  # "tháng mười năm 2027": October
    rf"\b()thang (muoi (?:mot|hai)|(?:{_SPELLED}))(?= (?:nam|cua nam|sang nam)\b)|"
    r"\b()thang (gieng|chap)\b"
)
_NAM = {
    "nam ngoai": -1, "nam truoc": -1, "nam roi": -1, "nam kia": -2, "nam nay": 0, "nam sau": 1,
    "nam toi": 1, "sang nam": 1,
}  # fmt: skip
_YEARS = {
    **_NAM, "of last year": -1, "last year": -1, "of this year": 0, "this year": 0,
    "of next year": 1, "next year": 1, "the year before last": -2,
}  # fmt: skip
_YEAR = "|".join(sorted(_YEARS, key=len)[::-1])
_ENGLISH_YEAR = "|".join(name for name in sorted(_YEARS, key=len)[::-1] if name not in _NAM)
_MONTHS_FROM_NOW = {
    "thang truoc": -1, "thang roi": -1, "thang vua roi": -1, "thang nay": 0, "thang sau": 1,
    "thang toi": 1, "last month": -1, "this month": 0, "next month": 1,
}  # fmt: skip
NEAR_MONTH = "|".join(sorted(_MONTHS_FROM_NOW, key=len)[::-1])
_TH = r"(?: (?:st|nd|rd|th))?"
_OF_YEAR = (
    (re.compile(rf"\b(\d{{1,2}})/(\d{{1,2}}) ({_YEAR})\b"), r"\1/\2/{year}"),
    (re.compile(rf"\b(thang \d{{1,2}}) ({_YEAR})\b"), r"\1 nam {year}"),
    (re.compile(rf"\b((?:\d{{1,2}}{_TH} (?:of )?)?(?:{MONTH})) ({_ENGLISH_YEAR})\b"), r"\1 {year}"),
    (re.compile(rf"\b((?:{MONTH}) \d{{1,2}}{_TH}) ({_ENGLISH_YEAR})\b"), r"\1 {year}"),
)
#: "Năm ngoái, hôm 9/3": the year first.
_YEAR_FIRST = re.compile(
    rf"\b({_YEAR})((?: [a-z]+){{0,5}}? (?:\d{{1,2}}/\d{{1,2}}|\d{{1,2}} thang \d{{1,2}}))"
    r"\b(?!/| nam \d)"
)
_OF_NEAR_MONTH = re.compile(
    rf"\b(?:(?:mung|mong|ngay|hom|bua) (?:mung |mong )?(\d{{1,2}})|the (\d{{1,2}}){_TH}(?: of)?) "
    rf"({NEAR_MONTH})\b"
)
#: "Tháng trước tôi nộp, hôm mồng 3".
_NEAR_MONTH_FIRST = re.compile(
    rf"\b({NEAR_MONTH})\b((?: [a-z]+){{0,9}}?) (?:hom|ngay|bua|mung|mong|on the)"
    rf"(?: mung| mong)? (\d{{1,2}}){_TH}\b(?!/| (?:thang|ngay|nam|\d))"
)
#: "Last March, on the 12th".
_LAST_NAMED = re.compile(rf"\blast ({MONTH})\b(?:(?: on)?(?: the)? (\d{{1,2}}) (?:st|nd|rd|th)\b)?")
_DASHED = re.compile(r"\b(ngay|hom|on) (\d{1,2}) (\d{1,2}) (20\d\d)\b")
_SLASHED_MONTH = re.compile(r"\b(\d{1,2} )?thang (\d{1,2})/(20\d\d)\b")
_DAYS_FROM_NOW = {
    "hom qua": -1, "bua qua": -1, "hom kia": -2, "bua kia": -2, "ngay mai": 1,
    "the day before yesterday": -2, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
_NEAR_DAY = re.compile(rf"\b({'|'.join(sorted(_DAYS_FROM_NOW, key=len)[::-1])})\b")
_COUNTS = {**ONES, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_COUNT = "|".join(_COUNTS)
_AGO = re.compile(
    rf"\bcach day (\d{{1,3}}|{_COUNT}) (ngay|tuan)\b|"
    rf"\b(\d{{1,3}}|{_COUNT}) (days|weeks?) ago\b|"
    rf"\b(\d{{1,2}}|{_COUNT}) (tuan) truoc\b(?! (?:ngay|khi|han|het|moc|luc))"
)
_WEEKDAYS = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "monday": 0,
    "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    **{str(number): number - 2 for number in range(2, 8)},
}  # fmt: skip
_WEEKDAY = re.compile(
    r"\bthu (hai|ba|tu|nam|sau|bay|[2-7]) tuan (truoc|roi|nay|sau|toi)\b|"
    r"\btuan (truoc|roi|nay|sau|toi)((?: [a-z]+){0,7}?) (?:hom|ngay|bua)? ?"
    r"thu (hai|ba|tu|nam|sau|bay|[2-7])\b|"
    r"\blast (monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_WEEKS = {
    "truoc": -1, "roi": -1, "vua roi": -1, "nay": 0, "sau": 1, "toi": 1, "last": -1, "this": 0,
    "next": 1,
}  # fmt: skip
_WEEK = re.compile(
    r"(?<!\d )(?<!may )(?<!vai )(?<!hai )(?<!ba )(?<!bon )\btuan (truoc|roi|vua roi|nay|sau|toi)\b|"
    r"\b(last|this|next) week\b"
)
MONTHS_AGO = re.compile(
    rf"\b(\d{{1,2}}|{_COUNT}) thang truoc\b(?! (?:ngay|khi|han|het|moc|luc))|"
    rf"\bcach day (\d{{1,2}}|{_COUNT}) thang\b|\b(\d{{1,2}}|{_COUNT}) months? ago\b"
)
_YEAR_PAST = re.compile(r"\bnam (?:ngoai|truoc|roi|kia)\b")
_YEARS_AGO = re.compile(rf"\bcach day (\d|{_COUNT}) nam\b")


def in_figures(said: str, on: date) -> str:
    """`said` with the days it tells in words as figures, counted from the day `on`."""
    said = _spelled(said)
    said = _DASHED.sub(r"\1 \2/\3/\4", said)
    said = _SLASHED_MONTH.sub(lambda m: f"{m[1] or ''}thang {m[2]} nam {m[3]}", said)
    said = _years(said, on)
    said = _near_months(said, on)
    return _near_days(said, on)


def _spelled(said: str) -> str:
    """ "mung hai thang muoi mot": "2 thang 11"; anything else as it stands."""

    def day(m: re.Match[str]) -> str:
        number = _whole(m[1] or m[2] or m[3])
        return f"{'ngay ' if m[1] or m[2] else ''}{number} " if number else m[0]

    def month(m: re.Match[str]) -> str:
        before, name = next((m[at] or "", m[at + 1]) for at in (1, 3, 5) if m[at + 1])
        return f"{before}thang {_whole(name) or name}"

    return _MONTH_SAID.sub(month, _DAY_SAID.sub(day, said))


def _whole(words: str) -> int:
    """A number from 1 to 31 in folded words; 0 when it is none."""
    text = " ".join(words.split())
    tens, _, ones = text.rpartition(" ")
    joined = _TENS[tens] + _NAMED[ones] if tens in _TENS and ones in _NAMED else 0
    return _TENS.get(text) or _TWELVE.get(text) or _NAMED.get(text) or joined


def _years(said: str, on: date) -> str:
    """Years told from this one, where they stand beside a day or a month."""
    for pattern, to in _OF_YEAR:
        said = pattern.sub(partial(_with_year, to, on.year), said)
    return _YEAR_FIRST.sub(
        lambda m: f"{m[1]}{m[2]}{'/' if '/' in m[2] else ' nam '}{on.year + _YEARS[m[1]]}", said
    )


def _with_year(to: str, this: int, m: re.Match[str]) -> str:
    """What stands before the name of a year, with its number; the name is the last group."""
    return m.expand(to.replace("{year}", str(this + _YEARS[m[m.re.groups]])))


def _near_months(said: str, on: date) -> str:
    """Months told from this one, and "last March"."""

    def of_month(day: str, name: str) -> str:
        return f"{day} {near_month(name, on)}"

    def named(m: re.Match[str]) -> str:
        year = on.year - (MONTHS[m[1]] >= on.month)
        return f"{m[2] + ' ' if m[2] else ''}{m[1]} {year}"

    said = _OF_NEAR_MONTH.sub(lambda m: of_month(m[1] or m[2], m[3]), said)
    said = _NEAR_MONTH_FIRST.sub(lambda m: f"{m[2].strip()} hom {of_month(m[3], m[1])}", said)
    return _LAST_NAMED.sub(named, said)


def near_month(name: str, on: date) -> str:
    """ "tháng trước": that month and its year in figures."""
    month = _month(on, _MONTHS_FROM_NOW[name])
    return f"thang {month.month} nam {month.year}"


def months_ago(m: re.Match[str], on: date) -> str:
    """ "ba tháng trước": that month and its year in figures."""
    count = m[1] or m[2] or m[3]
    month = _month(on, -(_COUNTS.get(count) or int(count)))
    return f"thang {month.month} nam {month.year}"


def past_years(said: str, on: date) -> str:
    """ "năm ngoái", "cách đây 2 năm": those years in figures."""
    said = _YEAR_PAST.sub(lambda m: f"nam {on.year + _NAM[m[0]]}", said)
    return _YEARS_AGO.sub(lambda m: f"nam {on.year - (_COUNTS.get(m[1]) or int(m[1]))}", said)


def weeks(said: str, on: date) -> list[tuple[re.Match[str], date]]:
    """ "tuần trước", "next week": where it is said, and the Monday of that week."""
    monday = on - timedelta(on.weekday())
    return [(m, monday + timedelta(7 * _WEEKS[m[1] or m[2]])) for m in _WEEK.finditer(said)]


def _month(on: date, more: int) -> date:
    """The first day of the month that is `more` months from that of `on`."""
    years, month = divmod(on.month - 1 + more, 12)
    return date(on.year + years, month + 1, 1)


def _near_days(said: str, on: date) -> str:
    """Days told from today, each marked as such."""

    def ago(m: re.Match[str]) -> str:
        count, unit = m[1] or m[3] or m[5], m[2] or m[4] or m[6]
        days = _COUNTS.get(count) or int(count)
        return _loose(on - timedelta(days * (1 if unit in ("ngay", "days") else 7)))

    said = _NEAR_DAY.sub(lambda m: _loose(on + timedelta(_DAYS_FROM_NOW[m[1]])), said)
    said = _WEEKDAY.sub(lambda m: _weekday(m, on), said)  # "thứ sáu tuần trước": no six weeks ago
    return _AGO.sub(ago, said)


def _weekday(m: re.Match[str], on: date) -> str:
    monday = on - timedelta(on.weekday())
    if m[6]:  # "last Friday": the one just gone
        return _loose(on - timedelta((on.weekday() - _WEEKDAYS[m[6]] - 1) % 7 + 1))
    week, day = m[2] or m[3], m[1] or m[5]
    told = _loose(monday + timedelta(7 * _WEEKS[week] + _WEEKDAYS[day]))
    return f"{m[4].strip()} {told}".strip() if m[3] else told


def _loose(day: date) -> str:
    return f"{LOOSE}{day:%d/%m/%Y}"
