"""The words a product is found by."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import key


class ProductWord(SQLModel, table=True):
    """A word of the product's or its producer's name, folded; kept by models/product_words.py."""

    __tablename__ = "product_word"
    __table_args__ = (UniqueConstraint("word", "product_id"), {"sqlite_autoincrement": True})
    id: int | None = key()  # only rises: what changed since the words were last read
    word: str = Field(max_length=40)
    product_id: int = Field(foreign_key="product.id", ondelete="CASCADE", index=True)
