"""Where each target stands: what is counted against what was wanted."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.records import Figures, Held, Share
from models.content.targets import PRODUCTS, Target


@dataclass(frozen=True, slots=True)
class Stand:
    """A target today. `share` is None for a plain count."""

    target: Target
    count: int = 0
    share: Share | None = None
    known: bool = True

    @property
    def reached(self) -> float:
        """How much of the way is done, from 0 to 1; a commune's count is a part of it."""
        value = self.count if self.share is None else self.share.percent
        return min(1.0, value / self.target.goal) if self.known and self.target.goal else 0.0


def stand(target: Target, figures: Figures) -> Stand:
    """Where the target stands; not known when nobody recorded anything of it."""
    if target.measure == PRODUCTS:
        stars = figures.stars
        held = figures.total if target.stars is None else stars.get(target.stars, Held())
        return Stand(target, held.valid)
    share = figures.shares.get(target.measure)
    if share is None or not share.known:
        return Stand(target, share=share, known=False)
    return Stand(target, share=share)
