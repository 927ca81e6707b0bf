"""The words products are found by, and those of the products that are here.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.content.fold import words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONGEST = 40
BATCH = 2000


def upgrade() -> None:
    made = op.create_table(
        "product_word",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("word", sa.String(LONGEST), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("word", "product_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_product_word_product_id"), "product_word", ["product_id"])
    _filled(op.get_bind(), made)


def _filled(connection: sa.Connection, table: sa.Table) -> None:
    names = sa.text(
        "SELECT product.id, product.name, producer.name FROM product "
        "JOIN producer ON producer.id = product.producer_id ORDER BY product.id"
    )
    found = connection.execute(names).all()
    for at in range(0, len(found), BATCH):
        rows = [
            {"word": word, "product_id": number}
            for number, product, producer in found[at : at + BATCH]
            for word in sorted({w[:LONGEST] for w in words(f"{product} {producer}")})
        ]
        if rows:
            connection.execute(table.insert(), rows)


def downgrade() -> None:
    op.drop_table("product_word")
