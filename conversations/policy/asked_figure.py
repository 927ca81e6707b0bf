"""Which line of a passage holds the figure that is asked for: with its unit, of what is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.reading import Reading

BESIDE = 0.15  # what a line is worth more for a figure with the unit asked for, and for its rank
NONE = 0.1  # what it is worth less without any figure
ENDED = 0.2  # for telling of what holds no more when that is asked, or of what still holds
_NEAR = 5  # words from the one that asks, in which the unit stands
_HOW_MANY = re.compile(
    r"\b(?:bao nhieu|(?<!mua )(?<!tien )may(?! moc| say| tinh| cha)|how mani|how much)(?= |$)|"
    r"\b(?:what|which) (?:percentage|percent|share|proportion)\b|\bhow long\b"
)
#: Units: how each is asked for, and how lines tell it.
_UNITS = tuple(
    (re.compile(rf"\b(?:{asked})(?!\w)"), re.compile(rf"\d (?:\w+ ){{0,2}}?(?:{told})(?!\w)"))
    for asked, told in (
        (r"phan tram|%|percentage|percent|share|proportion", r"%|percent"),
        (r"tien|trieu|monei|million|dong", r"trieu|million"),
        (r"ngay|hom|bua|days?", r"ngay|days?"),
        (r"thang|months?", r"thang|months?"),
        (r"nam|years?", r"nam|years?"),
        (r"gio|tieng|hours?", r"gio|hours?"),
        (r"diem|points?", r"diem|points?"),
        (r"sao|stars?", r"sao|stars?"),
        (r"nhom|loai hang|groups?", r"nhom|groups?"),
        (r"dot|rounds?", r"dot|rounds?"),
        (r"bo(?! phan)|sets?", r"bo|sets?"),
        (r"ho(?! so| tro)|households?", r"ho|households?"),
        (r"hop tac xa|cooperatives?|co ops?", r"hop tac xa|cooperatives?"),
        (r"doanh nghiep|cong ti|companies|enterprises?", r"doanh nghiep|companies|enterprises?"),
        (r"nguoi|thanh vien|people|members?", r"nguoi|thanh vien|people|members?"),
    )
)
_FIGURE = re.compile(r"(?<!\d)\d")
_STARS = re.compile(r"\b([1-5]) (?:sao|stars?)\b(?! (?:tro len|or more|and more|or above))")
_HOLDS_NO_MORE = re.compile(
    r"\b(?:het (?:han|hieu luc|gia tri|thoi han)|(?:khong|chang|no) con (?:hieu luc|gia tri|han|"
    r"dung)|mat hieu luc|qua han|expir\w+|lapsed?|no longer (?:hold\w*|valid|in force)|run out|"
    r"ran out)\b"
)
_HOLDS = re.compile(
    r"\b(?<!khong )con (?:han|hieu luc|gia tri)\b|\bstill (?:hold|valid)|\bare valid\b"
)
_MORE = re.compile(r"\b(?:them|nua|additional|more|grow)\b")


def worth(reading: Reading, lines: Sequence[Sequence[str]]) -> list[float]:
    """What each line, as plain words, is worth more or less for the figure that is asked."""
    text = " ".join(reading.sure)
    asked = _HOW_MANY.search(text)
    if asked is None:
        return [_validity(text, " ".join(line)) for line in lines]
    return [_of_line(text, asked, " ".join(line)) for line in lines]


def _of_line(text: str, asked: re.Match[str], line: str) -> float:
    if not _FIGURE.search(line):
        return -NONE
    behind = text[asked.start() :]
    beside = _unit(behind, line) + _rank(text, line) + _more(text, line)
    return beside + (_validity(behind, line) or _validity(text, line))


def _unit(asked: str, line: str) -> float:
    near = " ".join(asked.split()[:_NEAR])
    told = next((told for said, told in _UNITS if said.search(near)), None)
    return BESIDE * bool(told and told.search(line))


def _rank(text: str, line: str) -> float:
    asked = set(_STARS.findall(text))
    return BESIDE * bool(asked and asked & set(_STARS.findall(line)))


def _more(text: str, line: str) -> float:
    return BESIDE * bool(_MORE.search(text) and _MORE.search(line))


def _validity(text: str, line: str) -> float:
    gone, goes_on = _HOLDS_NO_MORE.search(text), _HOLDS.search(text)
    if bool(gone) is bool(goes_on):
        return 0.0
    meant, other = (_HOLDS_NO_MORE, _HOLDS) if gone else (_HOLDS, _HOLDS_NO_MORE)
    return ENDED * (bool(meant.search(line)) - bool(other.search(line)))
