"""Announcements and events as a conversation sees them, and the lookups about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from conversations.records.views import OfficerView, ProducerView
from models.content import Content
from models.messages import SentFile

#: What narrows a segment besides its communes; the value is stored, never rename one.
KINDS = ("all", "sets", "stars", "types", "lapsed", "expiring")


@dataclass(frozen=True, slots=True)
class Segment:
    """Whom an announcement is for. No communes = the whole province; `values` belong to `kind`."""

    communes: tuple[str, ...] = ()
    kind: str = "all"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """`going` and `waiting` count people; `mine` is the viewer's own: going, waiting, left, ""."""

    id: int
    announcement_id: int
    topic: str
    name: str
    place: str
    starts_at: datetime
    seats: int
    door_code: str
    cancelled: bool = False
    going: int = 0
    waiting: int = 0
    mine: str = ""
    sent: bool = True  # its announcement was sent, or is being

    @property
    def full(self) -> bool:
        return bool(self.seats) and self.going >= self.seats


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """One announcement as officers see it."""

    id: int
    author: OfficerView
    topic: str
    text: str
    segment: Segment
    state: str
    made_at: datetime
    file: SentFile | None = None
    due_at: datetime | None = None
    started_at: datetime | None = None
    expanded: bool = False
    second_name: str = ""
    reason: str = ""
    event: EventView | None = None
    form: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a segment reaches, counted: people, and producers nobody here speaks for."""

    people: int  # get it, when a channel takes it
    unasked: int  # have not agreed to notices, or refused them
    unsubscribed: int  # of the topic
    strangers: int  # producers without anybody in the chat


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of an announcement so far, people counted."""

    sent: int = 0
    waiting: int = 0
    refused: int = 0
    unsubscribed: int = 0
    no_channel: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        known = (self.sent, self.waiting, self.refused, self.unsubscribed)
        return sum(known) + self.no_channel + self.cancelled


@dataclass(frozen=True, slots=True)
class Guest:
    """A producer on an event's list. `state`: going, waiting, or "" when nobody signed it up."""

    producer_id: int
    producer: str
    commune_code: str
    state: str
    present: bool


class AnnouncementLookups(Protocol):
    """The part of Records about announcements and events."""

    def announcements(self, officer: OfficerView, limit: int = 6) -> tuple[AnnouncementView, ...]:
        """Those the officer may see, the newest first; drafts only one's own."""

    def announcement(self, officer: OfficerView, number: int) -> AnnouncementView | None: ...
    def announcement_of(self, officer: OfficerView, event_id: int) -> AnnouncementView | None:
        """The announcement that was sent of an event with guests of the officer's communes."""

    def audience(
        self, officer: OfficerView, segment: Segment, topic: str, content: Content
    ) -> Audience: ...
    def progress(self, officer: OfficerView, number: int) -> Progress: ...
    def second_officers(self, officer: OfficerView) -> int:
        """How many others could agree to an announcement of this officer."""

    def guests(self, officer: OfficerView, event_id: int) -> tuple[Guest, ...]:
        """Producers of the officer's communes that signed up or were there, by name."""

    def producers_named(self, officer: OfficerView, words: str) -> tuple[ProducerView, ...]:
        """Producers of the officer's communes with these words in their name."""

    def event(self, person_id: int, event_id: int) -> EventView | None:
        """An event the person was told about or signed up for."""

    def events_of(self, person_id: int) -> tuple[EventView, ...]:
        """Coming events the person signed up for, the nearest first."""

    def event_at_door(self, code: str) -> EventView | None:
        """The event with this door code, while its door is open."""

    def officers_present(self, event_id: int) -> frozenset[int]:
        """Ids of officers who were there."""

    def present(self, event_id: int, producer_id: int) -> bool: ...
    def wants_announcements(self, person_id: int) -> bool | None:
        """Did the person agree to notices? None: never asked."""

    def news_offered(self, person_id: int) -> bool:
        """Was the person asked whether it wants notices, or has it said so unasked?"""

    def unsubscribed(self, person_id: int) -> frozenset[str]:
        """Topics the person wants nothing about."""
