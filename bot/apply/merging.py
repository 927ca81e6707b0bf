"""Two persons turn out to be one: everything of the one who came moves to the one who was here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from models.codec import talk_of
from models.database import Unit
from models.tables import (
    AddressRow,
    CaseMessage,
    Complaint,
    ConsentEntry,
    Delivery,
    Helper,
    InboundRow,
    Officer,
    OneTimeCode,
    OutboundRow,
    Page,
    Person,
    Producer,
    Reminder,
    Signup,
    TalkRow,
    Ticket,
    Unsubscribed,
)

# Columns: SQLModel types them as plain values.
_ADDRESS: Any = AddressRow
_MESSAGE: Any = CaseMessage
_COMPLAINT: Any = Complaint
_CONSENT: Any = ConsentEntry
_DELIVERY: Any = Delivery
_HELPER: Any = Helper
_IN: Any = InboundRow
_OFFICER: Any = Officer
_CODE: Any = OneTimeCode
_OUT: Any = OutboundRow
_PAGE: Any = Page
_PRODUCER: Any = Producer
_REMINDER: Any = Reminder
_SIGNUP: Any = Signup
_TICKET: Any = Ticket
_UNSUBSCRIBED: Any = Unsubscribed

#: Columns that say whose a row is. History and the audit log keep who it was when it happened.
OWNED: tuple[Any, ...] = (
    _ADDRESS.person_id,
    _MESSAGE.person_id,
    _COMPLAINT.person_id,
    _CONSENT.person_id,
    _IN.person_id,
    _CODE.person_id,
    _OUT.person_id,
    _PAGE.added_by,
    _PRODUCER.person_id,
    _TICKET.person_id,
)


def merge(unit: Unit, *, come: int, into: int, now: datetime) -> None:
    """Move all of `come` to `into`; `come` stays as an empty, erased person."""
    unit.store.lock_person(unit, into)
    old, fresh = unit.get_one(Person, into), unit.get_one(Person, come)
    for column in OWNED:
        unit.execute(update(column.class_).where(column == come).values({column.key: into}))
    _once_each(unit, Helper, _HELPER.producer_id, come, into)  # whoever of the two helped it
    # What either was told counts for both; the choice of the one who was here stays.
    _once_each(unit, Reminder, _REMINDER.about, come, into)
    _once_each(unit, Delivery, _DELIVERY.announcement_id, come, into)
    _once_each(unit, Signup, _SIGNUP.event_id, come, into)
    _once_each(unit, Unsubscribed, _UNSUBSCRIBED.topic, come, into)
    _officer(unit, come, into)
    _talks(unit, come, into)
    _facts(old, fresh)
    fresh.erased_at, fresh.name, fresh.phone = now, None, None
    fresh.consent_version = fresh.consent_at = None
    unit.add_all((old, fresh))
    unit.flush()
    unit.cache.doubt()


def _facts(old: Person, fresh: Person) -> None:
    """What the one who was here lacks and the one who came has."""
    if old.consent_version is None:
        old.consent_version, old.consent_at = fresh.consent_version, fresh.consent_at
    old.name = old.name or fresh.name
    old.phone = old.phone or fresh.phone


def _once_each(unit: Unit, table: Any, what: Any, come: int, into: int) -> None:
    """Rows of which a person has one for each `what`: of two, the one of who was here stays."""
    held = set(unit.scalars(select(what).where(table.person_id == into)))
    for row in unit.scalars(select(table).where(table.person_id == come)).all():
        if getattr(row, what.key) in held:
            unit.delete(row)
        else:
            row.person_id = into
            unit.add(row)


def _officer(unit: Unit, come: int, into: int) -> None:
    """An officer's role moves; where both have one, the role of the one who was here stays."""
    rows = {
        row.person_id: row
        for row in unit.scalars(select(Officer).where(_OFFICER.person_id.in_((come, into))))
    }
    if come in rows and into not in rows:
        rows[come].person_id = into
        unit.add(rows[come])
    elif come in rows:
        rows[come].active = False
        unit.add(rows[come])


def _talks(unit: Unit, come: int, into: int) -> None:
    """Forms left half-way by either are offered again; nothing typed is lost."""
    here, there = unit.get(TalkRow, into), unit.get(TalkRow, come)
    if there is None:
        return
    left = talk_of(there.state)
    parked = {**left.parked, **({left.flow: left.answers} if left.flow and left.answers else {})}
    if here is not None and parked:
        state = asdict(talk_of(here.state))
        here.state = {**state, "parked": {**parked, **state["parked"]}}
        unit.add(here)
    unit.delete(there)
