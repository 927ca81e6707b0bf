"""Turns a score-sheet file into a ScoreSheet."""

from __future__ import annotations

from collections.abc import Iterator

from models.content.law import Law, Rule
from models.content.reading import Row
from models.content.sheet import Case, Fault, Item, Option, Part, ScoreSheet, Stop


def score_sheet(row: Row, law: Law) -> ScoreSheet:
    """The sheet in `row`. Raises ContentError on an unknown rule or a wrong field."""
    parts = tuple(_part(part) for part in row.rows("parts"))
    return ScoreSheet(
        number=row.whole("set"),
        decision=row.text("decision"),
        source=row.text("source"),
        confidence=row.text("confidence"),
        parts=parts,
        items=tuple(leaf for part in parts for leaf in _scored(part.items)),
        rejected_when=tuple(
            _known(row, law.rejection, rule, "rejection rule")
            for rule in row.texts("rejected_when")
        ),
        stops=tuple(
            Stop(stop.text("at"), _known(stop, law.stops, stop.text("rule"), "stop rule"))
            for stop in row.rows("stops")
        ),
        faults=tuple(_fault(fault) for fault in row.rows("faults")),
        bands=law.stars,
    )


def _known(row: Row, found: dict[str, Rule], key: str, what: str) -> Rule:
    if key not in found:
        raise row.fail(f"unknown {what} '{key}'")
    return found[key]


def _scored(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if item.children:
            yield from _scored(item.children)
        else:
            yield item


def _part(row: Row) -> Part:
    items = tuple(_item(item) for item in row.rows("criteria"))
    return Part(row.text("part"), row.both("title"), row.whole("max"), items)


def _item(row: Row) -> Item:
    return Item(
        number=row.text("item"),
        id=row.text("id"),
        title=row.both("title"),
        max=row.whole("max"),
        children=tuple(_item(child) for child in row.rows("children")),
        options=_options(row),
        cases=tuple(
            Case(case.text("case"), case.both("name"), _options(case)) for case in row.rows("cases")
        ),
        note=row.maybe_both("note"),
        requires=row.maybe_both("requires"),
    )


def _options(row: Row) -> tuple[Option, ...]:
    return tuple(
        Option(
            points=option.whole("points"),
            short=option.both("short"),
            full=option.both("full"),
            min_for=option.maybe_whole("min_for"),
            doubt_min_for=option.maybe_whole("doubt_min_for"),
        )
        for option in row.rows("options")
    )


def _fault(row: Row) -> Fault:
    keys = ("at", "kind", "printed", "used", "why", "confidence")
    return Fault(*(row.text(key) for key in keys))
