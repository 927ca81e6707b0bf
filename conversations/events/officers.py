"""What officers did: invitations, claims, item by item, the province's part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class InviteUsed(Event):
    code: str


@dataclass(frozen=True, slots=True)
class CaseSeen(Event):
    """For the audit log: the officer opened a case or a file of it."""

    dossier_id: int
    what: str = "case"


@dataclass(frozen=True, slots=True)
class ListSeen(Event):
    """For the audit log: the officer opened a list of people's things, or one question."""

    what: str  # queue | tickets | ticket:12 | ending


@dataclass(frozen=True, slots=True)
class CaseClaimed(Event):
    dossier_id: int


@dataclass(frozen=True, slots=True)
class CaseReleased(Event):
    dossier_id: int


@dataclass(frozen=True, slots=True)
class CaseTransferred(Event):
    dossier_id: int
    to_officer_id: int


@dataclass(frozen=True, slots=True)
class CaseFilesAsked(Event):
    """Send an item's pages to the officer: photos inline, the whole as one PDF."""

    dossier_id: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ItemAccepted(Event):
    dossier_id: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ItemReturned(Event):
    dossier_id: int
    evidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContentAssessed(Event):
    """One of the four contents the commune assesses (Điều 7.2)."""

    dossier_id: int
    content: str
    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplementAsked(Event):
    """Items returned become the household's redo list, after ten minutes to undo.

    By the commune (reviewing) or the province (received).
    """

    dossier_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplementUndone(Event):
    dossier_id: int


@dataclass(frozen=True, slots=True)
class PassedToProvince(Event):
    dossier_id: int


@dataclass(frozen=True, slots=True)
class PutOnRound(Event):
    dossier_id: int
    round_name: str


@dataclass(frozen=True, slots=True)
class ResultRecorded(Event):
    """The council's result: below 3 stars there is no decision and no certificate (Điều 4.1)."""

    dossier_id: int
    score: float
    stars: int
    decision_number: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True)
class CaseRefused(Event):
    dossier_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefusalProposed(Event):
    """The province's holder wants to refuse; a second officer of the province must agree."""

    dossier_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefusalDropped(Event):
    """The second officer disagreed, or the first took it back."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class CodeMissed(Event):
    """A well-formed one-time code that opens nothing: guesses are counted, and limited."""


@dataclass(frozen=True, slots=True)
class DemoBegun(Event):
    """The demo household's link was opened: what this person makes is marked as demo."""

    code: str
