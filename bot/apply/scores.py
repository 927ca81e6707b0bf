"""A self-assessment becomes a row, answer by answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.apply import Env, Stale, on
from bot.apply.producers import acting
from conversations import events as e
from conversations import scoring
from models.tables import Product, SelfAssessment

# Columns: SQLModel types them as plain values.
_ASSESSED: Any = SelfAssessment
_PRODUCT: Any = Product


def own_product(env: Env, product_id: int) -> Product:
    """The product, locked, when the person may act for its producer. Raises Stale otherwise."""
    row = env.session.scalars(
        select(Product).where(_PRODUCT.id == product_id).with_for_update()
    ).first()
    if row is None:
        raise Stale
    acting(env, row.producer_id)
    return row


@on(e.ScoreGiven)
def score_given(env: Env, event: e.ScoreGiven) -> None:
    """Answers on the sheet of another set are dropped: the product changed its set."""
    product = own_product(env, event.product_id)
    sheet = env.content.score_sheet(product.set_number)
    value = scoring.valid(sheet, event.item, str(event.value))
    if value is None:
        raise Stale
    row = env.session.scalars(
        select(SelfAssessment).where(_ASSESSED.product_id == product.id)
    ).first()
    if row is None:
        row = SelfAssessment(product_id=product.id or 0, set_number=product.set_number, at=env.now)
    known = row.answers if row.set_number == product.set_number else {}
    row.set_number, row.at = product.set_number, env.now
    row.answers = {**known, event.item: value}
    env.session.add(row)


@on(e.ScorePictureAsked)
def picture_asked(env: Env, event: e.ScorePictureAsked) -> None:
    product = own_product(env, event.product_id)
    env.post.job("score_picture", {"product": product.id, "person": env.person.id})
