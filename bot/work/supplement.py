"""Ten minutes after an officer asked for a supplement, and did not take it back: the household is
told, with exactly the lines to mend.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from conversations.letters import household
from conversations.records import State
from models.content import Content
from models.database import Unit
from models.tables import Dossier, EvidenceItem, HistoryEntry, Producer, Product

TO = {
    State.REVIEWING: State.SUPPLEMENT,
    State.FIXED: State.SUPPLEMENT,
    State.RECEIVED: State.COMPLETING,
}


@job("supplement")
def supplement(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        ask(unit, post, works.house.content, due)

    return write


def ask(unit: Unit, post: Post, content: Content, due: Due) -> None:
    """Move the case to the household and write to it; nothing when the case moved on."""
    row = unit.get(Dossier, due.payload["dossier"])
    if row is None or row.officer_id != due.payload["officer"] or row.state not in TO:
        return
    state = State.COMPLETING if row.reached_province_at else TO[State(row.state)]
    mended_by = content.calendar.add_working_days(
        due.now.astimezone(content.province.zone).date(), content.times.supplement_working_days
    )
    which: Any = Dossier.id == row.id
    unit.execute(
        update(Dossier)
        .where(which)
        .values(state=state, state_since=due.now, due_on=mended_by, version=row.version + 1)
        .execution_options(synchronize_session=False)
    )
    unit.add(
        HistoryEntry(
            dossier_id=row.id or 0, at=due.now, what="supplement", officer_id=row.officer_id
        )
    )
    product, producer = unit.get(Product, row.product_id), unit.get(Producer, row.producer_id)
    if product is not None and producer is not None:
        letter = household.supplement(
            row.id or 0,
            row.code,
            product.name,
            returned(unit, content, row.id or 0),
            str(due.payload.get("note") or ""),
            mended_by,
            at_province=row.reached_province_at is not None,
        )
        post.to_person(producer.person_id, letter, dossier_id=row.id)


def returned(unit: Unit, content: Content, dossier_id: int) -> list[household.Paper]:
    """The lines sent back, each with what the household reads."""
    which: Any = (EvidenceItem.dossier_id == dossier_id) & (EvidenceItem.state == "returned")
    tells = {reason.id: reason.tell for reason in content.return_reasons}
    rows = unit.scalars(select(EvidenceItem).where(which).order_by(EvidenceItem.id))  # type: ignore[arg-type]
    return [(content.evidence[r.evidence].name, tells.get(r.reason, r.reason)) for r in rows]
