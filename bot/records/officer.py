"""What an officer may look up. Every lookup checks role and commune: another commune's case looks
the same as one that does not exist.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from bot.records.household import HouseholdRecords
from conversations.records import (
    CaseLine,
    DossierView,
    OfficerView,
    RefusalView,
    State,
    TicketView,
)
from conversations.stages import RECORDING, stands_at
from models import groups
from models.codes import fingerprint, parse
from models.tables import (
    AuditEntry,
    Dossier,
    HistoryEntry,
    Invite,
    Officer,
    OfficerCommune,
    OneTimeCode,
    Producer,
    Product,
    Ticket,
)

# Columns: SQLModel types them as plain values.
_AUDIT: Any = AuditEntry
_CODE: Any = OneTimeCode
_COMMUNE: Any = OfficerCommune
_DOSSIER: Any = Dossier
_HISTORY: Any = HistoryEntry
_INVITE: Any = Invite
_OFFICER: Any = Officer
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_TICKET: Any = Ticket

#: Waiting for an officer of the commune, and of the province.
AT_COMMUNE = (State.SUBMITTED, State.REVIEWING, State.SUPPLEMENT, State.FIXED)
AT_PROVINCE = (State.PASSED, State.RECEIVED, State.COMPLETING, State.LISTED, State.FIXED)
#: What is remembered of a refusal that one officer put forward.
REFUSALS = ("refusal_proposed", "refusal_dropped")
#: So many codes that open nothing, within this time, and no invitation opens any more.
MISSES, WITHIN = 8, timedelta(hours=1)


def in_reach(officer: OfficerView) -> ColumnElement[bool]:
    """Cases the officer may see at all: own communes; all that was handed in, for the province."""
    handed_in: ColumnElement[bool] = _DOSSIER.state != State.DRAFT.value
    if officer.role in ("province", "admin"):
        return handed_in
    if not officer.communes:
        return false()
    return and_(_DOSSIER.commune_code.in_(officer.communes), handed_in)


def on_desk(officer: OfficerView) -> ColumnElement[bool]:
    """Cases that wait for this officer: held by it, or free at its level."""
    passed = _DOSSIER.reached_province_at.is_not(None)
    # free, or this officer's; said so that SQLite does not go through all that are free
    to_take = func.coalesce(_DOSSIER.officer_id, officer.id) == officer.id
    commune = and_(~passed, _DOSSIER.state.in_(AT_COMMUNE))
    province = and_(passed, _DOSSIER.state.in_(AT_PROVINCE))
    level = {"commune": commune, "province": province, "admin": or_(commune, province)}
    return and_(in_reach(officer), level.get(officer.role, false()), to_take)


class OfficerRecords(HouseholdRecords):
    """The officers' half of SqlRecords."""

    def dossier_view(self, row: Dossier, *, mine: bool) -> DossierView:
        """One dossier; `mine`: as its household sees it, else as an officer does."""
        seen = super().dossier_view(row, mine=mine)
        if mine:
            return seen
        arrived = row.reached_province_at
        return replace(seen, refusal=self.refusal(row), reached_province_at=arrived)

    def refusal(self, row: Dossier) -> RefusalView | None:
        """The refusal that one officer put forward and nobody answered yet."""
        if row.state not in RECORDING:
            return None
        found = self.session.execute(
            select(_HISTORY.what, _HISTORY.officer_id, _HISTORY.detail, _OFFICER.name)
            .outerjoin(Officer, _OFFICER.id == _HISTORY.officer_id)
            .where(_HISTORY.dossier_id == row.id, _HISTORY.what.in_(REFUSALS))
            .order_by(_HISTORY.id.desc())
            .limit(1)
        ).first()
        if found is None or found[0] != REFUSALS[0]:
            return None
        return RefusalView(found[1] or 0, found[3] or "", str(found[2].get("reason", "")))

    def case(self, officer: OfficerView, dossier_id: int) -> DossierView | None:
        return self._case(officer, _DOSSIER.id == dossier_id)

    def case_by_code(self, officer: OfficerView, code: str) -> DossierView | None:
        known = parse(code)
        return self._case(officer, _DOSSIER.code == known) if known else None

    def _case(self, officer: OfficerView, which: ColumnElement[bool]) -> DossierView | None:
        row = self.session.scalars(select(Dossier).where(which, in_reach(officer))).first()
        return self.dossier_view(row, mine=False) if row else None

    def queue(self, officer: OfficerView, limit: int = 10, skip: int = 0) -> tuple[CaseLine, ...]:
        """Nearest deadline first, then oldest: nobody picks the easy ones."""
        rows = self.session.execute(
            _lines()
            .where(on_desk(officer))
            .order_by(_DOSSIER.due_on.is_(None), _DOSSIER.due_on, _DOSSIER.submitted_at)
            .limit(limit)
            .offset(skip)
        )
        return tuple(_line(*row) for row in rows)

    def queue_size(self, officer: OfficerView) -> int:
        count = select(func.count()).select_from(Dossier).where(on_desk(officer))
        return int(self.session.scalar(count) or 0)

    def colleagues(self, officer: OfficerView, dossier_id: int) -> tuple[OfficerView, ...]:
        case = self.case(officer, dossier_id)
        if case is None:
            return ()
        rows = self.session.scalars(
            select(Officer)
            .where(_OFFICER.active.is_(True), _OFFICER.id != officer.id)
            .order_by(_OFFICER.name)
        )
        views = [self.officer_view(row) for row in rows]
        return tuple(v for v in views if stands_at(v, case.commune_code, case.at_province))

    def officer_view(self, row: Officer) -> OfficerView:
        """An officer with its communes."""
        communes = self.session.scalars(
            select(_COMMUNE.commune_code).where(_COMMUNE.officer_id == row.id)
        )
        return OfficerView(row.id or 0, row.person_id, row.role, row.name, frozenset(communes))

    def officers_of_group(self, group: int) -> tuple[OfficerView, ...]:
        rows = self.session.scalars(
            select(Officer)
            .where(
                _OFFICER.id.in_(groups.officers_of(self.session, group)),
                _OFFICER.active.is_(True),
            )
            .order_by(_OFFICER.id)
        )
        return tuple(self.officer_view(row) for row in rows)

    def officer_of(self, person_id: int) -> OfficerView | None:
        """The person's rights as they are now; None when there are none, or no longer."""
        row = self.session.scalars(
            select(Officer).where(_OFFICER.person_id == person_id, _OFFICER.active.is_(True))
        ).first()
        return self.officer_view(row) if row else None

    # -- questions -------------------------------------------------------------------------------
    def tickets(self, officer: OfficerView, limit: int = 10) -> tuple[TicketView, ...]:
        """Open questions of the officer's communes; those of no commune go to the province."""
        rows = self.session.scalars(
            select(Ticket)
            .where(_TICKET.state == "open", tickets_of(officer))
            .order_by(_TICKET.due_at, _TICKET.id)
            .limit(limit)
        )
        return tuple(ticket_view(row) for row in rows)

    def ticket(self, officer: OfficerView, ticket_id: int) -> TicketView | None:
        row = self.session.scalars(
            select(Ticket).where(_TICKET.id == ticket_id, tickets_of(officer))
        ).first()
        return ticket_view(row) if row else None

    # -- codes -----------------------------------------------------------------------------------
    def invite(self, person_id: int, code: str) -> str | None:
        if self._guessed_too_often(person_id):
            return None
        role: str | None = self.session.scalars(
            select(_INVITE.role).where(
                _INVITE.code_hash == fingerprint(code),
                _INVITE.used_at.is_(None),
                _INVITE.expires_at > self.now,
            )
        ).first()
        return role

    def _guessed_too_often(self, person_id: int) -> bool:
        count = select(func.count()).select_from(AuditEntry)
        missed = count.where(
            _AUDIT.at > self.now - WITHIN,
            _AUDIT.person_id == person_id,
            _AUDIT.action == "code_missed",
        )
        return int(self.session.scalar(missed) or 0) >= MISSES

    def demo(self, code: str) -> bool:
        found = self.session.scalars(
            select(_CODE.id).where(
                _CODE.code_hash == fingerprint(code),
                _CODE.purpose == "demo",
                _CODE.used_at.is_(None),
                _CODE.expires_at > self.now,
            )
        ).first()
        return found is not None


def tickets_of(officer: OfficerView) -> ColumnElement[bool]:
    """Questions the officer may see and answer."""
    if officer.role in ("province", "admin"):
        return true()
    if not officer.communes:
        return false()
    theirs: ColumnElement[bool] = _TICKET.commune_code.in_(officer.communes)
    return theirs


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
    chosen: Select[Any] = select(
        _DOSSIER.id,
        _DOSSIER.code,
        _PRODUCT.name,
        _PRODUCER.name,
        _DOSSIER.commune_code,
        _PRODUCT.set_number,
        _DOSSIER.state,
        _DOSSIER.submitted_at,
        _DOSSIER.due_on,
        _DOSSIER.officer_id,
        _OFFICER.name,
    )
    return (
        chosen.select_from(Dossier)
        .join(Product, _PRODUCT.id == _DOSSIER.product_id)
        .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
        .outerjoin(Officer, _OFFICER.id == _DOSSIER.officer_id)
    )


def _line(*row: Any) -> CaseLine:
    """A row of `_lines` as a view."""
    id_, code, product, producer, commune, number, state, submitted, due, officer_id, who = row
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
        who or "",
    )
