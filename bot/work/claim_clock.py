"""The clock of a case: nobody takes it, or its holder does nothing. Reminded, given back, up.

Times are working hours from content. A look does nothing when the case moved since it was planned;
once its holder has begun to work on it, deadlines are enough (bot/work/deadlines.py).
"""

from __future__ import annotations

from datetime import datetime

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.work import freeing, telling
from conversations.letters import clocks as letters
from conversations.records import State
from models.content import Content
from models.database import Unit
from models.tables import Dossier, Product

#: States in which somebody at the office should act.
WAITING = (State.SUBMITTED, State.REVIEWING, State.FIXED, State.PASSED, State.RECEIVED)
REMIND, GIVE_UP = 1, 2  # the two looks


def plan(post: Post, content: Content, row: Dossier, since: datetime, step: int = REMIND) -> None:
    """Look at the case after the next span of working hours, counted from `since`."""
    times = content.times
    remind, give_up = times.claim_remind_working_hours, times.claim_escalate_working_hours
    payload = {"dossier": row.id, "since": since.isoformat(), "step": step}
    post.job(
        "claim_clock",
        payload,
        content.calendar.add_working_hours(since, remind if step == REMIND else give_up),
        dedupe=f"claim_clock:{row.id}:{since.timestamp():.0f}:{step}",
        dossier_id=row.id,
    )


@job("claim_clock")
def claim_clock(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        look(unit, post, works.house.content, due)

    return write


def look(unit: Unit, post: Post, content: Content, due: Due) -> None:
    row = unit.get(Dossier, due.payload["dossier"])
    if row is None or row.state not in WAITING or not idle(row):
        return
    since = telling.acted(row)
    if since > datetime.fromisoformat(due.payload["since"]):
        plan(post, content, row, since)  # it changed hands: the clock starts again from there
    elif due.payload["step"] == REMIND:
        _remind(unit, post, content, row)
        plan(post, content, row, since, step=GIVE_UP)
    elif row.officer_id is None:
        _escalate(unit, post, content, row)
    else:
        _give_back(unit, post, content, row, due.now)


def idle(row: Dossier) -> bool:
    """Nobody has done anything yet since it was handed in, taken, or mended by the household."""
    if row.officer_id is None:
        return True
    begun = row.state_since if row.state == State.FIXED else row.claimed_at
    return begun is not None and telling.acted(row) <= max(begun, row.claimed_at or begun)


def _remind(unit: Unit, post: Post, content: Content, row: Dossier) -> None:
    hours = content.times.claim_remind_working_hours
    product = unit.get_one(Product, row.product_id).name
    letter = letters.claim_reminder(row.id or 0, row.code, product, hours)
    telling.to_desk(unit, post, row, letter, groups_too=True)


def _escalate(unit: Unit, post: Post, content: Content, row: Dossier) -> None:
    """One level up: the province hears of a commune's case, the admins of every one."""
    commune = content.communes.get(row.commune_code)
    letter = letters.escalated(
        row.id or 0,
        row.code,
        unit.get_one(Product, row.product_id).name,
        commune.full() if commune else row.commune_code,
        at_province=row.reached_province_at is not None,
    )
    if row.reached_province_at is None:
        post.to_officers(None, "province", letter, dossier_id=row.id, groups_too=True)
    post.to_officers(None, "admin", letter, dossier_id=row.id, groups_too=True)


def _give_back(unit: Unit, post: Post, content: Content, row: Dossier, now: datetime) -> None:
    """The holder was silent: the case is free again; holder, pool and household are told."""
    silent = telling.holder(unit, row)
    freeing.free(unit, row, now, "given_back")
    if silent is not None:
        product = unit.get_one(Product, row.product_id).name
        letter = letters.back_in_pool(row.id or 0, row.code, product)
        post.to_person(silent.person_id, letter, dossier_id=row.id)
    freeing.tell(unit, post, content, row, skip=silent.person_id if silent else None)
    plan(post, content, row, now)
