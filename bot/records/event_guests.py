"""Events for who was told of them, and their guests for the officers whom they concern."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.records.base import RecordsBase
from bot.records.people import producer_view
from conversations.announcement_rules import concerns
from conversations.records import EventView, Guest, OfficerView, ProducerView, Segment
from conversations.stages import PROVINCE
from models.content.fold import fold
from models.tables import (
    Announcement,
    Attendance,
    Delivery,
    Event,
    OfficerAttendance,
    Producer,
    Signup,
)

# Columns: SQLModel types them as plain values.
_ATTENDANCE: Any = Attendance
_CAME: Any = OfficerAttendance
_DELIVERY: Any = Delivery
_EVENT: Any = Event
_PRODUCER: Any = Producer
_SIGNUP: Any = Signup

FOUND = 8  # producers shown for some words


class EventRecords(RecordsBase):
    """The part of SqlRecords about events."""

    def event(self, person_id: int, event_id: int) -> EventView | None:
        row = self.session.get(Event, event_id)
        if row is None or not self._told(person_id, row):
            return None
        return self.event_view(row, person_id)

    def events_of(self, person_id: int) -> tuple[EventView, ...]:
        rows = self.session.scalars(
            select(Event)
            .join(Signup, _SIGNUP.event_id == _EVENT.id)
            .where(
                _SIGNUP.person_id == person_id,
                _SIGNUP.state.in_(("going", "waiting")),
                _EVENT.cancelled_at.is_(None),
                _EVENT.starts_at > self.now - timedelta(hours=6),
            )
            .order_by(_EVENT.starts_at)
        )
        return tuple(self.event_view(row, person_id) for row in rows)

    def event_at_door(self, code: str) -> EventView | None:
        row = self.session.scalars(select(Event).where(_EVENT.door_code == code)).first()
        return self.event_view(row) if row is not None and row.cancelled_at is None else None

    def present(self, event_id: int, producer_id: int) -> bool:
        return self._present(event_id, (producer_id,)) != frozenset()

    def officers_present(self, event_id: int) -> frozenset[int]:
        there = select(_CAME.officer_id).where(_CAME.event_id == event_id)
        return frozenset(self.session.scalars(there))

    def guests(self, officer: OfficerView, event_id: int) -> tuple[Guest, ...]:
        row = self.session.get(Event, event_id)
        if row is None or not self._concerned(officer, row):
            return ()
        rows = self.session.execute(
            select(_SIGNUP.producer_id, _SIGNUP.state).where(
                _SIGNUP.event_id == event_id,
                _SIGNUP.producer_id.is_not(None),
                _SIGNUP.state != "left",
            )
        )
        signed = {producer: state for producer, state in rows}  # noqa: C416  # rows
        there = set(
            self.session.scalars(
                select(_ATTENDANCE.producer_id).where(_ATTENDANCE.event_id == event_id)
            )
        )
        found = self.session.scalars(
            select(Producer).where(_PRODUCER.id.in_({*signed, *there})).order_by(_PRODUCER.name)
        )
        return tuple(
            Guest(p.id or 0, p.name, p.commune_code, signed.get(p.id or 0, ""), p.id in there)
            for p in found
            if officer.covers(p.commune_code)
        )

    def producers_named(self, officer: OfficerView, words: str) -> tuple[ProducerView, ...]:
        said = fold(words).strip()
        rows = select(Producer).where(_PRODUCER.erased_at.is_(None))
        if officer.role not in PROVINCE:
            rows = rows.where(_PRODUCER.commune_code.in_(officer.communes))
        found = (row for row in self.session.scalars(rows.order_by(_PRODUCER.name)))
        fitting = [row for row in found if len(said) > 1 and said in fold(row.name)]
        return tuple(producer_view(row, mine=False) for row in fitting[:FOUND])

    def event_view(self, row: Event, person_id: int = 0) -> EventView:
        """As it stands; `person_id`: for this person."""
        rows = self.session.execute(
            select(_SIGNUP.state, func.count())
            .where(_SIGNUP.event_id == row.id)
            .group_by(_SIGNUP.state)
        )
        counts = {state: number for state, number in rows}  # noqa: C416  # rows
        mine = select(_SIGNUP.state).where(
            _SIGNUP.event_id == row.id, _SIGNUP.person_id == person_id
        )
        sent = self.session.get_one(Announcement, row.announcement_id).started_at is not None
        return EventView(
            id=row.id or 0,
            announcement_id=row.announcement_id,
            topic=row.topic,
            name=row.name,
            place=row.place,
            starts_at=row.starts_at,
            seats=row.seats,
            door_code=row.door_code,
            cancelled=row.cancelled_at is not None,
            going=counts.get("going", 0),
            waiting=counts.get("waiting", 0),
            mine=(self.session.scalar(mine) or "") if person_id else "",
            sent=sent,
        )

    def _told(self, person_id: int, row: Event) -> bool:
        told = select(_DELIVERY.id).where(
            _DELIVERY.announcement_id == row.announcement_id, _DELIVERY.person_id == person_id
        )
        signed = select(_SIGNUP.id).where(
            _SIGNUP.event_id == row.id, _SIGNUP.person_id == person_id
        )
        return any(self.session.scalar(one.limit(1)) for one in (told, signed))

    def _concerned(self, officer: OfficerView, row: Event) -> bool:
        kept = self.session.get_one(Announcement, row.announcement_id).segment
        return concerns(officer, Segment(tuple(kept["communes"])))

    def _present(self, event_id: int, producers: tuple[int, ...]) -> frozenset[int]:
        there = select(_ATTENDANCE.producer_id).where(
            _ATTENDANCE.event_id == event_id, _ATTENDANCE.producer_id.in_(producers)
        )
        return frozenset(self.session.scalars(there))
