"""Complaints for officers and reporters. Which ones an officer may see is decided here alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, literal_column, select, true

from bot.records.base import RecordsBase
from conversations.records import ComplaintLine, ComplaintView, OfficerView
from models.messages import SentFile
from models.tables import Complaint, Officer, Producer, Product
from models.tables import ComplaintLine as LineRow

# Columns: SQLModel types them as plain values.
_COMPLAINT: Any = Complaint
_LINE: Any = LineRow
_OFFICER: Any = Officer
_PRODUCER: Any = Producer
_PRODUCT: Any = Product

#: No parameter: the index of those that are not closed is chosen by it.
OPEN: ColumnElement[bool] = _COMPLAINT.state != literal_column("'closed'")


def complaints_of(officer: OfficerView) -> ColumnElement[bool]:
    """Of its communes, or of everywhere for the province; never about the officer's own product."""
    own = exists().where(
        _PRODUCT.id == _COMPLAINT.product_id,
        _PRODUCER.id == _PRODUCT.producer_id,
        _PRODUCER.person_id == officer.person_id,
    )
    if officer.role in ("province", "admin"):
        return and_(true(), ~own)
    if officer.role != "commune" or not officer.communes:
        return false()
    return and_(_COMPLAINT.commune_code.in_(officer.communes), ~own)


def waiting_for(officer: OfficerView) -> ColumnElement[bool]:
    """Not closed, and free or held by this officer."""
    held = func.coalesce(_COMPLAINT.officer_id, officer.id) == officer.id
    return and_(OPEN, held, complaints_of(officer))


class ComplaintRecords(RecordsBase):
    """The part of SqlRecords about complaints."""

    def complaints(self, officer: OfficerView, limit: int = 8) -> tuple[ComplaintView, ...]:
        which = (OPEN, complaints_of(officer))
        oldest = select(Complaint).where(*which).order_by(_COMPLAINT.id).limit(limit)
        return tuple(self._complaint(row) for row in self.session.scalars(oldest).all())

    def complaints_open(self, officer: OfficerView) -> int:
        count = select(func.count(_COMPLAINT.id)).where(waiting_for(officer))
        return int(self.session.scalar(count) or 0)

    def complaint(self, officer: OfficerView, number: int) -> ComplaintView | None:
        which = (_COMPLAINT.id == number, complaints_of(officer))
        row = self.session.scalars(select(Complaint).where(*which)).first()
        return self._complaint(row) if row else None

    def own_complaints(self, person_id: int, limit: int = 5) -> tuple[ComplaintView, ...]:
        mine = select(Complaint).where(_COMPLAINT.person_id == person_id, _COMPLAINT.text != "")
        newest = mine.order_by(_COMPLAINT.id.desc()).limit(limit)
        return tuple(self._complaint(row) for row in self.session.scalars(newest).all())

    def own_complaint(self, person_id: int, number: int) -> ComplaintView | None:
        row = self.session.get(Complaint, number)
        return self._complaint(row) if row and row.person_id == person_id else None

    def _complaint(self, row: Complaint) -> ComplaintView:
        product = self.session.get(Product, row.product_id) if row.product_id else None
        producer = self.session.get(Producer, product.producer_id) if product else None
        officer = self.session.get(Officer, row.officer_id) if row.officer_id else None
        return ComplaintView(
            id=row.id or 0,
            code=row.code,
            kind=row.kind,
            product=product.name if product else row.about,
            producer=producer.name if producer else "",
            place=row.place,
            commune_code=row.commune_code,
            text=row.text,
            state=row.state,
            made_at=row.made_at,
            due_at=row.due_at,
            late=row.late_at is not None,
            officer_id=row.officer_id,
            officer_name=officer.name if officer else "",
            outcome=row.outcome,
            result=row.result,
            files=_files(row.files),
            lines=self._lines(row.id or 0),
        )

    def _lines(self, number: int) -> tuple[ComplaintLine, ...]:
        rows = self.session.execute(
            select(LineRow, _OFFICER.name)
            .outerjoin(Officer, _OFFICER.id == _LINE.officer_id)
            .where(_LINE.complaint_id == number)
            .order_by(_LINE.id)
        ).all()
        return tuple(
            ComplaintLine(name or "" if line.officer_id else "", line.text, _files(line.files))
            for line, name in rows
        )


def _files(kept: Sequence[dict[str, Any]]) -> tuple[SentFile, ...]:
    return tuple(SentFile(**file) for file in kept)
