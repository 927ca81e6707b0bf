"""Figures of the score sheets: what a step asks for, and what a message tells, with their unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from conversations.policy.reading import Reading
from conversations.policy.slots import DIGITS, ENGLISH_TENS, NUMBERS
from conversations.policy.understand import plain

_MUCH = 1e9
_LITTLE = 0.01  # what lies between "trên 75" and 75
_MONTHS = 12
#: Unit: how it is said, in plain folded words.
_UNITS = {
    "share": r"%|phan tram|percent",
    "agents": r"dai li|dai dien|nha phan phoi|agents?|(?:cho|noi|quan|tiem|cua hang) (?:nhan )?ban|"
    r"shops?|distributors?",
    "months": r"thang(?! \d)|months?",
    "years": r"nam(?! (?:ngoai|sau|toi|truoc))|years?",
    "activities": r"hoat dong|activities",
    "indicators": r"chi tieu|indicators?",
    "times": r"lan|times",
}
_UNIT = "|".join(f"(?P<{name}>{said})" for name, said in _UNITS.items())
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_TOLD = re.compile(rf"(?<![\d/.,]){_NUMBER} (?:{_UNIT})(?!\S)")
_OVER = re.compile(r"\b(?:tren|hon|qua|vuot|over|above|more than)(?: muc)? $")
_UNDER = re.compile(
    r"\b(?:duoi|(?:chua|khong) (?:toi|den|duoc|du|day)|gan|it hon|kem|less than|under|below|"
    r"nearli|almost|not even) $"
)
#: What comes is asked for, not told to be there.
ASKS_FOR = re.compile(
    r"\b(?:can|phai|nen|bat buoc|doi hoi|yeu cau|buoc|needs?|must|should|requires?|"
    r"have to|has to)"
    r"(?! (?:may|bao nhieu))(?: [a-z]+){0,3} $|"
    r"\b(?:must|needs?|should|have to|has to)(?: \w+){0,6} $"
)
#: A figure of something else: of growth, money, points, or of what is left besides.
_OF_ELSE = re.compile(
    r"\b(?:tang|giam|grew|rose|fell|thue|lai suat|chiet khau|hoa hong|ho tro|phan [abc]|con lai|"
    r"doanh thu|loi nhuan|discount|tax|support|remaining|rest|other|giam gia)"
    r"(?: (?:them|khoang|by|of|la|duoc|chi|thi|is|the)){0,2} $"
)
#: A share of what comes from outside: what is from here is the rest of it.
_ELSEWHERE = (
    r"(?:tinh khac|ngoai tinh|ngoai xa|xa khac|nuoc ngoai|nhap khau|(?:from )?outside|imported|"
    r"from elsewhere|from (?:an)?other)"
)
_OUTSIDE = re.compile(rf"^(?: (?!trong\b)[a-z]+){{0,4}}? {_ELSEWHERE}\b")
_OF_OUTSIDE = re.compile(rf"\b{_ELSEWHERE}(?: (?!trong\b)[a-z]+){{0,2}} $")
_DIGIT = "|".join(DIGITS)
_TENS = re.compile(
    rf"\b({_DIGIT}) (?:muoi|chuc|10)(?: ({_DIGIT}))?(?= (?:%|phan tram|dai li|thang)(?!\S))"
)
_ENGLISH_TENS = re.compile(
    rf"\b({'|'.join(ENGLISH_TENS)})(?: ({_DIGIT}))?"
    r"(?= (?:%|percent)(?!\S))"
)
_COUNTED = re.compile(rf"\b({'|'.join(NUMBERS)})(?= (?:thang|months?|years?|nam lien|agents?)\b)")
_HALF_YEAR = re.compile(r"\b(?:nua nam|half a year)\b")
#: "đại lý 4 cái": the unit before its number.
_AGENTS_FIRST = re.compile(
    r"\b(dai li)(?: (?:co|moi|duoc|chi|khoang)){0,2} (\d{1,3})(?= (?:cai|noi|cho)\b|$)"
)
_TENTHS = re.compile(r"\b([1-9]) phan (?:10|muoi)\b")
_SHARES_SAID = (
    (("một nửa", "phân nửa", "nửa sản lượng", "half"), 50.0),
    (("ba phần tư", "three quarters"), 75.0),
    (("một phần ba", "a third", "one third"), 33.3),
    (("hai phần ba", "two thirds"), 66.7),
    (("một phần tư", "a quarter", "one quarter"), 25.0),
    (("toàn bộ", "all of it", "hoàn toàn"), 100.0),
)
_WHOLLY = (
    r"(?:toan|het|deu|tat ca|hoan toan|100 (?:%|phan tram)|all|entireli|everi|onli|100 percent)"
)
_FROM_HERE = (
    r"(?:(?:cua|trong|o|tai|nguoi|dan)(?: [a-z]+)? (?:tinh|xa|huyen|lang|thon|que|dia phuong)"
    r"(?: (?:nha|minh|ta|toi|nay))?|dia phuong|tai cho|from (?:the|our) (?:province|commune))"
)
#: "làm toàn bằng gạo tỉnh khác", "thợ đều là người trong xã": all or none of it is from here.
_ALL_ELSEWHERE = re.compile(
    rf"\b{_WHOLLY}\b(?: [a-z]+){{0,5}}? {_ELSEWHERE}\b|"
    rf"\b{_ELSEWHERE}(?: (?:la|thi|ve))? (?:het|toan bo|hoan toan|100 %)\b"
)
_ALL_HERE = re.compile(rf"\b{_WHOLLY}\b(?: [a-z]+){{0,3}}? {_FROM_HERE}\b")
_PEOPLE = re.compile(r"\b(\d{1,3}) (?:nguoi|tho|lao dong|cong nhan|nhan vien|workers?|people)\b")
_SPANS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[float, float]]], ...] = (
    (re.compile(r"trên (\d+)"), lambda m: (float(m[1]) + _LITTLE, _MUCH)),
    (re.compile(r"từ (\d+)[^\d;,]* trở xuống"), lambda m: (1.0, float(m[1]))),
    (re.compile(r"(\d+)%? đến dưới (\d+)"), lambda m: (float(m[1]), float(m[2]) - _LITTLE)),
    (re.compile(r"(\d+)%? đến (\d+)"), lambda m: (float(m[1]), float(m[2]))),
    (re.compile(r"dưới (\d+)"), lambda m: (0.0, float(m[1]) - _LITTLE)),
    (re.compile(r"(?:từ|ít nhất) (\d+)"), lambda m: (float(m[1]), _MUCH)),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a step asks of a figure: `low` to `high` of a unit."""

    unit: str
    low: float
    high: float


@lru_cache(maxsize=1024)
def limits(step: str) -> tuple[Limit, ...]:
    """The limits in a step's short text: "Trên 75% và ổn định từ 12 tháng" has two."""
    said, found = step.lower(), []
    for pattern, span in _SPANS:
        for hit in pattern.finditer(said):
            unit, (low, high) = _unit(said[hit.end() :]), span(hit)
            found.append(Limit(unit, low or _LITTLE * (unit == "share"), high))  # some of it is
        said = pattern.sub(lambda hit: " " * len(hit[0]), said)
    return tuple(found)


def _unit(after: str) -> str:
    """The unit of a limit: what stands right behind its number, else promotion activities."""
    behind = " ".join(plain(after)[:2]) if not after.startswith("%") else "%"
    named = re.match(_UNIT, behind)
    return named.lastgroup or "" if named else "activities"


def figures(reading: Reading, *, asked: bool) -> dict[str, float]:
    """The figures that a piece of a message tells, or those it asks for, by unit; the first of
    each unit counts."""
    found: dict[str, float] = {}
    text = _in_figures(reading.text)
    for hit in _TOLD.finditer(text):
        before, unit = text[: hit.start()], hit.lastgroup or ""
        if _OF_ELSE.search(before) or bool(ASKS_FOR.search(before)) is not asked:
            continue
        value = float(hit[1].replace(",", ".")) + _lean(before)
        if unit == "share" and (_OUTSIDE.match(text[hit.end() :]) or _OF_OUTSIDE.search(before)):
            value = 100 - value
        unit, value = ("months", value * _MONTHS) if unit == "years" else (unit, value)
        found.setdefault(unit, value)
    return found


def _in_figures(text: str) -> str:
    """Tens in words, and tenths: "bay 10 lam phan tram" → "75 phan tram", "8 phan 10" → "80 %"."""
    text = _COUNTED.sub(lambda m: str(NUMBERS[m[1]]), _HALF_YEAR.sub("6 thang", text))
    text = _AGENTS_FIRST.sub(r"\2 \1", text)
    text = _TENTHS.sub(lambda m: f"{int(m[1]) * 10} %", text)
    text = _TENS.sub(lambda m: str(DIGITS[m[1]] * 10 + DIGITS.get(m[2] or "", 0)), text)
    return _ENGLISH_TENS.sub(lambda m: str(ENGLISH_TENS[m[1]] + DIGITS.get(m[2] or "", 0)), text)


def _lean(before: str) -> float:
    """A little more after "trên", a little less after "chưa tới"."""
    return _LITTLE if _OVER.search(before) else -_LITTLE if _UNDER.search(before) else 0.0


def share_said(reading: Reading) -> float | None:
    """ "một nửa", "dưới một nửa", "toàn gạo tỉnh khác"."""
    if _ALL_ELSEWHERE.search(reading.text):
        return 0.0
    if _ALL_HERE.search(reading.text):
        return 100.0
    said = (
        share + _lean(" ".join([*reading.words[: span.start], ""]))
        for words, share in _SHARES_SAID
        for word in words
        for span in reading.places(word)
    )
    return next(said, None)


def share_of_people(reading: Reading) -> float | None:
    """ "10 người làm thì 7 người trong xã": 70 in a hundred."""
    people = sorted(float(m) for m in _PEOPLE.findall(reading.text))
    return 100 * people[0] / people[-1] if len(people) == 2 and people[-1] else None
