"""Recognised products from the province's list into the tables: the same row twice is one product.

A producer is known by name and commune, a product by name and producer, a certificate by product
and decision; diacritics and case do not matter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

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


class Terms(NamedTuple):
    """What a certificate says that a later list may correct."""

    stars: int
    issued_on: date
    valid_to: date


Key = tuple[int, str]  # whose it is, and its name or number, folded


@dataclass(slots=True)
class Known:
    """What is there already, by the words it is known by: read once for a whole list, then kept
    up with what its rows add."""

    producers: dict[tuple[str, str], int] = field(default_factory=dict)
    products: dict[Key, int] = field(default_factory=dict)
    sold: dict[int, str] = field(default_factory=dict)  # by product: where
    certificates: dict[Key, tuple[int, Terms]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def known(unit: Unit, fold: Fold) -> Known:
    """What the tables hold: numbers and names, a few megabytes for ten thousand products."""
    made = Known()
    makers = select(_PRODUCER.name, _PRODUCER.commune_code, _PRODUCER.id)
    for name, commune, number in unit.execute(makers.where(_PRODUCER.erased_at.is_(None))):
        made.producers[fold(name), commune] = number
    products = select(_PRODUCT.producer_id, _PRODUCT.name, _PRODUCT.id, _PRODUCT.where_to_buy)
    for producer, name, number, where in unit.execute(products):
        made.products[producer, fold(name)] = number
        made.sold[number] = where
    which = (_CERTIFICATE.product_id, _CERTIFICATE.decision_number, _CERTIFICATE.id)
    terms = (_CERTIFICATE.stars, _CERTIFICATE.issued_on, _CERTIFICATE.valid_to)
    for product, decision, number, code, *told in unit.execute(
        select(*which, _CERTIFICATE.code, *terms)
    ):
        made.certificates[product, fold(decision)] = (number, Terms(*told))
        made.codes.add(code)
    return made


def add(
    unit: Unit, rows: Iterable[Any], fold: Fold, now: datetime, there: Known | None = None
) -> Count:
    """Write the rows; how many were new, changed, or there already. Each kind is written as one
    statement for all rows: one by one they take ten times as long."""
    writing = _Writing(unit, there or known(unit, fold), fold, now)
    rows = list(rows)
    products = writing.products(rows, writing.producers(rows))
    return writing.certificates(rows, products)


@dataclass(slots=True)
class _Writing:
    """Some rows of a list on their way into the tables."""

    unit: Unit
    there: Known
    fold: Fold
    now: datetime

    def producers(self, rows: Sequence[Any]) -> list[int]:
        """The producer's number for each row."""
        keys = [(self.fold(row.producer), row.commune) for row in rows]
        held = self.there.producers
        new = {key: row for key, row in zip(keys, rows, strict=True) if key not in held}
        owner = holder(self.unit, self.now) if new else 0
        made = {key: self._producer(row, owner) for key, row in new.items()}
        self._write(made.values())
        held |= {key: one.id or 0 for key, one in made.items()}
        return [held[key] for key in keys]

    def _producer(self, row: Any, owner: int) -> Producer:
        return Producer(
            person_id=owner,
            type=row.type,
            name=row.producer,
            phone=row.phone,
            commune_code=row.commune,
            from_register=True,
            created_at=self.now,
        )

    def products(self, rows: Sequence[Any], makers: Sequence[int]) -> list[int]:
        """The product's number for each row."""
        keys = [(maker, self.fold(row.product)) for row, maker in zip(rows, makers, strict=True)]
        held = self.there.products
        new = {key: row for key, row in zip(keys, rows, strict=True) if key not in held}
        made = {key: self._product(row, key[0]) for key, row in new.items()}
        self._write(made.values())
        held |= {key: one.id or 0 for key, one in made.items()}
        self.there.sold |= {one.id or 0: one.where_to_buy for one in made.values()}
        return [held[key] for key in keys]

    def _product(self, row: Any, maker: int) -> Product:
        return Product(
            producer_id=maker,
            name=row.product,
            set_number=row.set,
            where_to_buy=row.where,
            created_at=self.now,
        )

    def certificates(self, rows: Sequence[Any], products: Sequence[int]) -> Count:
        count, new, held = Count(), dict[Key, Certificate](), self.there.certificates
        for row, product in zip(rows, products, strict=True):
            key, terms = (product, self.fold(row.decision)), _terms(row)
            sold = self._sold(row, product)
            if key not in held:
                new[key] = self._certificate(row, product)
                count.added += 1
            elif self._moved(key, terms, new.get(key)) or sold:
                count.changed += 1
            else:
                count.same += 1
            held[key] = (held[key][0] if key in held else 0, terms)
        self._write(new.values())
        held |= {key: (one.id or 0, held[key][1]) for key, one in new.items()}
        return count

    def _certificate(self, row: Any, product: int) -> Certificate:
        return Certificate(
            code=_code(self.there, lambda: new_code(secrets.SystemRandom())),
            product_id=product,
            decision_number=row.decision,
            **_terms(row)._asdict(),
        )

    def _moved(self, key: Key, terms: Terms, unwritten: Certificate | None) -> bool:
        """Put the terms that differ; did any?"""
        number, before = self.there.certificates[key]
        if before == terms:
            return False
        if unwritten is not None:  # of an earlier row of this very list
            for name, value in terms._asdict().items():
                setattr(unwritten, name, value)
            return True
        one = update(Certificate).where(_CERTIFICATE.id == number)
        self.unit.execute(one.values(**terms._asdict()))
        return True

    def _sold(self, row: Any, product: int) -> bool:
        """Put where the product is sold, if the row says otherwise; does it?"""
        if not row.where or row.where == self.there.sold[product]:
            return False
        one = update(Product).where(_PRODUCT.id == product)
        self.unit.execute(one.values(where_to_buy=row.where))
        self.there.sold[product] = row.where
        return True

    def _write(self, made: Iterable[Any]) -> None:
        self.unit.add_all(made)
        self.unit.flush()


def _terms(row: Any) -> Terms:
    return Terms(row.stars, row.issued, row.valid_to)


def _code(there: Known, make: Callable[[], str]) -> str:
    while (code := make()) in there.codes:
        pass
    there.codes.add(code)
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
