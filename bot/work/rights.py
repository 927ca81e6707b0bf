"""After an officer's rights changed: cases held without the right to go back to their level."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from bot.records.complaints import complaints_of
from bot.work import claim_clock, complaint_clock, freeing
from conversations.letters import groups as group_letters
from conversations.letters import officer as letters
from conversations.records import UNDER_WAY
from conversations.stages import stands_at
from models import groups, jobs
from models.content import Content
from models.database import Unit
from models.tables import Complaint, Dossier, Officer

# Columns: SQLModel types them as plain values.
_COMPLAINT: Any = Complaint
_DOSSIER: Any = Dossier

CHANGED = "rights_changed"  # the job


def changed(unit: Unit, officer_id: int, now: datetime) -> None:
    """Have the officer's cases looked at; for whoever changes rights."""
    name = f"{CHANGED}:{officer_id}:{now.timestamp():.6f}"
    jobs.put(unit, CHANGED, {"officer": officer_id}, now, now, dedupe=name)


@job(CHANGED)
def rights_changed(works: Works, due: Due) -> Write:
    content = works.house.content

    def write(unit: Unit, post: Post) -> None:
        officer = unit.get(Officer, due.payload["officer"])
        if officer is None:
            return
        if not officer.active:
            post.to_person(officer.person_id, letters.rights_ended())
        for group in groups.drop_lost(unit, officer.id or 0):
            post.to_person(group, group_letters.silent())
        for row in _not_theirs(unit, officer, due.now):
            if freeing.free(unit, row, due.now, "released"):
                freeing.tell(unit, post, content, row)
                claim_clock.plan(post, content, row, due.now)
        _free_complaints(unit, post, content, officer)

    return write


def _free_complaints(unit: Unit, post: Post, content: Content, officer: Officer) -> None:
    """What people reported and the officer may handle no longer waits for another one."""
    held: tuple[Any, ...] = (_COMPLAINT.officer_id == officer.id, _COMPLAINT.state == "claimed")
    if officer.active:
        held = (*held, ~complaints_of(SqlRecords(unit, post.now).officer_view(officer)))
    rows = unit.scalars(select(Complaint).where(*held)).all()
    for row in rows:
        complaint_clock.free(row, content, post.now)
        unit.add(row)
    unit.flush()
    for row in rows:
        complaint_clock.freed(unit, post, content, row, skip=officer.person_id)


def _not_theirs(unit: Unit, officer: Officer, now: datetime) -> list[Dossier]:
    """Cases under way that are held without the right to."""
    view = SqlRecords(unit, now).officer_view(officer)
    held = unit.scalars(
        select(Dossier).where(_DOSSIER.officer_id == officer.id, _DOSSIER.state.in_(UNDER_WAY))
    ).all()
    return [
        row
        for row in held
        if not (
            officer.active
            and stands_at(view, row.commune_code, row.reached_province_at is not None)
        )
    ]
