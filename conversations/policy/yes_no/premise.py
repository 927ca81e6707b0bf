"""A figure that a question for yes or no takes for granted: "giấy có hạn 5 năm, đúng không?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.policy.reading import Reading
from conversations.policy.slots import DIGITS
from conversations.policy.understand import plain

_GAP = 2  # words that may stand between a figure and its unit: "5 sản phẩm mẫu"
#: "Hơn 3 năm", "ít nhất 2 đợt": no plain figure.
_ABOUT = frozenset(
    "hon duoi tren nhat da khoang toi over under least most about than between".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def figure(reading: Reading, phrase: str) -> bool | None:
    """Whether the question has the figure of a phrase ("36 tháng"); None when it has none, or
    several, of that unit."""
    number, *unit = plain(phrase)
    found = set(_figures(reading, unit))
    return found == {number} if len(found) == 1 else None


def _figures(reading: Reading, unit: list[str]) -> Iterator[str]:
    """The figures of a unit that the question itself names."""
    own = reading.alone or reading.words
    for at, word in enumerate(own):
        number = word if _NUMBER.fullmatch(word) else str(DIGITS.get(word, ""))
        if not number or (at and own[at - 1] in _ABOUT):
            continue
        near = own[at + 1 : at + 1 + _GAP + len(unit)]
        after = near[: len(unit)] if word in DIGITS and not word.isdigit() else near
        if _in_order(after, unit):
            yield number


def _in_order(words: tuple[str, ...], unit: list[str]) -> bool:
    """Whether the words of a unit are said in order, no other figure among them."""
    at = 0
    for word in words:
        if word[0].isdigit():
            return False
        if word == unit[at]:
            at += 1
            if at == len(unit):
                return True
    return False
