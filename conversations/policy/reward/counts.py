"""How many products an amount of money pays for, or takes."""

from __future__ import annotations

from conversations.policy.draft import Ask
from conversations.policy.reward.arithmetic import least_for, most_for, sum_of
from conversations.policy.reward.money import money_said

_AT_LEAST = ("it nhat", "toi thieu", "can", "phai", "muon", "at least", "need", "reach", "tro len")
_ENOUGH = (
    "du cho",
    "du de",
    "du thuong",
    "toi da",
    "nhieu nhat",
    "enough",
    "cover",
    "pay for",
    "at most",
)


def how_many(ask: Ask, rank: int, amount: int) -> list[str]:
    """How many products at `rank` make up `amount`, or are paid by it."""
    tariff = ask.matter.tariff
    most = most_for(tariff, rank, amount)
    least = least_for(tariff, rank, amount)
    reach = ask.reading.has(*_AT_LEAST) and not ask.reading.has(*_ENOUGH)
    shown = [least, least - 1] if reach else [most, most + 1]
    if most == least:
        shown = [most]
    head = ask.say(
        "{amount} ứng với {count} sản phẩm {rank} sao." if most == least
        else "Muốn đạt {amount} cần ít nhất {count} sản phẩm {rank} sao." if reach
        else "{amount} đủ cho nhiều nhất {count} sản phẩm {rank} sao.",
        amount=money_said(ask, amount), count=shown[0], rank=rank,
    )  # fmt: skip
    return [head, *(_so_many(ask, rank, count) for count in shown if count > 0)]


def _so_many(ask: Ask, rank: int, count: int) -> str:
    tariff = ask.matter.tariff
    first, later = tariff.first[rank], tariff.of(rank, later=True)
    sums = (
        f"{count} × {first}"
        if first == later or count == 1
        else (f"{first} + {count - 1} × {later}")
    )
    return ask.say(
        "{count} sản phẩm {rank} sao: {sums} = {total}.",
        count=count, rank=rank, sums=sums, total=money_said(ask, sum_of(tariff, rank, count)),
    )  # fmt: skip
