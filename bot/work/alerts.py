"""An alert about a case, from its rows: what is attached, nothing personal."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session

from conversations.letters.officer import Alert
from conversations.records import State
from models.content import Content
from models.content.text import Text
from models.tables import Dossier, EvidenceItem, Page, Product


def alert_for(session: Session, content: Content, row: Dossier, taken_by: str = "") -> Alert:
    """The alert of `row` as it stands; `taken_by` names who has it."""
    product = session.get(Product, row.product_id)
    commune = content.communes.get(row.commune_code)
    number = product.set_number if product else 0
    one = content.sets[number]
    items, pages = _attached(session, row.id or 0)
    return Alert(
        dossier_id=row.id or 0,
        code=row.code,
        product=product.name if product else "",
        commune=commune.name if commune else row.commune_code,
        set_number=number,
        set_name=Text(one.name, one.name_en),
        n_items=items,
        n_pages=pages,
        due_on=row.due_on,
        again=row.state == State.FIXED,
        from_commune=row.reached_province_at is not None,
        taken_by=taken_by,
    )


def _attached(session: Session, dossier_id: int) -> tuple[int, int]:
    """How many lines have pages, and how many pages in all."""
    query = (
        select(func.count(func.distinct(Page.item_id)), func.count(Page.id))  # type: ignore[arg-type]
        .join(EvidenceItem, EvidenceItem.id == Page.item_id)  # type: ignore[arg-type]
        .where(EvidenceItem.dossier_id == dossier_id, Page.removed_at.is_(None))  # type: ignore[arg-type, union-attr]
    )
    items, pages = session.execute(query).one()
    return int(items), int(pages)
