"""Answers about product sets: which set and sheet, which of the six sectors, whose ministry."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.sets import Named, naming, product, products
from conversations.policy.sets_asked import (
    asks_ministry,
    asks_set,
    choices_from,
    ministry_doubted,
    sectors_asked,
)
from models.content.sets import ProductSet

#: Points are asked: of a criterion on the sheet, no set.
_POINTS = re.compile(
    r"\b(?:may|bao nhieu|toi da|how mani) (?:diem|points?)\b|\bdiem toi da\b|"
    r"\bmuc [a-z ]{3,40}? (?:may|bao nhieu)\b"
)


def set_of_product(ask: Ask) -> Draft | None:
    """The product set of a product, its sheet and its ministries; open when that is not certain."""
    if not (asks_set(ask) or asks_ministry(ask)) or _POINTS.search(ask.text):
        return None
    asked = naming(ask)
    every = products(asked, choices_from(ask)) or products(asked)
    named = max(every, key=lambda one: len(one.said), default=product(asked))
    if named is None:
        return None
    sure = [one for one in every if one.word.confidence != "low"]
    short = " " not in named.said  # a word that may be no product at all
    if len({one.word.sets for one in sure}) == 1 and named not in sure and short:
        named = sure[0]
    elif every and every[0].word.confidence == "low" and ask.near("gap_nhom_chua_ro", within=1):
        return unclear_set(ask, every[0])  # the others are what it may be
    elif len({one.word.sets for one in every}) > 1 and len({one.word.sets for one in sure}) != 1:
        return _of_several(ask, every)
    if named.word.confidence == "low":
        return unclear_set(ask, named)
    first = ask.matter.sets[named.word.sets[0]]
    lines = [*_verdicts(ask, first), *_of_set(ask, first)]
    if named.word.note:
        lines.append(named.word.note(ask.lang))
    if len(named.word.sets) > 1:
        lines.append(ask.say("Hội đồng quyết định sau cùng; nên hỏi cán bộ trước khi làm hồ sơ."))
    return Draft("qd26_nhom", tuple(lines), ask.cited("qd26_nhom"))


def _of_set(ask: Ask, one: ProductSet) -> list[str]:
    """The set, who manages it and its sheet; who manages it first when that alone is asked."""
    english = ask.lang == "en"
    of_set = ask.say(
        "Bộ sản phẩm số {number}: {name} (nhóm {group}).",
        number=one.number, name=one.name_en if english else one.name,
        group=one.group_en if english else one.group,
    )  # fmt: skip
    sheet = ask.say("Chấm theo phiếu số {number}, 100 điểm.", number=one.number)
    if ministry_doubted(ask):
        return [of_set, sheet]
    managed = _ministries(ask, one)
    return [of_set, managed, sheet] if asks_set(ask) else [managed, of_set, sheet]


def _verdicts(ask: Ask, one: ProductSet) -> list[str]:
    """Yes or no first, when a ministry or one of the six sectors is named."""
    lines = []
    doubted, sectors = ministry_doubted(ask), sectors_asked(ask)
    if doubted:
        names = _names(ask, one)
        lines.append(
            ask.say("Đúng: nhóm này do {ministries} chủ trì quản lý.", ministries=names)
            if doubted in one.ministries
            else ask.say("Không: nhóm này do {ministries} chủ trì quản lý.", ministries=names)
        )
    if sectors:
        sector = lowered(ask.matter.sectors[one.sector](ask.lang).removeprefix("Sản phẩm "))
        said = {
            True: ask.say("Đúng: xếp vào {sector}, một trong sáu nhóm lớn.", sector=sector),
            False: ask.say("Không: xếp vào {sector}, một trong sáu nhóm lớn.", sector=sector),
        }
        plain = ask.say("Xếp vào {sector}, một trong sáu nhóm lớn.", sector=sector)
        lines.append(said[one.sector in sectors] if len(sectors) == 1 else plain)
    return lines


def _names(ask: Ask, one: ProductSet) -> str:
    return "; ".join(ask.matter.ministries[m](ask.lang) for m in one.ministries)


def _ministries(ask: Ask, one: ProductSet) -> str:
    return ask.say("Cơ quan chủ trì quản lý: {ministries}.", ministries=_names(ask, one))


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
        if asks_ministry(ask):
            lines.append(_ministries(ask, one))
    return Draft("qd26_nhom", tuple(dict.fromkeys(lines)), ask.cited("qd26_nhom"))


def unclear_set(ask: Ask, named: Named) -> Draft:
    """That it is not clear to which set a product belongs, with what is known of it."""
    lines = [
        ask.say("Chưa rõ sản phẩm này thuộc bộ nào, bà con hỏi cán bộ trước khi làm hồ sơ."),
        *([named.word.note(ask.lang)] if named.word.note else []),
    ]
    return Draft("gap_nhom_chua_ro", tuple(lines), ask.cited("gap_nhom_chua_ro"), sure=False)
