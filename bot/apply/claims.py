"""Who has a case: taken, given back, handed to a colleague."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.apply import Env, Stale, on
from bot.apply.casework import (
    at_province,
    change,
    dossier,
    held,
    history,
    me,
    product_of,
    tell_household,
)
from bot.records import SqlRecords
from bot.work import claim_clock, freeing, telling
from conversations import events as e
from conversations.letters import Note, household
from conversations.letters import officer as letters
from conversations.records import State
from conversations.stages import CLAIMABLE, HELD, stands_at
from models.tables import Dossier, Officer

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_OFFICER: Any = Officer

TAKEN = {State.SUBMITTED: State.REVIEWING, State.PASSED: State.RECEIVED}


@on(e.CaseClaimed)
def claimed(env: Env, event: e.CaseClaimed) -> None:
    """Exactly one wins; every copy of the alert says who."""
    row, officer = dossier(env, event.dossier_id), me(env)
    if row.state not in CLAIMABLE:
        raise Stale
    state = TAKEN.get(State(row.state), State(row.state))
    change(
        env,
        row,
        _DOSSIER.officer_id.is_(None),
        officer_id=officer.id,
        claimed_at=env.now,
        state=state.value,
        state_since=env.now if state != row.state else row.state_since,
    )
    history(env, row, "claimed")
    telling.settle_alerts(env.session, env.post, env.content, row, officer.name)
    claim_clock.plan(env.post, env.content, row, env.now)
    tell_household(env, row, _now_with(env, row, officer.name))


def _now_with(env: Env, row: Dossier, name: str) -> Note:
    return household.claimed(row.id or 0, product_of(env, row), name, at_province=at_province(row))


@on(e.CaseReleased)
def released(env: Env, event: e.CaseReleased) -> None:
    """Free again, with everyone told."""
    row = held(env, event.dossier_id, HELD)
    if not freeing.free(env.session, row, env.now, "released", me(env).id):
        raise Stale
    freeing.tell(env.session, env.post, env.content, row, skip=env.person.id)
    claim_clock.plan(env.post, env.content, row, env.now)


@on(e.CaseTransferred)
def transferred(env: Env, event: e.CaseTransferred) -> None:
    """To a colleague who may hold it; the colleague's clock starts anew."""
    row = held(env, event.dossier_id, HELD)
    to = env.session.scalars(
        select(Officer).where(_OFFICER.id == event.to_officer_id, _OFFICER.active.is_(True))
    ).first()
    if to is None:
        raise Stale
    view = SqlRecords(env.session, env.now).officer_view(to)
    if not stands_at(view, row.commune_code, at_province(row)):
        raise Stale
    change(env, row, officer_id=to.id, claimed_at=env.now)
    history(env, row, "transferred", to=to.id)
    letter = letters.transferred(row.id or 0, row.code, product_of(env, row), me(env).name)
    env.post.to_person(to.person_id, letter, dossier_id=row.id)
    claim_clock.plan(env.post, env.content, row, env.now)
    tell_household(env, row, _now_with(env, row, to.name))
