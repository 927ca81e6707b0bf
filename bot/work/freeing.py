"""A case that nobody holds any more: back to the pool of its level, with everyone told.

Given back by its officer, silent for too long, or held by one who is an officer no longer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from bot.post import Post
from bot.work import telling
from conversations.letters import household
from conversations.records import State
from models.content import Content
from models.database import Unit
from models.tables import Dossier, HistoryEntry, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier

#: The state of a case once nobody holds it; other states stay.
BACK = {State.REVIEWING: State.SUBMITTED, State.RECEIVED: State.PASSED}


def free(unit: Unit, row: Dossier, now: datetime, what: str, officer_id: int | None = None) -> bool:
    """Take the case from its holder; False when it moved meanwhile. A request not yet told to the
    household stays with the case: its papers are still marked."""
    done: Any = unit.execute(
        update(Dossier)
        .where(_DOSSIER.id == row.id, _DOSSIER.version == row.version)
        .values(
            officer_id=None,
            claimed_at=None,
            state=BACK.get(State(row.state), State(row.state)).value,
            acted_at=now,
            version=row.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        return False
    unit.refresh(row)
    unit.add(HistoryEntry(dossier_id=row.id or 0, at=now, what=what, officer_id=officer_id))
    return True


def tell(
    unit: Unit, post: Post, content: Content, row: Dossier, *, skip: int | None = None
) -> None:
    """A fresh alert to the pool; the household knows that another officer will come."""
    telling.alert_pool(unit, post, content, row, skip=skip)
    product = unit.get_one(Product, row.product_id).name
    telling.to_household(unit, post, row, household.released(row.id or 0, product))
