"""The register of recognised products, for anyone: product, producer, commune, star, validity."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.records.base import RecordsBase
from bot.records.certificates import current
from conversations.records import PublicProduct
from models.codes import parse
from models.tables import Certificate, Producer, Product

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_PRODUCER: Any = Producer
_PRODUCT: Any = Product

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


class RegisterRecords(RecordsBase):
    """The part of SqlRecords that anyone may see. Products tried in a demo are left out."""

    def register(self) -> tuple[PublicProduct, ...]:
        wanted = current().with_only_columns(*_COLUMNS).where(_PRODUCT.demo.is_(False))
        newest = wanted.order_by(None).order_by(_CERTIFICATE.valid_to.desc(), _CERTIFICATE.id)
        return tuple(_public(row) for row in self.session.execute(newest))

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


def _public(row: Any) -> PublicProduct:
    values = (*row[:11], row[11] or "")
    return PublicProduct(*values)
