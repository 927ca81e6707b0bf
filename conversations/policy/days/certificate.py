"""Answers on the days of a certificate: when it ends, when it was given."""

from __future__ import annotations

from datetime import date

from conversations.policy.days.again import AGAIN, ENDS, ISSUED, window
from conversations.policy.days.reading import LEFT, WHEN, days_told, is_told
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import certificate_end

_PASSAGE = "qd26_chung_nhan"
_GIVEN_WHEN = (
    "cap ngay nao", "cap hom nao", "cap khi nao", "cap bao gio", "ki ngay nao", "cap tu ngay nao",
    "cap vao ngay nao", "cap tu khi nao", "duoc cap luc nao", "cap luc nao", "ngay cap",
    "ban hanh ngay nao", "ban hanh khi nao", "cap ngay may", "cong nhan ngay nao", "ki hom nao",
    "cong nhan tu ngay nao", "cong nhan khi nao", "cap tu hom nao", "cap hoi nao", "cap hoi mo",
    "issued",
    "date of issue", "issue date", "granted", "signed",
)  # fmt: skip

#: Papers that have other terms of their own.
_OTHER_PAPERS = (
    "kinh doanh", "attp", "an toan thuc pham", "ve sinh", "nhan hieu", "dang ki", "iso", "haccp",
    "khai sinh", "ket hon", "lai xe", "can cuoc", "ho chieu", "su dung dat", "so do", "bao hanh",
    "cong bo", "kiem nghiem", "moi truong", "business licence", "food safety", "trademark",
    "passport", "licence",
)  # fmt: skip


def certificate(ask: Ask) -> Draft | None:
    """When a certificate of a named day ends, and whether it still holds on another named day."""
    days = days_told(ask)
    dated = days.named
    issued = next((d for d in dated if is_told(d, ISSUED) and not is_told(d, ENDS)), None)
    if issued is None or not _speaks_of_certificate(ask) or ask.reading.has(*AGAIN):
        return None
    end = certificate_end(issued.day, ask.matter.law.certificate_months)
    lines = [
        ask.say(
            "Giấy cấp ngày {issued}, giá trị 36 tháng, hết hạn ngày {end}.",
            issued=date_(ask.lang, issued.day), end=date_(ask.lang, end),
        )
    ]  # fmt: skip
    other = next((d.day for d in dated if d is not issued), None)
    lines.insert(0, _still(ask, end, other)) if other else lines.append(_window_line(ask, end))
    left = (end - (other or days.today)).days
    if ask.reading.has(*LEFT) and left >= 0:
        lines.insert(1, ask.say("Còn {n} ngày.", n=left))
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def issued_of_end(ask: Ask) -> Draft | None:
    """The day a certificate was given, from the day it ends."""
    if ask.reading.has(*AGAIN) or not ask.reading.has(*_GIVEN_WHEN):
        return None
    ends = next((d.day for d in days_told(ask).named if is_told(d, ENDS)), None)
    if ends is None:
        return None
    if not _speaks_of_certificate(ask) or not ask.reading.has(
        *WHEN, "luc nao", "hoi nao", "hoi mo"
    ):
        return None
    line = ask.say(
        "Giấy giá trị 36 tháng, hết hạn ngày {end} thì được cấp ngày {issued}.",
        end=date_(ask.lang, ends),
        issued=date_(ask.lang, certificate_end(ends, -ask.matter.law.certificate_months)),
    )
    return Draft(_PASSAGE, (line, _window_line(ask, ends)), ask.cited(_PASSAGE))


def _speaks_of_certificate(ask: Ask) -> bool:
    if ask.reading.has(*_OTHER_PAPERS):
        return False
    return ask.reading.has(
        "giay", "chung nhan", "certificate", "gcn", "sao", "cong nhan"
    ) or ask.near(_PASSAGE)


def _still(ask: Ask, end: date, on: date) -> str:
    day = date_(ask.lang, on)
    if on <= end:
        return ask.say("Ngày {day} giấy vẫn còn hạn.", day=day)
    return ask.say("Ngày {day} giấy không còn hạn, đã hết hạn trước đó.", day=day)


def _window_line(ask: Ask, end: date) -> str:
    opens, closes = window(ask, end)
    return ask.say(
        "Muốn giữ sao thì nộp đánh giá lại từ {opens} đến {closes}.",
        opens=date_(ask.lang, opens), closes=date_(ask.lang, closes),
    )  # fmt: skip
