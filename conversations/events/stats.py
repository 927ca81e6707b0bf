"""What happened about the programme's figures. Whose figures is decided when they are counted."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class StatsPictureAsked(Event):
    """Draw the figures and send the pictures into the chat."""


@dataclass(frozen=True, slots=True)
class StatsLinkAsked(Event):
    """A one-use address of the dashboard."""


@dataclass(frozen=True, slots=True)
class ReportAsked(Event):
    """The report of a period ("2026-11"), of one commune or ("") of all the officer may read."""

    period: str
    commune: str = ""


@dataclass(frozen=True, slots=True)
class ReportsChosen(Event):
    """Periodic reports are wanted, or not any more."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class FactRecorded(Event):
    """An officer says whether a producer or product has what no paper tells (a measure)."""

    measure: str
    subject_id: int
    holds: bool
