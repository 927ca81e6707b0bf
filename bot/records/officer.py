"""What an officer may look up. Every lookup checks role and commune: another commune's case looks
the same as one that does not exist.
"""

from __future__ import annotations

from typing import Any

from bot.records.base import RecordsBase
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from conversations.records import CaseLine, DossierView, OfficerView, State, TicketView
from models.codes import fingerprint, parse
from models.tables import Dossier, Invite, Officer, OfficerCommune, Producer, Product, Ticket

#: Waiting for an officer of the commune, and of the province.
AT_COMMUNE = (State.SUBMITTED, State.REVIEWING, State.SUPPLEMENT, State.FIXED)
AT_PROVINCE = (State.PASSED, State.RECEIVED, State.COMPLETING, State.LISTED, State.FIXED)


def in_reach(officer: OfficerView) -> ColumnElement[bool]:
    """Cases the officer may see at all: own communes; all that was handed in, for the province."""
    if officer.role in ("province", "admin"):
        return Dossier.state != State.DRAFT  # type: ignore[return-value]
    if not officer.communes:
        return false()
    return and_(
        Dossier.commune_code.in_(officer.communes),  # type: ignore[attr-defined]
        Dossier.state != State.DRAFT,
    )


def on_desk(officer: OfficerView) -> ColumnElement[bool]:
    """Cases that wait for this officer: held by it, or free at its level."""
    passed = Dossier.reached_province_at.is_not(None)  # type: ignore[union-attr]
    free = Dossier.officer_id.is_(None)  # type: ignore[union-attr]
    mine = Dossier.officer_id == officer.id
    commune = and_(~passed, Dossier.state.in_(AT_COMMUNE))  # type: ignore[attr-defined]
    province = and_(passed, Dossier.state.in_(AT_PROVINCE))  # type: ignore[attr-defined]
    level = {"commune": commune, "province": province, "admin": or_(commune, province)}
    return and_(in_reach(officer), level[officer.role], or_(free, mine))


class OfficerRecords(RecordsBase):
    """The officers' half of SqlRecords."""

    def case(self, officer: OfficerView, dossier_id: int) -> DossierView | None:
        return self._case(officer, Dossier.id == dossier_id)

    def case_by_code(self, officer: OfficerView, code: str) -> DossierView | None:
        known = parse(code)
        return self._case(officer, Dossier.code == known) if known else None

    def _case(self, officer: OfficerView, which: Any) -> DossierView | None:
        row = self.session.scalars(select(Dossier).where(which, in_reach(officer))).first()
        return self.dossier_view(row, mine=False) if row else None

    def queue(self, officer: OfficerView, limit: int = 10, skip: int = 0) -> tuple[CaseLine, ...]:
        """Nearest deadline first, then oldest: nobody picks the easy ones."""
        rows = self.session.execute(
            _lines()
            .where(on_desk(officer))
            .order_by(Dossier.due_on.is_(None), Dossier.due_on, Dossier.id)  # type: ignore[union-attr]
            .limit(limit)
            .offset(skip)
        )
        return tuple(_line(*row) for row in rows)

    def queue_size(self, officer: OfficerView) -> int:
        count = select(func.count()).select_from(Dossier).where(on_desk(officer))
        return int(self.session.scalar(count) or 0)

    def colleagues(self, officer: OfficerView, dossier_id: int) -> tuple[OfficerView, ...]:
        """Other active officers of the same role who may hold this case."""
        case = self.case(officer, dossier_id)
        if case is None:
            return ()
        rows = self.session.scalars(
            select(Officer)
            .where(Officer.active, Officer.role == officer.role, Officer.id != officer.id)
            .order_by(Officer.name)
        )
        views = (self.officer_view(row) for row in rows)
        return tuple(v for v in views if v.covers(case.commune_code))

    def officer_view(self, row: Officer) -> OfficerView:
        """An officer with its communes."""
        communes = self.session.scalars(
            select(OfficerCommune.commune_code).where(OfficerCommune.officer_id == row.id)
        )
        return OfficerView(row.id or 0, row.person_id, row.role, row.name, frozenset(communes))

    # -- questions ---------------------------------------------------------------------------------
    def tickets(self, officer: OfficerView, limit: int = 10) -> tuple[TicketView, ...]:
        """Open questions of the officer's communes; those of no commune go to the province."""
        rows = self.session.scalars(
            select(Ticket)
            .where(Ticket.state == "open", _tickets_of(officer))
            .order_by(Ticket.id)  # type: ignore[arg-type]
            .limit(limit)
        )
        return tuple(ticket_view(row) for row in rows)

    def ticket(self, officer: OfficerView, ticket_id: int) -> TicketView | None:
        row = self.session.scalars(
            select(Ticket).where(Ticket.id == ticket_id, _tickets_of(officer))
        ).first()
        return ticket_view(row) if row else None

    def invite(self, code: str) -> str | None:
        row = self.session.scalars(
            select(Invite).where(Invite.code_hash == fingerprint(code))
        ).first()
        if row is None or row.used_at is not None or row.expires_at <= self.now:
            return None
        return row.role


def _tickets_of(officer: OfficerView) -> ColumnElement[bool]:
    if officer.role in ("province", "admin"):
        return Ticket.id.is_not(None)  # type: ignore[union-attr]
    return Ticket.commune_code.in_(officer.communes)  # type: ignore[union-attr]


def ticket_view(row: Ticket) -> TicketView:
    return TicketView(
        row.id or 0,
        row.code,
        row.text,
        row.topic,
        row.language,
        row.state,
        row.asked_at,
        row.person_id,
        row.answer,
    )


def _lines() -> Select[Any]:
    return (
        select(
            Dossier.id,
            Dossier.code,
            Product.name,
            Producer.name,
            Dossier.commune_code,
            Product.set_number,
            Dossier.state,
            Dossier.submitted_at,
            Dossier.due_on,
            Dossier.officer_id,
            Officer.name,
        )  # type: ignore[call-overload]
        .join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Dossier.producer_id)
        .outerjoin(Officer, Officer.id == Dossier.officer_id)
    )


def _line(
    id_: int,
    code: str,
    product: str,
    producer: str,
    commune: str,
    number: int,
    state: str,
    submitted: Any,
    due: Any,
    officer_id: int | None,
    officer: str | None,
) -> CaseLine:
    return CaseLine(
        id_,
        code,
        product,
        producer,
        commune,
        number,
        State(state),
        submitted,
        due,
        officer_id,
        officer or "",
    )
