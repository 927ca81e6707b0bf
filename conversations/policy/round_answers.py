"""Answers about the rounds of a year: what is next, what is left, a round that is named."""

from __future__ import annotations

import re
from datetime import date

from conversations.policy import slots
from conversations.policy.day_answers import COMMUNE_DAYS, days_said
from conversations.policy.draft import Ask, Draft
from conversations.policy.slots import Dated
from locales import date_
from models.content.process import Cutoff, cutoff, next_cutoff

_ROUND = re.compile(r"\b(?:dot|round) (?:thu )?([12])\b")
_NEXT_YEAR = ("sang nam", "nam sau", "nam toi", "next year")


def rounds(ask: Ask) -> Draft | None:
    """The round a request of today, or of a named day, falls in, with the days left."""
    if not ask.near("qd26_dot", within=1) or ask.on < date(2026, 5, 22):
        return None
    dated = slots.dates(ask.text, ask.on)
    sent = _sent(dated) or ask.on
    cut = _cutoff(ask, sent)
    then = _cutoff(ask, cut.before)
    lines = [_cut_line(ask, cut), _left_line(ask, sent, cut), _cut_line(ask, then)]
    named = _round_named(ask)
    if named is not None and named.before != cut.before:
        passed = [_passed_line(ask, named)] if named.before <= ask.on else []
        lines = [_cut_line(ask, named), *passed, *lines[:2]]
    return Draft("qd26_dot", tuple(lines), ask.cited("qd26_dot"))


def _round_named(ask: Ask) -> Cutoff | None:
    """ "Đợt 2 năm nay": that round of that year, though it may be over."""
    said, year = _ROUND.search(ask.text), slots.year(ask.text)
    this = ask.reading.has("nam nay", "this year")
    if said is None or not (year or this or ask.reading.has(*_NEXT_YEAR)):
        return None
    year = year or ask.on.year + (0 if this else 1)
    yearly = ask.matter.process.rounds
    ordered = sorted((cutoff(r, year) for r in yearly), key=lambda one: one.before)
    return ordered[int(said[1]) - 1] if int(said[1]) <= len(ordered) else None


def _passed_line(ask: Ask, cut: Cutoff) -> str:
    return ask.say("Mốc xã gửi đã qua {days}.", days=days_said(ask, (ask.on - cut.before).days))


def _sent(dated: list[Dated]) -> date | None:
    cutoffs = {(30, 4), (30, 10), (30, 6), (30, 12), (30, 7), (30, 1), (30, 9), (30, 3)}
    return next((d.day for d in dated if (d.day.day, d.day.month) not in cutoffs), None)


def _cutoff(ask: Ask, sent: date) -> Cutoff:
    return next_cutoff(ask.matter.process.rounds, ask.matter.province.extra_rounds, sent)


def _cut_line(ask: Ask, cut: Cutoff) -> str:
    return ask.say(

        "{name} năm {year}: xã gửi đề nghị lên tỉnh trước {before}, tỉnh chấm xong "
        "trước {results}.",
        name=cut.name(ask.lang), year=cut.before.year,
        before=date_(ask.lang, cut.before), results=date_(ask.lang, cut.results_before),
    )  # fmt: skip


def _left_line(ask: Ask, sent: date, cut: Cutoff) -> str:
    left = (cut.before - sent).days
    need = ask.matter.calendar.add_working_days(sent, COMMUNE_DAYS)
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
