"""What happened about certificates and papers that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class RenewalBegun(Event):
    """A re-evaluation dossier for the certificate's product, filled from the last one."""

    certificate_id: int


@dataclass(frozen=True, slots=True)
class ReminderChosen(Event):
    """A reminder put off until a day, stopped for good, or (neither) wanted again.

    `about`: "certificate:ID", "paper:ID", or "ending" for an officer's list.
    """

    about: str
    again_on: date | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdNudged(Event):
    """An officer has the household reminded of its certificate now; once a day."""

    certificate_id: int
