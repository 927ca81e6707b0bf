"""Read-only views: snapshots inside the turn's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from conversations.records.states import ItemState, State
from models.messages import PhotoProblem


@dataclass(frozen=True, slots=True)
class OfficerView:
    id: int
    person_id: int
    role: str  # commune | province | admin | leader (reads figures, handles nothing)
    name: str
    communes: frozenset[str]

    def covers(self, commune_code: str) -> bool:
        return self.role in ("province", "admin") or commune_code in self.communes

    @property
    def reach(self) -> frozenset[str] | None:
        """Communes whose figures the officer may read; None: the whole province."""
        everywhere = self.role in ("province", "admin", "leader")
        return None if everywhere else self.communes

    @property
    def works(self) -> bool:
        """Handles cases, questions and records; a leader only reads."""
        return self.role != "leader"


@dataclass(frozen=True, slots=True)
class PersonView:
    id: int
    language: str
    consent: str | None = None  # version agreed to
    name: str | None = None
    phone: str | None = None
    officer: OfficerView | None = None


@dataclass(frozen=True, slots=True)
class ProducerView:
    id: int
    type: str
    name: str
    representative: str
    position: str
    phone: str
    email: str
    commune_code: str
    address: str
    registration_number: str
    registered_on: date | None
    mine: bool  # the viewer's own (else: helped by the viewer)
    confirmed: bool = True  # one's own, or confirmed by the producer
    relation: str = ""  # of the viewer who helps


@dataclass(frozen=True, slots=True)
class KeptView:
    """What is kept about a person, counted: shown by /privacy."""

    consent_at: datetime | None
    addresses: int  # channels the person is reached on
    products: int
    dossiers: int
    submitted: int  # of the dossiers: handed in at least once
    under_way: tuple[str, ...]  # codes of own dossiers an office is working on
    files: int
    messages: int  # with officers


@dataclass(frozen=True, slots=True)
class PageView:
    id: int
    key: str
    name: str
    mime: str
    size: int
    problems: tuple[PhotoProblem, ...] = ()
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    evidence: str
    state: ItemState
    pages: tuple[PageView, ...] = ()
    reason: str = ""
    excuse: str = ""
    expires_on: date | None = None
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class ProductView:
    id: int
    producer_id: int
    name: str
    set_number: int
    material_from: str = ""


@dataclass(frozen=True, slots=True)
class CertificateView:
    code: str
    stars: int
    decision_number: str
    issued_on: date
    valid_to: date
    revoked_on: date | None = None


@dataclass(frozen=True, slots=True)
class EndingView:
    """A product's current certificate, and the dossier that would follow it."""

    id: int
    certificate: CertificateView
    product: ProductView
    producer: str
    commune_code: str
    phone: str = ""  # only of producers that nobody here speaks for
    dossier_id: int | None = None  # being prepared or under way
    dossier_state: State | None = None


@dataclass(frozen=True, slots=True)
class PublicProduct:
    """A recognised product as anyone may see it: nothing of a person."""

    code: str  # of its certificate
    product: str
    producer: str
    commune_code: str
    set_number: int
    stars: int
    decision_number: str
    issued_on: date
    valid_to: date
    revoked_on: date | None = None
    where_to_buy: str = ""
    photo_key: str = ""
    revoked_by: str = ""  # the decision
    ground: str = ""  # content's id, when buyers may read why it was revoked
    listed_id: int = 0  # its producer, when that is of the province's list and nobody's here
    newer: str = ""  # the product's certificate that holds today, when this one does not


@dataclass(frozen=True, slots=True)
class HistoryView:
    at: datetime
    what: str
    who: str  # an officer's name, "" for the household
    detail: dict[str, object]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    content: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class RefusalView:
    """A refusal one officer put forward; another one must agree."""

    officer_id: int
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class DossierView:
    id: int
    code: str
    product: ProductView
    producer: ProducerView
    case_kind: str  # first | upgrade | again
    stars_aimed: int
    state: State
    commune_code: str
    rules: str
    opened_at: datetime
    state_since: datetime
    submitted_at: datetime | None = None
    due_on: date | None = None
    officer_id: int | None = None
    officer_name: str = ""
    claimed_at: datetime | None = None
    round_name: str | None = None
    score: float | None = None
    stars: int | None = None
    decision_number: str | None = None
    decision_date: date | None = None
    refused_because: str | None = None
    items: tuple[ItemView, ...] = ()  # touched lines only; the checklist has the rest
    assessments: tuple[AssessmentView, ...] = ()
    certificate: CertificateView | None = None
    undo_until: datetime | None = None  # a supplement request not yet told to the household
    refusal: RefusalView | None = None  # put forward, waits for a second officer
    at_province: bool = False  # the commune has passed it on
    reached_province_at: datetime | None = None
    scores: Mapping[str, int | str] = field(default_factory=dict)  # the household's own, by item
    version: int = 0

    def item(self, evidence: str) -> ItemView:
        """The line `evidence`, untouched lines included."""
        return next(
            (i for i in self.items if i.evidence == evidence),
            ItemView(evidence, ItemState.MISSING),
        )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of an officer's queue."""

    id: int
    code: str
    product: str
    producer: str
    commune_code: str
    set_number: int
    state: State
    submitted_at: datetime | None
    due_on: date | None
    officer_id: int | None
    officer_name: str


@dataclass(frozen=True, slots=True)
class MessageView:
    from_officer: bool
    who: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketView:
    id: int
    code: str
    text: str
    topic: str
    language: str
    state: str
    asked_at: datetime
    person_id: int
    answer: str | None = None
