"""Checks the score sheets: sums, options, stars, numbering, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.content.checker import Checker
from models.content.law import Law
from models.content.reading import ContentError, Row
from models.content.sheet_reading import score_sheet

PARTS = {"A": 40, "B": 25, "C": 35}  # Điều 3.1: points of the three parts
SHORT = 50  # characters that fit a button


@dataclass(slots=True)
class Starred:
    """(set, item id) -> ranks that have a starred minimum there."""

    ranks: dict[tuple[int, str], set[int]] = field(default_factory=dict)

    def ids(self) -> set[str]:
        return {item for _, item in self.ranks}


def check_sheets(checker: Checker, folder: str, law: Law | None) -> Starred:
    """Checks set-01 .. set-26 of `folder`; returns where stars stand."""
    found = Starred()
    for number in range(1, 27):
        row = checker.read(f"national/{folder}/set-{number:02d}.yaml")
        if row.data:
            _sheet(checker, row, number, law, found)
    return found


def _sheet(checker: Checker, row: Row, number: int, law: Law | None, found: Starred) -> None:
    if row.data.get("set") != number:
        checker.say(row, f"'set' must be {number}, as in the file's name")
    parts = checker.rows(row, "parts")
    if {p.data.get("part"): p.data.get("max") for p in parts} != PARTS:
        checker.say(row, f"parts must be {PARTS}")
    leaves: list[Row] = []
    for part in parts:
        leaves += _tree(checker, part)
    total = sum(_points(leaf) for leaf in leaves)
    if total != 100:
        checker.say(row, f"points must sum to 100, not {total}")
    checker.unique(leaves, "id", "item id")
    for leaf in leaves:
        ranks = {o.data["min_for"] for o in _options(checker, leaf) if o.has("min_for")}
        found.ranks[number, str(leaf.data.get("id"))] = ranks
    _places(checker, row, parts)
    if law is not None:
        try:
            score_sheet(row, law)
        except ContentError as error:
            checker.caught(error)


def _points(row: Row) -> int:
    points = row.data.get("max")
    return points if isinstance(points, int) else 0


def _tree(checker: Checker, part: Row) -> list[Row]:
    """The scored items of a part, its sums and numbers checked on the way."""
    tops = checker.rows(part, "criteria")
    _sum(checker, part, tops)
    return [leaf for top in tops for leaf in _node(checker, top)]


def _sum(checker: Checker, parent: Row, children: tuple[Row, ...]) -> None:
    total = sum(_points(child) for child in children)
    if total != _points(parent):
        checker.say(parent, f"'max' is {parent.data.get('max')} but its items sum to {total}")


def _node(checker: Checker, row: Row) -> Iterator[Row]:
    kinds = [key for key in ("children", "options", "cases") if key in row.data]
    if len(kinds) != 1:
        checker.say(row, "must have exactly one of children, options, cases")
        return
    if kinds != ["children"]:
        for holder in checker.rows(row, "cases") if kinds == ["cases"] else (row,):
            _ladder(checker, row, checker.rows(holder, "options"))
        yield row
        return
    children = checker.rows(row, "children")
    _sum(checker, row, children)
    for place, child in enumerate(children, 1):
        if child.data.get("item") != f"{row.data.get('item')}.{place}":
            checker.say(child, f"must be numbered {row.data.get('item')}.{place}")
        yield from _node(checker, child)


def _options(checker: Checker, leaf: Row) -> list[Row]:
    holders = checker.rows(leaf, "cases") or (leaf,)
    return [option for holder in holders for option in checker.rows(holder, "options")]


def _ladder(checker: Checker, item: Row, options: tuple[Row, ...]) -> None:
    points = [_option_points(o) for o in options]
    if len(points) < 2 or points != sorted(set(points)) or points[0] < 0:
        checker.say(item, f"points of the options must rise from 0 or more: {points}")
    elif points[-1] != _points(item):
        checker.say(item, f"the best option gives {points[-1]}, 'max' is {_points(item)}")
    stars = [o.data["min_for"] for o in options if o.has("min_for")]
    if not set(stars) <= {3, 4, 5} or stars != sorted(set(stars)):
        checker.say(item, f"stars must rise within 3 to 5: {stars}")
    for option in options:
        _wording(checker, option)


def _option_points(option: Row) -> int:
    points = option.data.get("points")
    return points if isinstance(points, int) else -1


def _wording(checker: Checker, option: Row) -> None:
    short, full = option.data.get("short"), option.data.get("full")
    for lang in ("vi", "en"):
        label = short.get(lang, "") if isinstance(short, dict) else ""
        meaning = full.get(lang, "") if isinstance(full, dict) else ""
        if not 0 < len(label) <= SHORT:
            checker.say(option, f"'short' ({lang}) must have 1 to {SHORT} characters: {label!r}")
        if not meaning.endswith("."):
            checker.say(option, f"'full' ({lang}) must be a sentence: {meaning!r}")
    doubt = option.data.get("doubt_min_for", 3)
    if doubt not in (3, 4, 5):
        checker.say(option, "'doubt_min_for' must be 3, 4 or 5")


def _places(checker: Checker, row: Row, parts: tuple[Row, ...]) -> None:
    """Stops and faults must stand at places that exist."""
    numbers = {str(r.data.get("item")) for part in parts for r in _all(checker, part, "criteria")}
    for stop in checker.rows(row, "stops"):
        if stop.data.get("at") not in numbers:
            checker.say(stop, f"unknown item {stop.data.get('at')!r}")
    for fault in checker.rows(row, "faults"):
        if fault.data.get("at") not in numbers | set(PARTS) | {"rejected_when", "legend"}:
            checker.say(fault, f"unknown place {fault.data.get('at')!r}")


def _all(checker: Checker, row: Row, key: str) -> Iterator[Row]:
    for child in checker.rows(row, key):
        yield child
        yield from _all(checker, child, "children")
