"""Announcements leave: a segment becomes rows of the outbox, in batches, behind everything else.

A batch and the job of the next one are one transaction, and a person gets one row for each
announcement (unique), so a process that dies anywhere in between doubles nothing and loses nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.jobs import Due, Works, Write, job
from bot.leaving import How
from bot.post import Post
from bot.records import SqlRecords
from bot.records.announcements import aim_of
from conversations import announcement_rules as rules
from conversations import announcement_text
from conversations.letters import announcements as letters
from conversations.records import AnnouncementView, Progress
from conversations.stages import PROVINCE
from models import announcements, people, segments
from models.content import Content
from models.database import Unit
from models.messages import Later, Say
from models.outbox import BULK
from models.tables import Announcement, Officer

# Columns: SQLModel types them as plain values.
_ANNOUNCEMENT: Any = Announcement

BATCH = 50  # people in one transaction: a reply waits for no more than that
LOOK, LOOK_LATER = timedelta(seconds=15), timedelta(minutes=10)  # how often progress is told
FRESH = timedelta(hours=1)  # after that, later


def begin(post: Post, content: Content, one: AnnouncementView) -> None:
    """Put down the first job: at its hour, never at night."""
    due = awake(content, max(one.due_at or post.now, post.now))
    post.job("announce", {"announcement": one.id}, due, dedupe=f"announce:{one.id}:0")


def awake(content: Content, at: datetime) -> datetime:
    """The instant itself, or the end of the quiet time it falls into."""
    local = at.astimezone(content.province.zone)
    if not content.times.is_quiet(local.time()):
        return at
    return content.times.morning(local).astimezone(at.tzinfo)


@job("announce")
def announce(works: Works, due: Due) -> Write:
    """The next batch. Raises Later in quiet hours."""
    content = works.house.content
    if (start := awake(content, due.now)) > due.now:
        raise Later("quiet hours", (start - due.now).total_seconds())

    def write(unit: Unit, post: Post) -> None:
        row = _taken(unit, due.payload["announcement"])
        if row is None:
            return  # stopped meanwhile
        one = SqlRecords(unit, due.now).announcement_view(row)
        if row.state == "planned" and not _started(unit, post, content, row, one):
            return
        _batch(unit, post, content, row, one)

    return write


def _taken(unit: Unit, number: int) -> Announcement | None:
    """The row, held until the commit: whoever stops it waits for this batch, or we see it."""
    held = unit.execute(
        update(Announcement)
        .where(_ANNOUNCEMENT.id == number, _ANNOUNCEMENT.state.in_(("planned", "sending")))
        .values(reached=_ANNOUNCEMENT.reached)
        .execution_options(synchronize_session=False)
    )
    if held.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return unit.get(Announcement, number, populate_existing=True)


def _started(
    unit: Unit, post: Post, content: Content, row: Announcement, one: AnnouncementView
) -> bool:
    """Begin, when its author may still reach everybody it is for."""
    author = unit.get_one(Officer, row.officer_id)
    unit.add(row)
    if not (author.active and rules.may_announce(one.author, one.segment)):
        row.state, row.ended_at = "cancelled", post.now
        topic = announcement_text.topic_name(content, one.topic)
        post.to_person(author.person_id, letters.out_of_reach(one.id, topic))
        return False
    row.state, row.started_at = "sending", post.now
    _look_again(post, one.id, post.now)
    _remind(post, content, one)
    return True


def _batch(
    unit: Unit, post: Post, content: Content, row: Announcement, one: AnnouncementView
) -> None:
    demo = unit.get_one(Officer, row.officer_id).demo
    aim = aim_of(content, one.segment, post.now, demo=demo)
    found = unit.execute(segments.receivers(aim, row.reached, BATCH)).all()
    refusing = announcements.refusing(unit, one.topic, [person for person, _ in found])
    letter = announcement_text.as_read(content, one)
    said = {lang: letter.say(lang) for lang in {lang for _, lang in found}}
    for person_id, lang in found:
        _one(unit, post, one.id, person_id, said[lang], refuses=person_id in refusing)
    unit.add(row)
    if len(found) < BATCH:
        row.expanded_at = post.now
    if found:
        row.reached = found[-1][0]
    unit.flush()
    if row.expanded_at is None:
        post.job("announce", {"announcement": one.id})


def _one(unit: Unit, post: Post, number: int, person_id: int, say: Say, *, refuses: bool) -> None:
    """One person: a row of the outbox, or why there is none. Nothing when that was done before."""
    address = None if refuses else people.reachable(unit, person_id)
    outcome = "unsubscribed" if refuses else "written" if address else "no_channel"
    delivery = announcements.put(unit, number, person_id, outcome, post.now)
    if delivery is None or address is None:
        return
    how = How(post.now, key=say.key, priority=BULK, dedupe=f"{say.key}:{person_id}")
    announcements.written(unit, delivery, post.leaving.send(address, person_id, say, how))


# -- how far it is --------------------------------------------------------------------------------
def _look_again(post: Post, number: int, started: datetime) -> None:
    wait = LOOK if post.now - started < FRESH else LOOK_LATER
    due = post.now + wait
    name = f"progress:{number}:{due.timestamp():.0f}"
    post.job("announce_progress", {"announcement": number}, due, dedupe=name)


@job("announce_progress")
def announce_progress(works: Works, due: Due) -> Write:
    """The author's message is kept up to date where the channel can; at the end, the report."""
    content, number = works.house.content, int(due.payload["announcement"])

    def write(unit: Unit, post: Post) -> None:
        row = unit.get(Announcement, number)
        if row is None or row.state != "sending":
            return
        told = Progress(**announcements.progress(unit, number))
        one = SqlRecords(unit, due.now).announcement_view(row)
        topic = announcement_text.topic_name(content, one.topic)
        if row.expanded_at is None or told.waiting:
            letter = letters.under_way(number, topic, told)
            post.refresh(one.author.person_id, letter, key=f"announcement:{number}")
            _look_again(post, number, row.started_at or due.now)
            if row.expanded_at is None:  # should its job have failed for good: begin again
                name = f"announce:{number}:again:{due.now:%Y%m%dT%H}"
                post.job("announce", {"announcement": number}, due.now + FRESH, dedupe=name)
            return
        row.state, row.ended_at = "done", due.now
        unit.add(row)
        report = letters.finished(number, topic, told, one.event)
        post.to_person(one.author.person_id, report, priority=5)

    return write


@job("approval_ends")
def approval_ends(works: Works, due: Due) -> Write:
    """Nobody agreed in time: it lapses, and its author hears of it."""
    content, number = works.house.content, int(due.payload["announcement"])

    def write(unit: Unit, post: Post) -> None:
        ended = unit.execute(
            update(Announcement)
            .where(_ANNOUNCEMENT.id == number, _ANNOUNCEMENT.state == "asked")
            .values(state="expired", ended_at=due.now)
            .execution_options(synchronize_session=False)
        )
        if ended.rowcount != 1:  # type: ignore[attr-defined]
            return
        row = unit.get_one(Announcement, number, populate_existing=True)
        one = SqlRecords(unit, due.now).announcement_view(row)
        topic = announcement_text.topic_name(content, one.topic)
        hours = content.announcements.approval_hours
        post.to_person(one.author.person_id, letters.lapsed(number, topic, hours))
        settled = letters.approval_settled(number, topic, letters.LAPSED, "")
        for role in sorted(PROVINCE):
            post.to_officers(None, role, settled, edit=True)

    return write


def _remind(post: Post, content: Content, one: AnnouncementView) -> None:
    """The reminders of its event, at the hours of the content."""
    if one.event is None:
        return
    zone, when = content.province.zone, content.announcements
    day = one.event.starts_at.astimezone(zone).date()
    for which, on, at in (
        ("before", day - timedelta(days=1), when.remind_day_before),
        ("today", day, when.remind_same_day),
    ):
        due = datetime.combine(on, at, tzinfo=zone).astimezone(post.now.tzinfo)
        if post.now < due < one.event.starts_at:
            payload = {"event": one.event.id, "which": which}
            post.job("event_reminder", payload, due, dedupe=f"remind:{one.event.id}:{which}")
