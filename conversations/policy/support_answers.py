"""Answers on the share of a cost that a resolution supports."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from locales import number

_SHARED_OUT = (
    "chia deu", "chia ra", "chia theo", "chia ve", "chia cho cac", "chia cho xa",
    "phan bo", "phan ve", "rot ve", "khai toan", "ngan sach", "budget", "allocated",
)  # fmt: skip
_NAMED = ("nghi quyet 51", "nq 51", "resolution 51", "51/2021")
#: What the share is paid for, and what is helped with no share written down.
_COSTS = ("thiet bi", "kho", "xuong", "cong nghe", "day chuyen", "lo say", "machine",
          "dryer", "equipment", "store", "workshop", "technology", "line", "mua sam")  # fmt: skip
_MACHINE = re.compile(r"\bmay (?!(?:trieu|tien|dong|phan|nam|vay|the|a)\b)[a-z]+")
_BESIDES = ("nhan dien", "thuong hieu", "bao bi", "nhan mac", "ma vach", "ma so", "cau chuyen",
            "haccp", "cong bo", "tieu chuan", "brand", "packaging", "barcode", "story", "label",
            "xuc tien", "hoi cho")  # fmt: skip
_WHOLE_ASKED = ("tong chi phi", "chi phi", "gia may", "gia bao nhieu", "may bao nhieu", "tong tien",
                "tong gia", "total cost", "price", "cost", "het bao nhieu")  # fmt: skip
_SHARE_TOLD = re.compile(
    r"\b(?:ho tro|duoc|nhan|cho|support\w*|get|got|paid)(?: [a-z]+| \d+ %){0,6}? "
    r"(?:la|ra|duoc|is|of|was|them|ve)? ?\d+(?:[.,]\d+)* (?:trieu|ti|million|billion)\b"
)


def support_named(ask: Ask) -> Draft | None:
    """The same when the resolution is named: what else the message sounds like does not count."""
    return support(ask) if ask.reading.has(*_NAMED) else None


def support(ask: Ask) -> Draft | None:
    """Half of a named cost, when machines, stores or technology are to be bought with support."""
    if not ask.matter.rewards:
        return None
    amounts = slots.amounts(ask.text)
    rule = ask.matter.support
    near = ask.reading.has(*_NAMED) or ask.near(
        rule.passage, "gap_nq51_tran", "kq_chinh_sach", within=2
    )
    if not amounts or not near or ask.reading.has(*_SHARED_OUT):  # of a budget, not of a cost
        return None
    below = [rank for rank in slots.stars(ask.text) if rank < rule.from_stars]
    lines = [
        _below(ask, below[0]) if below else _worked(ask, amounts),
        ask.say(
            "Chỉ cho sản phẩm OCOP từ {stars} sao; mức trần tiền chưa có trong tài liệu.",
            stars=rule.from_stars,
        ),
    ]
    ended = _over(ask)  # said at once: the money is asked for on a day when it may be gone
    lines.insert(1 if ended else 2, _period(ask, ended=ended))
    return Draft(rule.passage, tuple(lines), ask.cited(rule.passage))


def _over(ask: Ask) -> bool:
    """Whether the resolution's period has ended on the day of asking."""
    last = ask.library.passages[ask.matter.support.passage].to
    return last is not None and ask.on > last


def _period(ask: Ask, *, ended: bool) -> str:
    passage = ask.library.passages[ask.matter.support.passage]
    years = {
        "first": passage.from_.year if passage.from_ else "",
        "last": passage.to.year if passage.to else "",
    }
    if ended:
        return ask.say(
            "Giai đoạn {first}-{last} của nghị quyết đã kết thúc; có được kéo dài hay không thì "
            "chưa rõ, bà con hỏi cán bộ trước khi mua.",
            **years,
        )
    return ask.say(
        "Nghị quyết ghi giai đoạn {first}-{last}; có được kéo dài hay không thì chưa rõ, "
        "bà con hỏi cán bộ trước khi mua.",
        **years,
    )


def _below(ask: Ask, rank: int) -> str:
    return ask.say(
        "Không được: sản phẩm {rank} sao chưa tới {stars} sao nên không có phần {percent}% này.",
        rank=rank, stars=ask.matter.support.from_stars, percent=ask.matter.support.percent,
    )  # fmt: skip


def _worked(ask: Ask, amounts: list[float]) -> str:
    """The share of the costs named, or the cost of a share that is named."""
    percent = ask.matter.support.percent
    if ask.reading.has(*_BESIDES) and not _of_machines(ask):
        return ask.say(
            "Mức {percent}% chỉ ghi cho công nghệ, máy móc, kho, xưởng; phần này được giúp nhưng "
            "không ghi mấy phần trăm.",
            percent=percent,
        )
    if len(amounts) == 1 and _asks_whole(ask):
        cost = amounts[0] * 100 / percent
        return ask.say(
            "{share} là {percent}% của {cost}.",
            share=_said(ask, amounts[0]), percent=percent, cost=_said(ask, cost),
        )  # fmt: skip
    costs = _without_shares(amounts, percent)
    whole, share = sum(costs), sum(costs) * percent / 100
    sums = " + ".join(number(ask.lang, _n(cost)) for cost in costs)
    told = _said(ask, whole) if len(costs) == 1 else f"{sums} = {_said(ask, whole)}"
    return ask.say(
        "{percent}% của {cost} là {share}; bà con tự lo {own}.",
        percent=percent, cost=told, share=_said(ask, share), own=_said(ask, whole - share),
    )  # fmt: skip


def _of_machines(ask: Ask) -> bool:
    machine = ask.reading.names("máy") and _MACHINE.search(ask.text) is not None
    return machine or ask.reading.has(*_COSTS)


def _asks_whole(ask: Ask) -> bool:
    return _SHARE_TOLD.search(ask.text) is not None and ask.reading.has(*_WHOLE_ASKED)


def _without_shares(amounts: list[float], percent: int) -> list[float]:
    """The costs without what is only their share: "5 tỷ, một nửa là 2,5 tỷ"."""
    shares = {cost * percent / 100 for cost in amounts}
    costs = [cost for cost in amounts if cost not in shares]
    return costs or amounts[:1]


def _n(amount: float) -> float:
    return int(amount) if amount == int(amount) else round(amount, 2)


def _said(ask: Ask, amount: float) -> str:
    return ask.say("{n} triệu đồng", n=number(ask.lang, _n(amount)))
