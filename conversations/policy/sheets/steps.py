"""The steps of a criterion in words: its ladder, what a step gives, whose sheet it is."""

from __future__ import annotations

from conversations.policy.draft import Ask
from conversations.policy.sets import group_of_set, known_set
from models.content.sheet import Item, Option, ScoreSheet


def ladder(ask: Ask, item: Item) -> list[str]:
    """Every step of the criterion with its points, in one line."""
    steps = [_step(ask, option) for option in item.ladder()]
    return [f"{item.title(ask.lang)}: " + "; ".join(steps) + "."]


def _step(ask: Ask, option: Option) -> str:
    said = option.short(ask.lang)
    least = ask.say(", tối thiểu cho {rank} sao", rank=option.min_for) if option.min_for else ""
    return ask.say("{what}: {points} điểm{least}", what=said, points=option.points, least=least)


def gives(ask: Ask, option: Option) -> str:
    """The points of the step that is told."""
    return ask.say(
        "Mức này được {points} điểm: {what}.", points=option.points, what=option.short(ask.lang)
    )


def whose(ask: Ask, sheet: ScoreSheet) -> str:
    """By which sheet the steps are told; without a product others may differ."""
    group = group_of_set(ask, sheet.number)
    if known_set(ask) == sheet.number:
        return ask.say("Theo phiếu chấm của {group}.", group=group)
    return ask.say(
        "Theo phiếu chấm của {group}; nhóm khác có thể khác vài điểm.",
        group=group,
    )
