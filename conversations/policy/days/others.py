"""Answers that count other days: of a dossier of the old decision, of a revocation."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.policy import slots
from conversations.policy.days.again import asks_again
from conversations.policy.days.reading import asks_left, asks_when, days_told
from conversations.policy.days.roles import Role, role
from conversations.policy.days.told import days_of
from conversations.policy.draft import Ask, Draft
from locales import date_

_NOT_SCORED = ("chua cham", "chua duoc cham", "chua ai cham", "chua co ket qua", "chua xong",
               "chua thay", "luat nao", "quy dinh nao", "quyet dinh nao", "quy dinh moi", "luat cu",
               "ai cham", "not scored", "not yet scored", "which law", "which rules",
               "cham xong")  # fmt: skip
#: "nộp từ giữa tháng 4", "submitted in April 2026" is read by slots.
_MONTH = re.compile(
    r"\b(?:nop|gui|dua|submitted|handed in)(?: \w+){0,12}? thang (\d{1,2}|[a-z]+)\b"
    r"(?:(?: nam)? ?(20\d\d))?"
)
_REVOKED = ("thu hoi", "rut giay", "bi rut", "giay bi rut", "rut lai", "lay lai giay", "revoked",
            "withdrawn")  # fmt: skip
_FIRST_OLD = date(2026, 1, 1)  # older dossiers were scored long ago
_LAST_OLD = date(2026, 5, 21)  # the day before Quyết định 26/2026 took effect (Điều 12)


def transition(ask: Ask) -> Draft | None:
    """What becomes of a dossier handed in under the old decision and not yet scored."""
    early = [day for day in _handed_in(ask) if _FIRST_OLD <= day <= _LAST_OLD]
    asks = ask.reading.has(*_NOT_SCORED) or asks_when(ask) or asks_left(ask)
    if not early or not asks:
        return None
    passage = ask.library.passages["qd26_chuyen_tiep"]
    kinds = ("re_evaluation", "first_or_upgrade")
    lines = [passage.fact(kind, ask.lang) for kind in kinds]
    told = lines if asks_again(ask) else lines[::-1]
    return Draft(passage.id, tuple(told), ask.cited(passage.id))


def _handed_in(ask: Ask) -> list[date]:
    """The days, or the first of the months, on which a dossier is said to have been handed in."""
    days = [d.day for d in days_of(ask) if role(d) is Role.HANDED]
    told = [
        (slots.NUMBERS.get(month) or int("0" + month * month.isdigit()), int(year or ask.on.year))
        for month, year in _MONTH.findall(ask.text)
    ]
    return [*days, *(date(year, month, 1) for month, year in told if 1 <= month <= 12)]


def revoked_by(ask: Ask) -> Draft | None:
    """The last day to revoke, counted from the finding or the commune's word that work stopped."""
    dated, told = days_of(ask), days_told(ask)
    if not ask.reading.has(*_REVOKED) or not asks_when(ask) or not (dated or told.says_today):
        return None
    start, days = dated[0].day if dated else told.today, ask.matter.times.revoking_days
    lines = (
        ask.say(
            "Tính từ {start}: trong {n} ngày, tức chậm nhất {last}, có quyết định thu hồi.",
            start=date_(ask.lang, start), n=days,
            last=date_(ask.lang, start + timedelta(days)),
        ),
        ask.say("Ngày tính từ khi có kết luận vi phạm, hoặc xã xác nhận đã ngừng sản xuất."),
    )  # fmt: skip
    return Draft("qd26_thu_hoi", lines, ask.cited("qd26_thu_hoi"))
