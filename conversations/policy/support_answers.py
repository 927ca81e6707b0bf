"""Answers on the share of a cost that a resolution supports."""

from __future__ import annotations

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.reward_answers import money_said

_SHARED_OUT = (
    "chia",
    "phan bo",
    "phan ve",
    "rot ve",
    "khai toan",
    "ngan sach",
    "budget",
    "allocated",
)


def support(ask: Ask) -> Draft | None:
    """Half of a named cost, when machines, stores or technology are to be bought with support."""
    if not ask.matter.rewards:
        return None
    amounts = slots.money(ask.text)
    rule = ask.matter.support
    if not amounts or not ask.near(rule.passage, "gap_nq51_tran", "kq_chinh_sach", within=2):
        return None
    if ask.reading.has(*_SHARED_OUT):  # of a budget, not of a cost
        return None
    lines = [
        ask.say(
            "{percent}% của {cost} là {share}.",
            percent=rule.percent, cost=money_said(ask, sum(amounts)),
            share=money_said(ask, round(sum(amounts) * rule.percent / 100)),
        ),
        ask.say(
            "Chỉ cho sản phẩm OCOP từ {stars} sao; mức trần tiền chưa có trong tài liệu.",
            stars=rule.from_stars,
        ),
        ask.say(
            "Nghị quyết ghi giai đoạn 2022-2025; có được kéo dài hay không thì chưa rõ, "
            "bà con hỏi cán bộ trước khi mua."
        ),
    ]  # fmt: skip
    return Draft(rule.passage, tuple(lines), ask.cited(rule.passage))
