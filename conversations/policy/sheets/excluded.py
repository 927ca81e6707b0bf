"""What a score sheet says does not count at a criterion (excluded.yaml), as messages tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.policy.matter import Matter
from conversations.policy.reading import Reading
from models.content.text import Text

_AND, _OR = " + ", "/"
_BETWEEN = 2  # other words between the words of a phrase


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a message: in which clause, from where to where."""

    clause: int
    span: range

    def touches(self, clause: int, span: range) -> bool:
        return self.clause == clause and self.span.start < span.stop and span.start < self.span.stop


@dataclass(frozen=True, slots=True)
class Excluded:
    """What a message tells that does not count: what is said of it, the words that tell it, the
    sets it is true of (empty: all), and whether it is meant only when the criterion is named."""

    told: Text
    places: tuple[Place, ...]
    sets: tuple[int, ...]
    named: bool


def excluded(matter: Matter, item_id: str, clauses: Sequence[Reading]) -> Iterator[Excluded]:
    """What `clauses` tell that does not count at the criterion."""
    for row in matter.excluded.get(item_id, ()):
        for phrase in row["says"]:
            parts = [_places(part.split(_OR), clauses) for part in phrase.split(_AND)]
            if all(parts):
                places = tuple(place for part in parts for place in part)
                sets, named = tuple(row.get("sets", ())), row.get("named", False)
                yield Excluded(Text(**row["told"]), places, sets, named)
                break


def _places(words: Sequence[str], clauses: Sequence[Reading]) -> list[Place]:
    return [
        Place(number, span)
        for word in words
        for number, clause in enumerate(clauses)
        for span in clause.places(word, _BETWEEN)
    ]
