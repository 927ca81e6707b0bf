"""Answers that count days: the commune's time, certificates, re-evaluation."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.slots import Dated
from locales import date_
from models.content.process import certificate_end

_ISSUED = (
    "cap",
    "ki",
    "ban hanh",
    "issued",
    "cong nhan",
    "dated",
    "granted",
    "signed",
    "de ngay",
    "ghi ngay",
    "in ngay",
)
_ENDS = (
    "het han",
    "het hieu luc",
    "den han",
    "dao han",
    "expires",
    "expire",
    "expiry",
    "ends",
    "het",
)
_AGAIN = ("danh gia lai", "phan hang lai", "cong nhan lai", "xet lai", "cham lai", "nop lai",
    "gia han",
          "re evaluation", "re evaluate", "renew", "renewal", "lam lai",
          "re evaluated")  # fmt: skip

_HANDED = ("nop", "nop ngay", "nop hoi", "nop tu", "gui", "handed in", "submitted")
_NOT_SCORED = ("chua cham", "chua duoc cham", "chua ai cham", "chua co ket qua", "chua xong",
               "chua thay", "luat nao", "quy dinh nao", "quy dinh moi", "luat cu", "not scored",
               "not yet scored", "which law", "bao nhieu ngay", "bao lau", "may ngay")  # fmt: skip
_MONTH_2026 = re.compile(r"\bthang ([1-5])(?: nam|/)? ?2026\b")

_LEFT = ("con bao nhieu ngay", "con may ngay", "bao nhieu ngay nua", "may ngay nua", "bao lau nua",
         "how many days", "days left")  # fmt: skip
_SENDS = ("gui len", "chuyen len", "len tinh", "gui di", "xong", "send", "forward", "chuyen di",
          "phai gui", "tra")  # fmt: skip
_GIVEN = ("dua ho so", "nop ho so", "gui ho so", "nop giay to", "hand in", "handed in")
_REVOKED = ("thu hoi", "rut giay", "bi rut", "giay bi rut", "rut lai", "lay lai giay", "revoked",
            "withdrawn")  # fmt: skip
_WHEN = ("hom nao", "ngay nao", "khi nao", "bao gio", "bao lau", "cham nhat", "muon nhat",
         "when", "what date", "by what day")  # fmt: skip
REVOKING_DAYS = 15  # calendar days, Điều 8
COMMUNE_DAYS = 15  # working days, Điều 7 khoản 2


def _is(dated: Dated, words: tuple[str, ...]) -> bool:
    tail = f" {' '.join(dated.before.split()[-5:])} "
    return any(f" {w} " in tail for w in words)


def days_said(ask: Ask, count: int) -> str:
    return ask.say("{n} ngày", n=count)


def certificate(ask: Ask) -> Draft | None:
    """When a certificate of a named day ends, and whether it still holds on another named day."""
    dated = slots.dates(ask.text, ask.on)
    issued = next((d for d in dated if _is(d, _ISSUED) and not _is(d, _ENDS)), None)
    if issued is None or not _speaks_of_certificate(ask) or ask.reading.has(*_AGAIN):
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
    left = (end - (other or ask.on)).days
    if ask.reading.has(*_LEFT) and left >= 0:
        lines.insert(1, ask.say("Còn {n} ngày.", n=left))
    return Draft("qd26_chung_nhan", tuple(lines), ask.cited("qd26_chung_nhan"))


def _speaks_of_certificate(ask: Ask) -> bool:
    return ask.reading.has(
        "giay", "chung nhan", "certificate", "gcn", "sao", "cong nhan"
    ) or ask.near("qd26_chung_nhan")


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


def window(ask: Ask, end: date) -> tuple[date, date]:
    """First and last day to hand in for re-evaluation (Điều 7 khoản 6)."""
    rule = ask.matter.process
    return end - timedelta(rule.opens_days_before), end - timedelta(rule.closes_days_before)


def again(ask: Ask) -> Draft | None:
    """The re-evaluation window of a certificate, or whether so many days ahead is in time."""
    if not (ask.reading.has(*_AGAIN) or ask.near("qd26_phan_hang_lai", "qd26_lai_tre", within=1)):
        return None
    end = _end(ask)
    if end is not None:
        return _dated_window(ask, end)
    ahead = [n for n in slots.days(ask.text) if n not in (180, 120, 45)]
    return (
        _ahead(ask, ahead[0])
        if ahead and ask.reading.has(*_ENDS, "truoc", "before", "con", "left")
        else None
    )


def _end(ask: Ask) -> date | None:
    dated = slots.dates(ask.text, ask.on)
    ends = next((d.day for d in dated if _is(d, _ENDS)), None)
    issued = next((d.day for d in dated if _is(d, _ISSUED)), None)
    if ends is None and issued is not None:
        return certificate_end(issued, ask.matter.law.certificate_months)
    if ends is None and dated and ask.reading.has(*_ENDS):
        return dated[0].day
    return ends


def _dated_window(ask: Ask, end: date) -> Draft:
    opens, closes = window(ask, end)
    lines = [
        ask.say(

            "Giấy hết hạn {end}: nộp đánh giá lại sớm nhất {opens} (trước 180 ngày), "
            "muộn nhất {closes} (trước 120 ngày).",
            end=date_(ask.lang, end), opens=date_(ask.lang, opens), closes=date_(ask.lang, closes),
        ),
        _where_in_window(ask, opens, closes),
    ]  # fmt: skip
    if ask.reading.has(*_LEFT):
        lines.insert(0, _left(ask, end))
    if ask.on > closes:
        lines.append(ask.matter.process.late(ask.lang))
    return Draft("qd26_phan_hang_lai", tuple(lines), ask.cited("qd26_phan_hang_lai"))


def _left(ask: Ask, end: date) -> str:
    """How long a certificate still holds, counted from the day of asking."""
    day, days = date_(ask.lang, end), (end - ask.on).days
    if days < 0:
        return ask.say("Giấy đã hết hạn {day}, {n} ngày trước.", day=day, n=-days)
    return ask.say("Còn {n} ngày: giấy hết hạn {day}.", n=days, day=day)


def _where_in_window(ask: Ask, opens: date, closes: date) -> str:
    if ask.on < opens:
        return ask.say(
            "Hôm nay chưa tới lúc, còn {days} nữa.", days=days_said(ask, (opens - ask.on).days)
        )
    if ask.on <= closes:
        return ask.say(
            "Hôm nay nộp vẫn kịp, còn {days}.", days=days_said(ask, (closes - ask.on).days)
        )
    return ask.say("Mốc muộn nhất đã qua {days}.", days=days_said(ask, (ask.on - closes).days))


def _ahead(ask: Ask, ahead: int) -> Draft:
    rule = ask.matter.process
    most, least = rule.opens_days_before, rule.closes_days_before
    if ahead > most:
        verdict = ask.say("Chưa được: {days} là quá sớm.", days=days_said(ask, ahead))
    elif ahead >= least:
        verdict = ask.say("Được: {days} nằm trong khoảng cho phép.", days=days_said(ask, ahead))
    else:
        verdict = ask.say("Không kịp mốc: {days} là muộn.", days=days_said(ask, ahead))
    span = ask.say(
        "Nộp đánh giá lại sớm nhất {most} ngày, muộn nhất {least} ngày trước ngày giấy hết hạn.",
        most=most, least=least,
    )  # fmt: skip
    late = [rule.late(ask.lang)] if ahead < least else []
    return Draft("qd26_phan_hang_lai", (verdict, span, *late), ask.cited("qd26_phan_hang_lai"))


_LAST_OLD = date(2026, 5, 21)  # the day before Quyết định 26/2026 took effect (Điều 12)


def transition(ask: Ask) -> Draft | None:
    """What becomes of a dossier handed in under the old decision and not yet scored."""
    handed = [d.day for d in slots.dates(ask.text, ask.on) if _is(d, _HANDED)]
    months = [date(2026, int(m), 1) for m in _MONTH_2026.findall(ask.text)]
    early = [day for day in (*handed, *months) if date(2026, 1, 1) <= day <= _LAST_OLD]
    if not early or not ask.reading.has(*_HANDED) or not ask.reading.has(*_NOT_SCORED):
        return None
    passage = ask.library.passages["qd26_chuyen_tiep"]
    lines = passage.said(ask.lang)
    first, again = lines[2], lines[3]
    told = (again, first) if ask.reading.has(*_AGAIN) else (first, again)
    return Draft(passage.id, told, ask.cited(passage.id))


def commune_time(ask: Ask) -> Draft | None:
    """The last day for the commune to send on a dossier handed in on a named day or today."""
    near = ask.near("qd26_xa_15_ngay", "qd26_noi_nop", "qd26_dot", within=3)
    if not near and not ask.reading.alone and not ask.reading.has(*_GIVEN):
        return None
    to_commune = ask.reading.has("xa", "phuong", "commune", "ward")
    sends = ask.reading.has(*_SENDS)
    dated = slots.dates(ask.text, ask.on)
    follows = bool(ask.reading.alone) and to_commune and ask.reading.has("bao lau", "may ngay")
    asks = (to_commune and sends) or follows
    if not asks or not (dated or ask.reading.has("hom nay", "today")):
        return None
    if ask.reading.has("van ban de nghi", "de nghi len tinh", "de nghi gui tinh"):
        return None  # the commune has done its part: which round it falls in is asked
    if dated and _is(
        dated[0],
        ("xa gui", "xa de nghi", "de nghi ngay", "gui de nghi ngay", "de nghi", "xa chuyen"),
    ):
        return None
    start = dated[0].day if dated else ask.on
    last = ask.matter.calendar.add_working_days(start, COMMUNE_DAYS)
    lines = (
        _commune_line(ask, start, last),
        ask.say(
            "Không tính thứ bảy, chủ nhật và ngày nghỉ lễ; lịch nghỉ bù có thể làm lệch đôi ngày."
        ),
    )  # fmt: skip
    return Draft("qd26_xa_15_ngay", lines, ask.cited("qd26_xa_15_ngay"))


def revoked_by(ask: Ask) -> Draft | None:
    """The last day to revoke, counted from the finding or the commune's word that work stopped."""
    dated = slots.dates(ask.text, ask.on)
    if not dated or not ask.reading.has(*_REVOKED) or not ask.reading.has(*_WHEN):
        return None
    start = dated[0].day
    lines = (
        ask.say(
            "Tính từ {start}: trong 15 ngày, tức chậm nhất {last}, có quyết định thu hồi.",
            start=date_(ask.lang, start),
            last=date_(ask.lang, start + timedelta(REVOKING_DAYS)),
        ),
        *(line for line in ask.library.passages["qd26_thu_hoi"].said(ask.lang) if "15" in line),
    )
    return Draft("qd26_thu_hoi", lines, ask.cited("qd26_thu_hoi"))


_LATE = ("tre", "qua han", "tre han", "cham tre", "bi cham", "muon", "dung han", "kip han", "late",
         "overdue")  # fmt: skip


def overdue(ask: Ask) -> Draft | None:
    """Whether the commune has kept a dossier longer than its 15 working days."""
    held = ask.reading.has("xa", "phuong", "commune", "ward") and ask.reading.has(*_LATE)
    dated = [d.day for d in slots.dates(ask.text, ask.on)]
    sent = ask.reading.has("gui de nghi", "xa gui", "xa de nghi", "het han", "chung nhan")
    if not held or not dated or sent or ask.reading.has("certificate", "expires"):
        return None
    start = _gone_by(dated[0], ask.on)
    last = ask.matter.calendar.add_working_days(start, COMMUNE_DAYS)
    left = (last - ask.on).days
    verdict = (
        ask.say("Xã, phường đã quá hạn {days}.", days=days_said(ask, -left))
        if left < 0
        else ask.say("Chưa quá hạn: xã, phường còn {days}.", days=days_said(ask, left))
    )
    ways = ask.say("Bà con bấm Theo dõi xem hồ sơ ở bước nào, hoặc Gặp cán bộ để hỏi.")
    lines = (verdict, _commune_line(ask, start, last), ways)
    return Draft("qd26_xa_15_ngay", lines, ask.cited("qd26_xa_15_ngay"))


def _gone_by(day: date, on: date) -> date:
    """A day without a year is read as the next such day; one that is told of has been."""
    return day if day <= on else day - timedelta(365)


def _commune_line(ask: Ask, start: date, last: date) -> str:
    return ask.say(

        "Nộp ngày {start}: xã, phường có 15 ngày làm việc, chậm nhất ngày {last} "
        "phải gửi hồ sơ lên tỉnh.",
        start=date_(ask.lang, start), last=date_(ask.lang, last),
    )  # fmt: skip
