"""Which product set a question speaks of, and answers about sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.understand import marked, plain
from models.content.sets import ProductSet, ProductWord

_ASKS_SET = (
    "bo nao", "nhom nao", "phieu nao", "bo tieu chi nao", "bo san pham nao", "bo may", "nhom may",
    "nhom san pham nao", "phieu cham nao", "bo so may", "thuoc nhom", "thuoc bo", "xep vao nhom",
    "xep vao bo", "xep nhom",
    "which set", "which group", "what set", "what group", "which score sheet",
    "which sheet", "score sheet", "scoring sheet", "what sheet", "sheet is ours", "product group",
    "phan nhom nao", "vao nhom", "vao bo", "bo nao quan li",
    "cham theo", "cham theo bo", "chung phieu", "chung phieu cham", "phieu rieng", "bo rieng",
    "gop chung", "nhom hang nao", "bo tieu chi", "category", "vo bo", "vo nhom",
    "bo san pham so may", "bo so nao", "tinh vao bo", "tinh vo bo", "xep bo",
)  # fmt: skip
_ASKS_MINISTRY = (
    "bo nao quan li",
    "bo nao phu trach",
    "bo nao chu tri",
    "bo chu quan",
    "bo nao trong coi",
    "bo nao lo",
    "trung uong bo nao",
    "nganh nao quan li",
    "which ministry",
    "what ministry",
)


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: Words that make no other word of the one before them: "rượu nhà tôi".
_LOOSE = frozenset({"nha", "cua", "toi", "em", "minh", "ba", "thi", "co", "la", "nay"})
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
    """A product found in a question: its word and where it may belong."""

    said: str
    word: ProductWord


def product(ask: Ask) -> Named | None:
    """The longest product word in the question, as far as the marks typed allow it."""
    best = max(_said(ask), key=lambda found: len(found[0]), default=None)
    return Named(*best) if best else None


def products(ask: Ask) -> list[Named]:
    """Every product named, in the order said; a word inside a longer one does not count."""
    found: dict[int, Named] = {}
    taken: set[int] = set()
    for say, word in sorted(_said(ask), key=lambda one: -len(one[0])):
        bare = tuple(plain(say))
        for start in range(len(ask.reading.words) - len(bare) + 1):
            span = range(start, start + len(bare))
            if ask.reading.words[start : start + len(bare)] == bare and taken.isdisjoint(span):
                found[start] = Named(say, word)
                taken.update(span)
    return [found[start] for start in sorted(found) if not _belongs_to_one_before(start, found)]


def _belongs_to_one_before(start: int, found: dict[int, Named]) -> bool:
    """ "nước ép cam": the orange is what the juice is made of."""
    return any(place + len(plain(one.said)) == start for place, one in found.items())


def _said(ask: Ask) -> Iterator[tuple[str, ProductWord]]:
    for say, word in ask.matter.products_said.named_in(ask.reading):
        if " " in say or (_spelled_so(ask, say) and not _part_of_another(ask, say)):
            yield say, word


def _spelled_so(ask: Ask, say: str) -> bool:
    """Whether a word of one syllable is typed so, without its tone, or without any mark: "măm" may
    be "mắm", "mục" is no "mực"; "bo" is hardly ever "bò"."""
    bare, full = marked(say)[0]
    common = bare != full and ask.often(bare) > _COMMON
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
    return all(_joined(ask, place, bare != full == ask.reading.marks[place]) for place in places)


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
    named = product(_naming(ask))
    return named.word.sets[0] if named and named.word.confidence != "low" else None


def _naming(ask: Ask) -> Ask:
    """The question, or the one before when this one names no product."""
    before = ask.reading.before
    return ask if before is None or product(ask) else replace(ask, reading=before)


def group_of_set(ask: Ask, number: int) -> str:
    """A product set as a household can picture it: what is in it, its number behind."""
    one = ask.matter.sets[number]
    name = one.name_en if ask.lang == "en" else one.name
    return ask.say("nhóm {name} (bộ số {number})", name=lowered(name), number=number)


def set_of_product(ask: Ask) -> Draft | None:
    """The product set of a product, its sheet and its ministries; open when that is not certain."""
    if not ask.reading.wants(*_ASKS_SET, *_ASKS_MINISTRY):
        return None
    naming = _naming(ask)
    named = product(naming)
    if named is None:
        return None
    every = products(naming)
    sure = [one for one in every if one.word.confidence != "low"]
    if len({one.word.sets for one in sure}) == 1 and named not in sure:
        named = sure[0]  # beside it a word that may be no product at all
    elif len({one.word.sets for one in every}) > 1 and len({one.word.sets for one in sure}) != 1:
        return _of_several(ask, every)
    doubted = named.word.confidence != "high" and ask.near("gap_nhom_chua_ro", within=1)
    if named.word.confidence == "low" or doubted:
        return _open(ask, named)
    first = ask.matter.sets[named.word.sets[0]]
    name = first.name_en if ask.lang == "en" else first.name
    group = first.group_en if ask.lang == "en" else first.group
    lines = [
        ask.say(
            "Bộ sản phẩm số {number}: {name} (nhóm {group}).",
            number=first.number, name=name, group=group,
        ),
        ask.say("Chấm theo phiếu số {number}, 100 điểm.", number=first.number),
        _ministries(ask, first),
    ]  # fmt: skip
    if named.word.note:
        lines.append(named.word.note(ask.lang))
    if len(named.word.sets) > 1:
        lines.append(ask.say("Hội đồng quyết định sau cùng; nên hỏi cán bộ trước khi làm hồ sơ."))
    return Draft("qd26_nhom", tuple(lines), ask.cited("qd26_nhom"))


def _ministries(ask: Ask, one: ProductSet) -> str:
    return ask.say(
        "Cơ quan chủ trì quản lý: {ministries}.",
        ministries="; ".join(ask.matter.ministries[m](ask.lang) for m in one.ministries),
    )


def _of_several(ask: Ask, every: list[Named]) -> Draft:
    """A line for each product named."""
    lines = []
    for named in every:
        said = named.said[:1].upper() + named.said[1:]
        if named.word.confidence == "low":
            lines.append(ask.say("{product}: chưa rõ thuộc bộ nào, hỏi cán bộ.", product=said))
            continue
        one = ask.matter.sets[named.word.sets[0]]
        name = one.name_en if ask.lang == "en" else one.name
        lines.append(
            ask.say(
                "{product}: bộ số {number}, {name}.", product=said, number=one.number, name=name
            )
        )
        if ask.reading.has(*_ASKS_MINISTRY):
            lines.append(_ministries(ask, one))
    return Draft("qd26_nhom", tuple(dict.fromkeys(lines)), ask.cited("qd26_nhom"))


def _open(ask: Ask, named: Named) -> Draft:
    lines = [
        ask.say("Chưa rõ sản phẩm này thuộc bộ nào, bà con hỏi cán bộ trước khi làm hồ sơ."),
        *([named.word.note(ask.lang)] if named.word.note else []),
    ]
    return Draft("gap_nhom_chua_ro", tuple(lines), ask.cited("gap_nhom_chua_ro"), sure=False)
