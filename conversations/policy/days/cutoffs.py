"""A round of the province in words: its name with the year, its cut-off and its results."""

from __future__ import annotations

from datetime import date

from conversations.policy.draft import Ask
from locales import date_
from models.content.process import Cutoff, next_cutoff


def next_cut(ask: Ask, sent: date) -> Cutoff:
    """The first round that a request of the commune on that day still makes."""
    return next_cutoff(ask.matter.process.rounds, ask.matter.province.extra_rounds, sent)


def round_called(ask: Ask, cut: Cutoff) -> str:
    """ "Đợt 1 năm 2027"."""
    return ask.say("{name} năm {year}", name=cut.name(ask.lang), year=cut.before.year)


def cut_line(ask: Ask, cut: Cutoff) -> str:
    """By when the commune's request must be there, and by when the province has decided."""
    return ask.say(

        "{name} năm {year}: xã gửi đề nghị lên tỉnh trước {before}, tỉnh chấm xong "
        "trước {results}.",
        name=cut.name(ask.lang), year=cut.before.year,
        before=date_(ask.lang, cut.before), results=date_(ask.lang, cut.results_before),
    )  # fmt: skip
