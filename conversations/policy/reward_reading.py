"""What products of which stars a question about rewards names: counted, gone up, had before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.policy.slots import NUMBERS

Group = tuple[int, int]  # how many products, of how many stars

_STAR = ("sao", "star", "stars")
_PRODUCT = (
    "san pham", "mon", "cai", "mat hang", "loai", "dong", "thu", "product", "products", "item",
    "items", "goods", "one", "ones", "sp", "hang",
)  # fmt: skip
_NOUN_AFTER = ("item", "product", "one")  # "a 3-star item"
#: Words that may stand between a number of products and their stars.
_BETWEEN = frozenset(
    "san pham mon cai mat hang loai dong sp product products item items goods ones other more new "  # noqa: SIM905
    "nua deu dat duoc cung la of my our with at rated have has that are is all tat ca het nao dau "
    "moi may each every toan each got won thi thay that made o muc hang xep len them khac".split()
)
_BEFORE_COUNT = (
    "ca", "duoc", "co", "them", "la", "lam", "tong", "gom", "va", "voi", "nhan", "with", "have",
    "has", "and", "all", "plus", "then",
)  # fmt: skip
_ASIDE = ("rieng", "trong do", "only the", "just the", "alone")
_HELD = ("da co", "da duoc", "da dat", "da linh", "da nhan", "dang co", "truoc do co", "san co",
         "von co", "already", "had")  # fmt: skip
_NEW = ("them", "nua", "moi", "tiep", "more", "another", "new", "nay", "gio", "now", "lan nay")
_TOGETHER = (
    "cong lai",
    "gop lai",
    "ca hai",
    "tong cong",
    "tong",
    "total",
    "together",
    "altogether",
)
_REACH = 10  # words before "N stars" in which its number of products may stand

#: What may stand between the old stars and the going up: words, and a reward that was paid.
_TOLD = r"(?:[a-z]+ |\d{2,3} (?:trieu|million) ){0,14}?"
_GOES_UP = (
    r"(?:len|nang|leo|nhay|vuot|thang|thanh|to|into|upgrad\w+|climb\w*|ris\w+|mov\w+ up|"
    r"xet lai|lai|"
    r"(?:toi|den)(?= [45] sao))"
)
#: "3 mặt hàng đều lên 5 sao": the 3 counts them.
_COUNTED = r"(?:san pham|mon|mat hang|cai|loai|dong|sp|thu|hang|products?|items?)\b"
_UP = re.compile(
    rf"\b([345])(?! {_COUNTED}) (?:sao |stars? )?{_TOLD}{_GOES_UP}(?: [a-z]+){{0,5}}? ([345])\b"
    r"(?! (?:san pham|mon|cai|products))"
)
_UP_FIRST = re.compile(r"\b(?:len|nang len|nang hang|upgrad\w+)(?: [a-z]+){0,4} ([345])\b")


_AIMS = re.compile(
    r"\b(?:\d{1,2}|mot) (?:san pham|mon|cai|mat hang|loai|sp) (?:\w+ ){0,3}"
    r"(?:co|gang|phan dau|moi|deu)\s*$"
)


@dataclass(frozen=True, slots=True)
class Change:
    """`count` products that go from `before` to `after` stars."""

    before: int
    after: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Story:
    """What is told: products to be rewarded, products rewarded before, and those asked apart."""

    new: tuple[Group, ...] = ()
    held: tuple[Group, ...] = ()
    aside: tuple[Group, ...] = ()
    change: Change | None = None

    @property
    def three_before(self) -> int:
        """3-star products rewarded before."""
        return sum(count for count, rank in self.held if rank == 3)

    @property
    def several(self) -> bool:
        """Whether there is something to add up."""
        return sum(count for count, _ in (*self.new, *self.held)) > 1


@dataclass(frozen=True, slots=True)
class _Mention:
    """ "N stars" at word `at`, its number of products (None when none is said), what surrounds."""

    at: int
    rank: int
    count: int | None
    product: bool
    before: str


def story(text: str, ranks: Sequence[int]) -> Story:
    """The story in plain folded words; `ranks` are the stars named, each once."""
    change = _change(text, ranks)
    if change is not None:
        return Story(change=change, new=_beside(text, change))
    mentions = [
        m
        for m in _mentions(text.split())
        if (m.count is not None or m.product) and not _compared(m)
    ]
    held, new, aside = [], [], []
    for one in mentions:
        group = (one.count if one.count is not None else 1, one.rank)
        if any(word in one.before for word in _ASIDE):
            aside.append(group)
        elif _is_held(one) and len(mentions) > 1:
            held.append(group)
        else:
            new.append(group)
    if not new:
        new, held = held, []
    if not aside and len(ranks) > 1 and any(f" {w} " in f" {text} " for w in _TOGETHER):
        told = {rank for _, rank in (*new, *held)}
        new += [(1, rank) for rank in ranks if rank not in told]
    return Story(merged(new), merged(held), merged(aside))


def _is_new(one: _Mention) -> bool:
    """ "còn hộp cao mới thì năm sao": one more product, though it is not counted."""
    padded = f" {one.before} "
    return " con " in padded and any(f" {word} " in padded for word in ("moi", "new", "them"))


def _is_held(one: _Mention) -> bool:
    padded = f" {one.before} "
    return any(f" {word} " in padded for word in _HELD) and not any(
        f" {word} " in padded for word in _NEW
    )


def _compared(one: _Mention) -> bool:
    """ "như ba sao", "like 3 stars": only likened to."""
    return one.before.endswith((" nhu", " giong", " nhu hang", " like", " as for"))


def merged(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups of the same stars as one, in the order first said."""
    sums: dict[int, int] = {}
    for count, rank in groups:
        sums[rank] = sums.get(rank, 0) + count
    return tuple((count, rank) for rank, count in sums.items() if count)


def _mentions(words: list[str]) -> list[_Mention]:
    places = [(i, rank) for i, word in enumerate(words) if (rank := _rank(words, i, word))]
    backwards = _counted_after(words, places)
    found, from_ = [], 0
    for n, (at, rank) in enumerate(places):
        end = places[n + 1][0] if n + 1 < len(places) else len(words)
        before = words[max(from_, at - _REACH) : at]
        count = _after(words[at + 2 : end]) if backwards else _before(before)
        said = " ".join(before)
        after = words[at + 2] if at + 2 < len(words) else ""
        product = after in _NOUN_AFTER or any(f" {name} " in f" {said} " for name in _PRODUCT)
        found.append(_Mention(at, rank, count, product, said))
        from_ = at + 2
    return found


def _rank(words: list[str], at: int, word: str) -> int:
    """The stars that begin at word `at`; 0 when none do."""
    if word not in ("3", "4", "5"):
        return 0
    after = words[at + 1] if at + 1 < len(words) else ""
    named = after in _STAR and not (at + 2 < len(words) and words[at + 2] in ("thu", "second"))
    return int(word) if named or (at and words[at - 1] == "hang") else 0


def _before(words: list[str]) -> int | None:
    """The number of products in the words before their stars, the nearest first."""
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        number = _number(word, words[place - 1] if place else "")
        between = words[place + 1 :]
        if number and (between or word.isdigit()) and _fits(between):
            return number
    return None


def _fits(between: list[str]) -> bool:
    """Only filler stands between the number and the stars, or a product's name after its noun."""
    if all(word in _BETWEEN for word in between):
        return True
    return bool(between) and between[0] in ("san", "mon", "cai", "sp", "loai", "product",
                                            "products")  # fmt: skip


def _number(word: str, before: str) -> int:
    if word.isdigit():
        return int(word) if 0 < int(word) <= 50 else 0
    return NUMBERS.get(word, 0) if before in _BEFORE_COUNT else 0


def _counted_after(words: list[str], places: list[tuple[int, int]]) -> bool:
    """ "3 sao thì có 2 món, 4 sao 1 món": the numbers stand after the stars."""
    if not places or _before(words[max(0, places[0][0] - _REACH) : places[0][0]]) is not None:
        return False
    return _after(words[places[0][0] + 2 :]) is not None


def _after(words: list[str]) -> int | None:
    for place, word in enumerate(words[:4]):
        if word.isdigit() and " ".join(words[place + 1 : place + 3]).startswith(_PRODUCT):
            return int(word)
        if word not in ("thi", "co", "la", "duoc", "dat"):
            return None
    return None


def _change(text: str, ranks: Sequence[int]) -> Change | None:
    found = _UP.search(text)
    if found and int(found[2]) > int(found[1]):
        return Change(int(found[1]), int(found[2]), _moved(text, int(found[1])))
    up = _UP_FIRST.search(text)
    if up and _aims(text[: up.start()]):
        return None
    if up and ranks and ranks[0] in (3, 4) and int(up[1]) > ranks[0]:
        return Change(ranks[0], int(up[1]), _moved(text, ranks[0]))
    return None


def _aims(before: str) -> bool:
    """ "3 món 3 sao, 2 món cố lên 4 sao": products of their own, counted, that aim at a rank."""
    return _AIMS.search(before) is not None


def _moved(text: str, before: int) -> int:
    """How many products go up: the number said with their old stars, or before the going up."""
    told = [m.count for m in _mentions(text.split()) if m.rank == before and m.count]
    if told:
        return told[0]
    moved = re.search(
        r"\b(\d{1,2}) (?:san pham|mon|cai|products?)\b(?=.*\b(?:len|nang|to)\b)", text
    )
    return int(moved[1]) if moved else 1


def _beside(text: str, change: Change) -> tuple[Group, ...]:
    """Products rewarded beside those that go up: named with stars of their own and a number."""
    mentions = _mentions(text.split())
    others = [
        (m.count or 1, m.rank)
        for m in mentions
        if (m.count or _is_new(m)) and m.rank not in (change.before, change.after)
    ]
    again = [
        (m.count, m.rank) for m in mentions if m.count and m.rank in (change.before, change.after)
    ]
    return merged([*others, *again[1:]]) if len(again) > 1 or others else ()
