"""What a message about rewards is made of: counts, ranks, orders, amounts, owners and words.

A number is a count only when it is bound to products ("ba món", "hai 3 sao", "cả ba"). Names of
persons and villages, days, shares and amounts of money never are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from conversations.policy.reading import Reader
from conversations.policy.reward import vocabulary
from conversations.policy.slots import NUMBERS


class Kind(Enum):
    """What a token stands for."""

    WORD = "word"
    COUNT = "count"  # of products
    NOUN = "noun"  # what is counted: "món", "item"
    RANK = "rank"  # stars
    ORDER = "order"  # "thứ hai", "first"
    MONEY = "money"  # million dong
    FIGURE = "figure"  # a number of nothing that is named
    OWNERS = "owners"  # "hai cơ sở"
    STOP = "stop"  # punctuation: "," or "."


@dataclass(frozen=True, slots=True)
class Token:
    """A word or two of a message and what they stand for."""

    kind: Kind
    word: str
    value: int = 0


_SPELLED = {
    "mot": "một", "hai": "hai", "ba": "ba", "bon": "bốn", "tu": "tư", "nam": "năm", "sau": "sáu",
    "bay": "bảy", "tam": "tám", "chin": "chín", "muoi": "mười",
}  # fmt: skip
_NAME = "Một|Hai|Ba|Bốn|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười"
_TITLE = "ông|bà|o|chị|anh|cô|chú|bác|mệ|mụ|cậu|dì|thím|mự|dượng|út|thôn|xóm|làng|khối|khu"
#: "o Bảy", "thôn 5": somebody's or somewhere's name.
_NAMED = re.compile(rf"(?<!\w)((?i:{_TITLE})) (?:{_NAME})(?!\w)|((?i:thôn|xóm|khối|khu)) \d+")
_LOWER = re.compile(
    rf"(?i)(?<!\w)(ông|bà|o|mệ|dì|thím|mự|ong) (?:{_NAME}|bay|tam|chin)(?= (?:{_NAME}|\d) sao)"
)
_STOPS = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[;:?!()\n+/–—]|=>|\s-\s")
_LABELS = 20  # products are numbered by hand up to here
_YEARS = 1990  # a number from which years are meant
_MOST = 2099


@dataclass(frozen=True, slots=True)
class _Clause:
    words: tuple[str, ...]
    marks: tuple[str, ...]

    def at(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def pair(self, place: int) -> str:
        return f"{self.at(place)} {self.at(place + 1)}"

    def number(self, place: int) -> int | None:
        """The number at a place: figures, or a number word spelled as one."""
        word, before = self.at(place), self.at(place - 1)
        plain = self.word_of(self.marks[place]) if place < len(self.marks) else ""
        year = before in vocabulary.BEFORE_YEAR or self.at(place + 1) in vocabulary.AFTER_YEAR
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
            return all(not _marks(mark) for mark in self.marks)
        return typed <= _marks(meant)


def _clause(words: Sequence[str], marks: Sequence[str]) -> _Clause:
    """The clause with figures only where numbers were meant: not in "sang năm" or "bà Sáu"."""
    clause = _Clause(tuple(words), tuple(marks))
    kept = list(words)
    for place, word in enumerate(words):
        typed = clause.word_of(clause.marks[place])
        if word.isdigit() and not typed.isdigit() and clause.number(place) is None:
            kept[place] = typed
    return _tens(_Clause(tuple(kept), clause.marks))


def _tens(clause: _Clause) -> _Clause:
    """ "mười hai", "hai mươi lăm", "ba chục" in figures."""
    words: list[str] = []
    marks: list[str] = []
    for place, word in enumerate(clause.words):
        ten = word in ("muoi", "10") and clause.word_of(clause.marks[place]) == "muoi"
        before = clause.number(place - 1) or 0 if marks and marks[-1] != "muoi" else 0
        ones = clause.number(place) or {"lam": 5}.get(word, 0)
        if (ten or word == "chuc") and (2 <= before <= 9 or word == "chuc"):
            words[-1:] = [str(10 * (before or 1))]
            marks[-1:] = ["muoi"]
        elif marks and marks[-1] == "muoi" and words[-1].endswith("0") and 0 < ones < 10:
            following = clause.at(place + 1)
            if following in vocabulary.STAR:  # "mười 3 sao"
                words.append(word)
                marks.append(clause.marks[place])
            else:
                words[-1] = str(int(words[-1]) + ones)
        else:
            words.append("10" if ten and clause.marks[place] != "muối" else word)
            marks.append("muoi" if ten else clause.marks[place])
    return _Clause(tuple(words), tuple(marks))


def _marks(word: str) -> set[str]:
    flat = unicodedata.normalize("NFD", word)
    return {letter for letter in flat if unicodedata.combining(letter)} | (
        {"đ"} if "đ" in word else set()
    )


def scan(reader: Reader, said: str, lang: str) -> list[Token]:
    """The tokens of a message, punctuation kept."""
    said = _LOWER.sub(r"\1", _NAMED.sub(r"\1\2", unicodedata.normalize("NFC", said)))
    tokens: list[Token] = []
    start = 0
    for stop in [*_STOPS.finditer(said), None]:
        piece = said[start : stop.start() if stop else len(said)]
        if piece.strip():
            read = reader.read(piece, lang)
            tokens += _tokens(_clause(read.words, read.marks))
        if stop:
            start = stop.end()
            tokens.append(Token(Kind.STOP, _stop(stop[0])))
    return tokens


def _stop(mark: str) -> str:
    return "." if mark.strip() in (".", "?", "!", "\n", "") else mark.strip()


def _tokens(clause: _Clause) -> Iterator[Token]:
    place = 0
    while place < len(clause.words):
        token, size = _token(clause, place)
        yield token
        place += size


def _token(clause: _Clause, place: int) -> tuple[Token, int]:
    """The token that begins at a place and how many words it takes."""
    word = clause.at(place)
    amount = _amount(clause, place)
    if amount:
        return amount
    order = _order(clause, place)
    if order:
        return order
    if clause.pair(place) in vocabulary.TWO_WORDS:
        return Token(Kind.NOUN, clause.pair(place)), 2
    number = clause.number(place)
    if number is not None:
        return _numbered(clause, place, number)
    if word in vocabulary.NOUNS or (
        word in vocabulary.CLASSES and clause.number(place - 1) is not None
    ):
        return Token(Kind.NOUN, word), 1
    return Token(Kind.WORD, vocabulary.ALIKE.get(clause.marks[place], word)), 1


def _amount(clause: _Clause, place: int) -> tuple[Token, int] | None:
    """ "100 triệu", "2,5 tỷ", "trăm rưỡi triệu", "một trăm triệu"."""
    word, after = clause.at(place), clause.at(place + 1)
    if after in vocabulary.MILLIONS and re.fullmatch(r"\d+(?:[.,]\d+)*", word):
        whole = float(re.sub(r"[.,](?=\d{3})", "", word).replace(",", "."))
        return Token(Kind.MONEY, after, round(whole * vocabulary.MILLIONS[after])), 2
    number = clause.number(place)
    if number and after == "tram" and clause.at(place + 2) == "trieu":
        return Token(Kind.MONEY, "tram", number * 100), 3
    if number and after in vocabulary.MILLIONS:
        return Token(Kind.MONEY, after, number * vocabulary.MILLIONS[after]), 2
    if word == "tram" and after == "ruoi":
        return Token(Kind.MONEY, word, 150), 3 if clause.at(place + 2) == "trieu" else 2
    if word == "tram" and after == "trieu" and clause.at(place - 1) != "may":
        return Token(Kind.MONEY, word, 100), 2
    return None


def _order(clause: _Clause, place: int) -> tuple[Token, int] | None:
    """ "thứ hai", "thứ nhất", "đầu tiên", "first"; not the "thứ" of "hai thứ ba sao"."""
    word, after = clause.at(place), clause.at(place + 1)
    if word in vocabulary.ORDERS:
        return Token(Kind.ORDER, word, vocabulary.ORDERS[word]), 1
    if word == "dau" and after in ("tien", "tay"):
        return Token(Kind.ORDER, word, 1), 2
    spelled = clause.marks[place] if place < len(clause.marks) else ""
    if (
        word == "dau"
        and spelled != "đâu"
        and clause.at(place - 1) in (*vocabulary.NOUNS, "pham", "hang")
    ):
        return Token(Kind.ORDER, word, 1), 1
    if word != "thu":
        return None
    if after in ("nhat", "nhi"):
        return Token(Kind.ORDER, word, 1 if after == "nhat" else 2), 2
    number = clause.number(place + 1)
    counted = clause.number(place - 1) is not None and clause.at(place + 2) in vocabulary.STAR
    return None if number is None or counted else (Token(Kind.ORDER, word, number), 2)


def _numbered(clause: _Clause, place: int, number: int) -> tuple[Token, int]:
    word, before, after = (clause.at(place + step) for step in (0, -1, 1))
    if 1 <= number <= 5 and after in vocabulary.STAR:
        return Token(Kind.RANK, "sao", number), 2
    rises = after in vocabulary.CLIMB and number < (clause.number(place + 2) or 0) <= 5
    if rises and number > 2 and before not in vocabulary.WHOLE_OF:
        return Token(Kind.RANK, "hang", number), 1  # "3 lên 4"
    if clause.pair(place + 1) in vocabulary.OWNER or after in vocabulary.OWNER:
        return Token(Kind.OWNERS, after, number), 2
    named = clause.pair(place - 2) in vocabulary.TWO_WORDS or before in vocabulary.NOUNS
    if (
        named
        and 1 <= number <= _LABELS
        and after not in vocabulary.CLIMB
        and clause.at(place).isdigit()
    ):
        return Token(Kind.ORDER, word, number), 1  # "sp 1: 3 sao, sp 2: 4 sao"
    if _counts(clause, place, number):
        return Token(Kind.COUNT, str(number), number), 1
    if 1 <= number <= 5 and (before == "hang" or _climbs(clause, place)):
        return Token(Kind.RANK, "hang", number), 1
    return Token(Kind.FIGURE if clause.at(place).isdigit() else Kind.WORD, clause.at(place),
                 number), 1  # fmt: skip


def _counts(clause: _Clause, place: int, number: int) -> bool:
    """Whether the number at a place counts products."""
    before, after = clause.at(place - 1), clause.at(place + 1)
    if after in vocabulary.NOT_PRODUCTS and clause.pair(place + 1) not in vocabulary.TWO_WORDS:
        spelled = clause.marks[place + 1]
        return after == "nam" and clause.at(place + 2) in vocabulary.STAR and spelled != "nằm"
    following = place + 1
    while clause.at(following) in vocabulary.BETWEEN:
        following += 1
    noun = (
        clause.at(following) in vocabulary.NOUNS | vocabulary.CLASSES
        or clause.pair(following) in vocabulary.TWO_WORDS
    )
    rank = clause.number(following) is not None and clause.at(following + 1) in vocabulary.STAR
    if noun or rank or after == "trong":
        return 0 < number < _YEARS
    if after in vocabulary.ENGLISH_AFTER and before not in ("this", "that", "last", "no"):
        return number > 0 and not _climbs(clause, place)
    return before in vocabulary.WHOLE_OF and number > 0 and clause.at(place) != "nam"


def _climbs(clause: _Clause, place: int) -> bool:
    """ "lên 4", "từ 3 lên 4", "climbs to five": stars whose word is left out."""
    if not 1 <= (clause.number(place) or 0) <= 5:
        return False
    before = [clause.at(place - back) for back in (1, 2)]
    if before[0] == "toi" and clause.marks[place - 1] != "tới":
        return False  # "tôi"
    if before[0] in vocabulary.CLIMB or (
        before[0] in ("hang", "muc", "luon") and before[1] in vocabulary.CLIMB
    ):
        return True
    return clause.at(place - 1) in ("tu", "from") and clause.at(place + 1) in vocabulary.CLIMB
