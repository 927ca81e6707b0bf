"""The register of recognised products, for anyone: product, producer, commune, star, validity."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.records.base import RecordsBase
from bot.records.certificates import current
from bot.records.people import acts_for
from bot.records.register_listing import CARDS, Named, listing
from conversations.records import PersonView, PublicProduct
from models.codes import parse
from models.product_words import Vocabulary, vocabulary
from models.tables import Certificate, Producer, Product

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_PRODUCER: Any = Producer
_PRODUCT: Any = Product

TYPED = 8  # words of a search that are looked for


class RegisterRecords(RecordsBase):
    """The part of SqlRecords that anyone may see. Products tried in a demo are left out."""

    def listed(
        self,
        words: str = "",
        stars: int | None = None,
        communes: frozenset[str] = frozenset(),
        near: bool = False,
    ) -> tuple[PublicProduct, ...]:
        named = self._named(words.split(), near) if words else Named()
        if named is None:
            return ()
        self.session.flush()  # what this turn wrote is looked through too
        found = self.session.core.execute(*listing(named, stars, communes))
        return tuple(PublicProduct(*row) for row in found)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.session, self.now)

    def _named(self, typed: list[str], near: bool) -> Named | None:
        """The words that are looked for; None when nobody has enough of them."""
        typed = typed[:TYPED]
        meant, common = self._vocabulary.looked_for(typed, near)
        least = max(1, (len(typed) + 1) // 2 - common)  # with fewer of them none is near enough
        return Named(meant, least) if len(meant) >= least else None

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
        row = self.session.execute(CARDS.where(_CERTIFICATE.code == known)).first()
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
