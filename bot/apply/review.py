"""An officer's work on a case becomes rows, letters to the household and due clocks.

Each change is one guarded UPDATE: when it finds nothing to change, somebody was faster (or the
rights are gone) and the message is heard again on fresh records.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale, on
from bot.apply.officers import audit
from bot.work import claim_clock
from bot.work.alerts import alert_for
from conversations import events as e
from conversations.letters import household
from conversations.letters import officer as letters
from conversations.records import OfficerView, State
from models.tables import (
    Assessment,
    Dossier,
    EvidenceItem,
    HistoryEntry,
    Job,
    Officer,
    Producer,
    Product,
)

CHECKING = (State.REVIEWING, State.FIXED, State.RECEIVED, State.LISTED)


def me(env: Env) -> OfficerView:
    """The officer who acts; anybody else cannot have come here, so the turn starts over."""
    if env.person.officer is None:
        raise Stale
    return env.person.officer


def dossier(env: Env, dossier_id: int) -> Dossier:
    row = env.session.get(Dossier, dossier_id)
    if row is None or not me(env).covers(row.commune_code):
        raise Stale
    return row


def change(env: Env, row: Dossier, *guards: Any, **values: Any) -> None:
    """The one guarded UPDATE: only from the version that was read."""
    done = env.session.execute(
        update(Dossier)
        .where(Dossier.id == row.id, Dossier.version == row.version, *guards)  # type: ignore[arg-type]
        .values(version=row.version + 1, acted_at=env.now, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    env.session.refresh(row)


def held(env: Env, dossier_id: int) -> Dossier:
    """The case, when this officer holds it in a stage of work."""
    row = dossier(env, dossier_id)
    if row.officer_id != me(env).id or row.state not in CHECKING:
        raise Stale
    return row


def history(env: Env, row: Dossier, what: str, **detail: object) -> None:
    """A line of the timeline, and the same act in the audit log."""
    env.session.add(
        HistoryEntry(
            dossier_id=row.id or 0, at=env.now, what=what, officer_id=me(env).id, detail=detail
        )
    )
    audit(env, what, f"dossier:{row.id}", **detail)


def names(env: Env, row: Dossier) -> tuple[Product, Producer]:
    product = env.session.get(Product, row.product_id)
    producer = env.session.get(Producer, row.producer_id)
    if product is None or producer is None:
        raise LookupError(f"dossier {row.id} has lost its product or producer")
    return product, producer


def tell_household(env: Env, row: Dossier, letter: Any, **extras: Any) -> None:
    """To whoever registered the producer."""
    _, producer = names(env, row)
    env.post.to_person(producer.person_id, letter, dossier_id=row.id, **extras)


# -- who has it -----------------------------------------------------------------------------------
@on(e.CaseClaimed)
def claimed(env: Env, event: e.CaseClaimed) -> None:
    """Exactly one wins; every other copy of the alert says who."""
    row, officer = dossier(env, event.dossier_id), me(env)
    state = {State.SUBMITTED: State.REVIEWING, State.PASSED: State.RECEIVED}.get(
        State(row.state), State(row.state)
    )
    change(
        env,
        row,
        Dossier.officer_id.is_(None),  # type: ignore[union-attr]
        officer_id=officer.id,
        claimed_at=env.now,
        state=state,
        state_since=env.now if state != row.state else row.state_since,
    )
    history(env, row, "claimed")
    product, _ = names(env, row)
    role = "province" if row.reached_province_at else "commune"
    alert = alert_for(env.session, env.content, row, taken_by=officer.name)
    code = row.commune_code if role == "commune" else None
    env.post.to_officers(code, role, alert, key=f"alert:{row.code}", edit=True, skip=env.person.id)
    env.post.to_officers(
        None, "admin", alert, key=f"alert:{row.code}", edit=True, skip=env.person.id
    )
    claim_clock.plan(env.post, env.content, row, env.now)
    tell_household(
        env,
        row,
        household.claimed(row.id or 0, product.name, officer.name, at_province=role == "province"),
    )


@on(e.CaseReleased)
def released(env: Env, event: e.CaseReleased) -> None:
    row = held(env, event.dossier_id)
    back = {State.REVIEWING: State.SUBMITTED, State.RECEIVED: State.PASSED}.get(
        State(row.state), State(row.state)
    )
    change(env, row, officer_id=None, claimed_at=None, state=back)
    history(env, row, "released")
    tell_pool(env, row)


def tell_pool(env: Env, row: Dossier) -> None:
    """The case is free: its officers see a fresh alert."""
    role = "province" if row.reached_province_at else "commune"
    code = row.commune_code if role == "commune" else None
    env.post.to_officers(
        code, role, alert_for(env.session, env.content, row), skip=env.person.id, dossier_id=row.id
    )


@on(e.CaseTransferred)
def transferred(env: Env, event: e.CaseTransferred) -> None:
    row = held(env, event.dossier_id)
    to = env.session.scalars(
        select(Officer).where(Officer.id == event.to_officer_id, Officer.active)  # type: ignore[arg-type]
    ).first()
    if to is None:
        raise Stale
    change(env, row, officer_id=to.id, claimed_at=env.now)
    history(env, row, "transferred", to=to.id)
    product, _ = names(env, row)
    env.post.to_person(
        to.person_id,
        letters.transferred(row.id or 0, row.code, product.name, me(env).name),
        dossier_id=row.id,
    )
    tell_household(
        env,
        row,
        household.claimed(
            row.id or 0, product.name, to.name, at_province=row.reached_province_at is not None
        ),
    )


# -- item by item ---------------------------------------------------------------------------------
def item(env: Env, row: Dossier, evidence: str) -> EvidenceItem:
    found = env.session.scalars(
        select(EvidenceItem).where(
            EvidenceItem.dossier_id == row.id,
            EvidenceItem.evidence == evidence,  # type: ignore[arg-type]
        )
    ).first()
    if found is None:
        raise Stale
    return found


def judge(env: Env, dossier_id: int, evidence: str, state: str, reason: str) -> None:
    row = held(env, dossier_id)
    line = item(env, row, evidence)
    line.state, line.reason = state, reason
    line.reviewed_by, line.reviewed_at = me(env).id, env.now
    line.updated_at = env.now
    env.session.add(line)
    change(env, row)
    history(env, row, f"item_{state}", evidence=evidence)


@on(e.ItemAccepted)
def accepted(env: Env, event: e.ItemAccepted) -> None:
    judge(env, event.dossier_id, event.evidence, "accepted", "")


@on(e.ItemReturned)
def returned(env: Env, event: e.ItemReturned) -> None:
    """Kept with its reason; the household hears of it with the supplement request."""
    judge(env, event.dossier_id, event.evidence, "returned", event.reason)


@on(e.ContentAssessed)
def assessed(env: Env, event: e.ContentAssessed) -> None:
    row = held(env, event.dossier_id)
    found = env.session.scalars(
        select(Assessment).where(
            Assessment.dossier_id == row.id,
            Assessment.content == event.content,  # type: ignore[arg-type]
        )
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
    env.post.job(
        "supplement",
        {"dossier": row.id, "officer": me(env).id, "note": event.note},
        due,
        dedupe=f"supplement:{row.id}:{row.version}",
        dossier_id=row.id,
    )
    history(env, row, "supplement_asked")


@on(e.SupplementUndone)
def supplement_undone(env: Env, event: e.SupplementUndone) -> None:
    row = held(env, event.dossier_id)
    waiting = env.session.scalars(
        select(Job).where(
            Job.kind == "supplement",
            Job.dossier_id == row.id,
            Job.status == "waiting",  # type: ignore[arg-type]
        )
    ).first()
    if waiting is None or waiting.dedupe is None:
        raise Stale  # the household was told meanwhile
    env.post.cancel(waiting.dedupe)
    change(env, row)
    history(env, row, "supplement_undone")


@on(e.CaseFilesAsked)
def files_asked(env: Env, event: e.CaseFilesAsked) -> None:
    row = dossier(env, event.dossier_id)
    env.post.job(
        "case_files",
        {"dossier": row.id, "evidence": event.evidence, "person": env.person.id},
        dossier_id=row.id,
    )
