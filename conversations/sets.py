"""Finding a product set: from the product's name, from other words, or by sector → group → set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.asker import finder
from conversations.context import Ctx
from conversations.steps import Answers, Asker, Choice, Search, Several
from locales import N_
from models.content.sets import ProductSet

BROWSE = "~"  # "~" = the sectors, "~II" = the groups of sector II, "~II/3" = sets of its 4th group
LIKELY = 4


@dataclass(frozen=True, slots=True)
class SetStep(Search):
    """A search that also has levels to walk down; a level is no answer, it shows the next one."""

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        found = asker.find(self.source, said, answers) if said else ()
        found = found or asker.find(self.source, str(answers.get("name") or ""), answers)
        return found or asker.find(self.source, BROWSE, answers)

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        please = asker.t("Bà con chọn giúp:")
        try:
            key = text if text.startswith(BROWSE) else Search.read(self, text, asker, answers)
        except Several as several:
            raise Several(several.choices, please) from None
        if not key.startswith(BROWSE):
            return key
        raise Several(asker.find(self.source, key, answers), please, key)


@finder("sets")
def find_sets(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Sets that fit `text` and the producer's type, likeliest first, then the way to browse."""
    allowed = _allowed(ctx, answers)
    if text.startswith("="):
        return tuple(_choice(ctx, s) for s in allowed if str(s.number) == text[1:])
    if text.startswith(BROWSE):
        return _level(ctx, text[1:], allowed)
    numbers = [m.set.number for m in ctx.content.find_sets(text, LIKELY)]
    found = [s for n in numbers for s in allowed if s.number == n]
    if not found:
        return ()
    return (*(_choice(ctx, s) for s in found), Choice(BROWSE, N_("Bộ khác")))


def doubt_about(ctx: Ctx, answers: Mapping[str, Any]) -> str:
    """What is not certain about the likeliest set, to be asked of an officer."""
    text = str(answers.get("set?") or answers.get("name") or "")
    if not text or text.startswith(BROWSE):
        return ""
    found = ctx.content.find_sets(text, 1)
    return found[0].note(ctx.lang) if found and found[0].note else ""


def _allowed(ctx: Ctx, answers: Answers) -> tuple[ProductSet, ...]:
    """All sets, or those the producer's type may make (a tourism body: tourism)."""
    sets = tuple(ctx.content.sets.values())
    asked = str(answers.get("producer") or "")
    for producer in ctx.records.producers(ctx.person.id):
        if str(producer.id) == asked:
            kind = next(t for t in ctx.content.producer_types if t.id == producer.type)
            return tuple(s for s in sets if kind.may_make(s.number))
    return sets


def _level(ctx: Ctx, at: str, allowed: tuple[ProductSet, ...]) -> tuple[Choice, ...]:
    """The choices of one level; a group of one set is that set."""
    if not at:
        open_sectors = {s.sector for s in allowed}
        return tuple(
            Choice(f"{BROWSE}{s.id}", _name(ctx, s.name, s.name_en), translated=True)
            for s in ctx.content.sectors
            if s.id in open_sectors
        )
    sector, _, group = at.partition("/")
    groups: dict[str, list[ProductSet]] = {}
    for one in allowed:
        if one.sector == sector:
            groups.setdefault(one.group, []).append(one)
    if group.isdecimal() and int(group) < len(groups):
        return tuple(_choice(ctx, s) for s in list(groups.values())[int(group)])
    return tuple(_group(ctx, sector, i, sets) for i, sets in enumerate(groups.values()))


def _group(ctx: Ctx, sector: str, at: int, sets: list[ProductSet]) -> Choice:
    if len(sets) == 1:
        return _choice(ctx, sets[0])
    name = _name(ctx, sets[0].group, sets[0].group_en)
    return Choice(f"{BROWSE}{sector}/{at}", name, translated=True)


def _choice(ctx: Ctx, one: ProductSet) -> Choice:
    return Choice(str(one.number), _name(ctx, one.name, one.name_en), translated=True)


def _name(ctx: Ctx, vi: str, en: str) -> str:
    return en if ctx.lang == "en" else vi
