"""What somebody reckoned a reward to be: "tôi nhẩm được 600 triệu, đúng không?"."""

from __future__ import annotations

import re
from collections.abc import Collection

from conversations.policy.draft import Ask
from conversations.policy.reward.money import amounts, money_said

_CHECKED = re.compile(
    r"\b(?:dung|phai|chuan|trung|chinh xac|on)(?: (?:vay|rua|the|roi|het|nhu vay)){0,2} "
    r"(?:khong|chua|chu)\b|\bdung hay sai\b|\bsai hay dung\b|\b(?:bi |co )?sai (?:khong|cho nao)\b|"
    r"\bco phai (?:la )?(?:\d|mot ti)|"
    r"\b(?:is|was|am|are) (?:that|this|it|i|we|mi \w+|he|she|thei) (?:right|correct|true|wrong)\b|"
    r"\b(?:right|correct|true)$"
)
_LEAST = 20  # million dong: what is less is a price
#: Money that is no reward.
_OTHER = ("doanh thu", "von", "gia", "lai", "loi nhuan", "vay", "ban duoc", "revenue", "price",
          "loan", "sales", "phat", "fine")  # fmt: skip
#: What was paid, or is said of each: no sum.
_NO_SUM = re.compile(
    r"\b(?:da|received|got|alreadi|paid|moi|each|per)(?: [a-z]+){0,3} \d+ (?:trieu|ti|million)"
)
#: The money is only planned: nobody gets it for sure.
_CERTAIN = re.compile(
    r"\b(?:chac chan|chac an|duong nhien|the nao cung|dam bao|certain\w*|sure|surely|guarante\w*)\b"
)


def claimed(ask: Ask) -> int | None:
    """The amount that is to be checked, in million dong; None when none is."""
    found = [amount for amount in amounts(ask.text) if amount >= _LEAST]
    if not found or _CHECKED.search(ask.text) is None or ask.reading.has(*_OTHER):
        return None
    return None if _NO_SUM.search(ask.text) and len(found) == 1 else found[-1]


def checked(ask: Ask, total: int, line: str, others: Collection[int] = ()) -> str:
    """A line that tells what it comes to, behind yes or no to the amount that was reckoned;
    `others` are totals that may be right as well."""
    amount = claimed(ask)
    if amount is None or amount in others:
        return line
    if amount == total and _CERTAIN.search(ask.text):
        return ask.say("Chưa chắc. {line}", line=line)
    if amount == total:
        return ask.say("Đúng. {line}", line=line)
    return ask.say("Không phải {amount}. {line}", amount=money_said(ask, amount), line=line)
