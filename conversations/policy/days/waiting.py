"""How long somebody has waited for the commune, when no day is told: "hơn tháng ni rồi"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.policy.days.commune import commune_days
from conversations.policy.days.reading import LATE, days_told
from conversations.policy.draft import Ask, Draft
from conversations.policy.slots import NUMBERS
from locales import date_

_PASSAGE = "qd26_xa_15_ngay"
_MONTH, _WEEK = 30, 7  # days, about
_COUNT = r"(\d{1,2}|mot|hai|ba|bon|nam|nua|ca|two|three|four|a|over a|more than a)"
_WAITED = re.compile(
    rf"\b(?:(hon|ca|gan|nua) )?(?:{_COUNT} )?(ngay|tuan|thang|days|weeks?|months?)"
    r"(?: (?:nay|troi))?(?: (?:roi|nay|lien|ma|van|chua|ago|now|alreadi|but|and|still|since))\b"
)
_COMMUNE = re.compile(r"\b(?:xa|phuong|uy ban|commune|ward)\b")
_HANDED = re.compile(
    r"\b(?:nop|gui|dua|giu|ngam|om|hand(?:ed)?|submitted|filed|sitting|kept|gave)\b"
)
_NOT_SENT = re.compile(
    r"\b(?:chua|khong|van|mai|cu|ma)\b.*\b(?:gui|chuyen|chiu|lam|tra loi|thay|xong|dua|dong)\b|"
    r"\b(?:ngam|giu|om|de day|kept|sitting|holding)\b|\b(?:not|n t|still|yet|has|nothing|without)\b"
)
_ASKS = re.compile(
    r"\b(?:dung khong|co dung|dung luat|dung quy dinh|co duoc|duoc khong|nhu vay|nhu the|"
    r"the co|sao|lam gi|qua han|cham|tre|bao lau|lau the|"
    r"is that|allowed|late|right|normal|legal|how long|what can)\b"
)


def waited(ask: Ask) -> Draft | None:
    """Whether the commune's working days are over for who has waited so long (Điều 7 khoản 2)."""
    text = ask.text
    found = _WAITED.search(text)
    asks = _ASKS.search(text) is not None or ask.reading.has(*LATE)
    if found is None or days_told(ask).named or not asks:
        return None
    if not (_COMMUNE.search(text) and _HANDED.search(text) and _NOT_SENT.search(text)):
        return None
    days = _days(found)
    return _draft(ask, ask.on - timedelta(days)) if days else None


def _days(found: re.Match[str]) -> int:
    """About how many days were waited, at least."""
    more, count, unit = found[1], found[2] or "", found[3]
    each = {"ngay": 1, "days": 1}.get(unit, _WEEK if unit.startswith(("tuan", "week")) else _MONTH)
    if "nua" in (more, count):
        return each // 2
    if count.isdigit():
        return int(count) * each
    return NUMBERS.get(count, 1 if more or count else 0) * each


def _draft(ask: Ask, start: date) -> Draft:
    days = commune_days(ask)
    last = ask.matter.calendar.add_working_days(start, days)
    said = {"n": days, "start": date_(ask.lang, start), "last": date_(ask.lang, last)}
    over = ask.on > last
    lines = (
        ask.say(
            "Không đúng hạn: xã, phường chỉ có {n} ngày làm việc từ ngày nhận hồ sơ rồi phải gửi "
            "lên tỉnh.",
            **said,
        )
        if over
        else ask.say(
            "Chưa chắc là quá hạn: xã, phường có {n} ngày làm việc từ ngày nhận hồ sơ.", **said
        ),
        ask.say("Nộp khoảng ngày {start} thì hạn là {last}.", **said),
        ask.say("Bà con bấm Theo dõi xem hồ sơ ở bước nào, hoặc Gặp cán bộ để hỏi."),
    )
    return Draft(_PASSAGE, lines, ask.cited(_PASSAGE))
