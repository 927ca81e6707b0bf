"""Erasing what is known about a person, as far as the law lets us.

Gone: name, phone, words, producers and dossiers never handed in with their files (whose bytes the
sweep of the file store removes once no row claims them). Kept: what was handed in, the consent
lines and the audit log; once nothing is under way its contacts go too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from bot.post import Post
from conversations.records import UNDER_WAY
from conversations.unread import ANONYMOUS, WITHHELD
from models.database import Unit
from models.forgetting import forget, forget_complaints
from models.tables import (
    Assessment,
    CaseMessage,
    Certificate,
    Complaint,
    Dossier,
    EvidenceItem,
    Helper,
    HistoryEntry,
    InboundRow,
    Job,
    OneTimeCode,
    OutboundRow,
    Page,
    Person,
    Producer,
    Product,
    Reminder,
    SelfAssessment,
    TalkRow,
    Ticket,
)

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_COMPLAINT: Any = Complaint
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_HELPER: Any = Helper
_IN: Any = InboundRow
_JOB: Any = Job
_CODE: Any = OneTimeCode
_OUT: Any = OutboundRow
_PAGE: Any = Page
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_REMINDER: Any = Reminder
_ASSESSED: Any = SelfAssessment
_TALK: Any = TalkRow
_TICKET: Any = Ticket

LOOK_AGAIN = timedelta(days=7)  # while an office works on a dossier, contacts stay
BLANK = {"representative": "", "position": "", "phone": "", "email": "", "address": ""}


def erase(unit: Unit, post: Post, person_id: int, now: datetime) -> None:
    """Erase what may go now; plan another look when a dossier is under way."""
    _drafts(unit, person_id)
    _words(unit, person_id, now)
    _person(unit, person_id, now)
    if not finish(unit, person_id, now):
        due = now + LOOK_AGAIN
        asked = {"person": person_id, "since": now.isoformat()}
        post.job("erase_rest", asked, due, dedupe=f"erase:{person_id}:{due:%Y%m%d}")
    unit.flush()
    unit.cache.doubt()


def finish(unit: Unit, person_id: int, now: datetime) -> bool:
    """Blank the contacts of producers with nothing under way; False while some still have."""
    busy = set(
        unit.scalars(
            select(_DOSSIER.producer_id).where(
                _DOSSIER.state.in_(UNDER_WAY),
                _DOSSIER.producer_id.in_(_owned(person_id)),
            )
        )
    )
    rows = unit.scalars(select(Producer).where(_PRODUCER.person_id == person_id)).all()
    for row in rows:
        if row.id not in busy:
            _anonymise(unit, row, now)
    return not busy


def _owned(person_id: int) -> Any:
    return select(_PRODUCER.id).where(_PRODUCER.person_id == person_id)


def _anonymise(unit: Unit, row: Producer, now: datetime) -> None:
    """The name and commune stay: they are in the decision. Nobody acts for it any more."""
    for name, value in BLANK.items():
        setattr(row, name, value)
    row.erased_at = row.erased_at or now
    unit.add(row)
    unit.execute(delete(Helper).where(_HELPER.producer_id == row.id))


def _drafts(unit: Unit, person_id: int) -> None:
    """Dossiers never handed in, then products and producers nothing is left of."""
    owned = _owned(person_id)
    drafts = list(
        unit.scalars(
            select(_DOSSIER.id).where(
                _DOSSIER.producer_id.in_(owned),
                _DOSSIER.submitted_at.is_(None),
            )
        )
    )
    items = select(_ITEM.id).where(_ITEM.dossier_id.in_(drafts))
    _drop(unit, Page, _PAGE.item_id.in_(items))
    about: tuple[Any, ...] = (EvidenceItem, HistoryEntry, CaseMessage, Assessment, Ticket)
    for table in about:
        _drop(unit, table, table.dossier_id.in_(drafts))
    _drop(unit, Job, _JOB.dossier_id.in_(drafts))
    _drop(unit, Dossier, _DOSSIER.id.in_(drafts))
    used = select(_DOSSIER.product_id).union(select(_CERTIFICATE.product_id))
    gone = list(
        unit.scalars(
            select(_PRODUCT.id).where(_PRODUCT.producer_id.in_(owned), _PRODUCT.id.not_in(used))
        )
    )
    _drop(unit, SelfAssessment, _ASSESSED.product_id.in_(gone))
    _drop(unit, Product, _PRODUCT.id.in_(gone))
    empty = list(
        unit.scalars(
            select(_PRODUCER.id).where(
                _PRODUCER.person_id == person_id,
                _PRODUCER.id.not_in(select(_PRODUCT.producer_id)),
            )
        )
    )
    _drop(unit, Helper, _HELPER.producer_id.in_(empty))
    forget(unit, producers=empty)
    _drop(unit, Producer, _PRODUCER.id.in_(empty))


def _drop(unit: Unit, table: Any, *which: ColumnElement[bool]) -> None:
    unit.execute(delete(table).where(*which).execution_options(synchronize_session=False))


def _words(unit: Unit, person_id: int, now: datetime) -> None:
    """What was said: messages in and out, questions, codes; half-filled forms."""
    unit.execute(
        update(InboundRow)
        .where(_IN.person_id == person_id, _IN.state == "done")
        .values(payload={"at": now.isoformat()}, trace=None)
    )
    done = _OUT.status.in_(("sent", "failed", "cancelled"))
    _drop(unit, OutboundRow, _OUT.person_id == person_id, done)
    unit.execute(
        update(Ticket)
        .where(_TICKET.person_id == person_id, _TICKET.state != "open")
        .values(text="", answer=None)
    )
    unit.execute(  # nobody is there to be answered
        update(Ticket)
        .where(
            _TICKET.person_id == person_id,
            _TICKET.topic.in_((WITHHELD, ANONYMOUS)),
            _TICKET.state == "open",
        )
        .values(text="", state="closed")
    )
    _drop(unit, OneTimeCode, _CODE.person_id == person_id)
    _drop(unit, TalkRow, _TALK.person_id == person_id)
    _drop(unit, Helper, _HELPER.person_id == person_id)
    _drop(unit, Reminder, _REMINDER.person_id == person_id)
    forget(unit, people=[person_id])
    forget_complaints(unit, _COMPLAINT.person_id == person_id)


def _person(unit: Unit, person_id: int, now: datetime) -> None:
    row = unit.get_one(Person, person_id)
    row.name = row.phone = row.consent_version = row.consent_at = None
    unit.add(row)
