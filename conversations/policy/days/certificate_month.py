"""Answers on a certificate of which only the month, or the year, is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from conversations.policy.days.again import asks_again, window
from conversations.policy.days.certificate import (
    asks_cancelled,
    asks_holds,
    speaks_of_certificate,
)
from conversations.policy.days.named import MonthTold, weeks_told
from conversations.policy.days.old_law import survives
from conversations.policy.days.reading import asks_left, asks_when, days_told
from conversations.policy.days.roles import Role, role
from conversations.policy.days.told import months_of
from conversations.policy.days.words import past_years
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import certificate_end

_PASSAGE, _AGAIN_PASSAGE = "qd26_chung_nhan", "qd26_phan_hang_lai"
#: "Được công nhận từ năm 2024", "recognised in 2024".
_YEAR = re.compile(
    r"\b(?:cap|ki|cong nhan|\d sao|duoc sao|nhan giay|issued|granted|signed|"
    r"recogni[sz]ed|\d stars?)"
    r"(?: (?:ocop|giay|chung nhan|tu|hoi|vao|cuoi|dau|giua|khoang|back|since))* "
    r"(?:nam|in|since) (20\d\d)\b|"
    r"\b(?:nam|hoi|in) (20\d\d)(?: (?!(?:nop|gui)\b)[a-z]+){0,5}? (?:cap|cong nhan|"
    r"(?:duoc|len|dat) (?:\d )?sao|nhan giay|got \d stars?|recogni[sz]ed)\b"
)
_OF_MONEY = ("thuong", "tien", "nghi quyet", "ho tro", "reward", "monei", "resolution", "support")
_GONE = re.compile(r"\b(?:da het|het han tu|het (?:han )?roi|expired)\b")
_ASKS_TIME = re.compile(r"\b(?:duoc chua|chua|luc nao|kip|can we|may we|can i|may i|yet|already)\b")


def certificate_of_month(ask: Ask) -> Draft | None:
    """When a certificate of a named month or week ends, and when to hand in again."""
    if days_told(ask).named or not speaks_of_certificate(ask) or not _asks(ask):
        return None
    if ask.reading.has(*_OF_MONEY):
        return None
    told_months = (*months_of(ask), *weeks_told(ask.text, ask.on))
    if any(role(told) is Role.HANDED for told in told_months):
        return None  # it is about that dossier
    for told in told_months:
        what = role(told)
        if what is Role.ISSUED:
            return _of_month(ask, told)
        if what is Role.ENDS and asks_again(ask):
            told = _to_come(ask, told)
            late = [ask.matter.process.late(ask.lang)] if _missed(ask, told.last) else []
            lines = (*late, _window_line(ask, told.first, told.last), _look_line(ask))
            return Draft(_AGAIN_PASSAGE, lines, ask.cited(_AGAIN_PASSAGE))
    year = _YEAR.search(past_years(ask.text, ask.on))
    return _of_year(ask, int(year[1] or year[2])) if year else None


def _missed(ask: Ask, end: date) -> bool:
    """Whether the time to hand in again for a certificate that ends then is over."""
    return ask.on > window(ask, end)[1]


def _to_come(ask: Ask, told: MonthTold) -> MonthTold:
    """The month in which a certificate ends: the next such one, when no year is told."""
    if told.sure or told.last >= ask.on or _GONE.search(ask.text):
        return told
    return replace(told, first=told.first.replace(year=told.first.year + 1))


def _asks(ask: Ask) -> bool:
    asks = asks_when(ask) or asks_left(ask) or asks_holds(ask) or asks_cancelled(ask)
    return asks or (asks_again(ask) and _ASKS_TIME.search(ask.text) is not None)


def _of_month(ask: Ask, told: MonthTold) -> Draft:
    months = ask.matter.law.certificate_months
    first, last = certificate_end(told.first, months), certificate_end(told.last, months)
    kept, by_law = survives(ask, told.first)
    lines = [
        *kept,
        *_holds(ask, first, last),
        ask.say(
            "Giấy cấp từ {a} đến {b} thì hết hạn từ {c} đến {d}, đúng ngày cấp: giá trị {months} "
            "tháng.",
            a=date_(ask.lang, told.first), b=date_(ask.lang, told.last),
            c=date_(ask.lang, first), d=date_(ask.lang, last), months=months,
        )
        if told.week
        else ask.say(
            "Giấy cấp trong tháng {issued} thì hết hạn trong tháng {end}, đúng ngày cấp: giá trị "
            "{months} tháng.",
            issued=f"{told.first:%m/%Y}", end=f"{first:%m/%Y}", months=months,
        ),
        _window_line(ask, first, last),
        *([ask.matter.process.late(ask.lang)] if _missed(ask, last) else []),
        _look_line(ask),
    ]  # fmt: skip
    return Draft(_PASSAGE, tuple(lines), (*ask.cited(_PASSAGE), *by_law))


def _of_year(ask: Ask, year: int) -> Draft | None:
    months = ask.matter.law.certificate_months
    first, last = date(year, 1, 1), date(year, 12, 31)
    ends = certificate_end(first, months)
    if last >= ask.on:
        return None
    kept, by_law = survives(ask, first)
    lines = [
        *kept,
        *_holds(ask, ends, certificate_end(last, months)),
        ask.say(
            "Giấy cấp trong năm {issued} thì hết hạn trong năm {end}, đúng ngày cấp: giá trị "
            "{months} tháng.",
            issued=year, end=ends.year, months=months,
        ),
        _look_line(ask),
    ]  # fmt: skip
    return Draft(_PASSAGE, tuple(lines), (*ask.cited(_PASSAGE), *by_law))


def _holds(ask: Ask, first: date, last: date) -> list[str]:
    """Whether it holds today, where that does not hang on the day."""
    today = date_(ask.lang, ask.on)
    if ask.on <= first:
        return [ask.say("Ngày {day} giấy vẫn còn hạn.", day=today)] if asks_holds(ask) else []
    if ask.on > last:
        return [ask.say("Ngày {day} giấy không còn hạn.", day=today)]
    return []


def _window_line(ask: Ask, first: date, last: date) -> str:
    """From when to when to hand in again, for the first and the last day of the month it ends."""
    early, late = window(ask, first), window(ask, last)
    return ask.say(
        "Nộp đánh giá lại: hết hạn ngày {first} thì từ {a} đến {b}; ngày {last} thì từ {c} đến "
        "{d}.",
        first=date_(ask.lang, first), last=date_(ask.lang, last), a=date_(ask.lang, early[0]),
        b=date_(ask.lang, early[1]), c=date_(ask.lang, late[0]), d=date_(ask.lang, late[1]),
    )  # fmt: skip


def _look_line(ask: Ask) -> str:
    return ask.say("Bà con xem ngày ghi trên giấy rồi nhắn lại, tôi tính đúng ngày.")
