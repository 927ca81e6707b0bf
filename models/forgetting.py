"""Rows about announcements, events and complaints of people, producers and officers who go."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from models.database import Unit
from models.tables import (
    Announcement,
    Attendance,
    Complaint,
    ComplaintLine,
    Delivery,
    Event,
    JoinRequest,
    OfficerAttendance,
    Signup,
    Unsubscribed,
)

# Columns: SQLModel types them as plain values.
_ANNOUNCEMENT: Any = Announcement
_ATTENDANCE: Any = Attendance
_COMPLAINT: Any = Complaint
_DELIVERY: Any = Delivery
_EVENT: Any = Event
_LINE: Any = ComplaintLine
_SIGNUP: Any = Signup
_UNSUBSCRIBED: Any = Unsubscribed
_CAME: Any = OfficerAttendance
_JOIN: Any = JoinRequest


def forget(
    unit: Unit,
    *,
    people: Collection[int] = (),
    producers: Collection[int] = (),
    officers: Collection[int] = (),
) -> None:
    """Delete what was told to `people`, where `producers` were, what `officers` announced."""
    made = unit.scalars(
        select(_ANNOUNCEMENT.id).where(_ANNOUNCEMENT.officer_id.in_(officers))
    ).all()
    events = unit.scalars(select(_EVENT.id).where(_EVENT.announcement_id.in_(made))).all()
    _drop_joins(unit, producers, officers)
    gone: tuple[tuple[Any, Any], ...] = (
        (
            Attendance,
            or_(_ATTENDANCE.event_id.in_(events), _ATTENDANCE.producer_id.in_(producers)),
        ),
        (
            OfficerAttendance,
            or_(_CAME.event_id.in_(events), _CAME.officer_id.in_(officers)),
        ),
        (
            Signup,
            or_(
                _SIGNUP.event_id.in_(events),
                _SIGNUP.person_id.in_(people),
                _SIGNUP.producer_id.in_(producers),
            ),
        ),
        (Delivery, or_(_DELIVERY.announcement_id.in_(made), _DELIVERY.person_id.in_(people))),
        (Unsubscribed, _UNSUBSCRIBED.person_id.in_(people)),
        (Event, _EVENT.id.in_(events)),
        (Announcement, _ANNOUNCEMENT.id.in_(made)),
    )
    for table, which in gone:
        unit.execute(delete(table).where(which).execution_options(synchronize_session=False))


def _drop_joins(unit: Unit, producers: Collection[int], officers: Collection[int]) -> None:
    about = (_JOIN.listed_id.in_(producers), _JOIN.producer_id.in_(producers))
    unit.execute(delete(JoinRequest).where(or_(*about, _JOIN.officer_id.in_(officers))))


def forget_complaints(unit: Unit, *which: ColumnElement[bool]) -> int:
    """The words and photos of these complaints, closed ones only; that they were stays counted."""
    ids = list(unit.scalars(select(_COMPLAINT.id).where(_COMPLAINT.state == "closed", *which)))
    unit.execute(delete(ComplaintLine).where(_LINE.complaint_id.in_(ids)))
    blank = {"text": "", "result": "", "about": "", "place": "", "files": []}
    unit.execute(update(Complaint).where(_COMPLAINT.id.in_(ids)).values(**blank))
    return len(ids)
