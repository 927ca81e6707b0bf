"""The days of a question read by its sense: what has happened lies in the past."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from conversations.policy.days import named
from conversations.policy.days.named import Dated, MonthTold
from conversations.policy.days.roles import Role, role
from conversations.policy.draft import Ask

_NEAR = 10  # words before a day, or after it, that tell its time
#: Something that is still to come, told before its day.
_TO_COME = re.compile(
    r"\b(?:se|neu|gia su|du kien|sap|dinh|tinh den|thi|will|if|would|going to|expect\w*|suppose)\b"
)
#: Something done, told before its day: the day lies in the past.
_DONE = re.compile(
    r"\b(?:da|vua|moi|hoi|tu hom|tu ngay|handed|submitted|filed|sent|received|gave|was|were)\b"
)
_SINCE = re.compile(r"^(?:roi|den nay|toi nay|den gio|toi gio|ma)\b")
_HAPPENED = (Role.HANDED, Role.SENT, Role.FORWARDED, Role.RECEIVED, Role.ENDS)


def days_of(ask: Ask) -> tuple[Dated, ...]:
    """The days that a question names; one counted from today only where it is said what it is."""
    told = (_by_sense(one, ask.on) for one in named.dates(_text(ask), ask.on))
    return tuple(one for one in told if not one.loose or role(one) is not None)


def months_of(ask: Ask) -> tuple[MonthTold, ...]:
    """The months that a question names without a day."""
    return named.months(_text(ask), ask.on)


def _text(ask: Ask) -> str:
    """The plain text; "tháng sau" is no "tháng sáu" where marks were typed."""
    words, marks = ask.reading.words, ask.reading.marks
    if len(words) != len(marks) or words == marks:
        return ask.text
    after = zip(words, marks, ("", *words), strict=False)
    return " ".join(
        "toi" if word == mark == "sau" and before == "thang" else word
        for word, mark, before in after
    )


def _by_sense(one: Dated, on: date) -> Dated:
    """A day to come without a year that is told as one that has been: the last such day."""
    if one.sure or one.day <= on or not _has_been(one):
        return one
    try:
        return replace(one, day=one.day.replace(year=one.day.year - 1))
    except ValueError:  # 29 February
        return one


def _has_been(one: Dated) -> bool:
    before = " ".join(one.before.split()[-_NEAR:])
    if _TO_COME.search(before):
        return False
    told = role(one)
    if told is Role.ISSUED:
        return True
    done = _DONE.search(before) is not None or _SINCE.match(one.after) is not None
    return told in _HAPPENED and done
