"""What the programme wants to reach, and how each target is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.content.reading import Row
from models.content.text import Text

#: How a target may be counted: of producers, or of products.
PRODUCTS, PRODUCER_TYPES = "products", "producer_types"
CIRCULAR, TRACEABILITY, TRAINED = "circular", "traceability", "trained"
OFFICERS_TRAINED = "officers_trained"
MEASURES = (PRODUCTS, PRODUCER_TYPES, CIRCULAR, TRACEABILITY, TRAINED, OFFICERS_TRAINED)
#: What officers record by hand where the records do not hold it.
RECORDED = (CIRCULAR, TRACEABILITY, TRAINED)
UNITS = ("count", "percent")


@dataclass(frozen=True, slots=True)
class Target:
    """One target. `goal` is a number of products, or a percentage."""

    id: str
    name: Text
    measure: str  # one of MEASURES
    goal: int
    unit: str  # one of UNITS
    stars: int | None  # of `products`: only those of so many stars
    types: tuple[str, ...]  # of `producer_types`: those that count
    evidence: tuple[str, ...]  # papers of a dossier that prove it once accepted
    ask: Text | None  # what an officer answers to record it
    note: Text | None  # how it is counted, and what is not


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a province. `document` says what they rest on, with its doubt."""

    document: Text | None = None
    by: date | None = None
    listed: tuple[Target, ...] = ()

    def of(self, measure: str) -> Target | None:
        """The first target counted that way."""
        return next((one for one in self.listed if one.measure == measure), None)


def target(row: Row) -> Target:
    measure, unit = row.text("measure"), row.text("unit")
    if measure not in MEASURES:
        raise row.fail(f"'measure' must be one of {', '.join(MEASURES)}")
    if unit not in UNITS or (unit == "count") != (measure == PRODUCTS):
        raise row.fail("'unit' is count for products and percent for the others")
    if measure == PRODUCER_TYPES and not row.texts("types"):
        raise row.fail("'types' must name the producer types that count")
    if measure in RECORDED and not row.has("ask"):
        raise row.fail("'ask' must say what an officer answers")
    return Target(
        id=row.text("id"),
        name=row.both("name"),
        measure=measure,
        goal=row.whole("goal"),
        unit=unit,
        stars=row.maybe_whole("stars"),
        types=row.texts("types"),
        evidence=row.texts("evidence"),
        ask=row.maybe_both("ask"),
        note=row.maybe_both("note"),
    )


def targets(row: Row) -> Targets:
    listed = tuple(target(r) for r in row.rows("targets"))
    return Targets(row.both("document"), row.day("by"), listed)
