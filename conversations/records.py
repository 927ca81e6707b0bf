"""What a conversation may look up: read-only views and the Records protocol.

The views are snapshots inside the turn's transaction; `bot/records.py` fills them from the tables.
Every lookup that takes a viewer checks what that viewer may see: an unknown id and somebody else's
id look the same (None).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from models.messages import PhotoProblem


class State(StrEnum):
    """Where a dossier is. The value is stored; never rename one."""

    DRAFT = "draft"  # the household is preparing it
    SUBMITTED = "submitted"  # at the commune, nobody has claimed it
    REVIEWING = "reviewing"  # a commune officer has it
    SUPPLEMENT = "supplement"  # the household has items to mend
    FIXED = "fixed"  # sửa xong, chờ xem lại
    PASSED = "passed"  # sent to the province, not yet received
    RECEIVED = "received"  # a province officer has it
    COMPLETING = "completing"  # the province asked the household to complete it
    LISTED = "listed"  # on a round's list
    RECOGNISED = "recognised"  # 3 to 5 stars, certificate
    UNRANKED = "unranked"  # evaluated, below 3 stars: no certificate (Điều 4.1)
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: States in which the household may add, replace and remove pages.
EDITABLE = frozenset({State.DRAFT, State.SUPPLEMENT, State.COMPLETING})
#: States in which an evaluation is under way.
UNDER_WAY = frozenset(
    {
        State.SUBMITTED,
        State.REVIEWING,
        State.SUPPLEMENT,
        State.FIXED,
        State.PASSED,
        State.RECEIVED,
        State.COMPLETING,
        State.LISTED,
    }
)


class ItemState(StrEnum):
    """One line of the checklist, as the board shows it."""

    MISSING = "missing"
    HAVE = "have"  # the household has it on paper
    OPEN = "open"  # pages are being sent
    UPLOADED = "uploaded"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # to be fixed, with a reason
    FIXED = "fixed"  # mended, waits to be seen again
    EXCUSED = "excused"  # not applicable, with a reason


#: Item states that count as given when a dossier is handed in.
GIVEN = frozenset({ItemState.UPLOADED, ItemState.ACCEPTED, ItemState.FIXED, ItemState.EXCUSED})


@dataclass(frozen=True, slots=True)
class OfficerView:
    id: int
    person_id: int
    role: str  # commune | province | admin
    name: str
    communes: frozenset[str]

    def covers(self, commune_code: str) -> bool:
        return self.role in ("province", "admin") or commune_code in self.communes


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
    at_province: bool = False  # the commune has passed it on
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


class Records(Protocol):
    """Read-only lookups inside the turn's transaction."""

    # -- the household's own ------------------------------------------------------------------
    def producers(self, person_id: int) -> tuple[ProducerView, ...]:
        """Producers the person registered or helps, oldest first."""

    def producer(self, person_id: int, producer_id: int) -> ProducerView | None: ...
    def products(self, person_id: int) -> tuple[ProductView, ...]: ...
    def dossiers(self, person_id: int) -> tuple[DossierView, ...]:
        """The person's dossiers with their items, newest change first."""

    def dossier(self, person_id: int, dossier_id: int) -> DossierView | None: ...
    def history(self, dossier_id: int) -> tuple[HistoryView, ...]: ...
    def messages(self, dossier_id: int, limit: int = 10) -> tuple[MessageView, ...]: ...
    def same_file(self, dossier_id: int, file_key: str) -> str | None:
        """The evidence id under which the same bytes were already sent, or None."""

    def open_tickets(self, person_id: int) -> tuple[TicketView, ...]: ...

    # -- an officer's --------------------------------------------------------------------------
    def case(self, officer: OfficerView, dossier_id: int) -> DossierView | None: ...
    def case_by_code(self, officer: OfficerView, code: str) -> DossierView | None: ...
    def queue(self, officer: OfficerView, limit: int = 10, skip: int = 0) -> tuple[CaseLine, ...]:
        """Cases the officer may act on: own and unclaimed of its communes, by deadline."""

    def queue_size(self, officer: OfficerView) -> int: ...
    def colleagues(self, officer: OfficerView, dossier_id: int) -> tuple[OfficerView, ...]: ...
    def tickets(self, officer: OfficerView, limit: int = 10) -> tuple[TicketView, ...]: ...
    def ticket(self, officer: OfficerView, ticket_id: int) -> TicketView | None: ...

    def kept(self, person_id: int) -> KeptView:
        """What is kept about the person and the producers registered as its own."""

    # -- codes ---------------------------------------------------------------------------------
    def link_code(self, person_id: int, code: str) -> str | None:
        """Whose unused, unexpired code joins another channel: "mine", "other", None = no good."""

    def cosign(self, person_id: int, code: str) -> ProducerView | None:
        """The producer a code lets its owner confirm; None when it is used up, expired or wrong.

        The helper who asked for the code sees `mine` True: not the one to confirm.
        """

    def invite(self, code: str) -> str | None:
        """The role an unused, unexpired officer invitation gives, or None."""

    def status_by_code(self, code: str) -> tuple[State, datetime] | None:
        """Stage and since when of a dossier, for anyone who has its code. No names."""
