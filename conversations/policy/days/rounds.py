"""Answers about the rounds of a year: what is next, what is left, a round that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from conversations.policy import slots
from conversations.policy.days.commune import commune_days, in_time_line
from conversations.policy.days.cutoffs import cut_line, next_cut
from conversations.policy.days.named import Dated
from conversations.policy.days.old_law import new_rules
from conversations.policy.days.reading import (
    CENTRE,
    IN_TIME,
    LATE,
    NEXT_YEAR,
    NamedCutoff,
    asks_left,
    cutoff_told,
    days_said,
    days_told,
)
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import Cutoff

_TO_A_DAY = ("toi", "den", "moc", "han", "until", "till", "to", "before", "truoc", "left", "due",
             "con", "nua")  # fmt: skip

#: Asks how many dossiers or products there are in a round: nobody wrote it.
_OF_DOSSIERS = re.compile(
    r"\b(?:may|bao nhieu|so luong)(?: \w+){0,2} (?:ho so|san pham|mon|chu the|don vi|mat hang|ho|"
    r"sp|hs)\b|\bhow mani (?:dossiers?|products?|applications?|files?|producers?)\b"
)
_A_ROUND = re.compile(r"\b(?:dot|ki|rounds?|kip|in time|moc)\b")
_OF_COMMUNE = re.compile(r"\b(?:xa|phuong|commune|ward)\b")
_HOW_MANY = ("may dot", "bao nhieu dot", "may lan", "bao nhieu lan", "how mani rounds",
             "how mani times")  # fmt: skip


def days_left(ask: Ask) -> Draft | None:
    """The days from today to a named cut-off, or to the day of a round's results."""
    if not asks_left(ask) or not ask.reading.has(*_TO_A_DAY):
        return None
    days = days_told(ask)
    named = cutoff_told(ask, days)
    if named is None or len(days.named) > 1 or ask.reading.has("giay", "certificate", "nop ngay"):
        return None
    lines = [_to_day_line(ask, days.today, named)]
    if named.of_centre:
        return Draft("qd26_dot_bo", tuple(lines), ask.cited("qd26_dot_bo"))
    lines.append(cut_line(ask, named.cut))
    if named.day <= days.today:
        lines.append(cut_line(ask, next_cut(ask, days.today)))
    elif not named.results:
        lines.append(
            ask.say("Xã có {n} ngày làm việc, nên bà con nộp ở xã sớm hơn.", n=commune_days(ask))
        )
    return Draft("qd26_dot", tuple(lines), ask.cited("qd26_dot"))


def _to_day_line(ask: Ask, today: date, named: NamedCutoff) -> str:
    """ "Trước 30/10": the day itself is too late, so the last day is told as well."""
    day, left = named.day, (named.day - today).days
    if left <= 0:
        return ask.say(
            "Mốc {day} đã qua {days}.", day=date_(ask.lang, day), days=days_said(ask, -left)
        )
    return ask.say(
        "Từ {today} tới {day} còn {n} ngày ({work} ngày làm việc); phải trước ngày đó nên ngày "
        "cuối còn {last} ngày.",
        today=date_(ask.lang, today), day=date_(ask.lang, day), n=left, last=left - 1,
        work=ask.matter.calendar.working_days_between(today, day),
    )  # fmt: skip


def rounds(ask: Ask) -> Draft | None:
    """The round a request of today, or of a named day, falls in, with the days left."""
    days = days_told(ask)
    if not ask.near("qd26_dot", within=1) or ask.on < new_rules(ask):
        return None
    if ask.reading.wants(*CENTRE):
        return None  # the ministry's rounds are told by their passage
    if (ask.reading.has(*_HOW_MANY) and not days.named) or _OF_DOSSIERS.search(ask.text):
        return None
    if ask.reading.has(*LATE) and _OF_COMMUNE.search(ask.text) and not _A_ROUND.search(ask.text):
        return None  # whether the commune is late, not which round
    sent = _sent(days.named) or days.today
    cut = next_cut(ask, sent)
    then = next_cut(ask, cut.before)
    lines = [cut_line(ask, cut), _left_line(ask, sent, cut), cut_line(ask, then)]
    if ask.reading.has(*IN_TIME):
        lines.insert(0, in_time_line(ask, sent, cut))
    named = _round_named(ask)
    if named is not None and named.before != cut.before:
        missed = [in_time_line(ask, sent, named)] if days.named and named.before <= sent else []
        passed = [_passed_line(ask, named)] if named.before <= ask.on and not missed else []
        lines = [*missed, cut_line(ask, named), *passed, *lines[:2]]
    return Draft("qd26_dot", tuple(lines), ask.cited("qd26_dot"))


def _round_named(ask: Ask) -> Cutoff | None:
    """ "Đợt 2 năm nay": that round of that year, though it may be over."""
    year = slots.year(ask.text) or ask.reading.has("nam nay", "this year", *NEXT_YEAR)
    named = cutoff_told(ask, replace(days_told(ask), named=()))
    return named.cut if named and year and not named.of_centre else None


def _passed_line(ask: Ask, cut: Cutoff) -> str:
    return ask.say("Mốc xã gửi đã qua {days}.", days=days_said(ask, (ask.on - cut.before).days))


def _sent(dated: Sequence[Dated]) -> date | None:
    cutoffs = {(30, 4), (30, 10), (30, 6), (30, 12), (30, 7), (30, 1), (30, 9), (30, 3)}
    return next((d.day for d in dated if (d.day.day, d.day.month) not in cutoffs), None)


def _left_line(ask: Ask, sent: date, cut: Cutoff) -> str:
    left = (cut.before - sent).days
    need = ask.matter.calendar.add_working_days(sent, commune_days(ask))
    if need >= cut.before:
        return ask.say(
            "Còn {days}: không chắc kịp, vì xã có 15 ngày làm việc để xử lý; nên nộp "
            "ở xã ngay và hỏi cán bộ.",
            days=days_said(ask, left),
        )
    return ask.say(
        "Tính từ {sent} còn {days}; xã cần 15 ngày làm việc nên bà con nộp ở xã sớm hơn mốc này.",
        sent=date_(ask.lang, sent), days=days_said(ask, left),
    )  # fmt: skip
