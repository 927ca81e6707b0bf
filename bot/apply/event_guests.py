"""Events: who comes, who waits for a seat, who was there, and what is called off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select, update

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.records import SqlRecords
from conversations import announcement_rules, event
from conversations import events as e
from conversations.context import Ctx
from conversations.letters import announcements as letters
from models.tables import Attendance, Event, OfficerAttendance, Producer, Signup

# Columns: SQLModel types them as plain values.
_ATTENDANCE: Any = Attendance
_CAME: Any = OfficerAttendance
_EVENT: Any = Event
_SIGNUP: Any = Signup


def locked(env: Env, event_id: int) -> Event:
    """The event, held until the commit, so that two people never get one seat."""
    env.session.execute(
        update(Event)
        .where(_EVENT.id == event_id)
        .values(seats=_EVENT.seats)
        .execution_options(synchronize_session=False)
    )
    row = env.session.get(Event, event_id, populate_existing=True)
    if row is None:
        raise Stale
    return row


def context(env: Env) -> Ctx:
    """For asking the conversation's own rules of the records as they are now."""
    return Ctx(env.person, env.now, env.content, SqlRecords(env.session, env.now), env.channel)


@on(e.EventJoined)
def joined(env: Env, said: e.EventJoined) -> None:
    """A seat while there is one, else the waiting list."""
    row, ctx = locked(env, said.event_id), context(env)
    view = ctx.records.event(env.person.id, said.event_id)
    own = {p.id for p in ctx.records.producers(env.person.id)}
    if view is None or not event.may_join(ctx, view):
        raise Stale
    if said.producer_id not in own and (own or said.producer_id is not None):
        raise Stale
    signup = _signup(env, said.event_id) or Signup(
        event_id=said.event_id, person_id=env.person.id, at=env.now
    )
    free = not row.seats or _going(env, said.event_id) < row.seats
    signup.state, signup.at = "going" if free else "waiting", env.now
    signup.producer_id = said.producer_id
    env.session.add(signup)
    env.session.flush()


@on(e.EventLeft)
def left(env: Env, said: e.EventLeft) -> None:
    """The seat goes to whoever has waited longest."""
    row, signup = locked(env, said.event_id), _signup(env, said.event_id)
    if signup is None or signup.state not in ("going", "waiting"):
        raise Stale
    signup.state, signup.at = "left", env.now
    env.session.add(signup)
    env.session.flush()
    if row.seats and row.cancelled_at is None:
        _promote(env, row)


def _promote(env: Env, row: Event) -> None:
    free = row.seats - _going(env, row.id or 0)
    if free <= 0 or row.starts_at <= env.now:
        return
    waiting = env.session.scalars(
        select(Signup)
        .where(_SIGNUP.event_id == row.id, _SIGNUP.state == "waiting")
        .order_by(_SIGNUP.at, _SIGNUP.id)
        .limit(free)
    ).all()
    records = SqlRecords(env.session, env.now)
    for one in waiting:
        one.state = "going"
        env.session.add(one)
        env.post.to_person(one.person_id, letters.seat_free(records.event_view(row)))
    env.session.flush()


def _signup(env: Env, event_id: int) -> Signup | None:
    return env.session.scalars(
        select(Signup).where(_SIGNUP.event_id == event_id, _SIGNUP.person_id == env.person.id)
    ).first()


def _going(env: Env, event_id: int) -> int:
    count = select(func.count()).select_from(Signup)
    going = count.where(_SIGNUP.event_id == event_id, _SIGNUP.state == "going")
    return int(env.session.scalar(going) or 0)


@on(e.DoorCodeUsed)
def door_code_used(env: Env, said: e.DoorCodeUsed) -> None:
    """By somebody who speaks for the producer, around the start."""
    ctx = context(env)
    view = ctx.records.event_at_door(said.code)
    own = {p.id for p in ctx.records.producers(env.person.id)}
    if view is None or not event.door_open(ctx, view) or said.producer_id not in own:
        raise Stale
    _present(env, view.id, said.producer_id, None)


@on(e.AttendanceMarked)
def attendance_marked(env: Env, said: e.AttendanceMarked) -> None:
    """By an officer whom the event and the producer's commune concern."""
    officer = me(env)
    one = SqlRecords(env.session, env.now).announcement_of(officer, said.event_id)
    producer = env.session.get(Producer, said.producer_id)
    if one is None or producer is None or producer.erased_at is not None:
        raise Stale
    if not announcement_rules.may_mark(officer, one, producer.commune_code):
        raise Stale
    early = one.event is None or not event.day_has_come(context(env), one.event)
    if said.present and early:
        raise Stale
    audit(env, "attendance", f"event:{said.event_id}", producer=producer.id, present=said.present)
    if said.present:
        _present(env, said.event_id, said.producer_id, officer.id)
        return
    which = (_ATTENDANCE.event_id == said.event_id, _ATTENDANCE.producer_id == said.producer_id)
    env.session.execute(delete(Attendance).where(*which))


def _present(env: Env, event_id: int, producer_id: int, officer_id: int | None) -> None:
    """Once, however often it is said. The day is the event's in the province."""
    row = locked(env, event_id)
    if SqlRecords(env.session, env.now).present(event_id, producer_id):
        return
    day = row.starts_at.astimezone(env.content.province.zone).date()
    env.session.add(
        Attendance(
            event_id=event_id,
            producer_id=producer_id,
            topic=row.topic,
            day=day,
            officer_id=officer_id,
            at=env.now,
        )
    )
    env.session.flush()


@on(e.OfficerCame)
def officer_came(env: Env, said: e.OfficerCame) -> None:
    """An officer about itself, once the door is open; by the code, or where it is its event too."""
    ctx, officer = context(env), me(env)
    row = env.session.get(Event, said.event_id)
    view = SqlRecords(env.session, env.now).event_view(row) if row is not None else None
    if row is None or view is None or not event.officer_may_come(ctx, view):
        raise Stale
    audit(env, "officer_came", f"event:{said.event_id}", present=said.present)
    which = (_CAME.event_id == said.event_id, _CAME.officer_id == officer.id)
    env.session.execute(delete(OfficerAttendance).where(*which))
    if said.present:
        day = row.starts_at.astimezone(env.content.province.zone).date()
        env.session.add(
            OfficerAttendance(
                event_id=said.event_id, officer_id=officer.id, topic=row.topic, day=day, at=env.now
            )
        )
    env.session.flush()


@on(e.EventCalledOff)
def called_off(env: Env, said: e.EventCalledOff) -> None:
    """Everybody who signed up or waits hears of it."""
    officer, row = me(env), locked(env, said.event_id)
    records = SqlRecords(env.session, env.now)
    one = records.announcement_of(officer, said.event_id)
    if one is None or not announcement_rules.may_announce(officer, one.segment) or row.cancelled_at:
        raise Stale
    row.cancelled_at = env.now
    env.session.add(row)
    env.session.flush()
    audit(env, "event_called_off", f"event:{said.event_id}")
    letter = letters.called_off(records.event_view(row))
    people = select(_SIGNUP.person_id).where(
        _SIGNUP.event_id == said.event_id, _SIGNUP.state.in_(("going", "waiting"))
    )
    for person_id in env.session.scalars(people.order_by(_SIGNUP.id)):
        env.post.to_person(person_id, letter, dedupe=f"off:{said.event_id}:{person_id}")
