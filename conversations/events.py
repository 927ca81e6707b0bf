"""What happened in a conversation. `bot/apply/` turns each into rows, letters and jobs.

An event carries ids and plain values only. Applying one may find that the world moved (another
officer claimed first): then the whole turn is heard again on fresh records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.messages import Attachment, SentFile


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""


# -- people ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    version: str
    purposes: tuple[str, ...] = ("ocop",)


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    version: str


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    language: str


@dataclass(frozen=True, slots=True)
class DataExportAsked(Event):
    """JSON and files as a ZIP, sent into the chat."""


@dataclass(frozen=True, slots=True)
class DataErased(Event):
    """Erase what the law does not oblige the office to keep."""


@dataclass(frozen=True, slots=True)
class LinkCodeAsked(Event):
    """A one-time code to go on on another channel. The reply is sent by apply as a letter."""


@dataclass(frozen=True, slots=True)
class LinkCodeUsed(Event):
    code: str


# -- producers and products --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ProducerRegistered(Event):
    fields: dict[str, object] = field(default_factory=dict)  # columns of models.tables.Producer
    helping_as: str = ""  # relation when registered by a helper, "" when one's own


@dataclass(frozen=True, slots=True)
class ProducerChanged(Event):
    producer_id: int
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRegistered(Event):
    """A product, and the dossier opened for it."""

    producer_id: int
    fields: dict[str, object] = field(default_factory=dict)  # columns of models.tables.Product
    case_kind: str = "first"
    stars_aimed: int = 3


@dataclass(frozen=True, slots=True)
class DossierOpened(Event):
    """Another dossier for a product that has one (upgrade, re-evaluation)."""

    product_id: int
    case_kind: str
    stars_aimed: int


@dataclass(frozen=True, slots=True)
class DossierChanged(Event):
    dossier_id: int
    fields: dict[str, object] = field(default_factory=dict)  # stars_aimed, case_kind


@dataclass(frozen=True, slots=True)
class CosignAsked(Event):
    """Send the producer a code to confirm the summary a helper filled in."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class CosignGiven(Event):
    code: str


# -- the dossier board -------------------------------------------------------------------------
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


# -- talk between household and officer, questions ---------------------------------------------
@dataclass(frozen=True, slots=True)
class CaseMessageSent(Event):
    dossier_id: int
    from_officer: bool
    text: str
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkLeft(Event):
    """The officer left the talk: the bot speaks first and says where the household is."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class QuestionPassed(Event):
    """A question for an officer; becomes a ticket with a number and a time."""

    text: str
    topic: str = ""
    dossier_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """Counted by topic, answered or not; the text is not kept."""

    topic: str
    answered: bool


@dataclass(frozen=True, slots=True)
class AnswerLiked(Event):
    passage_id: str
    up: bool


@dataclass(frozen=True, slots=True)
class TicketAnswered(Event):
    ticket_id: int
    text: str
    make_passage: bool = False


# -- officers ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class InviteUsed(Event):
    code: str


@dataclass(frozen=True, slots=True)
class CaseSeen(Event):
    """For the audit log: the officer opened a case or a file of it."""

    dossier_id: int
    what: str = "case"


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
