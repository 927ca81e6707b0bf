"""Each officer's day in one message, at the hours of content (07:00 and 17:00), on working days.

Nothing is sent to an officer with nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from bot.records import SqlRecords
from bot.records.complaints import waiting_for
from bot.records.officer import on_desk, tickets_of
from bot.zalo_counts import LEFT, MOST, SHOWN, month
from bot.zalo_plan import MESSAGES
from conversations.letters.clocks import ChannelUse, Dated, Digest
from conversations.policy.passages import Passage
from conversations.policy.refusals import REASONS as OUTSIDE
from conversations.records import OfficerView
from models import answers, windows
from models.content import Content
from models.database import Unit
from models.messages import Channel
from models.tables import Complaint, Dossier, Officer, OutboundRow, Product, Ticket

# Columns: SQLModel types them as plain values.
_COMPLAINT: Any = Complaint
_DOSSIER: Any = Dossier
_OFFICER: Any = Officer
_OUT: Any = OutboundRow
_PRODUCT: Any = Product
_TICKET: Any = Ticket

LATE = timedelta(hours=2)  # a digest missed while we were away is still worth sending
FAILED = timedelta(days=1)
WEEK = timedelta(days=6)  # and today
TOPICS = 3
NAMED = 5  # cases named of each kind; the list has all


@every("digests", timedelta(minutes=10))
def digests(works: Works, due: Due) -> Write | None:
    content = works.house.content
    hour = due_hour(content, due.now)
    if hour is None:
        return None
    passages = works.house.answerer().library.passages if works.house.answerer else {}

    today = hour.date()

    def send(unit: Unit, post: Post) -> None:
        for row in unit.scalars(select(Officer).where(_OFFICER.active.is_(True))).all():
            officer = SqlRecords(unit, due.now).officer_view(row)
            digest = made(unit, content, officer, due.now)
            if officer.role != "commune":
                digest = with_questions(unit, digest, passages, today)
            if not digest.empty:
                name = f"digest:{hour:%Y-%m-%dT%H:%M}:{row.person_id}"
                post.to_person(row.person_id, digest, priority=5, dedupe=name)

    return send


def due_hour(content: Content, now: datetime) -> datetime | None:
    """The hour whose digest is to be sent now, on the province's clock."""
    local = now.astimezone(content.province.zone)
    if not content.calendar.is_working(local.date()):
        return None
    hours = (
        datetime.combine(local.date(), at, tzinfo=content.province.zone)
        for at in content.times.digests
    )
    return next((hour for hour in hours if hour <= local < hour + LATE), None)


def made(unit: Unit, content: Content, officer: OfficerView, now: datetime) -> Digest:
    """The officer's figures as they are now."""
    today = now.astimezone(content.province.zone).date()
    near = content.calendar.add_working_days(today, max(content.times.review_remind_working_days))
    mine = _DOSSIER.officer_id == officer.id
    dated = _DOSSIER.due_on.is_not(None)
    late, soon = _DOSSIER.due_on < today, _DOSSIER.due_on.between(today, near)
    return Digest(
        new=_count(unit, officer, func.coalesce(_DOSSIER.officer_id, 0) == 0),
        mine=_count(unit, officer, mine),
        overdue=_count(unit, officer, dated, late),
        near=_count(unit, officer, dated, soon),
        questions=_number(
            unit, select(func.count(_TICKET.id)).where(_TICKET.state == "open", tickets_of(officer))
        ),
        complaints=_number(unit, select(func.count(_COMPLAINT.id)).where(waiting_for(officer))),
        failed=_unsent(unit, officer, now),
        channels=() if officer.role == "commune" else _used(unit, now),
        late=_named(unit, officer, dated, late),
        soon=_named(unit, officer, dated, soon),
    )


def _named(unit: Unit, officer: OfficerView, *which: ColumnElement[bool]) -> tuple[Dated, ...]:
    """The first of them, nearest day first."""
    rows = unit.execute(
        select(_DOSSIER.code, _PRODUCT.name, _DOSSIER.due_on)
        .join(Product, _PRODUCT.id == _DOSSIER.product_id)
        .where(on_desk(officer), *which)
        .order_by(_DOSSIER.due_on, _DOSSIER.id)
        .limit(NAMED)
    )
    return tuple(Dated(*row) for row in rows)


def _used(unit: Unit, now: datetime) -> tuple[ChannelUse, ...]:
    """What left this month through each channel that counts, as far as anything did."""
    period = month(now)
    found = []
    for channel, name in SHOWN.items():
        if not (counts := windows.counted(unit, channel, period)):
            continue
        found.append(
            ChannelUse(
                name,
                int(period[-2:]),
                counts.get("free", 0),
                counts.get("paid", 0),
                counts.get("template", 0),
                counts.get("refused", 0),
                counts.get("sent", 0),
                MESSAGES if channel is Channel.ZALO_BOT else 0,
                sum(count for kind, count in counts.items() if kind.startswith(LEFT)),
                sum(count for kind, count in counts.items() if kind.startswith(MOST)),
            )
        )
    return tuple(found)


def with_questions(
    unit: Unit, digest: Digest, passages: Mapping[str, Passage], today: date
) -> Digest:
    """The week's questions without an answer, by topic: for those who write the content."""
    asked = [a for a in answers.unanswered(unit, today - WEEK) if a[0] not in OUTSIDE]
    known = [(passages[topic].title, times) for topic, times in asked if topic in passages]
    return replace(
        digest,
        unanswered=sum(times for _, times in asked),
        topics=tuple((*title, times) for title, times in known[:TOPICS]),
    )


def _count(unit: Unit, officer: OfficerView, *which: ColumnElement[bool]) -> int:
    return _number(unit, select(func.count(_DOSSIER.id)).where(on_desk(officer), *which))


def _unsent(unit: Unit, officer: OfficerView, now: datetime) -> int:
    """Messages about the officer's cases that can never arrive: somebody must phone."""
    return _number(
        unit,
        select(func.count(_OUT.id))
        .join(Dossier, _DOSSIER.id == _OUT.dossier_id)
        .where(
            literal_column("outbound.status = 'failed'"),  # in these words: the partial index
            _OUT.created_at > now - FAILED,
            _DOSSIER.officer_id == officer.id,
        ),
    )


def _number(unit: Unit, query: Any) -> int:
    return int(unit.scalar(query) or 0)
