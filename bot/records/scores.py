"""Self-assessments, as households and officers look them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.records.base import RecordsBase
from bot.records.people import acts_for
from models.tables import Producer, Product, SelfAssessment

# Columns: SQLModel types them as plain values.
_ASSESSED: Any = SelfAssessment
_PRODUCER: Any = Producer
_PRODUCT: Any = Product


class ScoreRecords(RecordsBase):
    """The part of SqlRecords about self-assessments."""

    def scores(self, person_id: int, product_id: int) -> Mapping[str, int | str]:
        mine = (
            select(_PRODUCT.id)
            .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
            .where(_PRODUCT.id == product_id, acts_for(person_id))
        )
        return self.scores_of(product_id) if self.session.scalar(mine) is not None else {}

    def scores_of(self, product_id: int) -> Mapping[str, int | str]:
        """Of the sheet the product is scored by now; answers on another set's sheet are void."""
        row = self.session.execute(
            select(_ASSESSED.answers)
            .join(Product, _PRODUCT.id == _ASSESSED.product_id)
            .where(_ASSESSED.product_id == product_id, _ASSESSED.set_number == _PRODUCT.set_number)
        ).first()
        return dict(row[0]) if row else {}
