"""The six sectors and 26 product sets, and how a product's words lead to a set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.content.fold import fold, marked, words
from models.content.reading import Row
from models.content.text import Text

_LONGEST = 400  # characters read of what a person says: a product's name is shorter


@dataclass(frozen=True, slots=True)
class Sector:
    """One of the six sectors of Phụ lục I."""

    id: str  # roman numeral
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Ministry:
    """Who manages a set in the law, and the department that is taken to do so in a province."""

    id: str
    name: Text
    department: Text


@dataclass(frozen=True, slots=True)
class ProductSet:
    """A product set (bộ sản phẩm), scored by the sheet of the same number."""

    number: int
    name: str
    name_en: str
    sector: str
    group: str
    group_en: str
    ministries: tuple[str, ...]
    samples: int  # products handed in with the dossier (Điều 6.2.d)
    doubt: Text | None = None


@dataclass(frozen=True, slots=True)
class ProductWord:
    """A product people name, with the sets it may belong to, likeliest first. `marked`: without
    its diacritics it mostly is another word ("quả bơ", "qua bộ")."""

    say: tuple[str, ...]
    sets: tuple[int, ...]
    confidence: str
    note: Text | None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """What is done to a raw product, behind its name ("cam sấy dẻo") or before it ("mứt cam"), and
    the set it then belongs to; `of` are the sets of the raw product."""

    behind: tuple[str, ...]
    before: tuple[str, ...]
    of: tuple[int, ...]
    gives: ProductWord


@dataclass(frozen=True, slots=True)
class SetMatch:
    """A set that may fit. `score` 0-100; `because` is the word that led here."""

    set: ProductSet
    score: int
    because: str
    note: Text | None = None


def product_set(row: Row) -> ProductSet:
    return ProductSet(
        number=row.whole("set"),
        name=row.both("name").vi,
        name_en=row.both("name").en,
        sector=row.text("sector"),
        group=row.both("group").vi,
        group_en=row.both("group").en,
        ministries=row.texts("ministries"),
        samples=row.whole("samples"),
        doubt=row.maybe_both("doubt"),
    )


def product_word(row: Row) -> ProductWord:
    return ProductWord(
        say=row.texts("say"),
        sets=row.wholes("sets"),
        confidence=row.text("confidence"),
        note=row.maybe_both("note"),
        marked=row.flag("marked"),
    )


def making(row: Row) -> Making:
    gives = ProductWord((), row.wholes("sets"), row.text("confidence"), row.maybe_both("note"))
    return Making(row.texts("behind"), row.texts("before"), row.wholes("of"), gives)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A product word found in what was asked: its place among the words, and how well it fits."""

    word: ProductWord
    say: str
    start: int
    size: int  # words
    score: int

    def inside(self, other: _Hit) -> bool:
        """True when `other` is a longer word that covers this one: "ruốc" within "ruốc cá"."""
        return (
            self.size < other.size
            and other.start <= self.start
            and self.start + self.size <= other.start + other.size
        )


def find(
    text: str, sets: Mapping[int, ProductSet], said: tuple[ProductWord, ...], limit: int
) -> tuple[SetMatch, ...]:
    """Sets for a product in the person's words, best first; empty when nothing is near."""
    text = text[:_LONGEST]
    told = words(text)
    if len("".join(told)) < 2:
        return ()
    best: dict[int, SetMatch] = {}
    for match in [*_by_words(told, marked(text), sets, said), *_by_names(" ".join(told), sets)]:
        held = best.get(match.set.number)
        if held is None or match.score > held.score:
            best[match.set.number] = match
    found = sorted(best.values(), key=lambda m: (-m.score, m.set.number))
    return tuple(found[:limit])


def _by_words(
    told: list[str],
    spelled: list[str],
    sets: Mapping[int, ProductSet],
    said: tuple[ProductWord, ...],
) -> list[SetMatch]:
    pairs = [(word, say) for word in said for say in word.say]
    hits = [h for word, say in pairs if (h := _hit(told, spelled, word, say))]
    if not hits:
        hits = [h for word, say in pairs if (h := _slip(told, word, say))]
    kept = [h for h in hits if not any(h.inside(other) for other in hits)]
    return [
        SetMatch(sets[n], max(1, h.score - 8 * place), h.say, h.word.note)
        for h in kept
        for place, n in enumerate(h.word.sets)
    ]


def _hit(told: list[str], spelled: list[str], word: ProductWord, say: str) -> _Hit | None:
    """The product word among the words told, letter for letter."""
    sought = words(say)
    size = len(sought)
    for start in range(len(told) - size + 1):
        if told[start : start + size] == sought:
            if not _same_marks(spelled[start : start + size], marked(say)):
                return None
            share = len("".join(sought)) / len("".join(told))
            # One short word among many says less than a whole name.
            base = 70 if size > 1 or share == 1 else 50
            return _Hit(word, say, start, size, base + round(30 * share))
    return None


def _same_marks(spelled: list[str], say: list[str]) -> bool:
    """Words typed bare may be any; typed with marks, "nón" is not "nõn"."""
    return all(one in (other, fold(other)) for one, other in zip(spelled, say, strict=True))


def _slip(told: list[str], word: ProductWord, say: str) -> _Hit | None:
    """A product word with a slip of the finger; only for words long enough to be sure."""
    from rapidfuzz import fuzz

    sought = words(say)
    joined, size = " ".join(sought), len(sought)
    if len(joined) < 6:
        return None
    for start in range(max(1, len(told) - size + 1)):
        near = fuzz.ratio(" ".join(told[start : start + size]), joined, score_cutoff=84)
        if near:
            return _Hit(word, say, start, size, int(near * 0.85))
    return None


def _by_names(asked: str, sets: Mapping[int, ProductSet]) -> list[SetMatch]:
    """Sets whose own name says what was asked, for words the lists do not know."""
    return [
        SetMatch(one, 60, name)
        for one in sets.values()
        for name in (one.name, one.name_en)
        if len(asked) > 3 and f" {asked} " in f" {' '.join(words(name))} "
    ]
