"""Certificates as they stand: the current one of each product, and the dossier that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased

from bot.records.base import RecordsBase
from bot.records.people import acts_for, product_view
from conversations.records import (
    EDITABLE,
    UNDER_WAY,
    CertificateView,
    EndingView,
    OfficerView,
    State,
)
from models.database import Unit
from models.tables import Certificate, Dossier, Producer, Product

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_DOSSIER: Any = Dossier
_PRODUCER: Any = Producer
_PRODUCT: Any = Product

AHEAD, BEHIND = timedelta(days=190), timedelta(days=370)  # of an officer's list
Row = tuple[Certificate, Product, Producer]
Certificates: TypeAlias = "Select[Certificate, Product, Producer]"


def current() -> Certificates:
    """(certificate, product, producer) of every product's newest certificate, revoked ones out."""
    return (
        select(Certificate, Product, Producer)
        .join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
        .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
        .where(newest())
        .order_by(_CERTIFICATE.valid_to, _CERTIFICATE.id)
    )


def newest() -> ColumnElement[bool]:
    """Is it its product's newest certificate, and not revoked?"""
    newer: Any = aliased(Certificate)
    return and_(
        _CERTIFICATE.revoked_on.is_(None),
        ~exists().where(
            newer.product_id == _CERTIFICATE.product_id,
            newer.revoked_on.is_(None),
            (newer.valid_to > _CERTIFICATE.valid_to)
            | ((newer.valid_to == _CERTIFICATE.valid_to) & (newer.id > _CERTIFICATE.id)),
        ),
    )


def following(unit: Unit, product_ids: Sequence[int]) -> dict[int, Dossier]:
    """By product: the newest dossier being prepared or under way."""
    states = [state.value for state in EDITABLE | UNDER_WAY]
    rows = unit.scalars(
        select(Dossier)
        .where(_DOSSIER.product_id.in_(product_ids), _DOSSIER.state.in_(states))
        .order_by(_DOSSIER.id)
    )
    return {row.product_id: row for row in rows}


def between(first: date, last: date) -> ColumnElement[bool]:
    """Certificates whose last day is in that span."""
    ends: ColumnElement[bool] = _CERTIFICATE.valid_to.between(first, last)
    return ends


def certificate_view(row: Certificate) -> CertificateView:
    return CertificateView(row.code, row.stars, row.decision_number, row.issued_on, row.valid_to,
                           row.revoked_on)  # fmt: skip


class CertificateRecords(RecordsBase):
    """The part of SqlRecords about certificates."""

    def certificates(self, person_id: int) -> tuple[EndingView, ...]:
        return self._endings(current().where(acts_for(person_id)))

    def ending(self, officer: OfficerView, limit: int = 100) -> tuple[EndingView, ...]:
        today = self.now.date()
        wanted = current().where(between(today - BEHIND, today + AHEAD))
        if officer.reach is not None:
            wanted = wanted.where(_PRODUCER.commune_code.in_(officer.reach))
        found = self._endings(wanted.limit(limit))
        return tuple(one for one in found if one.dossier_state not in UNDER_WAY)

    def _endings(self, wanted: Certificates) -> tuple[EndingView, ...]:
        rows: list[Any] = list(self.session.execute(wanted))
        after = following(self.session, [product.id or 0 for _, product, _ in rows])
        return tuple(ending_view(row, after.get(row[1].id or 0)) for row in rows)


def ending_view(row: Row, after: Dossier | None) -> EndingView:
    certificate, product, producer = row
    return EndingView(
        id=certificate.id or 0,
        certificate=certificate_view(certificate),
        product=product_view(product),
        producer=producer.name,
        commune_code=producer.commune_code,
        phone=producer.phone if producer.from_register else "",
        dossier_id=after.id if after else None,
        dossier_state=State(after.state) if after else None,
    )
