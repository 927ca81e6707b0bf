"""Is what somebody has enough? The verdict on each criterion whose step a message tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.draft import OF_ITEM, Ask, Draft
from conversations.policy.lack_answers import missing
from conversations.policy.points.reading import points_told
from conversations.policy.points.stars import bands
from conversations.policy.sets import known_set
from conversations.policy.sheets.asked import asks_else, asks_enough, goal, rank_named
from conversations.policy.sheets.found import Found, on_sheets
from conversations.policy.sheets.items import items_in, pieces
from conversations.policy.sheets.verdict_words import of_one, of_several, rest

_LOWEST = 3  # the lowest rank with minimums
_GAP = "gap_dung_75"  # open only for a figure that no step holds
_SURELY = 0.6  # nearness from which an open question is the one that is asked
#: A score told with this is that of an earlier evaluation.
_PAST = re.compile(r"\b(?:nam|lan|hoi|dot) (?:truoc|ngoai|kia)\b|\b(?:last|earlier|years ago)\b")
#: What else is needed is asked besides.
_ASKS_REST = re.compile(
    r"\b(?:thieu|con thieu|vuong)(?: nhung| cai)? (?:gi|chi|muc nao)\b|"
    r"\bcan (?:them )?(?:nhung )?gi\b|"
    r"\bwhat (?:else|is missing|do we lack)\b"
)
_WHOLE = 20  # points from which a score is that of a product, not of a criterion


def verdict(ask: Ask) -> Draft | None:
    """Whether what is told of one criterion or more is enough for the rank that is asked about.

    None when no step of a criterion is told, or when something else is asked.
    """
    named = rank_named(ask)
    if _open(ask) or asks_else(ask):
        return None
    scores = _scores(ask)
    rank = goal(ask) or (0 if named else _rank_of(ask, scores))
    if not (rank or named or asks_enough(ask)):
        return None
    found = _found(ask, rank or named)
    if not (rank or (asks_enough(ask) and not named)):
        found = [rows for rows in found if all(one.told.asked for one in rows)]
        rank = named
    if not found or (_only_lacks(found) and missing(ask)):
        return None
    if any(rows[0].told.between for rows in found):
        return _between(ask)
    lines, behind = (
        of_one(ask, found[0], rank) if len(found) == 1 else (of_several(ask, found, rank), [])
    )
    if rank and _ASKS_REST.search(ask.text):
        lines[-1:-1] = rest(ask, found[0][0].number, [rows[0].item.id for rows in found], rank)
    if len(scores) == 1 and scores[0] >= _WHOLE and not _PAST.search(ask.text):
        short = rank and scores[0] < next(s.minimum for s in ask.matter.law.stars if s.rank == rank)
        lines = [*bands(ask, scores[0]), *lines] if short else [*lines, *bands(ask, scores[0])]
    topic, sources = OF_ITEM + found[0][0].item.id, ask.cited("dau_sao_nghia")
    return Draft(topic, tuple(lines), sources, behind=tuple(behind))


def _scores(ask: Ask) -> Sequence[float]:
    """The scores told, without those at which a rank begins when another is told besides: "được
    74 điểm, nghe nói đủ 70 là 4 sao"."""
    told = points_told(ask, ask.text).scores
    begins = {star.minimum for star in ask.matter.law.stars}
    own = [score for score in told if score not in begins]
    return own if len(own) == 1 else told


def _rank_of(ask: Ask, scores: Sequence[float]) -> int:
    """The rank that a score told is in, when it has minimums: it is what a step is asked for."""
    if len(scores) != 1 or scores[0] < _WHOLE:
        return 0
    star = next(s for s in ask.matter.law.stars if scores[0] >= s.minimum)
    return star.rank if star.certificate else 0


def _open(ask: Ask) -> bool:
    """Whether what is told is surely known to be open."""
    top = ask.top[0] if ask.top else None
    return ask.open and top is not None and top.label != _GAP and top.score > _SURELY


def _only_lacks(found: list[list[Found]]) -> bool:
    """Whether all that is told is what is not there: a paper that is missing says more."""
    return all(one.told.held is None and one.told.short_of for rows in found for one in rows)


def _between(ask: Ask) -> Draft:
    """A figure that no step holds: exactly 75% of the sales."""
    passage = ask.library.passages[_GAP]
    return Draft(passage.id, passage.said(ask.lang), ask.cited(passage.id), sure=False)


def _found(ask: Ask, rank: int) -> list[list[Found]]:
    """The criteria told, each on the sheet of the product, or on every sheet that has it."""
    clauses, number = pieces(ask), known_set(ask)
    named = items_in(ask, clauses, number)
    found = []
    for item_id, places in named.items():
        others = {p for other, ps in named.items() if other != item_id for p in ps} - set(places)
        mine = [clause for place, clause in enumerate(clauses) if place not in others]
        rest = [clause for place, clause in enumerate(clauses) if place in others]
        numbers = [number] if number else sorted(ask.matter.sets)
        told = on_sheets(ask, item_id, numbers, mine, rest)
        rows = [one for one in told if one.kind(rank or _LOWEST)]
        if rows:
            found.append(rows)
    return found
