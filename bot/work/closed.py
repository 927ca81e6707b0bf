"""A message that no channel of its person takes now: whoever handles the case phones instead."""

from __future__ import annotations

from bot.outbox import Lost
from bot.post import Post
from bot.work import telling
from conversations.letters import officer as letters
from models.database import Unit
from models.tables import Dossier, Product


def tell(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that marks the message as refused. Once a day and case."""
    row = unit.get(Dossier, lost.dossier_id) if lost.dossier_id else None
    if row is None or lost.person_id is None:
        return
    who = telling.holder(unit, row)
    if who is not None and who.person_id == lost.person_id:
        return  # the officer's own address
    product = unit.get_one(Product, row.product_id).name
    letter = letters.unreachable(row.id or 0, row.code, product)
    day = f"{post.now:%Y-%m-%d}"
    telling.to_desk(unit, post, row, letter, dedupe=f"closed:{row.id}:{lost.person_id}:{day}")
