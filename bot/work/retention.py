"""What is kept no longer than the content says (national/privacy.yaml) goes by itself, every day.

Each kind with `days` has a function here; a test compares. In small parts, each a transaction, so
that nobody waits. Files go with the sweep once no row names them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, exists, literal_column, select, update

from bot.apply.erasing import erase
from bot.jobs import Due, Works, every
from bot.post import Post
from models.database import Unit
from models.forgetting import forget_complaints
from models.tables import (
    AddressRow,
    Complaint,
    ConsentEntry,
    Helper,
    InboundRow,
    Officer,
    OfficerGroup,
    OutboundRow,
    Person,
    Producer,
    Ticket,
)

# Columns: SQLModel types them as plain values.
_ADDRESS: Any = AddressRow
_COMPLAINT: Any = Complaint
_CONSENT: Any = ConsentEntry
_HELPER: Any = Helper
_GROUP: Any = OfficerGroup
_IN: Any = InboundRow
_OFFICER: Any = Officer
_OUT: Any = OutboundRow
_PERSON: Any = Person
_PRODUCER: Any = Producer
_TICKET: Any = Ticket

Forget = Callable[[Unit, Post, datetime], int]
MOST = 500  # rows of one transaction
EMPTY: Any = literal_column("''")  # no parameter: the index of what is not empty is chosen by it


@every("apply retention", timedelta(days=1))
async def apply_retention(works: Works, due: Due) -> None:
    for kind in works.house.content.privacy.retention:
        if kind.days is None:
            continue
        before = due.now - timedelta(days=kind.days)
        while await works.db.run(partial(_part, works, FORGET[kind.id], before, due.now)) >= MOST:
            pass


def _part(works: Works, forget: Forget, before: datetime, now: datetime, unit: Unit) -> int:
    post = works.house.post(unit, now)
    number = forget(unit, post, before)
    post.deliver()
    return number


def messages(unit: Unit, post: Post, before: datetime) -> int:
    """What was said on both sides. Oldest first by number, so that no index by time is needed."""
    return _oldest(unit, InboundRow, _IN.received_at, before) + _oldest(
        unit, OutboundRow, _OUT.created_at, before
    )


def _oldest(unit: Unit, table: Any, when: Any, before: datetime) -> int:
    rows = unit.execute(select(table.id, when).order_by(table.id).limit(MOST)).all()
    old = [number for number, at in rows if at < before]
    unit.execute(delete(table).where(table.id.in_(old)))
    return len(old)


def questions(unit: Unit, post: Post, before: datetime) -> int:
    """The words of a question and its answer; its topic stays counted."""
    answered = (_TICKET.state != "open", _TICKET.answered_at < before, _TICKET.text != EMPTY)
    old = list(unit.scalars(select(_TICKET.id).where(*answered).limit(MOST)))
    unit.execute(update(Ticket).where(_TICKET.id.in_(old)).values(text="", answer=None))
    return len(old)


def complaints(unit: Unit, post: Post, before: datetime) -> int:
    """The words and photos of what somebody reported; that it was stays counted."""
    closed = (_COMPLAINT.closed_at < before, _COMPLAINT.text != EMPTY)
    old = list(unit.scalars(select(_COMPLAINT.id).where(*closed).limit(MOST)))
    return forget_complaints(unit, _COMPLAINT.id.in_(old))


def strangers(unit: Unit, post: Post, before: datetime) -> int:
    """Who never agreed, is nobody's officer or helper, asks nothing, and writes no more."""
    old = list(unit.scalars(select(_PERSON.id).where(*_unknown(before)).limit(MOST)))
    for person_id in old:
        erase(unit, post, person_id, post.now)
        for table, column in ((InboundRow, _IN.person_id), (AddressRow, _ADDRESS.person_id)):
            unit.execute(delete(table).where(column == person_id))
    unit.execute(update(Person).where(_PERSON.id.in_(old)).values(erased_at=post.now))
    unit.cache.doubt()
    return len(old)


def _unknown(before: datetime) -> tuple[Any, ...]:
    known = (_OFFICER, _PRODUCER, _GROUP, _HELPER, _CONSENT)
    open_question = (_TICKET.person_id == _PERSON.id, _TICKET.state == "open")
    open_complaint = (_COMPLAINT.person_id == _PERSON.id, _COMPLAINT.state != "closed")
    lately = (_ADDRESS.person_id == _PERSON.id, _ADDRESS.last_in_at >= before)
    return (
        _PERSON.consent_at.is_(None),
        _PERSON.erased_at.is_(None),
        _PERSON.created_at < before,
        *(~exists().where(table.person_id == _PERSON.id) for table in known),
        ~exists().where(*open_question),
        ~exists().where(*open_complaint),
        ~exists().where(*lately),
    )


#: By the id of the period in the content.
FORGET: dict[str, Forget] = {
    "messages": messages,
    "questions": questions,
    "complaints": complaints,
    "strangers": strangers,
}
