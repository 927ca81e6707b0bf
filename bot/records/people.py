"""What a person may look up about itself: its producers and products, its codes, what is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, union_all
from sqlalchemy.orm import aliased

from bot.records.base import RecordsBase
from conversations.records import UNDER_WAY, KeptView, ProducerView, ProductView
from models import codes
from models.tables import (
    AddressRow,
    CaseMessage,
    ConsentEntry,
    Dossier,
    EvidenceItem,
    Helper,
    OneTimeCode,
    Page,
    Producer,
    Product,
)

# Columns: SQLModel types them as plain values.
_ADDRESS: Any = AddressRow
_MESSAGE: Any = CaseMessage
_CONSENT: Any = ConsentEntry
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_HELPER: Any = Helper
_CODE: Any = OneTimeCode
_PAGE: Any = Page
_PRODUCER: Any = Producer
_PRODUCT: Any = Product


def producer_view(row: Producer, *, mine: bool, relation: str = "") -> ProducerView:
    """The producer as a conversation sees it. `mine`: the viewer's own."""
    return ProducerView(
        id=row.id or 0,
        type=row.type,
        name=row.name,
        representative=row.representative,
        position=row.position,
        phone=row.phone,
        email=row.email,
        commune_code=row.commune_code,
        address=row.address,
        registration_number=row.registration_number,
        registered_on=row.registered_on,
        mine=mine,
        confirmed=row.confirmed_at is not None,
        relation=relation,
    )


def product_view(row: Product) -> ProductView:
    return ProductView(row.id or 0, row.producer_id, row.name, row.set_number, row.material_from)


def acts_for(person_id: int) -> ColumnElement[bool]:
    """Producers the person may act for: its own, and those it helps.

    As a list of two lookups: with OR, databases look at every producer there is.
    """
    mine: Any = aliased(Producer)
    own = select(mine.id).where(mine.person_id == person_id)
    helps = select(_HELPER.producer_id).where(
        _HELPER.person_id == person_id, _HELPER.until.is_(None)
    )
    return and_(_PRODUCER.erased_at.is_(None), _PRODUCER.id.in_(union_all(own, helps)))


class PeopleRecords(RecordsBase):
    """The part of SqlRecords about people, producers and products."""

    def producers(self, person_id: int) -> tuple[ProducerView, ...]:
        rows = self.session.scalars(
            select(Producer).where(acts_for(person_id)).order_by(_PRODUCER.id)
        ).all()
        relations = self._relations(person_id) if rows else {}
        return tuple(self._producer(row, person_id, relations) for row in rows)

    def producer(self, person_id: int, producer_id: int) -> ProducerView | None:
        row = self.session.scalars(
            select(Producer).where(_PRODUCER.id == producer_id, acts_for(person_id))
        ).first()
        return self._producer(row, person_id, self._relations(person_id)) if row else None

    def products(self, person_id: int) -> tuple[ProductView, ...]:
        rows = self.session.scalars(
            select(Product)
            .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
            .where(acts_for(person_id))
            .order_by(_PRODUCT.id)
        )
        return tuple(product_view(row) for row in rows)

    def kept(self, person_id: int) -> KeptView:
        """Counts over the producers that are the person's own."""
        dossiers = self.session.execute(
            select(_DOSSIER.code, _DOSSIER.state, _DOSSIER.submitted_at)
            .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
            .where(_PRODUCER.person_id == person_id)
        ).all()
        return KeptView(
            consent_at=self._consent_at(person_id),
            addresses=self._count(AddressRow, _ADDRESS.person_id == person_id),
            products=self._own(person_id, Product, _PRODUCT.producer_id == _PRODUCER.id),
            dossiers=len(dossiers),
            submitted=sum(row[2] is not None for row in dossiers),
            under_way=tuple(row[0] for row in dossiers if row[1] in UNDER_WAY),
            files=self._files(person_id),
            messages=self._count(CaseMessage, _MESSAGE.person_id == person_id),
        )

    def link_code(self, person_id: int, code: str) -> str | None:
        found = self._code("link", code)
        if found is None:
            return None
        return "mine" if found.person_id == person_id else "other"

    def cosign(self, person_id: int, code: str) -> ProducerView | None:
        found = self._code("cosign", code)
        if found is None:
            return None
        row = self.session.get(Producer, found.payload["producer"])
        if row is None or row.erased_at is not None or row.confirmed_at is not None:
            return None
        helps = person_id == found.person_id or row.id in self._relations(person_id)
        return producer_view(row, mine=helps)

    def _code(self, purpose: str, code: str) -> OneTimeCode | None:
        """The unused, unexpired code of that purpose."""
        return self.session.scalars(
            select(OneTimeCode).where(
                _CODE.code_hash == codes.fingerprint(code),
                _CODE.purpose == purpose,
                _CODE.used_at.is_(None),
                _CODE.expires_at > self.now,
            )
        ).first()

    def _relations(self, person_id: int) -> dict[int, str]:
        rows = self.session.execute(
            select(_HELPER.producer_id, _HELPER.relation).where(
                _HELPER.person_id == person_id,
                _HELPER.until.is_(None),
            )
        )
        return {row[0]: row[1] for row in rows}

    def _producer(self, row: Producer, person_id: int, relations: dict[int, str]) -> ProducerView:
        helps = row.id in relations
        return producer_view(
            row,
            mine=row.person_id == person_id and not helps,
            relation=relations.get(row.id or 0, ""),
        )

    def _consent_at(self, person_id: int) -> datetime | None:
        return self.session.scalars(
            select(_CONSENT.at)
            .where(_CONSENT.person_id == person_id, _CONSENT.given)
            .order_by(_CONSENT.id.desc())
            .limit(1)
        ).first()

    def _count(self, table: type, which: Any) -> int:
        counted = select(func.count()).select_from(table).where(which)
        return int(self.session.scalar(counted) or 0)

    def _own(self, person_id: int, table: type, joined: Any) -> int:
        counted = (
            select(func.count())
            .select_from(table)
            .join(Producer, joined)
            .where(_PRODUCER.person_id == person_id)
        )
        return int(self.session.scalar(counted) or 0)

    def _files(self, person_id: int) -> int:
        counted = (
            select(func.count())
            .select_from(Page)
            .join(EvidenceItem, _ITEM.id == _PAGE.item_id)
            .join(Dossier, _DOSSIER.id == _ITEM.dossier_id)
            .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
            .where(_PRODUCER.person_id == person_id, _PAGE.removed_at.is_(None))
        )
        return int(self.session.scalar(counted) or 0)
