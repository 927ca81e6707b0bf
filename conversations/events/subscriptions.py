"""What people did about announcements and events."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class SubscriptionChosen(Event):
    """Agreed to notices, or not: a consent of its own."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class NewsOffered(Event):
    """Was asked whether it wants notices: once in a life."""


@dataclass(frozen=True, slots=True)
class TopicChosen(Event):
    topic: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class EventJoined(Event):
    """Signed up, for a producer when the person speaks for one; on the waiting list when full."""

    event_id: int
    producer_id: int | None = None


@dataclass(frozen=True, slots=True)
class EventLeft(Event):
    event_id: int


@dataclass(frozen=True, slots=True)
class DoorCodeUsed(Event):
    """The code shown at the door was typed: the producer is there."""

    code: str
    producer_id: int
