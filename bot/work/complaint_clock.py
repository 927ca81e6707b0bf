"""The clock of a complaint: nobody takes it, its officer is silent, its answer takes long.

As with cases (bot/work/claim_clock.py): reminded, given back, one level up; and whoever reported
is told kindly when it takes longer than was said. Times are working hours from content.
"""

from __future__ import annotations

from datetime import datetime

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.work import complaint_telling as telling
from conversations.letters import Note
from conversations.letters import complaints as letters
from models.content import Content
from models.database import Unit
from models.tables import Complaint, Officer

REMIND, UP, SLOW = 1, 2, 3  # the looks


def plan(post: Post, content: Content, row: Complaint, since: datetime, step: int = REMIND) -> None:
    """Look at it after the next span of working hours, counted from `since`."""
    times = content.times.complaint
    hours = {REMIND: times.remind, UP: times.escalate, SLOW: times.slow}[step]
    post.job(
        "complaint_clock",
        {"complaint": row.id, "since": since.isoformat(), "step": step},
        content.calendar.add_working_hours(since, hours),
        dedupe=f"complaint_clock:{row.id}:{since.timestamp():.0f}:{step}",
    )


def taken(post: Post, content: Content, row: Complaint, now: datetime) -> None:
    """Somebody has it from now on: it is to be begun, and to be answered."""
    plan(post, content, row, now)
    plan(post, content, row, now, step=SLOW)


def free(row: Complaint, content: Content, now: datetime) -> None:
    """Nobody has it: those in charge have the same time anew."""
    row.officer_id, row.state, row.claimed_at, row.acted_at = None, "open", None, now
    row.due_at = content.calendar.add_working_hours(now, content.times.complaint.escalate)


def freed(
    unit: Unit, post: Post, content: Content, row: Complaint, skip: int | None = None
) -> None:
    """Those in charge and the reporter hear that another officer will look."""
    letter = letters.made(
        row.id or 0, row.code, row.kind, telling.product_of(unit, row), row.place, len(row.files)
    )
    telling.to_level(unit, post, row, telling.pool(unit, row), letter, skip)
    post.to_person(row.person_id, letters.passed_to_another(row.id or 0, row.code))
    plan(post, content, row, post.now)


@job("complaint_clock")
def complaint_clock(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        look(unit, post, works.house.content, due)

    return write


def look(unit: Unit, post: Post, content: Content, due: Due) -> None:
    row = unit.get(Complaint, due.payload["complaint"], with_for_update=True)
    if row is None or row.state == "closed":
        return
    since, step = datetime.fromisoformat(due.payload["since"]), due.payload["step"]
    if step == SLOW:
        if row.officer_id is not None and row.claimed_at == since:
            _slow(unit, post, row, due.now)
        return
    begun = row.claimed_at is not None and row.acted_at is not None
    last = row.acted_at or row.claimed_at or row.made_at
    if begun or last > since:
        return  # begun: its answer is looked at; moved: whoever moved it planned anew
    if step == REMIND:
        _remind(unit, post, content, row)
        plan(post, content, row, since, step=UP)
    elif row.officer_id is None:
        _escalate(unit, post, row, due.now)
    else:
        _give_back(unit, post, content, row, due.now)


def _remind(unit: Unit, post: Post, content: Content, row: Complaint) -> None:
    hours = content.times.complaint.remind
    name = telling.product_of(unit, row)
    telling.to_desk(unit, post, row, letters.waits(row.id or 0, row.code, name, hours))


def _escalate(unit: Unit, post: Post, row: Complaint, now: datetime) -> None:
    """Nobody took it in time: one level up, and the reporter is not left waiting in silence."""
    letter = letters.nobody_takes(row.id or 0, row.code, telling.product_of(unit, row))
    telling.to_level(unit, post, row, telling.above(unit, row), letter)
    _late(unit, post, row, now, letters.not_taken_yet(row.id or 0, row.code))


def _give_back(unit: Unit, post: Post, content: Content, row: Complaint, now: datetime) -> None:
    """Its officer did nothing: others may take it."""
    silent = telling.holder(unit, row)
    free(row, content, now)
    unit.add(row)
    unit.flush()
    if silent is not None:
        name = telling.product_of(unit, row)
        post.to_person(silent.person_id, letters.given_back(row.id or 0, row.code, name))
    freed(unit, post, content, row, skip=silent.person_id if silent else None)


def _slow(unit: Unit, post: Post, row: Complaint, now: datetime) -> None:
    """Taken long ago and not answered."""
    name = unit.get_one(Officer, row.officer_id).name
    letter = letters.no_answer_yet(row.id or 0, row.code, telling.product_of(unit, row), name)
    telling.to_desk(unit, post, row, letter)
    telling.to_level(unit, post, row, telling.above(unit, row), letter)
    _late(unit, post, row, now, letters.takes_longer(row.id or 0, row.code, name))


def _late(unit: Unit, post: Post, row: Complaint, now: datetime, letter: Note) -> None:
    row.late_at = now
    unit.add(row)
    post.to_person(row.person_id, letter)
