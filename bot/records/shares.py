"""How each share of the targets is counted: of whom, who surely has it, who surely has not.

A source is a few columns over (certificate, product, producer); a new one is registered here:

    @source(TRAINED)
    def trained(how: Counting) -> Source: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from conversations.records import Counting
from models.content.targets import CIRCULAR, PRODUCER_TYPES, TRACEABILITY, TRAINED
from models.tables import Attendance, Dossier, EvidenceItem, Producer, Product

# Columns: SQLModel types them as plain values.
_ATTENDANCE: Any = Attendance
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_PRODUCER: Any = Producer
_PRODUCT: Any = Product


@dataclass(frozen=True, slots=True)
class Source:
    """`table` is Producer or Product: what is counted, each once. `column`: where officers record
    it; None when it follows from what is known anyway."""

    table: type[Producer] | type[Product]
    yes: ColumnElement[bool]
    no: ColumnElement[bool]
    column: str | None = None


SOURCES: dict[str, Callable[[Counting], Source]] = {}


def source(
    measure: str,
) -> Callable[[Callable[[Counting], Source]], Callable[[Counting], Source]]:
    """Register how a measure is counted."""

    def keep(made: Callable[[Counting], Source]) -> Callable[[Counting], Source]:
        SOURCES[measure] = made
        return made

    return keep


@source(PRODUCER_TYPES)
def producer_types(how: Counting) -> Source:
    target = how.targets.of(PRODUCER_TYPES)
    among: ColumnElement[bool] = _PRODUCER.type.in_(target.types if target else ())
    return Source(Producer, among, ~among)


@source(CIRCULAR)
def circular(how: Counting) -> Source:
    return recorded(Producer, "circular")


@source(TRAINED)
def trained(how: Counting) -> Source:
    """Who was at a training, whatever was recorded before; or as an officer recorded."""
    was_there = exists().where(
        _ATTENDANCE.producer_id == _PRODUCER.id,
        _ATTENDANCE.topic.in_(how.trainings),
        _ATTENDANCE.day <= how.on,
    )
    return _proved(recorded(Producer, "trained"), was_there)


@source(TRACEABILITY)
def traceability(how: Counting) -> Source:
    """A paper that was accepted proves it, whatever was recorded before."""
    target = how.targets.of(TRACEABILITY)
    proved = exists().where(
        _DOSSIER.product_id == _PRODUCT.id,
        _ITEM.dossier_id == _DOSSIER.id,
        _ITEM.evidence.in_(target.evidence if target else ()),
        _ITEM.state == "accepted",
    )
    return _proved(recorded(Product, "traceable"), proved)


def recorded(table: type[Producer] | type[Product], column: str) -> Source:
    """What officers record by hand, in a column of its own."""
    told: Any = getattr(table, column)
    return Source(table, told.is_(True), told.is_(False), column)


def _proved(hand: Source, proof: ColumnElement[bool]) -> Source:
    """What is proved counts; what was recorded by hand where nothing is."""
    return Source(hand.table, or_(hand.yes, proof), and_(hand.no, ~proof), hand.column)
