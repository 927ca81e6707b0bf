"""Rewards held against each other: two ways, two producers, or what was paid years ago."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.reward.arithmetic import Line, Sum, Unknown, worked
from conversations.policy.reward.asked import times
from conversations.policy.reward.money import money_said
from conversations.policy.reward.story import Group, Story
from locales import number

_OR = ("hay", "hoac", "or", "than", "so")


def compared(ask: Ask, told: Story) -> list[str] | None:
    """Two ways and what one brings more; None when the two sides cannot be told apart."""
    sides = _sides(told)
    if sides is None:
        return None
    try:
        sums = [worked(ask.matter.tariff, groups, whole=False) for groups in sides]
    except Unknown:
        return None
    lines = [_side(ask, *one) for one in zip(sides, sums, strict=True)]
    return [_verdict(ask, *(side.total for side in sums)), *lines]


def _sides(told: Story) -> tuple[Sequence[Group], Sequence[Group]] | None:
    keys = list(dict.fromkeys(group.owner for group in told.groups))
    if len(keys) == 2:
        one, other = ([g for g in told.groups if g.owner == key] for key in keys)
        return one, other
    cut = next((p for p, opener in enumerate(told.openers) if p and opener in _OR), 0)
    cut = cut or (1 if len(told.groups) == 2 else 0)
    return (told.groups[:cut], told.groups[cut:]) if cut else None


def _verdict(ask: Ask, one: int, other: int) -> str:
    if one == other:
        return ask.say("Hai bên bằng nhau, đều dự kiến {each}.", each=money_said(ask, one))
    if times(ask) and one and other:
        return _ratio(ask, max(one, other), min(one, other))
    return ask.say(
        "Bên thứ nhất dự kiến nhiều hơn: {one} so với {other}, hơn {more}."
        if one > other
        else "Bên thứ hai dự kiến nhiều hơn: {other} so với {one}, hơn {more}.",
        one=money_said(ask, one), other=money_said(ask, other),
        more=money_said(ask, abs(one - other)),
    )  # fmt: skip


def _ratio(ask: Ask, more: int, less: int) -> str:
    return ask.say(
        "Gấp {n} lần: dự kiến {more} so với {less}, hơn {extra}.",
        n=number(ask.lang, round(more / less, 1)), more=money_said(ask, more),
        less=money_said(ask, less), extra=money_said(ask, more - less),
    )  # fmt: skip


def _side(ask: Ask, groups: Sequence[Group], side: Sum) -> str:
    named = " + ".join(
        ask.say("{count} sản phẩm {rank} sao", count=g.count, rank=g.rank) for g in groups
    )
    sums = " + ".join(number(ask.lang, line.total) for line in side.lines)
    if len(side.lines) == 1 and isinstance(line := side.lines[0], Line):
        sums = f"{line.count} × {line.each}"
    return ask.say("{named}: {sums} = {total}.", named=named, sums=sums,
                   total=money_said(ask, side.total))  # fmt: skip


def against_former(ask: Ask) -> list[str]:
    """The proposed reward of each rank named beside what was paid for it years ago.

    The former amounts are those told, else those of the press; nothing for ranks that have none.
    """
    tariff, known = ask.matter.tariff, ask.matter.former_rewards
    ranks = [rank for rank in slots.stars(ask.text) if rank in tariff.first]
    told = [m for m in slots.money(ask.text) if m not in [tariff.first[r] for r in ranks]]
    former = dict(zip(ranks, told, strict=True)) if len(told) == len(ranks) else known
    return [
        ask.say(
            "{rank} sao: dự kiến {now} so với {then} trước đây, hơn {more}, gấp {n} lần.",
            rank=rank, now=money_said(ask, tariff.first[rank]), then=money_said(ask, former[rank]),
            more=money_said(ask, tariff.first[rank] - former[rank]),
            n=number(ask.lang, round(tariff.first[rank] / former[rank], 1)),
        )
        for rank in ranks or sorted(known) if former.get(rank)
    ]  # fmt: skip
