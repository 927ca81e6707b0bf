"""The statement that lists recognised products: by words, star and communes, the nearest first.

It is put together once for each shape of a question and kept: that takes longer than running it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select, union_all

from bot.records.certificates import newest
from models.tables import Certificate, Producer, Product, ProductWord

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_WORD: Any = ProductWord

LISTED = 100  # products that a search looks at

_COLUMNS: tuple[Any, ...] = (
    _CERTIFICATE.code,
    _PRODUCT.name,
    _PRODUCER.name,
    _PRODUCER.commune_code,
    _PRODUCT.set_number,
    _CERTIFICATE.stars,
    _CERTIFICATE.decision_number,
    _CERTIFICATE.issued_on,
    _CERTIFICATE.valid_to,
    _CERTIFICATE.revoked_on,
    _PRODUCT.where_to_buy,
    func.coalesce(_PRODUCT.photo_key, ""),
    func.coalesce(_CERTIFICATE.revoked_by, ""),
    case((_CERTIFICATE.revoked_shown, func.coalesce(_CERTIFICATE.revoked_ground, "")), else_=""),
    case((_PRODUCER.from_register, _PRODUCER.id), else_=0),
)
_ORDER: tuple[Any, ...] = (_CERTIFICATE.valid_to.desc(), _CERTIFICATE.id)
CARDS: Any = (
    select(*_COLUMNS)
    .select_from(Certificate)
    .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
    .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
)


@dataclass(frozen=True, slots=True)
class Named:
    """What each typed word may mean, and how many of them a product must have."""

    meant: Sequence[Sequence[str]] = ()
    least: int = 0


def listing(
    named: Named, stars: int | None, communes: frozenset[str]
) -> tuple[Any, dict[str, object]]:
    """The statement, and the values it runs with."""
    sure = [alike[0] for alike in named.meant if len(alike) == 1]
    unsure = [alike for alike in named.meant if len(alike) > 1]
    values: dict[str, object] = {f"sure{n}": word for n, word in enumerate(sure)}
    values |= {f"unsure{n}": list(alike) for n, alike in enumerate(unsure)}
    if named.meant:
        values["least"] = named.least
    if stars:
        values["stars"] = stars
    if communes:
        values["communes"] = sorted(communes)
    return _statement(len(sure), len(unsure), bool(stars), bool(communes)), values


@cache
def _statement(sure: int, unsure: int, stars: bool, communes: bool) -> Any:
    only = [_CERTIFICATE.stars == bindparam("stars")] if stars else []
    if communes:
        among: Any = bindparam("communes", expanding=True)
        only.append(_PRODUCER.commune_code.in_(among))
    if not sure + unsure:
        wanted = CARDS.where(newest(), _PRODUCT.demo.is_(False), *only)
    else:
        nearest = _nearest(_having(sure, unsure), only, communes)
        wanted = (
            CARDS.join(nearest, nearest.c.id == _CERTIFICATE.id)
            .where(_PRODUCT.demo.is_(False))
            .order_by(nearest.c.words.desc())
        )
    return wanted.order_by(*_ORDER).limit(LISTED)


def _having(sure: int, unsure: int) -> Any:
    """(product_id, how many of the typed words it has)."""
    one = [select(_WORD.product_id).where(_WORD.word == bindparam(f"sure{n}")) for n in range(sure)]
    any_of = [
        select(_WORD.product_id)
        .where(_WORD.word.in_(bindparam(f"unsure{n}", expanding=True)))
        .distinct()  # a product is counted once for a word, whatever that may mean
        for n in range(unsure)
    ]
    every = union_all(*one, *any_of).subquery()
    return (
        select(every.c.product_id, func.count().label("words"))
        .group_by(every.c.product_id)
        .having(func.count() >= bindparam("least"))
        .subquery()
    )


def _nearest(named: Any, only: Sequence[Any], communes: bool) -> Any:
    """(certificate id, words) of the first that are listed: their cards are only then looked up,
    as a common word may have a thousand products."""
    found = select(_CERTIFICATE.id, named.c.words).join(
        named, named.c.product_id == _CERTIFICATE.product_id
    )
    if communes:
        found = found.join(Product, _PRODUCT.id == _CERTIFICATE.product_id).join(
            Producer, _PRODUCER.id == _PRODUCT.producer_id
        )
    first = found.where(newest(), *only).order_by(named.c.words.desc(), *_ORDER)
    return first.limit(LISTED).subquery()
