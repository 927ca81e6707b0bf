"""Recognised products from the province's list into the tables: the same row twice is one product.

A producer is known by name and commune, a product by name and producer, a certificate by product
and decision; diacritics and case do not matter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import select, update

from models.codes import new_code
from models.database import Unit
from models.tables import Certificate, Complaint, Person, Producer, Product, Secret

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_COMPLAINT: Any = Complaint
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_SECRET: Any = Secret

HOLDER = "register holder"  # the person that producers of the list belong to until theirs comes
Fold = Callable[[str], str]


class Row(Protocol):
    """One row of the list."""

    product: str
    producer: str
    type: str
    commune: str
    set: int
    stars: int
    decision: str
    issued: date
    valid_to: date
    phone: str
    where: str


@dataclass(slots=True)
class Count:
    """What became of the rows."""

    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(slots=True)
class Known:
    """What is there already, by the words it is known by."""

    producers: dict[tuple[str, str], Producer] = field(default_factory=dict)
    products: dict[tuple[int, str], Product] = field(default_factory=dict)
    certificates: dict[tuple[int, str], Certificate] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    holder: int = 0


def add(unit: Unit, rows: Iterable[Any], fold: Fold, now: datetime) -> Count:
    """Write the rows; how many were new, changed, or there already."""
    known, count = _known(unit, fold), Count()
    chance = secrets.SystemRandom()
    for row in rows:
        producer = _producer(unit, known, row, fold, now)
        product = _product(unit, known, producer, row, fold, now)
        key = (product.id or 0, fold(row.decision))
        wanted = {"stars": row.stars, "issued_on": row.issued, "valid_to": row.valid_to}
        held = known.certificates.get(key)
        if held is None:
            code = _code(known, lambda: new_code(chance))
            held = Certificate(
                code=code, product_id=product.id or 0, decision_number=row.decision, **wanted
            )
            unit.add(held)
            known.certificates[key] = held
            count.added += 1
        elif _update(held, wanted) | _update(product, _told(row)):
            count.changed += 1
        else:
            count.same += 1
    unit.flush()
    return count


def _known(unit: Unit, fold: Fold) -> Known:
    known = Known()
    for one in unit.scalars(select(Producer).where(_PRODUCER.erased_at.is_(None))):
        known.producers[fold(one.name), one.commune_code] = one
    for two in unit.scalars(select(Product)):
        known.products[two.producer_id, fold(two.name)] = two
    for three in unit.scalars(select(Certificate)):
        known.certificates[three.product_id, fold(three.decision_number)] = three
        known.codes.add(three.code)
    return known


def _producer(unit: Unit, known: Known, row: Any, fold: Fold, now: datetime) -> Producer:
    key = (fold(row.producer), row.commune)
    held = known.producers.get(key)
    if held is None:
        known.holder = known.holder or holder(unit, now)
        held = Producer(
            person_id=known.holder,
            type=row.type,
            name=row.producer,
            phone=row.phone,
            commune_code=row.commune,
            from_register=True,
            created_at=now,
        )
        unit.add(held)
        unit.flush()
        known.producers[key] = held
    return held


def _product(
    unit: Unit, known: Known, producer: Producer, row: Any, fold: Fold, now: datetime
) -> Product:
    key = (producer.id or 0, fold(row.product))
    held = known.products.get(key)
    if held is None:
        held = Product(
            producer_id=producer.id or 0,
            name=row.product,
            set_number=row.set,
            where_to_buy=row.where,
            created_at=now,
        )
        unit.add(held)
        unit.flush()
        known.products[key] = held
    return held


def _told(row: Any) -> dict[str, Any]:
    return {"where_to_buy": row.where} if row.where else {}


def _update(held: Any, wanted: dict[str, Any]) -> bool:
    """Put what differs; did anything?"""
    moved = {name: value for name, value in wanted.items() if getattr(held, name) != value}
    for name, value in moved.items():
        setattr(held, name, value)
    return bool(moved)


def _code(known: Known, make: Callable[[], str]) -> str:
    while (code := make()) in known.codes:
        pass
    known.codes.add(code)
    return code


def holder(unit: Unit, now: datetime) -> int:
    """The person that producers from the list belong to: nobody, with no address."""
    kept = unit.scalar(select(_SECRET.value).where(_SECRET.name == HOLDER))
    if kept is not None:
        return int(kept)
    nobody = Person(language="vi", created_at=now)
    unit.add(nobody)
    unit.flush()
    unit.add(Secret(name=HOLDER, value=str(nobody.id), updated_at=now))
    unit.flush()
    return nobody.id or 0


def join(unit: Unit, listed: Producer, into: Producer, fold: Fold, now: datetime) -> None:
    """All of the list's producer becomes that of `into`; a product both have stays one."""
    mine = select(Product).where(_PRODUCT.producer_id == into.id)
    held = {fold(one.name): one for one in unit.scalars(mine)}
    theirs = select(Product).where(_PRODUCT.producer_id == listed.id)
    for product in unit.scalars(theirs).all():
        known = held.get(fold(product.name))
        if known is None:
            product.producer_id = into.id or 0
            continue
        for column in (_CERTIFICATE.product_id, _COMPLAINT.product_id):
            moved = update(column.class_).where(column == product.id)
            unit.execute(moved.values({column.key: known.id}))
        known.where_to_buy = known.where_to_buy or product.where_to_buy
        known.photo_key = known.photo_key or product.photo_key
        unit.flush()
        unit.delete(product)
    into.circular = listed.circular if into.circular is None else into.circular
    into.trained = listed.trained if into.trained is None else into.trained
    listed.erased_at = now
    unit.add_all((listed, into))
    unit.flush()
