"""Numbers, stars, points, shares, money and dates in a question, from its plain folded words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_UNITS = (
    "sao|san pham|mon|cai|mat hang|loai|dai li|diem|phan tram|trieu|ti|ngay|thang|star|stars|"
    "product|products|agents?|points?|percent|million|days?|mau|hop|chai|nguoi|tho|workers?"
)
_WORD = "|".join(NUMBERS)
_BEFORE_UNIT = re.compile(rf"(?:more |other |new )?(?:{_UNITS})\b|[1-5] (?:sao|stars?)\b")
_OF_A_DATE = re.compile(
    rf"thang (?:\d{{1,2}}|{_WORD}|gieng|chap|nay|sau|truoc)\b"
)  # "mười tháng ba"
_STARS = re.compile(r"\b([1-5]) (?:sao|stars?)\b|\bhang ([1-5])\b")
_POINTS = re.compile(
    r"\b(\d{1,3}(?:[.,]\d+)?) (?:diem|points?)\b|"
    r"\bscor\w+ (?:of )?(\d{1,3}(?:[.,]\d+)?)(?![.,\d])(?! points?)"
)
#: "chấm được 71", "bình quân 69,5", "tổng là 92": points whose word is left out.
_SCORED = re.compile(
    r"\b(?:cham|binh quan|trung binh|tong|tu cham|tb|average|averaged|scored)"
    r"(?: (?:duoc|thu|la|chi|moi|cho|khoang|ra|co|toi|em|minh|of|at|diem)){0,3}"
    r" (\d{2,3}(?:[.,]\d{1,2})?)\b"
    r"(?! (?:%|phan tram|percent|trieu|million|ngay|days?|thang|nam|sao|stars?|san pham|mon|cai|"
    r"ti|products?|nguoi))"
)
#: "The council gave our herbal tea 66".
_GIVEN = re.compile(
    r"\b(?:council|jury|panel|board|judges|examiners|they) (?:gave|awarded|scored)"
    r"(?: [a-z]+){0,5} (\d{2,3}(?:[.,]\d{1,2})?)\b(?! (?:%|percent|million|days?|stars?|products?))"
)
_SHARE = re.compile(r"\b(\d{1,3}(?:[.,]\d+)?) (?:%|phan tram|percent)")
_MONEY = re.compile(r"\b(\d+(?:[.,]\d+)*) (trieu|ti|million|billion)\b")
_DAYS = re.compile(r"\b(\d{1,3}) (?:ngay|days?)\b(?! lam viec| cong)")
_FULL = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_SHORT = re.compile(r"\b(\d{1,2})/(\d{1,2})\b(?!/)")
_SAID = re.compile(r"\b(\d{1,2}) thang (\d{1,2})(?:(?: nam)? (20\d\d))?\b")
_MONTH = "|".join([*MONTHS, *(m[:3] for m in MONTHS)])
_ENGLISH = (
    re.compile(rf"\b(\d{{1,2}}) (?:st |nd |rd |th )?(?:of )?({_MONTH})(?: (20\d\d))?\b"),
    re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?: (?:st|nd|rd|th))?(?: (20\d\d))?\b"),
)
_YEAR = re.compile(r"\b(?:nam|hoi|in|year|tu) (20[12]\d)\b")


_JUST_GONE = 60  # days for which a day without a year is told as one that has been


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the question, with the words before it and after it up to other dates: they say
    what it is."""

    day: date
    before: str
    after: str = ""


def in_figures(words: Sequence[str]) -> list[str]:
    """The words with small number words before a unit written in figures: "bon sao" → "4 sao"."""
    said = list(words)
    for place in range(len(said) - 2, -1, -1):
        after = " ".join(said[place + 1 : place + 4])
        from_ = said[place] == "tu" and after[:1].isdigit()  # "từ 3 sao", not "tư"
        from_ = from_ or said[max(0, place - 1) : place + 1] == ["quang", "ba"]  # "quảng bá"
        if said[place] not in NUMBERS or from_ or _OF_A_DATE.match(after):
            continue
        if _BEFORE_UNIT.match(after):
            said[place] = str(NUMBERS[said[place]])
    return said


_TENS = {"muoi": 10, "hai muoi": 20, "ba muoi": 30}
_ONES = {
    **{name: n for name, n in NUMBERS.items() if n < 10}, "lam": 5, "nham": 5, "gieng": 1,
}  # fmt: skip
_TWELVE = {"chap": 12, "hai mot": 21, "hai lam": 25, "ba mot": 31}
_SPELLED = "|".join(["muoi", "chap", *_ONES])
_DAY_SAID = re.compile(
    rf"\b(?:(?:mung|mong|ngay) ((?:(?:{_SPELLED}) ){{1,3}})|"
    rf"((?:(?:hai|ba) )?muoi (?:(?:{_SPELLED}) )?))(?=thang (?:\d|{_SPELLED})\b)"
)
_MONTH_SAID = re.compile(
    rf"\b(\d{{1,2}}) thang (muoi (?:mot|hai)|(?:{_SPELLED}))\b"  # "tháng mười năm 2027": October
)


def spelled_dates(said: str) -> str:
    """ "mùng hai tháng mười một" in figures: "2 thang 11"; anything else as it stands."""
    said = _DAY_SAID.sub(lambda m: f"{_whole(m[1] or m[2]) or m[0].strip()} ", said)
    return _MONTH_SAID.sub(lambda m: f"{m[1]} thang {_whole(m[2]) or m[2]}", said)


def _whole(words: str) -> int:
    """A number from 1 to 31 in folded words; 0 when it is none."""
    text = " ".join(words.split())
    tens, _, ones = text.rpartition(" ")
    joined = _TENS[tens] + _ONES[ones] if tens in _TENS and ones in _ONES else 0
    return _TENS.get(text) or _TWELVE.get(text) or _ONES.get(text) or joined


def stars(said: str) -> list[int]:
    """Ranks named, in order, each once."""
    return list(dict.fromkeys(int(a or b) for a, b in _STARS.findall(said)))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def points(said: str) -> list[float]:
    """Scores named, 0 to 100."""
    found = [_number(a or b) for a, b in _POINTS.findall(said)]
    found = found or [_number(m) for m in (*_SCORED.findall(said), *_GIVEN.findall(said))]
    return [p for p in found if p <= 100]


def shares(said: str) -> list[float]:
    """Percentages named."""
    return [_number(m) for m in _SHARE.findall(said)]


def money(said: str) -> list[int]:
    """Whole amounts in million dong."""
    return [int(amount) for amount in amounts(said)]


def amounts(said: str) -> list[float]:
    """Amounts in million dong, parts of a million included."""
    found = []
    for amount, unit in _MONEY.findall(said):
        whole = float(re.sub(r"[.,](?=\d{3})", "", amount).replace(",", "."))
        found.append(whole * (1000 if unit in ("ti", "billion") else 1))
    return found


def days(said: str) -> list[int]:
    """Numbers of calendar days named."""
    return [int(m) for m in _DAYS.findall(said)]


def year(said: str) -> int | None:
    """A year the question is about, when it says "năm 2024"."""
    found = _YEAR.search(said)
    return int(found[1]) if found else None


@lru_cache(maxsize=64)
def dates(said: str, on: date) -> tuple[Dated, ...]:
    """Dates in order; one without a year is such a day just gone, else the next to come."""
    found: list[tuple[int, int, date]] = []
    said = spelled_dates(said)
    for start, end, day_, month, year_ in _raw_dates(said):
        if any(abs(start - other) < 4 for other, _, _ in found):
            continue
        made = _made(day_, month, year_, on)
        if made:
            found.append((start, end, made))
    found.sort()
    ends = [start for start, _, _ in [*found[1:], (len(said), 0, on)]]
    return tuple(
        Dated(made, said[max(0, start - 80) : start].strip(), said[end : min(to, end + 40)].strip())
        for (start, end, made), to in zip(found, ends, strict=False)
    )


_Raw = tuple[int, int, int, int, int | None]  # where it starts and ends; day, month, year


def _raw_dates(said: str) -> list[_Raw]:
    rows: list[_Raw] = [(*m.span(), int(m[1]), int(m[2]), int(m[3])) for m in _FULL.finditer(said)]
    rows += [
        (*m.span(), int(m[1]), int(m[2]), int(m[3]) if m[3] else None) for m in _SAID.finditer(said)
    ]
    rows += [(*m.span(), int(m[1]), int(m[2]), None) for m in _SHORT.finditer(said)]
    for pattern, flipped in zip(_ENGLISH, (False, True), strict=True):
        for m in pattern.finditer(said):
            name, number = (m[1], m[2]) if flipped else (m[2], m[1])
            month = next(i for i, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))
            rows.append((*m.span(), int(number), month, int(m[3]) if m[3] else None))
    return rows


def _made(day_: int, month: int, year_: int | None, on: date) -> date | None:
    try:
        if year_ is not None:
            return date(year_ + 2000 if year_ < 100 else year_, month, day_)
        this = date(on.year, month, day_)
        return this if (on - this).days <= _JUST_GONE else date(on.year + 1, month, day_)
    except ValueError:
        return None
