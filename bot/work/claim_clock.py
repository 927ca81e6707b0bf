"""The clock of a case: nobody takes it, or its holder does nothing. Reminder, back to the pool, up.

Times are working hours from content. A look does nothing when the case moved since it was planned.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.work.alerts import alert_for
from conversations.letters import officer as letters
from conversations.records import State
from models.content import Content
from models.database import Unit
from models.tables import Dossier, HistoryEntry, Officer, Product

#: States in which somebody at the office should act.
WAITING = (State.SUBMITTED, State.REVIEWING, State.FIXED, State.PASSED, State.RECEIVED)


def plan(post: Post, content: Content, row: Dossier, since: datetime, step: int = 1) -> None:
    """Look at the case after the next span of working hours. step 1: remind, 2: give back, up."""
    times = content.times
    hours = times.claim_remind_working_hours if step == 1 else times.claim_escalate_working_hours
    payload = {"dossier": row.id, "since": since.isoformat(), "step": step}
    post.job(
        "claim_clock",
        payload,
        content.calendar.add_working_hours(since, hours),
        dedupe=f"claim_clock:{row.id}:{since.timestamp():.0f}:{step}",
        dossier_id=row.id,
    )


def last_act(row: Dossier) -> datetime:
    """When anything last happened to the case at the office."""
    return max(row.acted_at or row.state_since, row.state_since)


@job("claim_clock")
def claim_clock(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        look(unit, post, works.house.content, due)

    return write


def look(unit: Unit, post: Post, content: Content, due: Due) -> None:
    row = unit.get(Dossier, due.payload["dossier"])
    if row is None or row.state not in WAITING:
        return
    since = last_act(row)
    if since > datetime.fromisoformat(due.payload["since"]):
        plan(post, content, row, since)  # somebody acted: the clock starts again from there
        return
    if due.payload["step"] == 1:
        _remind(unit, post, content, row)
        plan(post, content, row, since, step=2)
    elif row.officer_id is None:
        _escalate(unit, post, content, row)
    else:
        _give_back(unit, post, content, row, due.now)


def _product(unit: Unit, row: Dossier) -> str:
    product = unit.get(Product, row.product_id)
    return product.name if product else ""


def _role(row: Dossier) -> tuple[str | None, str]:
    return (None, "province") if row.reached_province_at else (row.commune_code, "commune")


def _remind(unit: Unit, post: Post, content: Content, row: Dossier) -> None:
    hours = content.times.claim_remind_working_hours
    letter = letters.claim_reminder(row.id or 0, row.code, _product(unit, row), hours)
    holder = unit.get(Officer, row.officer_id) if row.officer_id else None
    if holder is not None:
        post.to_person(holder.person_id, letter, dossier_id=row.id)
        return
    post.to_officers(*_role(row), letter, dossier_id=row.id)


def _escalate(unit: Unit, post: Post, content: Content, row: Dossier) -> None:
    """One level up: the province hears of a commune's case, the admins of a province's."""
    commune = content.communes.get(row.commune_code)
    letter = letters.escalated(
        row.id or 0, row.code, _product(unit, row), commune.name if commune else row.commune_code
    )
    if not row.reached_province_at:
        post.to_officers(None, "province", letter, dossier_id=row.id)
    post.to_officers(None, "admin", letter, dossier_id=row.id)


def _give_back(unit: Unit, post: Post, content: Content, row: Dossier, now: datetime) -> None:
    """The holder was silent: the case is free again, and both holder and pool are told."""
    holder = unit.get(Officer, row.officer_id)
    back = {State.REVIEWING: State.SUBMITTED, State.RECEIVED: State.PASSED}
    which: Any = (Dossier.id == row.id) & (Dossier.version == row.version)
    unit.execute(
        update(Dossier)
        .where(which)
        .values(
            officer_id=None,
            claimed_at=None,
            state=back.get(State(row.state), row.state),
            acted_at=now,
            version=row.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    unit.refresh(row)
    unit.add(HistoryEntry(dossier_id=row.id or 0, at=now, what="given_back"))
    if holder is not None:
        letter = letters.back_in_pool(row.id or 0, row.code, _product(unit, row))
        post.to_person(holder.person_id, letter, dossier_id=row.id)
    skip = holder.person_id if holder else None
    post.to_officers(*_role(row), alert_for(unit, content, row), skip=skip, dossier_id=row.id)
    plan(post, content, row, now)
