"""An alert about a case, from its rows: what is attached, nothing personal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from conversations.letters.officer import Alert
from conversations.records import State
from models.content import Content
from models.content.text import Text
from models.database import Unit
from models.tables import Dossier, EvidenceItem, Page, Product

# Columns: SQLModel types them as plain values.
_ITEM: Any = EvidenceItem
_PAGE: Any = Page


def alert_for(
    unit: Unit, content: Content, row: Dossier, *, taken_by: str = "", orphan: bool = False
) -> Alert:
    """The alert of `row` as it stands; `taken_by` names who has it, `orphan`: nobody can here."""
    product = unit.get_one(Product, row.product_id)
    commune = content.communes.get(row.commune_code)
    one = content.sets[product.set_number]
    items, pages = _attached(unit, row.id or 0)
    return Alert(
        dossier_id=row.id or 0,
        code=row.code,
        product=product.name,
        commune=commune.full() if commune else row.commune_code,
        set_number=product.set_number,
        set_name=Text(one.name, one.name_en),
        n_items=items,
        n_pages=pages,
        due_on=row.due_on,
        again=row.state == State.FIXED,
        from_commune=row.reached_province_at is not None,
        taken_by=taken_by,
        free=row.officer_id is None and not orphan,
        orphan=orphan,
    )


def _attached(unit: Unit, dossier_id: int) -> tuple[int, int]:
    """How many lines have pages, and how many pages in all."""
    items, pages = unit.execute(
        select(func.count(func.distinct(_PAGE.item_id)), func.count(_PAGE.id))
        .select_from(Page)
        .join(EvidenceItem, _ITEM.id == _PAGE.item_id)
        .where(_ITEM.dossier_id == dossier_id, _PAGE.removed_at.is_(None))
    ).one()
    return int(items), int(pages)
