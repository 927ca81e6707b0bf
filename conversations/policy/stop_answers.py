"""What ends the evaluation of a product: the printed rule that somebody's story meets."""

from __future__ import annotations

from conversations.policy.draft import Ask, Draft
from conversations.policy.sets import group_of_set, known_set

#: Points are asked, not whether it ends: the ladder of the criterion answers.
_POINTS = ("may diem", "bao nhieu diem", "how many points")
_PASSAGE = "qd26_bi_loai"


def ended(ask: Ask) -> Draft | None:
    """The rule by which the evaluation ends (Quyết định 26/2026/QĐ-TTg, Phụ lục II).

    None when the story meets none, or when the sheet of the product named does not print it.
    """
    met = {rule for _, rule in ask.matter.stops_said.named_in(ask.reading)}
    if not met or ask.open or ask.reading.has(*_POINTS):
        return None
    rules = [rule for rule in ask.matter.law.stops.values() if rule.id in met]
    number = known_set(ask)
    if number is not None:
        printed = {stop.rule.id for stop in ask.matter.sheet(number).stops}
        rules = [rule for rule in rules if rule.id in printed]
    if not rules:
        return None
    where = (
        ask.say("Câu này in trên phiếu chấm của nhiều bộ sản phẩm, không phải mọi bộ.")
        if number is None
        else ask.say("Theo phiếu chấm của {group}.", group=group_of_set(ask, number))
    )
    return Draft(_PASSAGE, (*(r.text(ask.lang) for r in rules), where), ask.cited(_PASSAGE))
