"""A clause of a message: its words, the marks they were typed with, and the numbers among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.policy.reward import vocabulary
from conversations.policy.slots import NUMBERS

_SPELLED = {
    "mot": "một", "hai": "hai", "ba": "ba", "bon": "bốn", "tu": "tư", "nam": "năm", "sau": "sáu",
    "bay": "bảy", "tam": "tám", "chin": "chín", "muoi": "mười",
}  # fmt: skip
_MOST = 2099


@dataclass(frozen=True, slots=True)
class Clause:
    words: tuple[str, ...]
    marks: tuple[str, ...]
    bare: bool = False  # typed without any marks
    lang: str = "vi"

    def at(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def pair(self, place: int) -> str:
        return f"{self.at(place)} {self.at(place + 1)}"

    def number(self, place: int) -> int | None:
        """The number at a place: figures, or a number word spelled as one."""
        word, before = self.at(place), self.at(place - 1)
        plain = self.word_of(self.marks[place]) if place < len(self.marks) else ""
        rank = before == "hang" and self.at(place + 1) in vocabulary.STAR
        # "hạng năm sao", "mặt hàng năm sao"; not "hàng năm"
        rank = rank and (self.marks[place - 1] != "hàng" or self.at(place - 2) == "mat")
        year = before in vocabulary.BEFORE_YEAR and not rank
        year = year or self.at(place + 1) in vocabulary.AFTER_YEAR
        year = year or (before in NUMBERS and self.at(place + 1) not in vocabulary.STAR)
        if plain == "ten" and self.lang != "en":
            return None  # "đứng tên"
        if (plain == "nam" and year) or (plain == "tu" and before != "thu"):
            return None  # "sang năm", "từ 3 sao"
        if word.isdigit():
            typed = self.marks[place]
            fits = typed.isdigit() or typed == "muoi" or self._spelled(place, self.word_of(typed))
            return int(word) if fits and int(word) <= _MOST else None
        if word in NUMBERS and self._spelled(place, word):
            return NUMBERS[word]
        return None

    def word_of(self, typed: str) -> str:
        flat = unicodedata.normalize("NFD", typed.replace("đ", "d"))
        return "".join(letter for letter in flat if not unicodedata.combining(letter))

    def _spelled(self, place: int, word: str) -> bool:
        """ "sau" and "bà" are no numbers where "sáu" and "ba" could have been typed."""
        meant = _SPELLED.get(word)
        if meant is None:
            return True
        typed = _marks(self.marks[place])
        if not typed and word in ("sau", "bay", "tam"):  # sau, bay: words of their own
            return self.bare
        return typed <= _marks(meant)


def clause(words: Sequence[str], marks: Sequence[str], bare: bool, lang: str) -> Clause:
    """The clause with figures only where numbers were meant: not in "sang năm" or "bà Sáu".

    `bare`: the message was typed without marks, where "sau" and "bay" may be numbers.
    """
    read = Clause(tuple(words), tuple(marks), bare, lang)
    kept = list(words)
    for place, word in enumerate(words):
        typed = read.word_of(read.marks[place])
        if word.isdigit() and not typed.isdigit() and read.number(place) is None:
            kept[place] = typed
    return _tens(Clause(tuple(kept), read.marks, bare, lang))


def _tens(read: Clause) -> Clause:
    """ "mười hai", "hai mươi lăm", "ba chục" in figures."""
    words: list[str] = []
    marks: list[str] = []
    for place, word in enumerate(read.words):
        ten = word in ("muoi", "10") and read.word_of(read.marks[place]) == "muoi"
        before = read.number(place - 1) or 0 if marks and marks[-1] != "muoi" else 0
        ones = read.number(place) or {"lam": 5}.get(word, 0)
        if (ten or word == "chuc") and (2 <= before <= 9 or word == "chuc"):
            words[-1:] = [str(10 * (before or 1))]
            marks[-1:] = ["muoi"]
        elif marks and marks[-1] == "muoi" and words[-1].endswith("0") and 0 < ones < 10:
            following = read.at(place + 1)
            if following in vocabulary.STAR:  # "mười 3 sao"
                words.append(word)
                marks.append(read.marks[place])
            else:
                words[-1] = str(int(words[-1]) + ones)
        else:
            words.append("10" if ten and read.marks[place] != "muối" else word)
            marks.append("muoi" if ten else read.marks[place])
    return Clause(tuple(words), tuple(marks), read.bare, read.lang)


def _marks(word: str) -> set[str]:
    flat = unicodedata.normalize("NFD", word)
    return {letter for letter in flat if unicodedata.combining(letter)} | (
        {"đ"} if "đ" in word else set()
    )
