"""A criterion that a message tells something of, and whether that is enough for a rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from conversations.policy.draft import Ask
from conversations.policy.reading import Reading
from conversations.policy.sheets.told import Told, told
from models.content.sheet import Item, Option
from models.content.text import Text

#: enough, short, free (no minimum), open (a figure left out decides); of a step that is only asked
#: for: needed, more (than needed), less (than needed). "" = nothing can be said.
Kind = Literal["enough", "short", "free", "open", "needed", "more", "less", ""]


@dataclass(frozen=True, slots=True)
class Found:
    """A criterion on one sheet, and what is told of its steps."""

    item: Item
    number: int
    told: Told

    def kind(self, rank: int) -> Kind:
        """The verdict on what is told, for `rank` stars."""
        needed, one = self.item.minimum(rank), self.told
        if one.asked and one.asked.points > (one.held.points if one.held else -1):
            return _of_asked(one.asked, needed)
        if not (one.held or one.short_of or one.undecided or one.nothing):
            return ""
        return "free" if needed is None else _against(one, needed)


def _of_asked(asked: Option, needed: Option | None) -> Kind:
    if needed is None or asked.points > needed.points:
        return "more"
    return "needed" if asked.points == needed.points else "less"


def _against(one: Told, needed: Option) -> Kind:
    if one.held and one.held.points >= needed.points:
        return "enough"
    if one.nothing or (one.short_of and one.short_of.points <= needed.points):
        return "short"
    if one.undecided and one.undecided.points >= needed.points:
        return "open"
    return "short" if one.held else ""


def on_sheets(
    ask: Ask,
    item_id: str,
    numbers: Sequence[int],
    clauses: Sequence[Reading],
    others: Sequence[Reading] = (),
) -> list[Found]:
    """What `clauses` tell of a criterion on each of the sheets `numbers` that has it.

    `others` are clauses that name other criteria. Sheets with the same steps are read once.
    """
    found: list[Found] = []
    read: dict[tuple[Text, tuple[Option, ...]], Told] = {}
    for number in numbers:
        item = next((one for one in ask.matter.sheet(number).items if one.id == item_id), None)
        if item is None:
            continue
        steps = (item.title, item.ladder())
        if steps not in read:
            read[steps] = told(ask, item, clauses, others)
        found.append(Found(item, number, read[steps]))
    return found
