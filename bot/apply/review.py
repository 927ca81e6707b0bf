"""An officer's work on a case: item by item, the commune's assessment, asking the household."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.apply import Env, Stale, on
from bot.apply.casework import (
    at_province,
    change,
    dossier,
    held,
    history,
    me,
    product_of,
    refusal,
    tell_household,
    waiting_request,
)
from conversations import events as e
from conversations.letters import household
from conversations.records import ItemState
from conversations.stages import PROVINCE
from models import jobs
from models.tables import Assessment, Dossier, EvidenceItem

# Columns: SQLModel types them as plain values.
_ITEM: Any = EvidenceItem
_SAID: Any = Assessment


def item(env: Env, row: Dossier, evidence: str) -> EvidenceItem:
    """The line of the checklist. Raises Stale when the household never touched it."""
    found = env.session.scalars(
        select(EvidenceItem).where(_ITEM.dossier_id == row.id, _ITEM.evidence == evidence)
    ).first()
    if found is None or found.state == ItemState.MISSING:
        raise Stale
    return found


def judge(env: Env, dossier_id: int, evidence: str, state: ItemState, reason: str) -> Dossier:
    """Accept or send back one line; the household hears of it with the supplement request."""
    row = held(env, dossier_id)
    line = item(env, row, evidence)
    line.state, line.reason = state.value, reason
    line.reviewed_by, line.reviewed_at = me(env).id, env.now
    line.updated_at = env.now
    env.session.add(line)
    change(env, row)
    history(env, row, f"item_{state.value}", evidence=evidence)
    return row


@on(e.ItemAccepted)
def accepted(env: Env, event: e.ItemAccepted) -> None:
    """Once every line is accepted, the household hears that its papers are good."""
    row = judge(env, event.dossier_id, event.evidence, ItemState.ACCEPTED, "")
    if at_province(row):
        return
    counts = select(_ITEM.state, func.count()).where(_ITEM.dossier_id == row.id)
    counted = env.session.execute(counts.group_by(_ITEM.state))
    states: dict[str, int] = {state: number for state, number in counted}  # noqa: C416
    if set(states) <= {ItemState.ACCEPTED, ItemState.MISSING}:
        letter = household.accepted(
            row.id or 0, product_of(env, row), states[ItemState.ACCEPTED.value]
        )
        tell_household(env, row, letter, dedupe=f"accepted:{row.id}")


@on(e.ItemReturned)
def returned(env: Env, event: e.ItemReturned) -> None:
    judge(env, event.dossier_id, event.evidence, ItemState.RETURNED, event.reason)


@on(e.ContentAssessed)
def assessed(env: Env, event: e.ContentAssessed) -> None:
    """One of the four contents; said again, it replaces what was said before."""
    row = held(env, event.dossier_id)
    if at_province(row):
        raise Stale
    found = env.session.scalars(
        select(Assessment).where(_SAID.dossier_id == row.id, _SAID.content == event.content)
    ).first()
    said = found or Assessment(
        dossier_id=row.id or 0, content=event.content, verdict="", officer_id=0, at=env.now
    )
    said.verdict, said.note = event.verdict, event.note
    said.officer_id, said.at = me(env).id, env.now
    env.session.add(said)
    change(env, row)
    history(env, row, "assessed", content=event.content, verdict=event.verdict)


# -- asking the household -------------------------------------------------------------------------
@on(e.SupplementAsked)
def supplement_asked(env: Env, event: e.SupplementAsked) -> None:
    """Told after the minutes to undo, by a job; until then the case stays as it is."""
    row = held(env, event.dossier_id)
    change(env, row)
    due = env.now + timedelta(minutes=env.content.times.undo_minutes)
    asked = {"dossier": row.id, "officer": me(env).id, "note": event.note}
    name = f"supplement:{row.id}:{row.version}"
    # at once, not with the letters: the card of this very turn shows what may be taken back
    jobs.put(env.session, "supplement", asked, due, env.now, name, row.id)
    history(env, row, "supplement_asked")


@on(e.SupplementUndone)
def supplement_undone(env: Env, event: e.SupplementUndone) -> None:
    """Taken back by its officer before the household was told."""
    row = dossier(env, event.dossier_id)
    waiting = waiting_request(env, row)
    if row.officer_id != me(env).id or waiting is None or waiting.dedupe is None:
        raise Stale
    if not jobs.cancel(env.session, waiting.dedupe):
        raise Stale  # the household is being told right now
    change(env, row)
    history(env, row, "supplement_undone")


@on(e.CaseFilesAsked)
def files_asked(env: Env, event: e.CaseFilesAsked) -> None:
    """For the holder, and for the second officer who decides on a refusal."""
    row = dossier(env, event.dossier_id)
    decides = me(env).role in PROVINCE and refusal(env, row) is not None
    if row.officer_id != me(env).id and not decides:
        raise Stale
    asked = {"dossier": row.id, "evidence": event.evidence, "person": env.person.id}
    env.post.job("case_files", asked, dossier_id=row.id)
