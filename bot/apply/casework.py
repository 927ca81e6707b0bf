"""What every act of an officer on a case stands on: the rights, the guarded UPDATE, the timeline.

Rights are checked here again, on the rows as they are now; when they do not hold, or somebody was
faster, the message is heard again on fresh records (Stale).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale
from bot.apply.officers import audit
from bot.records import SqlRecords
from bot.work import telling
from conversations.letters import Letter
from conversations.records import OfficerView, RefusalView, State
from conversations.stages import CHECKING, PROVINCE, RECORDING, stands_at
from models.tables import Dossier, HistoryEntry, Job, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_JOB: Any = Job


def me(env: Env) -> OfficerView:
    """The officer who acts. Raises Stale for anybody else, leaders included."""
    officer = reader(env)
    if not officer.works:
        raise Stale
    return officer


def reader(env: Env) -> OfficerView:
    """The officer or leader who wants to read figures. Raises Stale for anybody else."""
    if env.person.officer is None:
        raise Stale
    return env.person.officer


def dossier(env: Env, dossier_id: int) -> Dossier:
    """A case at this officer's level, in its communes."""
    row = env.session.get(Dossier, dossier_id)
    if row is None or not stands_at(me(env), row.commune_code, at_province(row)):
        raise Stale
    return row


def at_province(row: Dossier) -> bool:
    return row.reached_province_at is not None


def held(env: Env, dossier_id: int, states: Collection[State] = CHECKING) -> Dossier:
    """The case, when this officer holds it in one of `states` and nothing about it is pending."""
    row = dossier(env, dossier_id)
    if row.officer_id != me(env).id or row.state not in states:
        raise Stale
    if waiting_request(env, row) is not None or refusal(env, row) is not None:
        raise Stale
    return row


def recording(env: Env, dossier_id: int) -> Dossier:
    """A case at the province, held by this officer of the province."""
    row = held(env, dossier_id, RECORDING)
    if not at_province(row) or me(env).role not in PROVINCE:
        raise Stale
    return row


def refusal(env: Env, row: Dossier) -> RefusalView | None:
    """A refusal put forward and not answered."""
    return SqlRecords(env.session, env.now).refusal(row)


def waiting_request(env: Env, row: Dossier) -> Job | None:
    """A supplement request that the household was not told yet."""
    return env.session.scalars(
        select(Job).where(
            _JOB.kind == "supplement", _JOB.dossier_id == row.id, _JOB.status == "waiting"
        )
    ).first()


def change(env: Env, row: Dossier, *guards: Any, **values: Any) -> None:
    """The one guarded UPDATE: only from the version that was read."""
    done: Any = env.session.execute(
        update(Dossier)
        .where(_DOSSIER.id == row.id, _DOSSIER.version == row.version, *guards)
        .values(version=row.version + 1, acted_at=env.now, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Stale
    env.session.refresh(row)


def history(env: Env, row: Dossier, what: str, **detail: object) -> None:
    """A line of the timeline, and the same act in the audit log, which keeps no words."""
    env.session.add(
        HistoryEntry(
            dossier_id=row.id or 0, at=env.now, what=what, officer_id=me(env).id, detail=detail
        )
    )
    told = {name: value for name, value in detail.items() if name != "reason"}
    audit(env, what, f"dossier:{row.id}", **told)


def product_of(env: Env, row: Dossier) -> str:
    return env.session.get_one(Product, row.product_id).name


def tell_household(env: Env, row: Dossier, letter: Letter, *, dedupe: str | None = None) -> None:
    """To whoever registered the producer, and who helps it."""
    telling.to_household(env.session, env.post, row, letter, dedupe=dedupe)
