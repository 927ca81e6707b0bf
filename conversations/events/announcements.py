"""What officers announced, and what became of events: made, confirmed, stopped, attended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations.events.base import Event
from conversations.records.announcements import Segment


@dataclass(frozen=True, slots=True)
class Invited:
    """The event an announcement carries. No seats = as many as come."""

    name: str
    place: str
    starts_at: datetime
    seats: int = 0


@dataclass(frozen=True, slots=True)
class AnnouncementDrafted(Event):
    """`form` are the answers it was made of; `draft_id` an earlier draft that this replaces."""

    topic: str
    text: str
    segment: Segment
    form: Mapping[str, Any]
    file: Mapping[str, str] | None = None
    due_at: datetime | None = None
    invited: Invited | None = None
    draft_id: int = 0


@dataclass(frozen=True, slots=True)
class AnnouncementDropped(Event):
    """The draft is thrown away."""

    number: int


@dataclass(frozen=True, slots=True)
class AnnouncementTried(Event):
    """A copy to its author, as people would get it."""

    number: int


@dataclass(frozen=True, slots=True)
class AnnouncementConfirmed(Event):
    """To be sent; or, province-wide, to be agreed to first."""

    number: int


@dataclass(frozen=True, slots=True)
class AnnouncementApproved(Event):
    number: int


@dataclass(frozen=True, slots=True)
class AnnouncementRejected(Event):
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class AnnouncementStopped(Event):
    """Taken back before it was sent, or stopped while it is."""

    number: int


@dataclass(frozen=True, slots=True)
class DeliveryReportAsked(Event):
    """Who got it, as a sheet."""

    number: int


@dataclass(frozen=True, slots=True)
class EventCalledOff(Event):
    event_id: int


@dataclass(frozen=True, slots=True)
class AttendanceMarked(Event):
    """A producer was there, or was not after all."""

    event_id: int
    producer_id: int
    present: bool = True


@dataclass(frozen=True, slots=True)
class OfficerCame(Event):
    """An officer was at the event itself, or was not after all."""

    event_id: int
    present: bool = True
