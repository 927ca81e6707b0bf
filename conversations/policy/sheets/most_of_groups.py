"""The points of a group of criteria: what it holds, on the sheet of the product named."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft
from conversations.policy.points.reading import points_told
from conversations.policy.sets import known_set
from conversations.policy.sheets.items import item_named
from conversations.policy.sheets.most import asks_most
from conversations.policy.sheets.most_of_parts import part_line
from conversations.policy.sheets.steps import whose
from conversations.policy.sheets.whole import group_line
from conversations.policy.understand import plain
from models.content.sheet import Item, ScoreSheet

_PASSAGE = "qd26_phan_abc"
_USUAL = 7  # the set whose sheet is like most others
_ASKS_POINTS = re.compile(r"\b(?:may|bao nhieu) (?:diem|d)\b|\bhow mani points\b")
_ASKS_WHAT = re.compile(r"\b(?:gom|nhung gi|nhung muc|nhung tieu chi|which criteria|what is in)\b")


def most_of_groups(ask: Ask) -> Draft | None:
    """The groups of criteria named, each with its criteria, and the part they belong to.

    None when one criterion is named, or when something else than their points is asked.
    """
    of_points = ask.once(asks_most) or _ASKS_POINTS.search(ask.text)
    if not (of_points or _ASKS_WHAT.search(ask.text)) or _tells(ask):
        return None
    number = known_set(ask)
    sheet = ask.matter.sheet(number or _USUAL)
    named = _named(ask, sheet)
    if not named or not (of_points or any(_called(ask, top) for top in named)):
        return None
    if item_named(ask, number) in _ids(sheet):
        return None
    parts = [part for part in sheet.parts if any(top in part.items for top in named)]
    lines = [*(group_line(ask, top) for top in named), *(part_line(ask, part) for part in parts)]
    return Draft(_PASSAGE, (*lines, whose(ask, sheet)), ask.cited(_PASSAGE))


def _ids(sheet: ScoreSheet) -> set[str]:
    return {item.id for item in sheet.items}


def _named(ask: Ask, sheet: ScoreSheet) -> list[Item]:
    tops = (top for part in sheet.parts for top in part.items if top.children)
    return [top for top in tops if any(map(ask.reading.names, _titles(ask, top)))]


def _titles(ask: Ask, group: Item) -> list[str]:
    """What the group is called: "cảm quan", "sensory" for "chỉ tiêu cảm quan"."""
    title = group.title(ask.lang).lower()
    return [title, title.removeprefix("chỉ tiêu ").removesuffix(" criteria")]


def _tells(ask: Ask) -> bool:
    """Whether points of one's own are told: a sum or a rank is asked then."""
    told = points_told(ask, ask.text)
    return bool(told.scores or told.parts or told.won)


def _called(ask: Ask, group: Item) -> bool:
    """ "mục tiếp thị": what people do is called so too."""
    names = [" ".join(plain(title)) for title in _titles(ask, group)]
    return any(ask.reading.has(f"muc {name}", f"nhom {name}", f"chi tieu {name}") for name in names)
