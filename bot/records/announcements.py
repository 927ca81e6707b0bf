"""Announcements for the officers who may see them, and what people want to hear of."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, or_, select

from bot.records.event_guests import EventRecords
from bot.records.officer import OfficerRecords
from conversations.announcement_rules import concerns, may_announce, may_see, was_sent
from conversations.records import (
    AnnouncementView,
    Audience,
    OfficerView,
    Progress,
    Segment,
)
from conversations.stages import PROVINCE
from models import announcements, segments
from models.content import Content
from models.messages import SentFile
from models.segments import NEWS, Aim
from models.tables import Announcement, ConsentEntry, Event, Officer, Reminder, Unsubscribed

# Columns: SQLModel types them as plain values.
_ANNOUNCEMENT: Any = Announcement
_CONSENT: Any = ConsentEntry
_EVENT: Any = Event
_OFFICER: Any = Officer
_REMINDER: Any = Reminder
_UNSUBSCRIBED: Any = Unsubscribed

LOOKED_AT = 60  # newest announcements among which an officer's own are looked for


def segment_of(row: Announcement) -> Segment:
    """The segment as it is stored."""
    kept = row.segment
    return Segment(tuple(kept["communes"]), kept["kind"], tuple(kept["values"]))


def aim_of(content: Content, segment: Segment, now: datetime, *, demo: bool) -> Aim:
    """The segment as a query: on the day of `now` in the province."""
    today = now.astimezone(content.province.zone).date()
    ahead = timedelta(days=content.process.opens_days_before)
    return Aim(segment.communes, segment.kind, segment.values, today, ahead, demo)


class AnnouncementRecords(EventRecords, OfficerRecords):
    """The part of SqlRecords about announcements and events."""

    def announcements(self, officer: OfficerView, limit: int = 6) -> tuple[AnnouncementView, ...]:
        newest = select(Announcement).order_by(_ANNOUNCEMENT.id.desc()).limit(LOOKED_AT)
        mine = or_(_ANNOUNCEMENT.officer_id == officer.id, _ANNOUNCEMENT.state != "draft")
        rows = self.session.scalars(newest.where(mine)).all()
        near = (row for row in rows if may_announce(officer, segment_of(row)))
        views = (self.announcement_view(row) for row in near)
        return tuple(islice((one for one in views if may_see(officer, one)), limit))

    def announcement(self, officer: OfficerView, number: int) -> AnnouncementView | None:
        row = self.session.get(Announcement, number)
        one = self.announcement_view(row) if row is not None else None
        return one if one is not None and may_see(officer, one) else None

    def announcement_of(self, officer: OfficerView, event_id: int) -> AnnouncementView | None:
        event = self.session.get(Event, event_id)
        if event is None:
            return None
        one = self.announcement_view(self.session.get_one(Announcement, event.announcement_id))
        return one if was_sent(one) and concerns(officer, one.segment) else None

    def audience(
        self, officer: OfficerView, segment: Segment, topic: str, content: Content
    ) -> Audience:
        if not may_announce(officer, segment):
            return Audience(0, 0, 0, 0)
        demo = self.session.get_one(Officer, officer.id).demo
        aim = aim_of(content, segment, self.now, demo=demo)
        return Audience(*segments.counted(self.session, aim, topic))

    def progress(self, officer: OfficerView, number: int) -> Progress:
        if self.announcement(officer, number) is None:
            return Progress()
        return Progress(**announcements.progress(self.session, number))

    def second_officers(self, officer: OfficerView) -> int:
        count = select(func.count()).select_from(Officer)
        others = (_OFFICER.active.is_(True), _OFFICER.id != officer.id)
        return int(self.session.scalar(count.where(*others, _OFFICER.role.in_(PROVINCE))) or 0)

    def announcement_view(self, row: Announcement) -> AnnouncementView:
        """As it stands, for who has checked the rights already (bot/apply, bot/work)."""
        event = self.session.scalars(select(Event).where(_EVENT.announcement_id == row.id)).first()
        second = self.session.get(Officer, row.second_officer_id) if row.second_officer_id else None
        return AnnouncementView(
            id=row.id or 0,
            author=self.officer_view(self.session.get_one(Officer, row.officer_id)),
            topic=row.topic,
            text=row.text,
            segment=segment_of(row),
            state=row.state,
            made_at=row.made_at,
            file=SentFile(**row.file) if row.file else None,
            due_at=row.due_at,
            started_at=row.started_at,
            expanded=row.expanded_at is not None,
            second_name=second.name if second else "",
            reason=row.reason,
            event=self.event_view(event) if event else None,
            form=row.form,
        )

    # -- what a person wants ---------------------------------------------------------------------
    def wants_announcements(self, person_id: int) -> bool | None:
        given: bool | None = self.session.scalars(
            select(_CONSENT.given)
            .where(_CONSENT.person_id == person_id, _CONSENT.purpose == segments.NOTICES)
            .order_by(_CONSENT.id.desc())
            .limit(1)
        ).first()
        return given

    def news_offered(self, person_id: int) -> bool:
        asked = select(_REMINDER.id).where(
            _REMINDER.person_id == person_id, _REMINDER.about == NEWS
        )
        if self.session.scalar(asked) is not None:
            return True
        return self.wants_announcements(person_id) is not None

    def unsubscribed(self, person_id: int) -> frozenset[str]:
        topics = select(_UNSUBSCRIBED.topic).where(_UNSUBSCRIBED.person_id == person_id)
        return frozenset(self.session.scalars(topics))
