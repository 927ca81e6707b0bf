"""What a score sheet says does not count at a criterion (excluded.yaml), as messages tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.policy.matter import LeftOut, Matter
from conversations.policy.reading import Phrases, Reading
from conversations.policy.sheets.items import BETWEEN


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a message: in which clause, from where to where."""

    clause: int
    span: range

    def touches(self, clause: int, span: range) -> bool:
        return self.clause == clause and self.span.start < span.stop and span.start < self.span.stop


@dataclass(frozen=True, slots=True)
class Excluded:
    """What a message tells that does not count, and the words that tell it."""

    what: LeftOut
    places: tuple[Place, ...]


def excluded(matter: Matter, item_id: str, clauses: Sequence[Reading]) -> Iterator[Excluded]:
    """What `clauses` tell that does not count at the criterion."""
    for what in matter.excluded.get(item_id, ()):
        told = (_places(phrases, parts, clauses) for phrases, parts in what.says)
        places = next(filter(None, told), ())
        if places:
            yield Excluded(what, places)


def _places(phrases: Phrases[int], parts: int, clauses: Sequence[Reading]) -> tuple[Place, ...]:
    """Where all parts of it are told; nothing when one is not."""
    said = [
        (part, Place(number, span))
        for number, clause in enumerate(clauses)
        for span, part in phrases.placed_in(clause, BETWEEN)
    ]
    whole = len({part for part, _ in said}) == parts
    return tuple(place for _, place in said) if whole else ()
