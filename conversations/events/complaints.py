"""What happened about complaints: made, taken, asked about, answered."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event
from models.messages import SentFile


@dataclass(frozen=True, slots=True)
class ComplaintMade(Event):
    """`certificate_code` of a product in the register, else `about` in words."""

    kind: str
    text: str
    certificate_code: str = ""
    about: str = ""
    place: str = ""
    commune_code: str | None = None
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintReplied(Event):
    """The reporter adds something."""

    complaint_id: int
    text: str
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintClaimed(Event):
    complaint_id: int


@dataclass(frozen=True, slots=True)
class ComplaintReleased(Event):
    complaint_id: int


@dataclass(frozen=True, slots=True)
class ComplaintAsked(Event):
    """The officer writes to the reporter; the complaint stays open."""

    complaint_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ComplaintAnswered(Event):
    """The result, told to the reporter; the complaint is closed."""

    complaint_id: int
    outcome: str
    text: str
