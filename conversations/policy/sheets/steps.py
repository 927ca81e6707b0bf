"""The steps of a criterion in words: its ladder, what a step gives, whose sheet it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.draft import Ask, lowered
from conversations.policy.sets import group_of_set, known_set
from models.content.sheet import Item, Option, ScoreSheet

#: "50% đến dưới 75%": as a minimum only where it begins.
_SPAN = re.compile(r"(\d+%) (?:đến|to) (?:dưới |under |below )?\d+%")


def ladder(ask: Ask, item: Item) -> list[str]:
    """Every step of the criterion with its points, in one line."""
    steps = [_step(ask, option) for option in item.ladder()]
    return [f"{item.title(ask.lang)}: " + "; ".join(steps) + "."]


def _step(ask: Ask, option: Option) -> str:
    said = option.short(ask.lang)
    least = ask.say(", tối thiểu cho {rank} sao", rank=option.min_for) if option.min_for else ""
    return ask.say("{what}: {points} điểm{least}", what=said, points=option.points, least=least)


def gives(ask: Ask, steps: Sequence[Option]) -> list[str]:
    """The points of the step that is told; of each when a message tells several."""
    if len(steps) > 1:
        told = "; ".join(_step(ask, option) for option in steps)
        return [ask.say("Tùy bà con đã tới mức nào: {steps}.", steps=told)]
    return [
        ask.say(
            "Mức này được {points} điểm: {what}.", points=step.points, what=step.short(ask.lang)
        )
        for step in steps
    ]


def step_up(ask: Ask, item: Item, reached: Option) -> list[str]:
    """The next step of the criterion; nothing above the highest."""
    above = [option for option in item.ladder() if option.points > reached.points]
    return [ask.say("Mức trên nữa: {step}.", step=_step(ask, above[0]))] if above else []


def whose(ask: Ask, sheet: ScoreSheet) -> str:
    """By which sheet the steps are told; without a product others may differ."""
    group = group_of_set(ask, sheet.number)
    if known_set(ask) == sheet.number:
        return ask.say("Theo phiếu chấm của {group}.", group=group)
    return ask.say(
        "Theo phiếu chấm của {group}; nhóm khác có thể khác vài điểm.",
        group=group,
    )


def at_least(ask: Ask, least: Option) -> str:
    """A minimum in words; the first rung of a ladder ("dưới 50%") is no limit above."""
    what = lowered(_SPAN.sub(r"\1", least.short(ask.lang)))
    if what[:1].isdigit():
        return ask.say("từ {what}", what=what)
    return ask.say("{what} cũng được", what=what) if what.startswith(("dưới", "under")) else what
