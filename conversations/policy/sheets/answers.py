"""Answers on one criterion of the score sheets: its points, its steps, what a rank needs of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy import slots
from conversations.policy.draft import OF_ITEM, Ask, Draft, lowered
from conversations.policy.sets import known_set
from conversations.policy.sheets.found import on_sheets
from conversations.policy.sheets.items import (
    item_named,
    items_in,
    like,
    pieces,
    points_named,
)
from conversations.policy.sheets.steps import gives, ladder, step_up, whose
from models.content.sheet import Item, Option, ScoreSheet

_ASKS_ENOUGH = (
    "du",
    "du chua",
    "chua",
    "dat",
    "sao",
    "muc",
    "duoc may",
    "tinh sao",
    "enough",
    "star",
    "stars",
    "duoc cham",
    "cham duoc",
)
_ASKS_FIGURE = ("bao nhieu phan tram", "may phan tram", "may dai li", "bao nhieu dai li",
    "how many agents",
                "what percentage", "what share", "bao nhieu %", "may %")  # fmt: skip
#: Whether it may be scored at all: the lowest rank with a certificate is meant.
_ASKS_ENTRY = (
    "duoc xet",
    "xet ocop",
    "vao ocop",
    "lam ocop duoc",
    "tham gia duoc",
    "duoc cham ocop",
)
_ON_TOP = "Thêm"  # how a step begins that is one more thing besides the step below it
_HOW_MANY = re.compile(r"\b(?:may (?:diem|d)|bao nhieu(?: diem)?|how mani|how much)\b")
_ASKED = re.compile(
    r"\b(?:may (?:diem|d|sao|ngay|nam)|bao nhieu|nao|bao gio|o dau|gi|ai|ra sao|"
    r"how|what|when|where|who|which)\b"
)
_ASKS_POINTS = re.compile(
    r"\b(?:may|bao nhieu|nhieu) (?:diem|d)\b|\bdiem (?:la |duoc |thi )?(?:may|bao nhieu)|"
    r"\bhow mani points\b|\bwhat (?:score|points)\b|\bpoints (?:for|is|does|do|will|would)\b|"
    r"\bpoints$"
)
_PART = re.compile(r"\b(?:phan|part) [abc]\b")
#: The points of a rank are asked, none of a criterion.
_RANGE = re.compile(r"\b(?:score|points?) (?:range|band)s?\b|\bkhung diem\b")
#: What asks for the worst that can happen at an item.
_ASKS_ZERO = ("0", "0 diem", "dung cham", "bi dung", "dung danh gia", "loai", "bi loai", "xu li",
              "zero", "rejected", "stop",
              "thi sao", "chuyen gi", "hau qua", "co sao khong")  # fmt: skip


def least_of_item(ask: Ask) -> Draft | None:
    """What a rank needs of the criterion named, on the sheet of the product named."""
    wanted = _wanted(ask)
    number = known_set(ask) if wanted and not ask.open else None
    item_id = item_named(ask, number) if number is not None else None
    return _least(ask, item_id, number, wanted) if item_id and number is not None else None


def least_of_most(ask: Ask) -> Draft | None:
    """The same on the sheet that stands for most sets, when no product is named."""
    wanted = _wanted(ask)
    item_id = item_named(ask, known_set(ask)) if wanted and not ask.open else None
    return _least(ask, item_id, like(ask, item_id), wanted) if item_id else None


def _wanted(ask: Ask) -> int:
    """The rank with a certificate that is asked about; 0 when none is, or when it is the
    programme's own mark that is spoken of."""
    if ask.reading.has("nhan hieu ocop", "logo ocop", "ocop mark", "ocop logo"):
        return 0
    named = [rank for rank in slots.stars(ask.text) if rank >= 3]
    return named[-1] if named else 3 if ask.reading.has(*_ASKS_ENTRY) else 0


def _least(ask: Ask, item_id: str, number: int, rank: int) -> Draft | None:
    sheet = ask.matter.sheet(number)
    item = next((one for one in sheet.items if one.id == item_id), None)
    if item is None:
        return None
    scored = bool(slots.points(ask.text))
    told = _told(ask, item, number)
    lines = [
        *([ask.say("Đủ điểm chưa đủ: mục này còn phải đạt mức tối thiểu.")] if scored else []),
        _needed(ask, item, rank),
        *gives(ask, told),
    ]
    return with_steps(ask, sheet, item, lines, told)


def _needed(ask: Ask, item: Item, rank: int) -> str:
    least = item.minimum(rank)
    title = lowered(item.title(ask.lang))
    if least is None:
        return ask.say(
            "Mục {title} không phải mức tối thiểu của {rank} sao; chưa làm thì chỉ mất điểm.",
            title=title, rank=rank,
        )  # fmt: skip
    return ask.say(
        "{rank} sao cần ở mục {title}: {what}", rank=rank, title=title, what=least.full(ask.lang)
    )


def _told(ask: Ask, item: Item, number: int) -> Sequence[Option]:
    """The step that is told: the highest, or each of several that are asked about in turn; one
    that comes on top of them stands for all."""
    told = on_sheets(ask, item.id, [number], pieces(ask))[0].told
    on_top = told.held is not None and told.held.short.vi.startswith(_ON_TOP)
    alone = on_top or not told.steps or not _asks_each(ask, item)
    return [told.held] if told.held and alone else list(told.steps)


def _asks_each(ask: Ask, item: Item) -> bool:
    """Whether several things are asked about: "hộ mấy điểm, công ty mấy điểm", "web hay tờ rơi"."""
    several = len(_HOW_MANY.findall(ask.text)) > 1 or ask.reading.has("hay", "hoac", "or", "con")
    return several or "each" in ask.matter.items[item.id]


def with_steps(
    ask: Ask, sheet: ScoreSheet, item: Item, lines: Sequence[str], told: Sequence[Option]
) -> Draft:
    """`lines` with the steps of the item: all of them, or the one above what is told and the
    others behind "Xem thêm"."""
    steps = [*ladder(ask, item), *(rule.text(ask.lang) for rule in sheet.ends_at(item))]
    steps = [step for step in steps if step not in lines]
    topic, sources = OF_ITEM + item.id, ask.cited("dau_sao_nghia")
    if not told:
        return Draft(topic, (*lines, *steps, whose(ask, sheet)), sources)
    above = step_up(ask, item, told[-1])
    return Draft(topic, (*lines, *above, whose(ask, sheet)), sources, behind=tuple(steps))


def points_of_item(ask: Ask) -> Draft | None:
    """The ladder of a criterion, with the points of the step that is told."""
    if ask.open or _PART.search(ask.text) or _RANGE.search(ask.text):
        return None
    number = known_set(ask)
    item_id = _item_meant(ask, number)
    if item_id is None:
        return None
    sheet = ask.matter.sheet(holding(ask, item_id, number))
    item = sheet.item(item_id)
    ends = [rule.text(ask.lang) for rule in sheet.ends_at(item)]
    told = _told(ask, item, sheet.number)
    zero = bool(told) and told[-1].points == 0
    first = ends if zero or ask.reading.has(*_ASKS_ZERO) else []
    if not _asks_points(ask, told=bool(told)) and not (first and number):
        return None
    nothing = [] if told else _nothing(ask, item, sheet.number)
    return with_steps(ask, sheet, item, [*first, *gives(ask, told), *nothing], told)


def points_of_step(ask: Ask) -> Draft | None:
    """`points_of_item` when a step of the criterion is told: it says more than any passage.

    None when the message asks for something else besides.
    """
    number = known_set(ask)
    if len(_ASKED.findall(ask.text)) > 1 or not _ASKS_POINTS.search(ask.text):
        return None
    item_id = _item_meant(ask, number)
    told = item_id and _tells(ask, item_id, holding(ask, item_id, number))
    return points_of_item(ask) if told else None


def _item_meant(ask: Ask, number: int | None) -> str | None:
    """The criterion named; one that is told goes before one that the sheet does not have."""
    named = item_named(ask, number)
    if named and (number is None or holding(ask, named, number) == number):
        return named
    return item_told(ask, number) or named


def item_told(ask: Ask, number: int | None) -> str | None:
    """The only criterion of which a message that asks for points tells a step, when it names none:
    "60% nhân viên đã qua đào tạo"."""
    if not points_named(ask):
        return None
    named = items_in(ask, pieces(ask), number)
    found = [item for item in named if _tells(ask, item, holding(ask, item, number))]
    return found[0] if len(found) == 1 else None


def _tells(ask: Ask, item_id: str, number: int) -> bool:
    one = on_sheets(ask, item_id, [number], pieces(ask))[0].told
    return one.held is not None or one.nothing


def _nothing(ask: Ask, item: Item, number: int) -> list[str]:
    """That what is told is below every step of the criterion."""
    below = on_sheets(ask, item.id, [number], pieces(ask))[0].told.nothing
    return [ask.say("Chưa tới mức nào của mục này nên 0 điểm.")] if below else []


def _asks_points(ask: Ask, *, told: bool) -> bool:
    if points_named(ask):
        return True
    ranks = slots.stars(ask.text)
    enough = told and ask.reading.has(*_ASKS_ENOUGH) and (slots.shares(ask.text) or ranks)
    return bool(enough or (ranks and ask.reading.has(*_ASKS_FIGURE)))


def holding(ask: Ask, item_id: str, number: int | None) -> int:
    """The set asked about when its sheet has the item, else the one that stands for most sets."""
    if number is not None and any(i.id == item_id for i in ask.matter.sheet(number).items):
        return number
    return like(ask, item_id)
