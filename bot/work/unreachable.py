"""A household hears nothing more from us: who waits for it hears that somebody must phone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.outbox import Lost
from bot.post import Post
from bot.work import telling
from conversations.letters import officer as letters
from models import people
from models.database import Unit
from models.tables import Dossier, Producer, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_PRODUCER: Any = Producer


def gone(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that stops an address; nothing while another address is left."""
    row = unit.get(Dossier, lost.dossier_id) if lost.dossier_id else None
    if lost.person_id is not None and people.reachable(unit, lost.person_id) is None:
        _phone(unit, post, lost, row, f"unreachable:{lost.dossier_id}:{lost.person_id}")


def refused(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that marks a message no channel takes now. Once a day and case.

    A reminder that matters but is of no case (stars that end) counts for the newest case.
    """
    row = unit.get(Dossier, lost.dossier_id) if lost.dossier_id else None
    if row is None and lost.matters and lost.person_id is not None:
        row = _newest(unit, lost.person_id)
    day = f"{post.now:%Y-%m-%d}"
    _phone(unit, post, lost, row, f"closed:{row and row.id}:{lost.person_id}:{day}")


def _newest(unit: Unit, person_id: int) -> Dossier | None:
    """The dossier of the person's own that was handed in last."""
    return unit.scalars(
        select(Dossier)
        .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
        .where(_PRODUCER.person_id == person_id, _DOSSIER.submitted_at.is_not(None))
        .order_by(_DOSSIER.submitted_at.desc())
        .limit(1)
    ).first()


def _phone(unit: Unit, post: Post, lost: Lost, row: Dossier | None, once: str) -> None:
    if row is None or lost.person_id is None:
        return
    who = telling.holder(unit, row)
    if who is not None and who.person_id == lost.person_id:
        return  # the officer's own address
    product = unit.get_one(Product, row.product_id).name
    letter = letters.unreachable(row.id or 0, row.code, product)
    telling.to_desk(unit, post, row, letter, dedupe=once)
