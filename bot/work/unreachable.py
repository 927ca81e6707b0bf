"""A household hears nothing more from us: who waits for it hears that somebody must phone."""

from __future__ import annotations

from bot.outbox import Lost
from bot.post import Post
from bot.work import telling
from conversations.letters import officer as letters
from models import people
from models.database import Unit
from models.tables import Dossier, Product


def gone(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that stops an address; nothing while another address is left."""
    if lost.person_id is not None and people.reachable(unit, lost.person_id) is None:
        _phone(unit, post, lost, f"unreachable:{lost.dossier_id}:{lost.person_id}")


def refused(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that marks a message no channel takes now. Once a day and case."""
    day = f"{post.now:%Y-%m-%d}"
    _phone(unit, post, lost, f"closed:{lost.dossier_id}:{lost.person_id}:{day}")


def _phone(unit: Unit, post: Post, lost: Lost, once: str) -> None:
    row = unit.get(Dossier, lost.dossier_id) if lost.dossier_id else None
    if row is None or lost.person_id is None:
        return
    who = telling.holder(unit, row)
    if who is not None and who.person_id == lost.person_id:
        return  # the officer's own address
    product = unit.get_one(Product, row.product_id).name
    letter = letters.unreachable(row.id or 0, row.code, product)
    telling.to_desk(unit, post, row, letter, dedupe=once)
