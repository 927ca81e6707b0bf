"""What happened in a self-assessment."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class ScoreGiven(Event):
    """One criterion of a product's sheet: points, or "case:points"."""

    product_id: int
    item: str
    value: int | str


@dataclass(frozen=True, slots=True)
class ScorePictureAsked(Event):
    """Draw the result of the product's self-assessment and send it into the chat."""

    product_id: int
