"""May it be counted at all? What the sheets leave out is said before any points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conversations.policy.draft import OF_ITEM, Ask, Draft
from conversations.policy.reading import Reading
from conversations.policy.sets import known_set
from conversations.policy.sheets.answers import holding, points_of_item
from conversations.policy.sheets.asked import asks_else
from conversations.policy.sheets.excluded import Excluded, excluded
from conversations.policy.sheets.items import items_in, pieces
from conversations.policy.sheets.steps import ladder, whose
from conversations.policy.sheets.verdict import verdict


def not_counted(ask: Ask) -> Draft | None:
    """What a message tells that does not count at its criterion, and what the rest of it gives.

    None when all of it counts, or when something else than points or a rank is asked.
    """
    found = list(_found(ask, pieces(ask)))
    if not found or asks_else(ask):
        return None
    item_id = found[0][0]
    lines = [one.what.told(ask.lang) for _, one in found]
    rest = verdict(ask) or points_of_item(ask)
    if rest is not None:
        return Draft(rest.topic, (*lines, *rest.lines), rest.sources, behind=rest.behind)
    sheet = ask.matter.sheet(holding(ask, item_id, known_set(ask)))
    steps = ladder(ask, sheet.item(item_id))
    topic, sources = OF_ITEM + item_id, ask.cited("dau_sao_nghia")
    return Draft(topic, (*lines, whose(ask, sheet)), sources, behind=tuple(steps))


def _found(ask: Ask, clauses: Sequence[Reading]) -> Iterator[tuple[str, Excluded]]:
    number = known_set(ask)
    for item_id in ask.matter.excluded:
        for one in excluded(ask.matter, item_id, clauses):
            of_set = not one.what.sets or number in one.what.sets
            if of_set and (not one.what.named or item_id in items_in(ask, clauses, number)):
                yield item_id, one
