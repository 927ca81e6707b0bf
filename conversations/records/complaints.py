"""What people reported, as officers and the reporters see it: never who reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conversations.records.views import OfficerView
from models.messages import SentFile


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A message about a complaint; `who` is the officer's name, "" for the reporter."""

    who: str
    text: str
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint. Nothing of the person who made it is in here, on purpose."""

    id: int
    code: str
    kind: str
    product: str
    producer: str  # "" when the product is not in the register
    place: str
    commune_code: str | None
    text: str
    state: str  # open | claimed | closed
    made_at: datetime
    due_at: datetime
    late: bool = False  # the reporter was told that it takes longer
    officer_id: int | None = None
    officer_name: str = ""
    outcome: str = ""
    result: str = ""
    files: tuple[SentFile, ...] = ()
    lines: tuple[ComplaintLine, ...] = ()


class ComplaintLookups(Protocol):
    """The part of Records about complaints."""

    def complaints(self, officer: OfficerView, limit: int = 8) -> tuple[ComplaintView, ...]:
        """Those not closed that the officer may see, the oldest first."""

    def complaints_open(self, officer: OfficerView) -> int:
        """How many of them wait for this officer: free, or its own."""

    def complaint(self, officer: OfficerView, number: int) -> ComplaintView | None: ...
    def own_complaints(self, person_id: int, limit: int = 5) -> tuple[ComplaintView, ...]:
        """What the person reported, the newest first."""

    def own_complaint(self, person_id: int, number: int) -> ComplaintView | None: ...
