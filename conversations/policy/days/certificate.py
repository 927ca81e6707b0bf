"""Answers on the days of a certificate: when it ends or was given, whether it holds, how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from conversations.policy.days.again import asks_again, to_keep_the_stars
from conversations.policy.days.old_law import survives
from conversations.policy.days.reading import (
    Days,
    asks_left,
    asks_when,
    certificate_before,
    days_told,
    months_between,
)
from conversations.policy.days.roles import Role, role
from conversations.policy.days.today import role_today
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import certificate_end

_PASSAGE = "qd26_chung_nhan"
#: Asks when a certificate was given.
_GIVEN = re.compile(
    r"\b(?:cap|ki|ban hanh|cong nhan|nhan)(?: \w+){0,2} (?:(?:ngay|hom|khi|luc|hoi|bua) "
    r"(?:nao|mo|may|bao nhieu)|bao gio)|\bngay cap\b|"
    r"\b(?:ngay|hom|khi|luc|hoi) (?:nao|mo|may)(?: \w+){0,2} (?:cap|ki|cong nhan)\b|"
    r"\b(?:issued|granted|signed|issue date|date of issue|given)\b"
)
#: Asks whether it holds.
_HOLDS = re.compile(
    r"\b(?:con|het) (?:han|gia tri|hieu luc|thoi han|dung duoc|xai duoc)\b|\bqua han\b|"
    r"\b(?:still )?(?:valid|good|in force)\b|\bexpired\b|\bhold\b"
)
_IN_MONTHS = re.compile(r"\b(?:may|bao nhieu) (?:thang|nam)\b|\bhow mani (?:months|years)\b")
_CANCELLED = re.compile(r"\b(?:bo het|huy|bi huy|vut|cancel\w*|void|invalid)\b")
_LUNAR = re.compile(r"\b(?:ram thang|thang (?:chap|gieng)|am lich)\b")
#: Papers that have other terms of their own.
_OTHER_PAPERS = (
    "kinh doanh", "attp", "an toan thuc pham", "ve sinh", "nhan hieu", "dang ki", "iso", "haccp",
    "khai sinh", "ket hon", "lai xe", "can cuoc", "ho chieu", "su dung dat", "so do", "bao hanh",
    "cong bo", "kiem nghiem", "moi truong", "kham suc khoe", "bao hiem", "visa", "tam tru",
    "business licence", "food safety", "trademark", "passport", "licence", "insurance",
    "hop dong", "bang lai",
)  # fmt: skip
#: "Giấy cấp ngày …", "giấy hết hạn …": a paper that is not named is ours.
_A_PAPER = re.compile(
    r"\bgiay(?: (?:cua|nay|do|kia|nha|toi|minh|em|ben|chung|tui|co|thi|ghi|de|duoc|dc|ocop|so|"
    r"[1-5] sao|van|da|sap|moi|se))* (?:cap|ki|het|han|con|den|co|cong nhan|ngay|ban hanh|dao)\b|"
    r"\b(?:ki|cap|nhan) giay\b(?! phep)|\b(?:chung nha|chung nhan|gcn|certificate|"
    r"cert|certification|ocop|[1-5] sao|stars?)\b"
)
_RECOGNISED = re.compile(r"\b(?:cong nhan|(?:duoc|len|nhan|co) sao|recogni[sz]ed|certified)\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """A certificate as told: both its days, which of them was told, and another day asked of."""

    issued: date
    end: date
    by_end: bool
    other: date | None


def certificate(ask: Ask) -> Draft | None:
    """When a certificate of a named day ends or was given, whether it holds, and how long."""
    days = days_told(ask)
    told = _told(ask, days)
    if told is None or asks_again(ask) or not speaks_of_certificate(ask):
        return None
    if told.by_end and not _asks(ask):
        return None
    kept, by_law = survives(ask, told.issued)
    lines = [*kept, *_holds_lines(ask, told, days), _term_line(ask, told)]
    if _LUNAR.search(ask.text):
        lines.append(ask.say("Tôi tính theo dương lịch, như ngày ghi trên giấy."))
    cited = (*ask.cited(_PASSAGE), *by_law)
    if told.other is not None:
        return Draft(_PASSAGE, tuple(lines), cited)
    keep, sources = to_keep_the_stars(ask, told.end, days.today)
    return Draft(_PASSAGE, (*lines, *keep), (*cited, *sources))


def _told(ask: Ask, days: Days) -> _Told | None:
    """The certificate whose day of issue, or of its end, is told."""
    roles = [(role(one), one.day) for one in days.named or certificate_before(ask)]
    issued = next((day for said, day in roles if said is Role.ISSUED), None)
    ends = next((day for said, day in roles if said is Role.ENDS), None)
    months = ask.matter.law.certificate_months
    if issued is None and ends is None:
        now = role_today(ask)
        issued = days.today if now is Role.ISSUED else None
        ends = days.today if now is Role.ENDS else None
    if issued is not None:
        other = next((day for _, day in roles if day != issued), None)
        return _Told(issued, certificate_end(issued, months), False, other)
    if ends is None:
        return None
    other = next((day for _, day in roles if day != ends), None)
    return _Told(certificate_end(ends, -months), ends, True, other)


def _asks(ask: Ask) -> bool:
    """Whether what a certificate's end gives is asked: its issue, whether it holds, how long."""
    asked = _GIVEN.search(ask.text) or _HOLDS.search(ask.text)
    return asks_left(ask) or asked is not None


def asks_holds(ask: Ask) -> bool:
    """Whether it is asked if a certificate holds."""
    return _HOLDS.search(ask.text) is not None


def asks_cancelled(ask: Ask) -> bool:
    """Whether it is asked if the new law ended a certificate of the old one."""
    return _CANCELLED.search(ask.text) is not None


def speaks_of_certificate(ask: Ask) -> bool:
    """Whether a certificate of stars is meant, no other paper with a term."""
    if ask.reading.has(*_OTHER_PAPERS):
        return False
    ours = _A_PAPER.search(ask.text) or _RECOGNISED.search(ask.text)
    before = ask.reading.before
    spoken = before is not None and _A_PAPER.search(before.text) is not None
    return ours is not None or spoken or ask.near(_PASSAGE)


def _holds_lines(ask: Ask, told: _Told, days: Days) -> list[str]:
    """Whether it holds on the day that is meant, and for how long, where that is asked."""
    on = told.other or days.today
    holds = _HOLDS.search(ask.text) is not None and not asks_when(ask)
    if told.other is None and not holds and not asks_left(ask):
        return [_holds(ask, told.end, on)] if told.end < on and not told.by_end else []
    return [_holds(ask, told.end, on), *days_left_line(ask, on, told.end)]


def days_left_line(ask: Ask, on: date, end: date) -> list[str]:
    """How many days, or months, there are still; nothing once they are over."""
    left = (end - on).days
    if left <= 0:
        return [ask.say("Hôm đó là ngày cuối.")] if not left else []
    if not _IN_MONTHS.search(ask.text):
        return [ask.say("Còn {n} ngày.", n=left)]
    months, days = months_between(on, end)
    if days:
        return [ask.say("Còn {m} tháng {d} ngày ({n} ngày).", m=months, d=days, n=left)]
    return [ask.say("Còn {m} tháng ({n} ngày).", m=months, n=left)]


def _holds(ask: Ask, end: date, on: date) -> str:
    day = date_(ask.lang, on)
    if on <= end:
        return ask.say("Ngày {day} giấy vẫn còn hạn.", day=day)
    return ask.say(
        "Ngày {day} giấy không còn hạn, đã hết hạn {n} ngày trước đó.", day=day, n=(on - end).days
    )


def _term_line(ask: Ask, told: _Told) -> str:
    end, issued = date_(ask.lang, told.end), date_(ask.lang, told.issued)
    months = ask.matter.law.certificate_months
    if told.by_end:
        return ask.say(
            "Giấy giá trị {months} tháng, hết hạn ngày {end} thì được cấp ngày {issued}.",
            months=months, end=end, issued=issued,
        )  # fmt: skip
    return ask.say(
        "Giấy cấp ngày {issued}, giá trị {months} tháng, hết hạn ngày {end}.",
        months=months, end=end, issued=issued,
    )  # fmt: skip
