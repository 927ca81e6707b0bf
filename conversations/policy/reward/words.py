"""What a message about rewards is made of: counts, ranks, orders, amounts, owners and words.

A number is a count only when it is bound to products ("ba món", "hai 3 sao", "cả ba"). Names of
persons and villages, days, shares and amounts of money never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from conversations.policy.reading import Reader
from conversations.policy.reward import vocabulary
from conversations.policy.reward.clause import Clause, clause
from conversations.policy.reward.writing import written_out
from models.content.fold import has_diacritics


class Kind(Enum):
    """What a token stands for."""

    WORD = "word"
    COUNT = "count"  # of products
    NOUN = "noun"  # what is counted: "món", "item"
    RANK = "rank"  # stars
    ORDER = "order"  # "thứ hai", "first"
    MONEY = "money"  # million dong
    FIGURE = "figure"  # a number of nothing that is named
    SCORE = "score"  # points
    OWNERS = "owners"  # "hai cơ sở"
    STOP = "stop"  # punctuation: "," or "."


@dataclass(frozen=True, slots=True)
class Token:
    """A word or two of a message and what they stand for."""

    kind: Kind
    word: str
    value: int = 0


_STOPS = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[;:?!()\n+/–—]|=>|\s-\s")
_LEAST_SCORE = 20  # points
_LABELS = 20  # products are numbered by hand up to here
_YEARS = 1990  # a number from which years are meant


def scan(reader: Reader, said: str, lang: str) -> list[Token]:
    """The tokens of a message, punctuation kept."""
    bare = not has_diacritics(said)
    said = written_out(said, lang)
    tokens: list[Token] = []
    start = 0
    for stop in [*_STOPS.finditer(said), None]:
        piece = said[start : stop.start() if stop else len(said)]
        if piece.strip():
            read = reader.read(piece, lang)
            tokens += _tokens(clause(read.words, read.marks, bare, lang))
        if stop:
            start = stop.end()
            tokens.append(Token(Kind.STOP, _stop(stop[0])))
    return tokens


def _stop(mark: str) -> str:
    return "." if mark.strip() in (".", "?", "!", "\n", "") else mark.strip()


def _tokens(read: Clause) -> Iterator[Token]:
    place = 0
    while place < len(read.words):
        token, size = _token(read, place)
        yield token
        place += size


def _token(read: Clause, place: int) -> tuple[Token, int]:
    """The token that begins at a place and how many words it takes."""
    word = read.at(place)
    amount = _amount(read, place)
    if amount:
        return amount
    order = _order(read, place)
    if order:
        return order
    score = _score(read, place)
    if score is not None:
        return Token(Kind.SCORE, "diem", score), 1 + (read.at(place + 1) in vocabulary.POINTS)
    if read.pair(place) in vocabulary.TWO_WORDS:
        return Token(Kind.NOUN, read.pair(place)), 2
    number = read.number(place)
    if number is not None:
        return _numbered(read, place, number)
    if word in vocabulary.NOUNS or (
        word in vocabulary.CLASSES and read.number(place - 1) is not None
    ):
        return Token(Kind.NOUN, word), 1
    return Token(Kind.WORD, vocabulary.ALIKE.get(read.marks[place], word)), 1


def _amount(read: Clause, place: int) -> tuple[Token, int] | None:
    """ "100 triệu", "2,5 tỷ", "trăm rưỡi triệu", "một trăm triệu"."""
    word, after = read.at(place), read.at(place + 1)
    if after in vocabulary.MILLIONS and re.fullmatch(r"\d+(?:[.,]\d+)*", word):
        whole = float(re.sub(r"[.,](?=\d{3})", "", word).replace(",", "."))
        return Token(Kind.MONEY, after, round(whole * vocabulary.MILLIONS[after])), 2
    number = read.number(place)
    if number and after == "tram" and read.at(place + 2) == "trieu":
        return Token(Kind.MONEY, "tram", number * 100), 3
    if number and after in vocabulary.MILLIONS:
        return Token(Kind.MONEY, after, number * vocabulary.MILLIONS[after]), 2
    if word == "tram" and after == "ruoi":
        return Token(Kind.MONEY, word, 150), 3 if read.at(place + 2) == "trieu" else 2
    if word == "tram" and after == "trieu" and read.at(place - 1) != "may":
        return Token(Kind.MONEY, word, 100), 2
    return None


def _score(read: Clause, place: int) -> int | None:
    """ "74 điểm", "scored 82": whole points of a product; not the few of an item of the sheet."""
    found = re.fullmatch(r"(\d{2,3})(?:[.,]\d+)?", read.at(place))
    if found is None or not _LEAST_SCORE <= int(found[1]) <= 100:
        return None
    before = [read.at(place - back) for back in (1, 2)]
    scored = before[0] in vocabulary.SCORED or (
        before[1] in vocabulary.SCORED and before[0] in vocabulary.SCORED_WITH
    )
    scored |= before[0] == "la" and "diem" in read.words[:place]  # "điểm chấm là 85"
    after = read.at(place + 1)
    unit = after in vocabulary.POINTS and not {"them", "thieu", "can"} & set(before)
    return int(found[1]) if unit or (scored and after not in vocabulary.MILLIONS) else None


def _order(read: Clause, place: int) -> tuple[Token, int] | None:
    """ "thứ hai", "thứ nhất", "đầu tiên", "first"; not the "thứ" of "hai thứ ba sao"."""
    word, after = read.at(place), read.at(place + 1)
    if word in vocabulary.ORDERS and not vocabulary.facility(read.words[place + 1 :]):
        return Token(Kind.ORDER, word, vocabulary.ORDERS[word]), 1
    if (
        word == "dau"
        and after in ("tien", "tay")
        and read.at(place - 1) not in vocabulary.FACILITY_ENDS
    ):
        return Token(Kind.ORDER, word, 1), 2
    spelled = read.marks[place] if place < len(read.marks) else ""
    if (
        word == "dau"
        and spelled != "đâu"
        and read.at(place - 1) in (*vocabulary.NOUNS, "pham", "hang")
    ):
        return Token(Kind.ORDER, word, 1), 1
    if word != "thu" or read.at(place - 1) in vocabulary.FACILITY_ENDS:
        return None
    if after in ("nhat", "nhi"):
        return Token(Kind.ORDER, word, 1 if after == "nhat" else 2), 2
    number = read.number(place + 1)
    counted = read.number(place - 1) is not None and read.at(place + 2) in vocabulary.STAR
    return None if number is None or counted else (Token(Kind.ORDER, word, number), 2)


def _numbered(read: Clause, place: int, number: int) -> tuple[Token, int]:
    word, before, after = (read.at(place + step) for step in (0, -1, 1))
    if number == 1 and after in vocabulary.STAR and before in vocabulary.UP | {"them", "up"}:
        return Token(Kind.WORD, "1"), 1  # "lên một sao": one more
    if 1 <= number <= 5 and after in vocabulary.STAR:
        return Token(Kind.RANK, "sao", number), 2
    rises = after in vocabulary.CLIMB and number < (read.number(place + 2) or 0) <= 5
    if rises and number > 2 and before not in vocabulary.WHOLE_OF:
        return Token(Kind.RANK, "hang", number), 1  # "3 lên 4"
    if (size := vocabulary.facility(read.words[place + 1 :])) and before not in vocabulary.WHOLE:
        noun = " ".join(read.words[place + 1 : place + 1 + size])
        return Token(Kind.OWNERS, noun, number), 1 + size
    named = read.pair(place - 2) in vocabulary.TWO_WORDS or before in vocabulary.NOUNS
    if (
        named
        and 1 <= number <= _LABELS
        and after not in vocabulary.CLIMB
        and read.at(place).isdigit()
    ):
        return Token(Kind.ORDER, word, number), 1  # "sp 1: 3 sao, sp 2: 4 sao"
    if _counts(read, place, number):
        return Token(Kind.COUNT, str(number), number), 1
    if (
        1 <= number <= 5
        and after not in vocabulary.NOT_PRODUCTS
        and (before == "hang" or _climbs(read, place))
    ):
        return Token(Kind.RANK, "hang", number), 1
    return Token(Kind.FIGURE if read.at(place).isdigit() else Kind.WORD, read.at(place),
                 number), 1  # fmt: skip


def _counts(read: Clause, place: int, number: int) -> bool:
    """Whether the number at a place counts products."""
    before, after = read.at(place - 1), read.at(place + 1)
    if after in vocabulary.NOT_PRODUCTS and read.pair(place + 1) not in vocabulary.TWO_WORDS:
        spelled = read.marks[place + 1]
        return after == "nam" and read.at(place + 2) in vocabulary.STAR and spelled != "nằm"
    following = place + 1
    while read.at(following) in vocabulary.BETWEEN:
        following += 1
    noun = (
        read.at(following) in vocabulary.NOUNS | vocabulary.CLASSES
        or read.pair(following) in vocabulary.TWO_WORDS
    )
    rank = read.number(following) is not None and read.at(following + 1) in vocabulary.STAR
    if noun or rank or after == "trong":
        return 0 < number < _YEARS
    own = after == "of" and read.at(place + 2) == "us"  # "six of us"
    many = read.number(place + 2) is not None and read.at(place + 3) not in vocabulary.STAR
    if own or (after in ("has", "have", "got") and many):
        return False  # "one has three products"
    if after in vocabulary.ENGLISH_AFTER and before not in ("this", "that", "last", "no"):
        return number > 0 and not _climbs(read, place)
    return before in vocabulary.WHOLE_OF and number > 0 and read.at(place) != "nam"


def _climbs(read: Clause, place: int) -> bool:
    """ "lên 4", "từ 3 lên 4", "climbs to five": stars whose word is left out."""
    if not 1 <= (read.number(place) or 0) <= 5:
        return False
    before = [read.at(place - back) for back in (1, 2)]
    if before[0] == "toi" and read.marks[place - 1] != "tới":
        return False  # "tôi"
    if before[0] in vocabulary.CLIMB or (
        before[0] in ("hang", "muc", "luon") and before[1] in vocabulary.CLIMB
    ):
        return True
    return read.at(place - 1) in ("tu", "from") and read.at(place + 1) in vocabulary.CLIMB
