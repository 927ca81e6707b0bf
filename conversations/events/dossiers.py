"""What happened on the dossier board: pages, marks, forms, handing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.events.base import Event
from models.messages import Attachment


@dataclass(frozen=True, slots=True)
class PagesAdded(Event):
    dossier_id: int
    evidence: str
    files: tuple[Attachment, ...]
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class PagesReplaced(Event):
    """All earlier pages of the item give way to these."""

    dossier_id: int
    evidence: str
    files: tuple[Attachment, ...]
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class PageRemoved(Event):
    dossier_id: int
    page_id: int


@dataclass(frozen=True, slots=True)
class ItemFinished(Event):
    """ "xong": the pages sent so far are the item."""

    dossier_id: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ItemMarked(Event):
    """have (on paper), excused (with a reason) or missing again."""

    dossier_id: int
    evidence: str
    state: str
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class ItemExpires(Event):
    dossier_id: int
    evidence: str
    on: date


@dataclass(frozen=True, slots=True)
class ItemPreviewAsked(Event):
    """Send the item back into the chat as the officer will see it: one PDF in order."""

    dossier_id: int
    evidence: str


@dataclass(frozen=True, slots=True)
class UploadLinkAsked(Event):
    dossier_id: int
    evidence: str


@dataclass(frozen=True, slots=True)
class FormsAsked(Event):
    """Fill the forms and send them into the chat: mau_01, mau_02 (household), mau_03 (officer)."""

    dossier_id: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierSubmitted(Event):
    """Handed in, or handed in again after a supplement request."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class DossierWithdrawn(Event):
    dossier_id: int
