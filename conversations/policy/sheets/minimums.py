"""Everything that a rank needs at least, on the sheet of a product."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.passages import MINIMUMS
from conversations.policy.sets import group_of_set, known_set
from conversations.policy.sheets.steps import at_least

_ASKS_MINIMUM = (
    "toi thieu", "can gi", "can nhung gi", "can nhung", "bat buoc", "phai co gi",
    "phai co nhung", "yeu cau",
    "minimum", "requirements", "required", "need for", "what does", "can them", "muc toi thieu",
    "tieu chi", "dau sao", "minimums", "muc nao", "which items", "which criteria", "co dau",
)  # fmt: skip


_CONDITIONS = re.compile(r"(?<!du )\bdieu kien\b")  # not of a paper: "giấy đủ điều kiện"


def minimums(ask: Ask) -> Draft | None:
    """Every starred minimum of a rank on the sheet of the product named."""
    number, ranks = known_set(ask), slots.stars(ask.text)
    if number is None or not ranks or ranks[-1] < 3 or ask.open:
        return None
    if not ask.reading.has(*_ASKS_MINIMUM) and not _CONDITIONS.search(ask.text):
        return None
    rank, sheet = ranks[-1], ask.matter.sheet(number)
    band = next(s for s in ask.matter.law.stars if s.rank == rank)
    steps = [
        ask.say("{title}: {what}", title=item.title(ask.lang), what=at_least(ask, least))
        for item in sheet.items
        for least in [item.minimum(rank)]
        if least
    ]
    head = ask.say(
        "{rank} sao, {group}: từ {points} điểm, và ít nhất phải đạt các mục sau.",
        rank=rank, group=group_of_set(ask, number), points=band.minimum,
    )  # fmt: skip
    return Draft(f"{MINIMUMS}{number}:{rank}", (head, *steps), ask.cited("dau_sao_nghia"))
