"""Announcements drafted, tried out, confirmed, agreed to, rejected and stopped.

Every right is asked of conversations/announcement_rules.py, on the rows as they are now; every
change of state is a guarded update, so that of two officers one acts and the other sees what became
of it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.records import SqlRecords
from bot.work.announcement_sending import begin
from conversations import announcement_rules, announcement_text
from conversations import events as e
from conversations.event import DOOR
from conversations.letters import announcements as letters
from conversations.records import AnnouncementView, OfficerView
from conversations.stages import PROVINCE
from models import announcements, codes
from models.tables import Announcement, Event

# Columns: SQLModel types them as plain values.
_ANNOUNCEMENT: Any = Announcement
_EVENT: Any = Event


def seen(env: Env, number: int) -> AnnouncementView:
    """The announcement as this officer may see it. Raises Stale when it may not."""
    one = SqlRecords(env.session, env.now).announcement(me(env), number)
    if one is None:
        raise Stale
    return one


def change(env: Env, number: int, was: tuple[str, ...], **columns: Any) -> None:
    """Move it on from one of the states `was`. Raises Stale when somebody was faster."""
    done = env.session.execute(
        update(Announcement)
        .where(_ANNOUNCEMENT.id == number, _ANNOUNCEMENT.state.in_(was))
        .values(**columns)
        .execution_options(synchronize_session="fetch")
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    env.session.expire_all()


@on(e.AnnouncementDrafted)
def drafted(env: Env, event: e.AnnouncementDrafted) -> None:
    """A new draft, or an earlier one changed."""
    officer = me(env)
    known = env.content.announcements.topic(event.topic)
    if known is None or not announcement_rules.may_announce(officer, event.segment):
        raise Stale
    row = Announcement(officer_id=officer.id, topic=event.topic, text="", made_at=env.now)
    if event.draft_id:
        if not announcement_rules.may_edit(officer, seen(env, event.draft_id)):
            raise Stale
        row = env.session.get_one(Announcement, event.draft_id)
    segment = event.segment
    row.topic, row.text, row.due_at = event.topic, event.text, event.due_at
    row.file, row.form = dict(event.file or {}), dict(event.form)
    row.segment = {
        "communes": list(segment.communes), "kind": segment.kind, "values": list(segment.values),
    }  # fmt: skip
    env.session.add(row)
    env.session.flush()
    _invite(env, row, event.invited)


def _invite(env: Env, row: Announcement, invited: e.Invited | None) -> None:
    """The event it carries now, and no other."""
    env.session.execute(delete(Event).where(_EVENT.announcement_id == row.id))
    if invited is None:
        return
    env.session.add(
        Event(
            announcement_id=row.id or 0,
            topic=row.topic,
            name=invited.name,
            place=invited.place,
            starts_at=invited.starts_at,
            seats=invited.seats,
            door_code=_door_code(env),
        )
    )
    env.session.flush()


def _door_code(env: Env) -> str:
    """A code no event has, with a figure in it: so it is never taken for a word."""
    chance = secrets.SystemRandom()
    while True:
        code = codes.new_code(chance, DOOR)
        taken = env.session.scalar(select(_EVENT.id).where(_EVENT.door_code == code))
        if taken is None and any(c.isdigit() for c in code):
            return code


@on(e.AnnouncementDropped)
def dropped(env: Env, event: e.AnnouncementDropped) -> None:
    if not announcement_rules.may_edit(me(env), seen(env, event.number)):
        raise Stale
    env.session.execute(delete(Event).where(_EVENT.announcement_id == event.number))
    env.session.execute(delete(Announcement).where(_ANNOUNCEMENT.id == event.number))


@on(e.AnnouncementTried)
def tried(env: Env, event: e.AnnouncementTried) -> None:
    one = seen(env, event.number)
    if not announcement_rules.may_edit(me(env), one):
        raise Stale
    env.post.to_person(
        env.person.id, announcement_text.as_read(env.content, one, trial=True), priority=0
    )


@on(e.AnnouncementConfirmed)
def confirmed(env: Env, event: e.AnnouncementConfirmed) -> None:
    """Planned at once; or, when it goes province-wide, the other officers are asked."""
    officer, one = me(env), seen(env, event.number)
    if not announcement_rules.may_edit(officer, one):
        raise Stale
    if not announcement_rules.needs_second(env.content, officer, one.segment):
        change(env, one.id, ("draft",), state="planned")
        audit(env, "announcement_confirmed", f"announcement:{one.id}")
        begin(env.post, env.content, one)
        return
    if not SqlRecords(env.session, env.now).second_officers(officer):
        raise Stale
    change(env, one.id, ("draft",), state="asked", asked_at=env.now)
    audit(env, "announcement_asked", f"announcement:{one.id}")
    hours = env.content.announcements.approval_hours
    due, name = env.now + timedelta(hours=hours), f"approval:{one.id}"
    env.post.job("approval_ends", {"announcement": one.id}, due, dedupe=name)
    _ask(env, one, officer)


def _ask(env: Env, one: AnnouncementView, officer: OfficerView) -> None:
    records = SqlRecords(env.session, env.now)
    people = records.audience(officer, one.segment, one.topic, env.content).people
    topic = announcement_text.topic_name(env.content, one.topic)
    letter = letters.approval(one, topic, officer.name, people)
    for role in sorted(PROVINCE):
        env.post.to_officers(None, role, letter, skip=env.person.id)


def settle(env: Env, one: AnnouncementView, words: str, who: str) -> None:
    """Every copy of the letter that asked says what became of it."""
    topic = announcement_text.topic_name(env.content, one.topic)
    letter = letters.approval_settled(one.id, topic, words, who)
    for role in sorted(PROVINCE):
        env.post.to_officers(None, role, letter, edit=True)


@on(e.AnnouncementApproved)
def approved(env: Env, event: e.AnnouncementApproved) -> None:
    officer, one = me(env), seen(env, event.number)
    if not announcement_rules.may_approve(officer, one):
        raise Stale
    change(env, one.id, ("asked",), state="planned", second_officer_id=officer.id)
    audit(env, "announcement_approved", f"announcement:{one.id}")
    settle(env, one, letters.APPROVED, officer.name)
    topic = announcement_text.topic_name(env.content, one.topic)
    env.post.to_person(one.author.person_id, letters.approved(one.id, topic, officer.name))
    begin(env.post, env.content, one)


@on(e.AnnouncementRejected)
def rejected(env: Env, event: e.AnnouncementRejected) -> None:
    officer, one = me(env), seen(env, event.number)
    reason = event.reason.strip()[:300]
    if not announcement_rules.may_approve(officer, one) or not reason:
        raise Stale
    mine = {"second_officer_id": officer.id, "reason": reason, "ended_at": env.now}
    change(env, one.id, ("asked",), state="rejected", **mine)
    audit(env, "announcement_rejected", f"announcement:{one.id}")
    settle(env, one, letters.REJECTED, officer.name)
    topic = announcement_text.topic_name(env.content, one.topic)
    letter = letters.rejected(one.id, topic, officer.name, reason)
    env.post.to_person(one.author.person_id, letter)


@on(e.AnnouncementStopped)
def stopped(env: Env, event: e.AnnouncementStopped) -> None:
    """What has not left does not leave; who has it keeps it."""
    officer, one = me(env), seen(env, event.number)
    if not announcement_rules.may_stop(officer, one):
        raise Stale
    change(env, one.id, (one.state,), state="cancelled", ended_at=env.now)
    announcements.stop(env.session, one.id)
    audit(env, "announcement_stopped", f"announcement:{one.id}")
    if one.state == "asked":
        settle(env, one, letters.WITHDRAWN, officer.name)


@on(e.DeliveryReportAsked)
def report_asked(env: Env, event: e.DeliveryReportAsked) -> None:
    officer, one = me(env), seen(env, event.number)
    if not (
        announcement_rules.was_sent(one) and announcement_rules.may_announce(officer, one.segment)
    ):
        raise Stale
    audit(env, "announcement_report", f"announcement:{one.id}")
    env.post.job("announce_report", {"announcement": one.id, "person": env.person.id})
