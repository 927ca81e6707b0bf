"""The register of recognised products, for anyone: product, producer, commune, star, validity."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import case, func, select, union_all
from sqlalchemy.orm import aliased

from bot.records.base import RecordsBase
from bot.records.certificates import current, newest
from bot.records.people import acts_for
from conversations.records import PersonView, PublicProduct
from models.codes import parse
from models.product_words import Vocabulary, vocabulary
from models.tables import Certificate, Producer, Product, ProductWord

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_WORD: Any = ProductWord

LISTED = 100  # products that a search looks at
TYPED = 8  # words of a search that are looked for

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
#: Made once: putting them together takes longer than running them.
_CARDS: Any = (
    select(*_COLUMNS)
    .select_from(Certificate)
    .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
    .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
)
_CURRENT: Any = _CARDS.where(newest(), _PRODUCT.demo.is_(False))
_NEWEST: Any = select(_CERTIFICATE.id).where(newest())


class RegisterRecords(RecordsBase):
    """The part of SqlRecords that anyone may see. Products tried in a demo are left out."""

    def listed(
        self,
        words: str = "",
        stars: int | None = None,
        communes: frozenset[str] = frozenset(),
        near: bool = False,
    ) -> tuple[PublicProduct, ...]:
        wanted = _CURRENT.where(*_only(stars, communes))
        if words:
            named = self._named(words.split(), near)
            if named is None:
                return ()
            nearest = _nearest(named, stars, communes)
            wanted = (
                _CARDS.join(nearest, nearest.c.id == _CERTIFICATE.id)
                .where(_PRODUCT.demo.is_(False))
                .order_by(nearest.c.words.desc())
            )
        found = wanted.order_by(*_ORDER).limit(LISTED)
        return tuple(PublicProduct(*row) for row in self.session.execute(found))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.session, self.now)

    def _named(self, typed: list[str], near: bool) -> Any:
        """(product_id, how many of the typed words it has); None when nobody has any."""
        typed = typed[:TYPED]
        meant, common = self._vocabulary.looked_for(typed, near)
        least = max(1, (len(typed) + 1) // 2 - common)  # with fewer of them none is near enough
        if len(meant) < least:
            return None
        every = union_all(*(_having(alike) for alike in meant)).subquery()
        return (
            select(every.c.product_id, func.count().label("words"))
            .group_by(every.c.product_id)
            .having(func.count() >= least)
            .subquery()
        )

    def same_name(self, listed_id: int, producer_id: int) -> str | None:
        held = self.session.get(Producer, listed_id)
        row = self.session.get(Producer, producer_id)
        if held is None or row is None or held.erased_at or row.erased_at:
            return None
        both = held.from_register and not row.from_register
        return row.commune_code if both and held.commune_code == row.commune_code else None

    def certified(self, code: str) -> PublicProduct | None:
        known = parse(code)
        if known is None:
            return None
        row = self.session.execute(_CARDS.where(_CERTIFICATE.code == known)).first()
        return self._with_newer(PublicProduct(*row)) if row else None

    def _with_newer(self, one: PublicProduct) -> PublicProduct:
        """An old label may be on a product that holds a new certificate."""
        today = self.now.date()
        if one.revoked_on is None and one.valid_to >= today:
            return one
        asked: Any = aliased(Certificate)
        now = current().with_only_columns(_CERTIFICATE.code).where(_CERTIFICATE.valid_to >= today)
        same = select(asked.product_id).where(asked.code == one.code).scalar_subquery()
        newer = self.session.scalar(now.where(_CERTIFICATE.product_id == same))
        return replace(one, newer=newer or "")

    def why_revoked(self, person: PersonView, code: str) -> tuple[str, str]:
        row = self.session.execute(
            select(
                _CERTIFICATE.revoked_ground, _CERTIFICATE.revoked_because, _PRODUCER.commune_code
            )
            .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
            .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
            .where(_CERTIFICATE.code == code)
        ).first()
        if row is None or not (self._speaks(person.id, code) or _covers(person, row[2])):
            return "", ""
        return row[0] or "", row[1] or ""

    def _speaks(self, person_id: int, code: str) -> bool:
        found = (
            select(_CERTIFICATE.id)
            .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
            .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
            .where(_CERTIFICATE.code == code, acts_for(person_id))
        )
        return self.session.scalar(found) is not None


def _covers(person: PersonView, commune: str) -> bool:
    return person.officer is not None and person.officer.covers(commune)


def _only(stars: int | None, communes: frozenset[str]) -> list[Any]:
    only = [_CERTIFICATE.stars == stars] if stars else []
    return [*only, _PRODUCER.commune_code.in_(communes)] if communes else only


def _nearest(named: Any, stars: int | None, communes: frozenset[str]) -> Any:
    """(certificate id, words) of the first that are listed: their cards are only then looked up,
    as a common word may have a thousand products."""
    found = _NEWEST.add_columns(named.c.words).join(
        named, named.c.product_id == _CERTIFICATE.product_id
    )
    if communes:
        found = found.join(Product, _PRODUCT.id == _CERTIFICATE.product_id).join(
            Producer, _PRODUCER.id == _PRODUCT.producer_id
        )
    first = found.where(*_only(stars, communes)).order_by(named.c.words.desc(), *_ORDER)
    return first.limit(LISTED).subquery()


def _having(alike: list[str]) -> Any:
    """The products that have one of these words, each once."""
    if len(alike) == 1:
        return select(_WORD.product_id).where(_WORD.word == alike[0])
    return select(_WORD.product_id).where(_WORD.word.in_(alike)).distinct()
