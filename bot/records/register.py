"""The register of recognised products, for anyone: product, producer, commune, star, validity."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, union_all

from bot.records.base import RecordsBase
from bot.records.certificates import current
from conversations.records import PublicProduct
from models.codes import parse
from models.product_words import vocabulary
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
    _PRODUCT.photo_key,
)


#: Made once: putting it together takes longer than running it.
_CURRENT: Any = (
    current().with_only_columns(*_COLUMNS).where(_PRODUCT.demo.is_(False)).order_by(None)
)


class RegisterRecords(RecordsBase):
    """The part of SqlRecords that anyone may see. Products tried in a demo are left out."""

    def listed(
        self,
        words: str = "",
        stars: int | None = None,
        communes: frozenset[str] = frozenset(),
        near: bool = False,
    ) -> tuple[PublicProduct, ...]:
        wanted = _CURRENT
        if stars:
            wanted = wanted.where(_CERTIFICATE.stars == stars)
        if communes:
            wanted = wanted.where(_PRODUCER.commune_code.in_(communes))
        order: list[Any] = [_CERTIFICATE.valid_to.desc(), _CERTIFICATE.id]
        if words:
            named = self._named(words.split(), near)
            if named is None:
                return ()
            wanted = wanted.join(named, named.c.product_id == _PRODUCT.id)
            order.insert(0, named.c.words.desc())
        found = wanted.order_by(*order).limit(LISTED)
        return tuple(_public(row) for row in self.session.execute(found))

    def _named(self, typed: list[str], near: bool) -> Any:
        """(product_id, how many of the typed words it has); None when nobody has any."""
        typed = typed[:TYPED]
        meant, common = vocabulary(self.session, self.now).looked_for(typed, near)
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
        row = self.session.execute(
            select(*_COLUMNS)
            .select_from(Certificate)
            .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
            .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
            .where(_CERTIFICATE.code == known)
        ).first()
        return _public(row) if row else None


def _having(alike: list[str]) -> Any:
    """The products that have one of these words, each once."""
    if len(alike) == 1:
        return select(_WORD.product_id).where(_WORD.word == alike[0])
    return select(_WORD.product_id).where(_WORD.word.in_(alike)).distinct()


def _public(row: Any) -> PublicProduct:
    values = (*row[:11], row[11] or "")
    return PublicProduct(*values)
