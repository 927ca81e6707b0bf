"""A dossier handed in, handed in again after a supplement request, or taken back.

Quyết định 26/2026/QĐ-TTg, Điều 7.2: the commune has so many working days from the receipt.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from bot.apply import Env, Stale, on
from bot.apply.dossiers import changed, finish, history, own, pages_of
from bot.work import claim_clock, telling
from bot.work.alerts import alert_for
from conversations import events as e
from conversations.letters import officer as letters
from conversations.records import State
from models.tables import Dossier, EvidenceItem, Producer, Product

WITHDRAWABLE = (State.SUBMITTED, State.REVIEWING, State.SUPPLEMENT, State.FIXED)


@on(e.DossierSubmitted)
def submitted(env: Env, event: e.DossierSubmitted) -> None:
    """Draft → at the commune; a supplement → back to the same officer, mended."""
    row = own(env, event.dossier_id)
    _may_hand_in(env, row)
    _finish_items(env, row)
    if row.state == State.DRAFT:
        _first(env, row)
    else:
        _again(env, row)


def _may_hand_in(env: Env, row: Dossier) -> None:
    """The producer is confirmed, and registered where its type must be (Điều 2.3)."""
    producer = env.session.get_one(Producer, row.producer_id)
    kind = next((t for t in env.content.producer_types if t.id == producer.type), None)
    unregistered = kind is not None and kind.needs_registration
    if producer.confirmed_at is None or (unregistered and not producer.registration_number):
        raise Stale


def _first(env: Env, row: Dossier) -> None:
    today = _today(env)
    days = env.content.times.commune_review_working_days
    changed(
        env,
        row,
        (State.DRAFT.value,),
        state=State.SUBMITTED.value,
        state_since=env.now,
        submitted_at=env.now,
        acted_at=env.now,
        due_on=env.content.calendar.add_working_days(today, days),
        rules=env.content.rules_on(today).number,
    )
    history(env, row, "submitted")
    telling.alert_pool(env.session, env.post, env.content, row)
    claim_clock.plan(env.post, env.content, row, env.now)


def _again(env: Env, row: Dossier) -> None:
    changed(
        env,
        row,
        (State.SUPPLEMENT.value, State.COMPLETING.value),
        state=State.FIXED.value,
        state_since=env.now,
        acted_at=env.now,
        due_on=None if row.reached_province_at else _pushed_back(env, row),
    )
    history(env, row, "resubmitted")
    claim_clock.plan(env.post, env.content, row, env.now)
    holder = telling.holder(env.session, row)
    if holder is None:
        telling.alert_pool(env.session, env.post, env.content, row)
        return
    alert = alert_for(env.session, env.content, row)
    key = f"again:{row.code}:{row.version}"
    env.post.to_person(holder.person_id, alert, key=key, dossier_id=row.id)


def _pushed_back(env: Env, row: Dossier) -> date | None:
    """The commune's deadline, later by the working days the household had the papers.

    The decision does not say how a supplement counts; stopping the clock is our reading.
    """
    if row.submitted_at is None:
        return None
    zone, calendar = env.content.province.zone, env.content.calendar
    days = env.content.times.commune_review_working_days
    first = calendar.add_working_days(row.submitted_at.astimezone(zone).date(), days)
    away = calendar.working_days_between(row.state_since.astimezone(zone).date(), _today(env))
    return calendar.add_working_days(first, max(0, away))


def _finish_items(env: Env, row: Dossier) -> None:
    """Pages sent without "xong" are handed in too."""
    rows = env.session.scalars(
        select(EvidenceItem).where(
            col(EvidenceItem.dossier_id) == row.id,
            col(EvidenceItem.state) == "open",
        )
    ).all()
    for item in rows:
        if pages_of(env, item):
            finish(item)
            item.updated_at = env.now
            env.session.add(item)
    env.session.flush()


@on(e.DossierWithdrawn)
def withdrawn(env: Env, event: e.DossierWithdrawn) -> None:
    """Taken back before the commune passed it on; who has it is told."""
    row = own(env, event.dossier_id)
    if row.reached_province_at is not None:
        raise Stale
    changed(
        env,
        row,
        tuple(state.value for state in WITHDRAWABLE),
        state=State.WITHDRAWN.value,
        state_since=env.now,
        due_on=None,
    )
    history(env, row, "withdrawn")
    letter = letters.withdrawn(row.code, env.session.get_one(Product, row.product_id).name)
    telling.to_desk(env.session, env.post, row, letter)


def _today(env: Env) -> date:
    return env.now.astimezone(env.content.province.zone).date()
