"""A case refused by the province: one officer puts it forward, a second one agrees.

Where there is only one officer of the province, it decides alone.
"""

from __future__ import annotations

from bot.apply import Env, Stale, on
from bot.apply.casework import (
    at_province,
    change,
    dossier,
    history,
    me,
    product_of,
    recording,
    refusal,
    tell_household,
)
from conversations import events as e
from conversations.letters import household
from conversations.letters import officer as letters
from conversations.records import RefusalView, State
from conversations.stages import PROVINCE, RECORDING
from models import people
from models.tables import Dossier, Officer


def others(env: Env) -> list[int]:
    """Person ids of the other officers who may agree."""
    found = [who for role in sorted(PROVINCE) for who in people.officers(env.session, role, None)]
    return [who for who in found if who != env.person.id]


@on(e.RefusalProposed)
def proposed(env: Env, event: e.RefusalProposed) -> None:
    row = recording(env, event.dossier_id)
    second = others(env)
    if not second:
        raise Stale
    change(env, row)
    history(env, row, "refusal_proposed", reason=event.reason)
    letter = letters.refusal_proposed(
        row.id or 0, row.code, product_of(env, row), me(env).name, event.reason
    )
    for person_id in second:
        env.post.to_person(person_id, letter, dossier_id=row.id)


@on(e.CaseRefused)
def refused(env: Env, event: e.CaseRefused) -> None:
    """By the second officer, with the first one's reason; alone where there is no second."""
    row = dossier(env, event.dossier_id)
    put_forward = refusal(env, row)
    if put_forward is None:
        row = recording(env, event.dossier_id)
        if others(env):
            raise Stale
        reason = event.reason
    else:
        _second(env, row, put_forward)
        reason = put_forward.reason
    ended = {"state": State.REFUSED.value, "state_since": env.now, "due_on": None}
    change(env, row, refused_because=reason, **ended)
    history(env, row, "refused", reason=reason)
    if put_forward is not None:
        _tell_first(env, row, put_forward, agreed=True)
    tell_household(env, row, household.refused(row.id or 0, row.code, product_of(env, row), reason))


@on(e.RefusalDropped)
def dropped(env: Env, event: e.RefusalDropped) -> None:
    """The second officer disagreed, or the first took it back."""
    row = dossier(env, event.dossier_id)
    put_forward = refusal(env, row)
    if put_forward is None:
        raise Stale
    if put_forward.officer_id != me(env).id:
        _second(env, row, put_forward)
        _tell_first(env, row, put_forward, agreed=False)
    change(env, row)
    history(env, row, "refusal_dropped")


def _second(env: Env, row: Dossier, put_forward: RefusalView) -> None:
    """Another officer of the province than the one who put it forward; else Stale."""
    officer = me(env)
    may = officer.role in PROVINCE and officer.id != put_forward.officer_id
    if not may or not at_province(row) or row.state not in RECORDING:
        raise Stale


def _tell_first(env: Env, row: Dossier, put_forward: RefusalView, *, agreed: bool) -> None:
    first = env.session.get(Officer, put_forward.officer_id)
    if first is not None:
        letter = letters.refusal_answered(
            row.id or 0, row.code, product_of(env, row), me(env).name, agreed=agreed
        )
        env.post.to_person(first.person_id, letter, dossier_id=row.id)
