"""The Records protocol: every lookup a conversation may make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from conversations.records.announcements import AnnouncementLookups
from conversations.records.complaints import ComplaintLookups
from conversations.records.figures import Counting, Figures, Unrecorded
from conversations.records.states import State
from conversations.records.views import (
    CaseLine,
    DossierView,
    EndingView,
    HistoryView,
    KeptView,
    MessageView,
    OfficerView,
    PersonView,
    ProducerView,
    ProductView,
    PublicProduct,
    TicketView,
)


class Records(AnnouncementLookups, ComplaintLookups, Protocol):
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
    def colleagues(self, officer: OfficerView, dossier_id: int) -> tuple[OfficerView, ...]:
        """Other active officers who may hold the case where it is now."""

    def officers_of_group(self, group: int) -> tuple[OfficerView, ...]:
        """Active officers with whose rights a group hears alerts."""

    def tickets(self, officer: OfficerView, limit: int = 10) -> tuple[TicketView, ...]: ...
    def ticket(self, officer: OfficerView, ticket_id: int) -> TicketView | None: ...

    def kept(self, person_id: int) -> KeptView:
        """What is kept about the person and the producers registered as its own."""

    # -- certificates --------------------------------------------------------------------------
    def certificates(self, person_id: int) -> tuple[EndingView, ...]:
        """The current certificate of each product the person may act for, soonest end first."""

    def ending(self, officer: OfficerView, limit: int = 100) -> tuple[EndingView, ...]:
        """Certificates in the officer's communes that end soon or ended lately, with nothing
        handed in for them, soonest end first."""

    def scores(self, person_id: int, product_id: int) -> Mapping[str, int | str]:
        """The self-assessment of a product the person may act for; empty when there is none."""

    # -- the programme in numbers -----------------------------------------------------------------
    def figures(self, officer: OfficerView, how: Counting) -> Figures:
        """What the officer may read: its communes, or the province."""

    def unrecorded(
        self, officer: OfficerView, how: Counting, measure: str, limit: int = 6, skip: int = 0
    ) -> tuple[Unrecorded, ...]:
        """Of whom nobody recorded it yet, in the communes the officer covers, by name."""

    def recordable(
        self, officer: OfficerView, how: Counting, measure: str, subject_id: int
    ) -> Unrecorded | None:
        """One of whom it may be recorded, recorded already or not."""

    # -- the register, for anyone --------------------------------------------------------------
    def listed(
        self,
        words: str = "",
        stars: int | None = None,
        communes: frozenset[str] = frozenset(),
        near: bool = False,
    ) -> tuple[PublicProduct, ...]:
        """At most 100 products with a current certificate: those with most of the folded
        words in their or their producer's name, then the newest. `near` takes slips of words that
        are known too; those of unknown ones are always taken."""

    def same_name(self, listed_id: int, producer_id: int) -> str | None:
        """The commune of a listed producer and one that registered, both still there."""

    def certified(self, code: str) -> PublicProduct | None:
        """The product of a certificate's code, expired and revoked ones too."""

    def registered(self, commune: str, words: str) -> tuple[ProducerView, ...]:
        """Producers of the commune that registered here, with these words in their name."""

    def may_ask_to_join(self, listed_id: int, producer_id: int) -> bool:
        """Nobody asks about the two now, and the producer has few such questions open."""

    def may_answer_join(self, person: PersonView, number: int) -> bool:
        """Is the person the other side of this open request?"""

    def why_revoked(self, person: PersonView, code: str) -> tuple[str, str]:
        """The ground (content's id) and the reason in words, for who speaks for the producer and
        the officers who cover it; else ""."""

    # -- how much is too much ------------------------------------------------------------------
    def has_left(self, person_id: int, act: str) -> bool:
        """May the person do it once more now? `act`: "question", "ticket" (an officer's),
        "complaint"."""

    # -- codes ---------------------------------------------------------------------------------
    def link_code(self, person_id: int, code: str) -> str | None:
        """Whose unused, unexpired code joins another channel: "mine", "other", None = no good."""

    def cosign(self, person_id: int, code: str) -> ProducerView | None:
        """The producer a code lets its owner confirm; None when it is used up, expired or wrong.

        The helper who asked for the code sees `mine` True: not the one to confirm.
        """

    def invite(self, person_id: int, code: str) -> str | None:
        """The role an unused, unexpired officer invitation gives, or None.

        None too, whatever the code, for a person who guessed too often lately.
        """

    def demo(self, code: str) -> bool:
        """Is it an unused, unexpired code that begins a demo household?"""

    def status_by_code(self, code: str) -> tuple[State, datetime] | None:
        """Stage and since when of a dossier, for anyone who has its code. No names."""
