"""Which products a question names, and the product set it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from conversations.policy.draft import Ask, lowered
from conversations.policy.makings import made
from conversations.policy.understand import marked
from models.content.fold import fold, has_diacritics
from models.content.sets import ProductWord

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: Words that make no other word of the one before them: "rượu nhà tôi", "bia thủ công".
_LOOSE = frozenset(
    {"nha", "cua", "toi", "em", "minh", "ba", "thi", "co", "la", "nay", "thu", "tuoi", "sach"}
)
_COMMON = 1000  # examples with a syllable from which it is read as a product only with its marks
_OFTEN = 0.035  # share of what is said with a syllable from which its pair is a word
#: What is done with a product, before its name: no part of it.
_MAKES = frozenset(
    "lam nau nuoi trong ban mua say ep u xao rang dong goi mon hang san thit con cay trai "  # noqa: SIM905
    "qua hat hu chai lo hop goi tui bao an uong dem gui".split()
)
_SYLLABLE = 7  # letters of the longest Vietnamese syllable, "nghiêng"


@dataclass(frozen=True, slots=True)
class Named:
    """A product found in a question: how it is named, where it may belong, and how many words its
    bare name has."""

    said: str
    word: ProductWord
    size: int


def product(ask: Ask) -> Named | None:
    """The product named by the longest word, as far as the marks typed allow it."""
    return ask.once(_product)


def _product(ask: Ask) -> Named | None:
    return max(products(ask), key=lambda one: len(one.said), default=None)


def products(ask: Ask, until: int | None = None) -> list[Named]:
    """Every product named among the words up to `until`, in the order said; a word inside a longer
    one does not count."""
    starts = [start for start in ask.once(_named) if until is None or start < until]
    named = ask.once(_named)
    return [named[start] for start in starts if not _of_one_before(ask, start, named)]


def _named(ask: Ask) -> dict[int, Named]:
    """Every product by the word it begins at, with what is done to it."""
    found: dict[int, tuple[str, ProductWord]] = {}
    taken: set[int] = set()
    for say, word in sorted(_said(ask), key=lambda one: -len(one[0])):
        for span in ask.reading.places(say):
            if taken.isdisjoint(span):
                found[span.start] = say, word
                taken.update(span)
    return {start: Named(*one) for start, one in sorted(made(ask, found).items())}


def _of_one_before(ask: Ask, start: int, found: dict[int, Named]) -> bool:
    """ "nước ép cam": the orange is what the juice is made of; "nước ép, cam" are two."""
    before = next((one for at, one in found.items() if at + one.size == start), None)
    if before is None:
        return False
    apart = rf"{re.escape(fold(before.said))}\s*[,;.:/+&-]\s*{re.escape(fold(found[start].said))}"
    return re.search(apart, fold(ask.reading.said)) is None


def _said(ask: Ask) -> Iterator[tuple[str, ProductWord]]:
    for say, word in ask.matter.products_said.named_in(ask.reading):
        if word.marked and not _spelled_out(ask, say):
            continue
        if " " in say or (_spelled_so(ask, say) and not _part_of_another(ask, say)):
            yield say, word


def _spelled_out(ask: Ask, say: str) -> bool:
    """Whether a word is typed with its very marks, in a message that has marks."""
    full = tuple(mark for _, mark in marked(say))
    typed = (ask.reading.marks[span.start : span.stop] for span in ask.reading.places(say))
    return has_diacritics(ask.reading.said) and full in typed


def _spelled_so(ask: Ask, say: str) -> bool:
    """Whether a word of one syllable is typed so, without its tone, or without any mark: "măm" may
    be "mắm", "mục" is no "mực"; "bo" is hardly ever "bò"."""
    bare, full = marked(say)[0]
    doubtful = bare != full or not has_diacritics(ask.reading.said)  # "cua" is hardly ever a crab
    common = doubtful and ask.often(bare) > _COMMON
    meant = {full, _untoned(full), bare} - ({bare} if common else set())
    pairs = zip(ask.reading.words, ask.reading.marks, strict=True)
    return any(word == bare and mark in meant for word, mark in pairs)


def _untoned(word: str) -> str:
    return normalize("NFC", _TONES.sub("", normalize("NFD", word)))


def _part_of_another(ask: Ask, say: str) -> bool:
    """Whether a word of one syllable is only half of another word, like tiêu in tiêu chí."""
    bare, full = marked(say)[0]
    if len(bare) > _SYLLABLE:  # a borrowed word of its own, like homestay
        return False
    places = [i for i, w in enumerate(ask.reading.words) if w == bare]
    told = bare != full or has_diacritics(ask.reading.said)  # whether marks would be typed
    return all(_joined(ask, at, told and ask.reading.marks[at] == full) for at in places)


def _joined(ask: Ask, place: int, spelled: bool) -> bool:
    """Whether the word makes one with a neighbour; `spelled` out with its marks it makes none with
    the small word behind it: "rượu nhà tôi"."""
    words = ask.reading.words
    before, behind = words[max(place - 1, 0) : place + 1], words[place : place + 2]
    if len(before) > 1 and before[0] not in _MAKES and _is_one(ask, before, words[place]):
        return True
    loose = spelled and len(behind) > 1 and behind[1] in _LOOSE
    return len(behind) > 1 and not loose and _is_one(ask, behind, words[place])


def _is_one(ask: Ask, pair: Sequence[str], word: str) -> bool:
    """Whether two syllables are one word: the one is often met in the pair."""
    return ask.share("_".join(pair), word) >= _OFTEN


def known_set(ask: Ask) -> int | None:
    """The set the product named surely belongs to; None when none is named or it is not sure.

    A product of the question before is still the one meant when no other is named.
    """
    named = product(naming(ask))
    return named.word.sets[0] if named and named.word.confidence != "low" else None


def naming(ask: Ask) -> Ask:
    """The question, or the one before when this one names no product."""
    return ask.once(_naming)


def _naming(ask: Ask) -> Ask:
    before = ask.reading.before
    return ask if before is None or product(ask) else replace(ask, reading=before)


def group_of_set(ask: Ask, number: int) -> str:
    """A product set as a household can picture it: what is in it, its number behind."""
    one = ask.matter.sets[number]
    name = one.name_en if ask.lang == "en" else one.name
    return ask.say("nhóm {name} (bộ số {number})", name=lowered(name), number=number)
