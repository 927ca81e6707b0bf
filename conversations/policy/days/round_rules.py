"""How many rounds a year there are, and which day ends one, when somebody has heard it otherwise
(Quyết định 26/2026/QĐ-TTg, Điều 5)."""

from __future__ import annotations

import re
from dataclasses import replace

from conversations.policy.days.confirming import confirms, right_or_not
from conversations.policy.days.named import Dated
from conversations.policy.days.reading import CENTRE, NamedCutoff, cutoff_told, days_told
from conversations.policy.draft import Ask, Draft
from conversations.policy.reading import LONG
from conversations.policy.slots import NUMBERS
from locales import date_

_PASSAGE, _CENTRE_PASSAGE = "qd26_dot", "qd26_dot_bo"
_COUNT = "|".join(NUMBERS)
_ROUNDS = re.compile(rf"\b(\d{{1,2}}|{_COUNT}) (?:dot|lan|ki|rounds?|times)\b")
_YEARLY = re.compile(r"\b(?:(?:mot|moi|1|trong|hang|ca) nam|year|annual\w*|yearly)\b")
_MOST = re.compile(r"\b(?:chi|duy nhat|toi da|nhieu nhat|onli|at most|maximum|khong qua)\b")
_RESULTS = re.compile(r"\b(?:xong|ket qua|cham truoc|hoan thanh|finish\w*|results?|decided?)\b")
_OWN = re.compile(
    r"\b(?:ba con|toi|minh|em|chu the|ho|nha toi|dan|nguoi dan|we|i|producers?|owners?)"
    r"(?: \w+){0,3} (?:nop|hand|submit)|\bhan nop\b|\bnop (?:ho so )?(?:o|cho|len) (?:xa|phuong)\b"
)
_LIMIT = re.compile(r"\b(?:han|moc|han chot|deadline|cut off|chot)\b")
_HAY = re.compile(r"\b(?:hay|or)\b")


_IN_TIME = re.compile(r"\bkip\b|\bin time\b|\bstill (?:makes?|counts?)\b")


def rounds_a_year(ask: Ask) -> Draft | None:
    """Whether there are as many rounds a year as is told: at least 2, more are possible."""
    told = list(_ROUNDS.finditer(ask.text))
    if (
        len(told) != 1
        or len(ask.reading.words) > LONG
        or not confirms(ask)
        or not _YEARLY.search(ask.text)
    ):
        return None
    passage = ask.library.passages[_CENTRE_PASSAGE if ask.reading.has(*CENTRE) else _PASSAGE]
    least = len(ask.matter.process.rounds)
    count = NUMBERS.get(told[0][1]) or int(told[0][1])
    right = count == least and not _MOST.search(ask.text)
    line = passage.fact("least", ask.lang)
    said = right_or_not(ask, line, right=right)
    return Draft(passage.id, (said, passage.fact("added", ask.lang)), ask.cited(passage.id))


def cutoff_right(ask: Ask) -> Draft | None:
    """Whether a day that is told ends a round, or is the one until which a producer hands in."""
    days = days_told(ask)
    if len(days.named) != 1 or len(ask.reading.words) > LONG:
        return None
    of_number = cutoff_told(ask, replace(days, named=()))
    named = cutoff_told(ask, days)
    if of_number is not None and confirms(ask):
        return _of_round(ask, of_number, days.named[0])
    if named is None or named.of_centre or named.results or not _OWN.search(ask.text):
        return None
    asks_whose = confirms(ask) or _HAY.search(ask.text)
    return _whose(ask, named) if asks_whose and _LIMIT.search(ask.text) else None


def _of_round(ask: Ask, named: NamedCutoff, told: Dated) -> Draft | None:
    """The right day of the round, with whether the one told is it."""
    cut, day = named.cut, told.day
    results = _RESULTS.search(ask.text) is not None
    meant = cut.results_before if results else cut.before
    same = (day.day, day.month) == (meant.day, meant.month)
    right = same and not _IN_TIME.search(ask.text)  # "trước 30/4": the day itself is too late
    fields = {
        "name": cut.name(ask.lang), "before": date_(ask.lang, cut.before),
        "results": date_(ask.lang, cut.results_before),
    }  # fmt: skip
    line = (
        ask.say("{name}: tỉnh gửi đề nghị trước {before}, Bộ chấm xong trước {results}.", **fields)
        if named.of_centre
        else ask.say("{name}: xã gửi đề nghị trước {before}, chấm xong trước {results}.", **fields)
    )
    said = right_or_not(ask, line, right=right)
    passage = _CENTRE_PASSAGE if named.of_centre else _PASSAGE
    note = [] if named.of_centre else [ask.matter.process.rounds_note(ask.lang)]
    return Draft(passage, (said, *note), ask.cited(passage))


def _whose(ask: Ask, named: NamedCutoff) -> Draft:
    cut = named.cut
    line = ask.say(
        "{day} là mốc xã gửi đề nghị lên tỉnh, không phải hạn bà con nộp ở xã.",
        day=f"{cut.before:%d/%m}",
    )
    note = ask.matter.process.rounds_note(ask.lang)
    return Draft(_PASSAGE, (line, note), ask.cited(_PASSAGE))
