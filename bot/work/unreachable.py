"""An address is gone for good: who waits for that household hears that somebody must phone."""

from __future__ import annotations

from bot.outbox import Lost
from bot.post import Post
from bot.work import telling
from conversations.letters import officer as letters
from models import people
from models.database import Unit
from models.tables import Dossier, Product


def tell(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that stops the address; nothing while another address is left."""
    if lost.person_id is None or lost.dossier_id is None:
        return
    row = unit.get(Dossier, lost.dossier_id)
    if row is None or people.reachable(unit, lost.person_id) is not None:
        return
    who = telling.holder(unit, row)
    if who is not None and who.person_id == lost.person_id:
        return  # the officer's own address
    product = unit.get_one(Product, row.product_id).name
    letter = letters.unreachable(row.id or 0, row.code, product)
    telling.to_desk(unit, post, row, letter, dedupe=f"unreachable:{row.id}:{lost.person_id}")
