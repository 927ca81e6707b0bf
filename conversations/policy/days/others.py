"""Answers that count other days: of a dossier of the old decision, of a revocation."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.policy import slots
from conversations.policy.days.again import AGAIN
from conversations.policy.days.reading import WHEN, is_told
from conversations.policy.draft import Ask, Draft
from locales import date_

_HANDED = ("nop", "nop ngay", "nop hoi", "nop tu", "gui", "handed in", "submitted")
_NOT_SCORED = ("chua cham", "chua duoc cham", "chua ai cham", "chua co ket qua", "chua xong",
               "chua thay", "luat nao", "quy dinh nao", "quy dinh moi", "luat cu", "not scored",
               "not yet scored", "which law", "bao nhieu ngay", "bao lau", "may ngay")  # fmt: skip
_MONTH_2026 = re.compile(r"\bthang ([1-5])(?: nam|/)? ?2026\b")

_REVOKED = ("thu hoi", "rut giay", "bi rut", "giay bi rut", "rut lai", "lay lai giay", "revoked",
            "withdrawn")  # fmt: skip
_LAST_OLD = date(2026, 5, 21)  # the day before Quyết định 26/2026 took effect (Điều 12)


def transition(ask: Ask) -> Draft | None:
    """What becomes of a dossier handed in under the old decision and not yet scored."""
    handed = [d.day for d in slots.dates(ask.text, ask.on) if is_told(d, _HANDED)]
    months = [date(2026, int(m), 1) for m in _MONTH_2026.findall(ask.text)]
    early = [day for day in (*handed, *months) if date(2026, 1, 1) <= day <= _LAST_OLD]
    if not early or not ask.reading.has(*_HANDED) or not ask.reading.has(*_NOT_SCORED):
        return None
    passage = ask.library.passages["qd26_chuyen_tiep"]
    lines = passage.said(ask.lang)
    first, again = lines[2], lines[3]
    told = (again, first) if ask.reading.has(*AGAIN) else (first, again)
    return Draft(passage.id, told, ask.cited(passage.id))


def revoked_by(ask: Ask) -> Draft | None:
    """The last day to revoke, counted from the finding or the commune's word that work stopped."""
    dated = slots.dates(ask.text, ask.on)
    if not dated or not ask.reading.has(*_REVOKED) or not ask.reading.has(*WHEN):
        return None
    start, days = dated[0].day, ask.matter.times.revoking_days
    lines = (
        ask.say(
            "Tính từ {start}: trong {n} ngày, tức chậm nhất {last}, có quyết định thu hồi.",
            start=date_(ask.lang, start), n=days,
            last=date_(ask.lang, start + timedelta(days)),
        ),
        ask.say("Ngày tính từ khi có kết luận vi phạm, hoặc xã xác nhận đã ngừng sản xuất."),
    )  # fmt: skip
    return Draft("qd26_thu_hoi", lines, ask.cited("qd26_thu_hoi"))
