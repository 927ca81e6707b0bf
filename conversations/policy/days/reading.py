"""The days a message names and what they are: today, a cut-off of a round, or what is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from conversations.policy import slots
from conversations.policy.days.named import Dated, dates
from conversations.policy.days.roles import Role, role
from conversations.policy.days.told import days_of
from conversations.policy.draft import Ask
from models.content.process import Cutoff, Round, certificate_end, cutoff, next_cutoff

_UNIT = r"(?:ngay|hom|bua|tuan|thang)"
_NUMBER = r"(?:may|bao nhieu)"
#: Asks for a day.
_WHEN = re.compile(
    rf"\b(?:(?:ngay|hom|bua|khi|luc|hoi|han|chung) (?:nao|mo|may|bao nhieu)|{_UNIT} {_NUMBER}|"
    r"bao gio|bao lau|chung dau|(?:cham|muon|tre|som) nhat|han (?:chot|cuoi)|"
    r"when|(?:what|which) (?:day|date|month)|latest|last day|deadline|how long|run out)\b"
)
#: Asks how many days there are still.
_LEFT = re.compile(
    rf"\b(?:con(?: \w+){{0,3}} {_NUMBER} {_UNIT}|"
    rf"(?:cach|thieu|sau|trong)(?: \w+)? {_NUMBER} {_UNIT}|"
    rf"{_NUMBER} {_UNIT}(?: lam viec)? nua|bao lau nua|con(?: \w+)? bao lau|con nhieu ngay|"
    r"how mani (?:more |working |whole |calendar )*(?:days|weeks|months)|days left|"
    r"how long (?:until|till|before|left|do|have)|how much time)\b"
)
LATE = ("tre", "qua han", "tre han", "cham tre", "bi cham", "muon", "dung han", "kip han", "late",
        "overdue", "qua thoi han", "lo han", "on time", "qua 15 ngay", "hon 15 ngay",
        "over 15 working")  # fmt: skip
IN_TIME = (
    "kip",
    "in time",
    "make it",
    "lo dot",
    "tre dot",
    "catch",
    "make round",
    "make the round",
    "make the",
)
_TODAY = ("hom nay", "bua nay", "bua ni", "today", "nay la", "now")
#: "hôm nay thứ sáu 11/9", but not "từ hôm nay đến 30/4".
_TODAY_IS = re.compile(
    rf"\b(?:{'|'.join(_TODAY)})(?: (?:la|ngay|thu|hai|ba|tu|nam|sau|bay|chu nhat|mung|mong|is|the|"
    r"[2-7]|(?:mon|tues|wednes|thurs|fri|satur|sun)da[iy])){0,4}$"
)
_RESULTS = ("ket qua", "cham xong", "xong truoc", "cong bo", "results", "result", "finish")
CENTRE = (
    "trung uong",
    "bo xet",
    "bo cham",
    "len bo",
    "gui bo",
    "ra bo",
    "cua bo",
    "central",
    "ministry",
)
_ROUND = re.compile(
    r"\b(?:dot|round|ki) (?:thu )?(?P<last>[12]|mot|hai|nhat|nhi|one|two)\b|"
    r"\b(?P<first>first|second|1 st|2 nd) (?:evaluation )?(?:round|cut off|deadline|intake)\b"
)
_SECOND = ("2", "hai", "nhi", "two", "second", "2 nd")
_WHICH_ROUND = re.compile(
    r"\b(?:dot|ki) (?:nao|may|1 hay|2 hay|gi)\b|\bvao dot\b|\b(?:which|what) (?:\w+ )?round\b"
)
NEXT_YEAR = ("sang nam", "nam sau", "nam toi", "next year")
_TAIL = 2  # words before a date that say what it is


@dataclass(frozen=True, slots=True)
class Days:
    """`today` as the message says it, else the day of asking; `named` are the other days."""

    today: date
    named: tuple[Dated, ...]
    says_today: bool


@dataclass(frozen=True, slots=True)
class NamedCutoff:
    """A round that is named, and whether its results' day is meant."""

    cut: Cutoff
    results: bool
    of_centre: bool = False

    @property
    def day(self) -> date:
        return self.cut.results_before if self.results else self.cut.before


def is_told(dated: Dated, *words: str) -> bool:
    """Whether one of `words` stands among the last words before a date."""
    before = f" {' '.join(dated.before.split()[-_TAIL:])} "
    return any(f" {w} " in before for w in words)


def days_told(ask: Ask) -> Days:
    """The days of this question."""
    return ask.once(_days_told)


def _days_told(ask: Ask) -> Days:
    dated = days_of(ask)
    today = next((d for d in dated if _TODAY_IS.search(d.before)), None)
    says = today is not None or ask.reading.has(*_TODAY)
    named = tuple(d for d in dated if d is not today)
    return Days(today.day if today else ask.on, named, says)


#: Asks for a day of a certificate that was told of before.
_A_DAY = re.compile(
    r"\b(?:ngay nao|hom nao|khi nao|luc nao|bao gio|som nhat|muon nhat|cham nhat|han chot|"
    r"con (?:bao nhieu|may) (?:ngay|thang)|when|earliest|latest|how mani days)\b"
)
_HOW_LONG = re.compile(r"\b(?:bao lau|mat (?:may|bao nhieu)|xu li|giai quyet|take)\b")


def certificate_before(ask: Ask) -> tuple[Dated, ...]:
    """The days of a certificate told in the question before, when this one asks for its days."""
    before = ask.reading.before
    own = " ".join(ask.reading.own)
    if before is None or not _A_DAY.search(own) or _HOW_LONG.search(own):
        return ()
    told = dates(before.text, ask.on)
    return tuple(one for one in told if role(one) in (Role.ENDS, Role.ISSUED) and not one.loose)


def months_between(first: date, last: date) -> tuple[int, int]:
    """Whole months from `first` to `last`, and the days besides."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return months, (last - certificate_end(first, months)).days


def cutoff_told(ask: Ask, days: Days) -> NamedCutoff | None:
    """The round whose day or number is named: "trước 30/10", "đợt 2 năm nay"."""
    for dated in days.named:
        found = _of_day(ask, dated.day)
        if found is not None and not is_told(dated, "nop", "toi nop", "handed in", "nhan"):
            return found
    return _of_number(ask, days.today) or _of_centre(ask, days)


def _of_centre(ask: Ask, days: Days) -> NamedCutoff | None:
    """The ministry's next round, when the province is to send a dossier there."""
    if days.named or not ask.reading.has(*CENTRE) or not ask.reading.has("gui", "trinh", "send"):
        return None
    cut = next_cutoff(ask.matter.process.centre_rounds, (), days.today)
    return NamedCutoff(cut, False, True)


def _of_day(ask: Ask, day: date) -> NamedCutoff | None:
    rule, at = ask.matter.process, (day.month, day.day)
    for one in (*rule.rounds, *rule.centre_rounds):
        centre = one in rule.centre_rounds
        if at == one.before:
            return NamedCutoff(cutoff(one, day.year), False, centre)
        if at == one.results_before:
            year = day.year - (one.results_before < one.before)
            return NamedCutoff(cutoff(one, year), True, centre)
    return None


def _of_number(ask: Ask, today: date) -> NamedCutoff | None:
    said = _ROUND.search(ask.text)
    if said is None:
        return None
    centre, results = ask.reading.has(*CENTRE), ask.reading.has(*_RESULTS)
    rule = ask.matter.process
    rounds = sorted(rule.rounds, key=lambda r: r.before)
    if centre:
        rounds = list(rule.centre_rounds)
    number = 2 if (said["last"] or said["first"]) in _SECOND else 1
    if number > len(rounds):
        return None
    cut = _in_year(ask, rounds[number - 1], today, results=results)
    return NamedCutoff(cut, results, centre)


def _in_year(ask: Ask, one: Round, today: date, *, results: bool) -> Cutoff:
    """The round in the year named; else the next one whose day is still to come."""
    year = slots.year(ask.text)
    if year or ask.reading.has("nam nay", "this year"):
        return cutoff(one, year or today.year)
    if ask.reading.has(*NEXT_YEAR):
        return cutoff(one, today.year + 1)
    near = [cutoff(one, today.year + more) for more in (-1, 0, 1)]
    return next(c for c in near if (c.results_before if results else c.before) > today)


def days_said(ask: Ask, count: int) -> str:
    return ask.say("{n} ngày", n=count)


def asks_when(ask: Ask) -> bool:
    """Whether a day is asked for."""
    return _WHEN.search(ask.text) is not None


def asks_round(ask: Ask) -> bool:
    """Whether it is asked which round a dossier falls in."""
    return _WHICH_ROUND.search(ask.text) is not None


def asks_left(ask: Ask) -> bool:
    """Whether it is asked how many days there are still."""
    return _LEFT.search(ask.text) is not None
