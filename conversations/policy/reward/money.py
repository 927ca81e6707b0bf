"""Amounts of money, in million dong: how people say them and how we do."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.slots import NUMBERS
from locales import number

_HUNDREDS = re.compile(
    r"\b(mot|hai|ba|bon|nam|sau|bay|tam|chin|\d) tram (nam (?:muoi|10) |ruoi )?trieu\b"
)


def amounts(said: str) -> list[int]:
    """Amounts in million dong, also those spelled out in hundreds."""
    spelled = [100 * NUMBERS.get(m[1], 0) + 50 * bool(m[2]) for m in _HUNDREDS.finditer(said)]
    return spelled or slots.money(said)


def money_said(ask: Ask, amount: float) -> str:
    """An amount in million dong."""
    return ask.say("{n} triệu đồng", n=number(ask.lang, amount))
