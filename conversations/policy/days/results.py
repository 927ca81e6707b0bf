"""When a result comes for a dossier that was handed in, or is to be, on a day that is told."""

from __future__ import annotations

import re
from datetime import date

from conversations.policy.days.again import asks_again
from conversations.policy.days.commune import commune_days, in_time_line
from conversations.policy.days.cutoffs import next_cut
from conversations.policy.days.old_law import new_rules
from conversations.policy.days.reading import (
    CENTRE,
    Days,
    asks_left,
    asks_when,
    cutoff_told,
    days_told,
)
from conversations.policy.days.roles import Role, day_of
from conversations.policy.draft import Ask, Draft, lowered
from locales import date_
from models.content.process import Cutoff

_PASSAGE = "qd26_dot"
_RESULT = re.compile(
    r"\b(?:ket qua|duoc cong nhan|co giay|cap giay|ra giay|nhan giay|co sao|duoc sao|biet \d sao|"
    r"len sao|results?|be recognised|be recognized|hear back|get (?:the|my|our) certificate)\b"
)


def result_of_hand_in(ask: Ask) -> Draft | None:
    """The day before which a dossier of a named day is decided on (Điều 5, Điều 7)."""
    if not _RESULT.search(ask.text) or not (asks_when(ask) or asks_left(ask)) or asks_again(ask):
        return None
    days = days_told(ask)
    sent, handed = day_of(days.named, Role.SENT), _handed(ask, days)
    start = sent or handed
    if start is None or start < new_rules(ask) or cutoff_told(ask, days):
        return None
    if ask.reading.has(*CENTRE):
        return None
    cut = next_cut(ask, start)
    lines = [_round_line(ask, cut)]
    if sent is None:
        lines.append(in_time_line(ask, start, cut))
    return Draft(_PASSAGE, (*lines, _told_line(ask)), ask.cited(_PASSAGE))


def _handed(ask: Ask, days: Days) -> date | None:
    handed = day_of(days.named, Role.HANDED)
    if handed is None and not days.named and days.says_today and ask.reading.has("nop", "submit"):
        return days.today
    return handed


def _round_line(ask: Ask, cut: Cutoff) -> str:
    return ask.say(
        "Xã gửi đề nghị lên tỉnh trước {before} thì vào {name}: tỉnh chấm xong trước {results}.",
        before=date_(ask.lang, cut.before), name=lowered(cut.name(ask.lang)),
        results=date_(ask.lang, cut.results_before),
    )  # fmt: skip


def _told_line(ask: Ask) -> str:
    return ask.say(
        "Xã, phường có {n} ngày làm việc rồi mới gửi lên tỉnh; có kết quả thì bà con được báo.",
        n=commune_days(ask),
    )
