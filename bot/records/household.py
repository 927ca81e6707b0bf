"""What a household may look up: its dossiers with their papers, their history and their talk.

Somebody else's dossier looks the same as one that does not exist. What an officer has returned is
shown only once the household was told (ten minutes to undo, content/national/times.yaml).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from bot.records.people import acts_for, producer_view, product_view
from bot.records.scores import ScoreRecords
from conversations.records import (
    AssessmentView,
    CertificateView,
    DossierView,
    HistoryView,
    ItemState,
    ItemView,
    MessageView,
    PageView,
    State,
    TicketView,
)
from models.codes import parse
from models.messages import PhotoProblem
from models.tables import (
    Assessment,
    CaseMessage,
    Certificate,
    Dossier,
    EvidenceItem,
    Helper,
    HistoryEntry,
    Job,
    Officer,
    Page,
    Producer,
    Product,
    Ticket,
)

#: States in which the household has been told what was returned.
TOLD = frozenset({State.SUPPLEMENT, State.COMPLETING})


class HouseholdRecords(ScoreRecords):
    """The households' half of SqlRecords. One instance per look at the world."""

    _seen: dict[int, tuple[DossierView, ...]] | None = None

    def dossiers(self, person_id: int) -> tuple[DossierView, ...]:
        if self._seen is None:
            self._seen = {}
        if person_id not in self._seen:
            rows = self.session.scalars(
                select(Dossier)
                .join(Producer, col(Producer.id) == col(Dossier.producer_id))
                .where(acts_for(person_id))
                .order_by(col(Dossier.state_since).desc(), col(Dossier.id).desc())
            ).all()
            self._seen[person_id] = self._views(rows, person_id)
        return self._seen[person_id]

    def dossier(self, person_id: int, dossier_id: int) -> DossierView | None:
        return next((d for d in self.dossiers(person_id) if d.id == dossier_id), None)

    def dossier_view(self, row: Dossier, *, mine: bool) -> DossierView:
        """One dossier; `mine`: as its household sees it, else as an officer does."""
        return self._views([row], 0 if mine else None)[0]

    def _views(self, rows: Iterable[Dossier], person_id: int | None) -> tuple[DossierView, ...]:
        """`person_id` is the household's viewer; None = an officer looks."""
        rows = list(rows)
        if not rows:
            return ()
        ids = [row.id or 0 for row in rows]
        items, own = self._items(ids), self._helped(person_id)
        views = (self._view(row, items[row.id or 0], person_id, own) for row in rows)
        return tuple(replace(one, scores=self.scores_of(one.product.id)) for one in views)

    def _view(
        self, row: Dossier, items: list[ItemView], person_id: int | None, helped: set[int]
    ) -> DossierView:
        product = self.session.get_one(Product, row.product_id)
        producer = self.session.get_one(Producer, row.producer_id)
        officer = self.session.get(Officer, row.officer_id) if row.officer_id else None
        state, household = State(row.state), person_id is not None
        mine = household and producer.person_id == person_id and producer.id not in helped
        if household and state not in TOLD:
            items = [_untold(item) for item in items]
        return DossierView(
            id=row.id or 0,
            code=row.code,
            product=product_view(product),
            producer=producer_view(producer, mine=mine),
            case_kind=row.case_kind,
            stars_aimed=row.stars_aimed,
            state=state,
            commune_code=row.commune_code,
            rules=row.rules,
            opened_at=row.opened_at,
            state_since=row.state_since,
            submitted_at=row.submitted_at,
            due_on=row.due_on,
            officer_id=row.officer_id,
            officer_name=officer.name if officer else "",
            claimed_at=row.claimed_at,
            round_name=row.round_name,
            score=row.score,
            stars=row.stars,
            decision_number=row.decision_number,
            decision_date=row.decision_date,
            refused_because=row.refused_because,
            items=tuple(items),
            assessments=() if household else self._assessments(row.id or 0),
            certificate=self._certificate(row.id or 0),
            undo_until=None if household else self._undo_until(row.id or 0),
            at_province=row.reached_province_at is not None,
            version=row.version,
        )

    def _items(self, ids: list[int]) -> dict[int, list[ItemView]]:
        rows = self.session.scalars(
            select(EvidenceItem)
            .where(col(EvidenceItem.dossier_id).in_(ids))
            .order_by(col(EvidenceItem.id))
        ).all()
        pages = self._pages([row.id or 0 for row in rows])
        found: dict[int, list[ItemView]] = defaultdict(list)
        for row in rows:
            view = ItemView(
                evidence=row.evidence,
                state=ItemState(row.state),
                pages=tuple(pages[row.id or 0]),
                reason=row.reason,
                excuse=row.excuse,
                expires_on=row.expires_on,
                reviewed_by=str(row.reviewed_by or ""),
            )
            found[row.dossier_id].append(view)
        return found

    def _pages(self, item_ids: list[int]) -> dict[int, list[PageView]]:
        rows = self.session.scalars(
            select(Page)
            .where(col(Page.item_id).in_(item_ids), col(Page.removed_at).is_(None))
            .order_by(col(Page.position), col(Page.id))
        )
        found: dict[int, list[PageView]] = defaultdict(list)
        for row in rows:
            problems = tuple(PhotoProblem(p) for p in row.problems)
            found[row.item_id].append(
                PageView(row.id or 0, row.file_key, row.name, row.mime, row.size, problems,
                         row.insisted)
            )  # fmt: skip
        return found

    def _helped(self, person_id: int | None) -> set[int]:
        """Producers the person fills in for."""
        if not person_id:
            return set()
        return set(self.session.scalars(
            select(col(Helper.producer_id)).where(
                col(Helper.person_id) == person_id,
                col(Helper.until).is_(None),
            )
        ))  # fmt: skip

    def _assessments(self, dossier_id: int) -> tuple[AssessmentView, ...]:
        rows = self.session.scalars(
            select(Assessment).where(col(Assessment.dossier_id) == dossier_id)
        )
        return tuple(AssessmentView(row.content, row.verdict, row.note) for row in rows)

    def _certificate(self, dossier_id: int) -> CertificateView | None:
        row = self.session.scalars(
            select(Certificate).where(col(Certificate.dossier_id) == dossier_id)
        ).first()
        if row is None:
            return None
        return CertificateView(row.code, row.stars, row.decision_number, row.issued_on,
                               row.valid_to, row.revoked_on)  # fmt: skip

    def _undo_until(self, dossier_id: int) -> datetime | None:
        """When the household will be told of a supplement request that waits."""
        due: datetime | None = self.session.scalars(
            select(col(Job.due_at)).where(
                col(Job.kind) == "supplement",
                col(Job.dossier_id) == dossier_id,
                col(Job.status) == "waiting",
            )
        ).first()
        return due

    # -- history, talk, files --------------------------------------------------------------------
    def history(self, dossier_id: int) -> tuple[HistoryView, ...]:
        rows = self.session.execute(
            select(HistoryEntry, col(Officer.name))
            .outerjoin(Officer, col(Officer.id) == col(HistoryEntry.officer_id))
            .where(col(HistoryEntry.dossier_id) == dossier_id)
            .order_by(col(HistoryEntry.id))
        )
        return tuple(HistoryView(e.at, e.what, name or "", e.detail) for e, name in rows)

    def messages(self, dossier_id: int, limit: int = 10) -> tuple[MessageView, ...]:
        """The last messages of the case, oldest first."""
        rows = self.session.execute(
            select(CaseMessage, col(Officer.name))
            .outerjoin(Officer, col(Officer.person_id) == col(CaseMessage.person_id))
            .where(col(CaseMessage.dossier_id) == dossier_id)
            .order_by(col(CaseMessage.id).desc())
            .limit(limit)
        ).all()
        return tuple(_message(row, name) for row, name in reversed(rows))

    def same_file(self, dossier_id: int, file_key: str) -> str | None:
        found: str | None = self.session.scalars(
            select(col(EvidenceItem.evidence))
            .join(Page, col(Page.item_id) == col(EvidenceItem.id))
            .where(
                col(EvidenceItem.dossier_id) == dossier_id,
                col(Page.file_key) == file_key,
                col(Page.removed_at).is_(None),
            )
        ).first()
        return found

    def open_tickets(self, person_id: int) -> tuple[TicketView, ...]:
        rows = self.session.scalars(
            select(Ticket)
            .where(col(Ticket.person_id) == person_id, col(Ticket.state) == "open")
            .order_by(col(Ticket.id))
        )
        return tuple(_ticket(row) for row in rows)

    def status_by_code(self, code: str) -> tuple[State, datetime] | None:
        known = parse(code)
        row: Any = self.session.execute(
            select(col(Dossier.state), col(Dossier.state_since)).where(col(Dossier.code) == known)
        ).first()
        return (State(row[0]), row[1]) if row else None


def _untold(item: ItemView) -> ItemView:
    """A paper returned, as the household sees it before it is told."""
    if item.state is not ItemState.RETURNED:
        return item
    return replace(item, state=ItemState.UPLOADED, reason="")


def _message(row: CaseMessage, officer: str | None) -> MessageView:
    return MessageView(row.from_officer, (officer or "") if row.from_officer else "", row.text,
                       row.at)  # fmt: skip


def _ticket(row: Ticket) -> TicketView:
    return TicketView(row.id or 0, row.code, row.text, row.topic, row.language, row.state,
                      row.asked_at, row.person_id, row.answer)  # fmt: skip
