"""The most points a criterion can bring: on the sheet of the product named, and on the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.lack_answers import ranges
from conversations.policy.points.reading import points_told
from conversations.policy.sets import group_of_set, known_set, naming, products
from conversations.policy.sheets.answers import holding, with_steps
from conversations.policy.sheets.items import item_named, points_named
from models.content.sheet import Item

#: "tối đa mấy điểm", "the maximum for linkage": the most is asked for.
MOST = re.compile(
    r"\b(?:toi da|cao nhat|nhieu nhat|kich tran|kich khung|maximum|max|highest|at most)\b"
)
_ASKS = re.compile(
    r"\b(?:may|bao nhieu|khong|nao|khac|the nao|what|how|which|is|are|do|does|can|same)\b"
)
#: "mục liên kết tối đa bao nhiêu": points, though the word is left out.
_OF_CRITERION = re.compile(
    r"\b(?:muc|tieu chi|khoan)\b.*\btoi da (?:duoc |la )?(?:bao nhieu|may)\b"
    r"(?! (?:phan tram|%|dai li|ngay|thang|sao|trieu|tien))"
)
_FEW = 2  # sets that may be named one by one
_PRODUCTS = 3  # products of one question that are compared


def most_of_item(ask: Ask) -> Draft | None:
    """The most points of the criterion named, and where other sets have more or fewer.

    None when no maximum of points is asked for, or when no criterion is named.
    """
    if not ask.once(asks_most) or not _of_points(ask):
        return None
    number = known_set(ask)
    item_id = item_named(ask, number)
    if item_id is None:
        return None
    sheet = ask.matter.sheet(holding(ask, item_id, number))
    item = sheet.item(item_id)
    lines = [*_lines(ask, item), *_of_group(ask, item, sheet.number)]
    return with_steps(ask, sheet, item, lines, [])


def asks_most(ask: Ask) -> bool:
    """Whether the most of something is asked for, of no score that is told."""
    told = points_told(ask, ask.text)
    asks = _ASKS.search(ask.text) or ask.reading.said.rstrip().endswith("?")
    asked = asks and MOST.search(ask.text)
    return bool(asked) and not (told.parts or told.scores)


def _of_points(ask: Ask) -> bool:
    spoken = points_named(ask) or ask.reading.has("maximum", "max")
    return spoken or _OF_CRITERION.search(ask.text) is not None


def _lines(ask: Ask, item: Item) -> list[str]:
    """The most for the products named, else on most sheets; then on the others."""
    most_of = {
        number: one.max
        for number in sorted(ask.matter.sets)
        for one in ask.matter.sheet(number).items
        if one.id == item.id
    }
    title = lowered(item.title(ask.lang))
    named = [number for number in _sets_named(ask) if number in most_of]
    usual = Counter(most_of.values()).most_common(1)[0][0]
    first = [
        ask.say(
            "Mục {title} của {group}: tối đa {most} điểm.",
            title=title, group=group_of_set(ask, number), most=most_of[number],
        )
        for number in named
    ] or [
        ask.say(
            "Mục {title}: tối đa {most} điểm (bộ {sets}).",
            title=title, most=usual, sets=ranges([n for n in most_of if most_of[n] == usual]),
        )
    ]  # fmt: skip
    told = {most_of[number] for number in named} or {usual}
    rows = [[n for n in most_of if most_of[n] == most] for most in {*most_of.values()} - told]
    rows.sort(key=lambda sets: -len(sets))
    return [*first, *(_row(ask, sets, most_of[sets[0]], alone=len(rows) == 1) for sets in rows)]


def _sets_named(ask: Ask) -> list[int]:
    """The sets of the products named, in the order said."""
    named = products(naming(ask))
    sure = [one.word.sets[0] for one in named if one.word.confidence != "low"]
    return list(dict.fromkeys(sure))[:_PRODUCTS]


def _row(ask: Ask, sets: Sequence[int], most: int, *, alone: bool) -> str:
    """ "Đồ thủ công (bộ 21): tối đa 4 điểm." """
    return ask.say("{who}: tối đa {most} điểm.", who=_who(ask, sets, alone=alone), most=most)


def _who(ask: Ask, sets: Sequence[int], *, alone: bool) -> str:
    """Sets by their names when they are few, or whole sectors; else by their numbers."""
    if len(sets) <= _FEW:
        groups = "; ".join(group_of_set(ask, number) for number in sets)
        return groups[:1].upper() + groups[1:]
    sectors = dict.fromkeys(ask.matter.sets[number].sector for number in sets)
    whole = {number for number, one in ask.matter.sets.items() if one.sector in sectors}
    if whole == set(sets):
        told = (lowered(ask.matter.sectors[one](ask.lang)) for one in sectors)
        names = ", ".join(one.removeprefix("sản phẩm ") for one in told)
        return ask.say(
            "{names} (bộ {sets})", names=names[:1].upper() + names[1:], sets=ranges(list(sets))
        )
    if alone:
        return ask.say("Các nhóm khác (bộ {sets})", sets=ranges(list(sets)))
    return ask.say("Bộ {sets}", sets=ranges(list(sets)))


def _of_group(ask: Ask, item: Item, number: int) -> list[str]:
    """The most of the group that is called like the criterion: "câu chuyện sản phẩm"."""
    groups = (top for part in ask.matter.sheet(number).parts for top in part.items)
    return [
        ask.say(
            "Cả nhóm {title}, {n} mục: tối đa {most} điểm.",
            title=lowered(top.title(ask.lang)), n=len(top.children), most=top.max,
        )
        for top in groups
        if top.children and top.title == item.title
    ]  # fmt: skip
