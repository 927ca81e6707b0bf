"""Numbers, stars, points, shares, money and dates in a question, from its plain folded words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

ONES = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_ENGLISH_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
NUMBERS = {**ONES, "muoi": 10, **_ENGLISH_ONES, "ten": 10}
DIGITS = {**{str(n): n for n in range(1, 10)}, **ONES, **_ENGLISH_ONES, "lam": 5}
ENGLISH_TENS = {  # as they are read: i for y at the end
    "twenti": 20, "thirti": 30, "forti": 40, "fifti": 50, "sixti": 60, "seventi": 70,
    "eighti": 80, "nineti": 90,
}  # fmt: skip
_UNITS = (
    "sao|san pham|mon|cai|mat hang|loai|dai li|diem|phan tram|trieu|ti|ngay|thang|star|stars|"
    "product|products|agents?|points?|percent|million|days?|mau|hop|chai|nguoi|tho|workers?"
)
_WORD = "|".join(NUMBERS)
_BEFORE_UNIT = re.compile(rf"(?:more |other |new )?(?:{_UNITS})\b|[1-5] (?:sao|stars?)\b")
_OF_A_DATE = re.compile(
    rf"thang (?:\d{{1,2}}|{_WORD}|gieng|chap|nay|sau|truoc)\b"
)  # "mười tháng ba"
_FROM = re.compile(r"\d|(?:ngay|thang) (?!lam viec)\w")
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
_YEAR = re.compile(r"\b(?:nam|hoi|in|year|tu) (20[12]\d)\b")


def in_figures(words: Sequence[str], named: Collection[int] = ()) -> list[str]:
    """The words with small number words before a unit written in figures: "bon sao" → "4 sao".

    `named` are the places of words that belong to a name: a commune called "… Hai".
    """
    said = list(words)
    for place in range(len(said) - 2, -1, -1):
        after = " ".join(said[place + 1 : place + 4])
        from_ = (
            said[place] == "tu" and _FROM.match(after) is not None
        )  # "từ 3 sao", "từ ngày nộp": not "tư"
        from_ = from_ or said[max(0, place - 1) : place + 1] == ["quang", "ba"]  # "quảng bá"
        if said[place] not in NUMBERS or place in named or from_ or _OF_A_DATE.match(after):
            continue
        if _BEFORE_UNIT.match(after):
            said[place] = str(NUMBERS[said[place]])
    return said


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
