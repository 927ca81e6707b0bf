"""What the demo made, removed: its people, their producers and dossiers, its officers.

The audit log stays, as it must; it holds ids only. A demo officer who worked on a real case stays
as a name on it, without rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from models.database import Unit
from models.forgetting import forget
from models.tables import (
    AddressRow,
    Assessment,
    CaseMessage,
    Certificate,
    Complaint,
    ComplaintLine,
    ConsentEntry,
    Dossier,
    EvidenceItem,
    Helper,
    HistoryEntry,
    InboundRow,
    Invite,
    Job,
    Officer,
    OfficerCommune,
    OneTimeCode,
    OutboundRow,
    Page,
    Person,
    Producer,
    Product,
    Reminder,
    TalkRow,
    Ticket,
)

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_OFFICER: Any = Officer
_PERSON: Any = Person
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_CERTIFICATE: Any = Certificate


@dataclass(frozen=True, slots=True)
class Removed:
    """How much went; `officers` of it may still be named on real cases."""

    people: int
    dossiers: int
    officers: int
    kept: tuple[int, ...]  # ids of officers who worked on real cases: rights ended only


def remove(unit: Unit, now: datetime) -> Removed:
    """Remove all demo data. Files nobody names any more go with the next sweep."""
    people = _ids(unit, _PERSON.id, _PERSON.demo.is_(True))
    producers = _ids(unit, _PRODUCER.id, _PRODUCER.person_id.in_(people))
    products = _ids(unit, _PRODUCT.id, _PRODUCT.producer_id.in_(producers))
    dossiers = _ids(unit, _DOSSIER.id, _DOSSIER.producer_id.in_(producers))
    _cases(unit, dossiers)
    _drop(unit, Certificate, _CERTIFICATE.product_id.in_(products))
    _drop(unit, Dossier, _DOSSIER.id.in_(dossiers))
    _complaints(unit, people, products)
    _drop(unit, Product, _PRODUCT.id.in_(products))
    helper: Any = Helper
    _drop(unit, Helper, or_(helper.producer_id.in_(producers), helper.person_id.in_(people)))
    demo_officers = _demo_officers(unit, people)
    forget(unit, people=people, producers=producers, officers=demo_officers)
    _drop(unit, Producer, _PRODUCER.id.in_(producers))
    gone, kept = _officers(unit, demo_officers)
    stay = _ids(unit, _OFFICER.person_id, _OFFICER.id.in_(kept))
    _people(unit, [one for one in people if one not in stay], people, now)
    unit.flush()
    unit.cache.doubt()
    return Removed(len(people), len(dossiers), gone + len(kept), tuple(kept))


def _complaints(unit: Unit, people: list[int], products: list[int]) -> None:
    """What demo people reported, and what was reported about demo products."""
    complaint, line = _any(Complaint), _any(ComplaintLine)
    which = or_(complaint.person_id.in_(people), complaint.product_id.in_(products))
    gone = _ids(unit, complaint.id, which)
    _drop(unit, ComplaintLine, line.complaint_id.in_(gone))
    _drop(unit, Complaint, complaint.id.in_(gone))


def _ids(unit: Unit, column: Any, which: ColumnElement[bool]) -> list[int]:
    return list(unit.scalars(select(column).where(which)))


def _drop(unit: Unit, table: Any, which: ColumnElement[bool]) -> None:
    unit.execute(delete(table).where(which).execution_options(synchronize_session=False))


def _cases(unit: Unit, dossiers: list[int]) -> None:
    """Everything that hangs on these dossiers."""
    items = _ids(unit, _ITEM.id, _ITEM.dossier_id.in_(dossiers))
    page: Any = Page
    _drop(unit, Page, page.item_id.in_(items))
    tables: tuple[Any, ...] = (EvidenceItem, HistoryEntry, CaseMessage, Assessment, Ticket, Job)
    for table in tables:
        _drop(unit, table, table.dossier_id.in_(dossiers))


def _demo_officers(unit: Unit, people: list[int]) -> list[int]:
    return _ids(unit, _OFFICER.id, or_(_OFFICER.demo.is_(True), _OFFICER.person_id.in_(people)))


def _officers(unit: Unit, demo: list[int]) -> tuple[int, list[int]]:
    """How many demo officers went, and the ids of those whom real cases still name."""
    kept = [one for one in demo if _named(unit, one)]
    gone = [one for one in demo if one not in kept]
    unit.execute(update(Officer).where(_OFFICER.id.in_(kept)).values(active=False))
    commune: Any = OfficerCommune
    _drop(unit, OfficerCommune, commune.officer_id.in_(demo))
    _drop(unit, Officer, _OFFICER.id.in_(gone))
    return len(gone), kept


def _named(unit: Unit, officer_id: int) -> bool:
    """Whether a row of a real case names this officer."""
    item, said, history, ticket, complaint, line = (
        _any(t) for t in (EvidenceItem, Assessment, HistoryEntry, Ticket, Complaint, ComplaintLine)
    )
    named = (
        exists().where(_DOSSIER.officer_id == officer_id),
        exists().where(item.reviewed_by == officer_id),
        exists().where(said.officer_id == officer_id),
        exists().where(history.officer_id == officer_id),
        exists().where(ticket.officer_id == officer_id),
        exists().where(complaint.officer_id == officer_id),
        exists().where(line.officer_id == officer_id),
    )
    return bool(unit.scalar(select(or_(*named))))


def _any(table: Any) -> Any:
    return table


def _people(unit: Unit, gone: list[int], demo: list[int], now: datetime) -> None:
    """The people and what was said by and to them."""
    said: tuple[Any, ...] = (
        TalkRow,
        ConsentEntry,
        AddressRow,
        OneTimeCode,
        OutboundRow,
        InboundRow,
        Reminder,
    )
    for table in (*said, Ticket):
        _drop(unit, table, _any(table).person_id.in_(demo if table is not AddressRow else gone))
    invite, code = _any(Invite), _any(OneTimeCode)
    _drop(unit, Invite, or_(invite.demo.is_(True), invite.used_by.in_(gone)))
    _drop(unit, OneTimeCode, code.purpose == "demo")
    page, message, history = _any(Page), _any(CaseMessage), _any(HistoryEntry)
    unit.execute(update(Page).where(page.added_by.in_(gone)).values(added_by=None))
    unit.execute(update(HistoryEntry).where(history.person_id.in_(gone)).values(person_id=None))
    _drop(unit, CaseMessage, message.person_id.in_(gone))
    _drop(unit, Person, _PERSON.id.in_(gone))
