"""The most points of a part of the sheet, or of several parts together (Điều 3)."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.sets import known_set
from conversations.policy.sheets.most import asks_most
from conversations.policy.sheets.steps import whose
from conversations.policy.understand import plain
from models.content.sheet import Part, ScoreSheet

_PASSAGE = "qd26_phan_abc"
_AND = r"(?:va|voi|cong|cong voi|and|plus)"
#: "phần A với phần C", "parts A and B".
_LETTERS = re.compile(rf"\b(?:phan|parts?) ([abc])\b(?: {_AND} (?:(?:phan|part) )?([abc])\b)?")
#: "A và B", "A, B, C" in capitals.
_CAPITALS = re.compile(r"(?<!\w)([ABC])(?!\w)")
_ALL = 3  # parts of a sheet
_GROUPS = 2  # groups of a part from which, all named, the part is meant


def most_of_parts(ask: Ask) -> Draft | None:
    """The most points of the parts named, each with its groups, and their sum.

    A part is also named by all its groups ("tiếp thị với câu chuyện"). None when no maximum is
    asked for, or no part is named.
    """
    if not ask.once(asks_most):
        return None
    sheet = ask.matter.sheet(known_set(ask) or min(ask.matter.sets))
    parts = _named(ask, sheet)
    if not parts:
        return None
    lines = [_sum(ask, parts)] if len(parts) > 1 else []
    lines += [part_line(ask, part) for part in parts]
    return Draft(_PASSAGE, (*lines, whose(ask, sheet)), ask.cited(_PASSAGE))


def _named(ask: Ask, sheet: ScoreSheet) -> list[Part]:
    """The parts that are named; none when all are: the rule itself is asked for."""
    letters = {letter for found in _LETTERS.findall(ask.text) for letter in found if letter}
    capitals = {letter.lower() for letter in _CAPITALS.findall(ask.reading.said)}
    letters |= capitals if len(capitals) > 1 else set()
    if letters:
        return [p for p in sheet.parts if p.letter.lower() in letters and len(letters) < _ALL]
    return [part for part in sheet.parts if _all_named(ask, part) or _titled(ask, part)]


def _titled(ask: Ask, part: Part) -> bool:
    """ "phần chất lượng", "the quality part"."""
    title = part.title(ask.lang)
    names = [" ".join(plain(name)) for name in (title, _short(title))]
    return any(ask.reading.has(f"phan {name}", f"{name} part", f"part {name}") for name in names)


def _all_named(ask: Ask, part: Part) -> bool:
    """Whether every group of the part is named; "câu chuyện" for "câu chuyện sản phẩm"."""
    titles = [_short(top.title(ask.lang)) for top in part.items]
    return len(titles) >= _GROUPS and all(map(ask.reading.names, titles))


def _short(title: str) -> str:
    return title.lower().removesuffix(" sản phẩm").removeprefix("product ")


def _sum(ask: Ask, parts: list[Part]) -> str:
    return ask.say(
        "Phần {letters} tối đa {shown} = {total} điểm.",
        letters=ask.say(" và ").join(part.letter for part in parts),
        shown=" + ".join(str(part.max) for part in parts), total=sum(part.max for part in parts),
    )  # fmt: skip


def part_line(ask: Ask, part: Part) -> str:
    """ "Phần B (khả năng tiếp thị) tối đa 25 điểm: tiếp thị 13; câu chuyện sản phẩm 12." """
    items = "; ".join(f"{lowered(top.title(ask.lang))} {top.max}" for top in part.items)
    return ask.say(
        "Phần {letter} ({title}) tối đa {most} điểm: {items}.",
        letter=part.letter, title=lowered(part.title(ask.lang)), most=part.max, items=items,
    )  # fmt: skip
