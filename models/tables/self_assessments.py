"""What a household thinks its product would score: answers on the score sheet of its set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from models.tables.columns import json_, key, utc


class SelfAssessment(SQLModel, table=True):
    """The newest answers for one product. `answers`: item id → points, or "case:points"."""

    __tablename__ = "self_assessment"
    id: int | None = key()
    product_id: int = Field(foreign_key="product.id", unique=True)
    set_number: int
    answers: dict[str, Any] = json_()
    at: datetime = utc()
