"""Answers on a score that is only said not to be reached: "chưa tới 70 điểm thì mấy sao?"."""

from __future__ import annotations

from conversations.policy.draft import Ask, Draft
from conversations.policy.points.reading import points_told
from conversations.policy.points.stars import (
    PASSAGE,
    asks_rank,
    band_of,
    by_ministry,
    n_,
    range_of,
    second_test,
)

_LITTLE = 0.01  # what lies between "dưới 70" and 70


def stars_below(ask: Ask) -> Draft | None:
    """The highest rank of less than the points named (Quyết định 26/2026/QĐ-TTg, Điều 3 và 4).

    None when no such points are told, or a score is told besides.
    """
    told = points_told(ask, ask.text)
    if not told.below or told.scores or told.parts:
        return None
    limit = min(told.below)
    star = band_of(ask, limit - _LITTLE)
    lines = [
        ask.say(
            "Chưa tới {limit} điểm thì cao nhất là {rank} sao ({range}).",
            limit=n_(ask, limit), rank=star.rank, range=range_of(ask, star),
        )
    ]  # fmt: skip
    of_ministry = by_ministry(ask, limit - _LITTLE, lines)
    if of_ministry is not None or not asks_rank(ask):
        return of_ministry
    tests = second_test(ask, [limit - _LITTLE])
    return Draft(PASSAGE, (*lines, *tests), ask.cited(PASSAGE))
