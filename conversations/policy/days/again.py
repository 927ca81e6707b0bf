"""Answers on being evaluated again: the window before a certificate ends, the day of a result."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.policy import slots
from conversations.policy.days.reading import LEFT, Days, days_said, days_told, is_told
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import certificate_end

_PASSAGE = "qd26_phan_hang_lai"
ISSUED = ("cap", "ki", "ban hanh", "issued", "cong nhan", "dated", "granted", "signed", "de ngay",
          "ghi ngay", "in ngay")  # fmt: skip
ENDS = ("het han", "het hieu luc", "den han", "dao han", "expires", "expire",
        "expiri", "ends", "het")  # fmt: skip
AGAIN = ("danh gia lai", "phan hang lai", "cong nhan lai", "xet lai", "cham lai", "nop lai",
         "gia han", "re evaluation", "re evaluate", "renew", "renewal", "lam lai",
         "re evaluated")  # fmt: skip
_RECEIVED = ("nhan du", "du ho so", "nhan", "nhan duoc", "received", "receives", "complete",
             "full dossier", "full", "gui du", "nop du")  # fmt: skip
_RESULT = ("ket qua", "xong", "quyet dinh", "xu li", "result", "results", "decide", "decided",
           "decision", "cham nhat", "45 ngay", "45 days", "answer")  # fmt: skip


def decided(ask: Ask) -> Draft | None:
    """The last day of a result, counted from the full dossier for re-evaluation."""
    if not ask.reading.has(*AGAIN) or not ask.reading.has(*_RESULT):
        return None
    days = days_told(ask)
    got = next((d.day for d in days.named if is_told(d, _RECEIVED, 9)), None)
    if got is None:
        return None
    if any(is_told(d, ENDS) for d in days.named):
        return None
    last = got + timedelta(ask.matter.times.re_evaluation_days)
    gap = (last - days.today).days
    lines = [
        ask.say(
            "Tính từ {start}: tối đa {n} ngày, tức chậm nhất {last} có kết quả.",
            start=date_(ask.lang, got), n=ask.matter.times.re_evaluation_days,
            last=date_(ask.lang, last),
        ),
        ask.say("Còn {n} ngày.", n=gap)
        if gap >= 0
        else ask.say("Đã quá hạn {days}.", days=days_said(ask, -gap)),
        ask.library.passages[_PASSAGE].said(ask.lang)[1],
    ]  # fmt: skip
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def window(ask: Ask, end: date) -> tuple[date, date]:
    """First and last day to hand in for re-evaluation (Điều 7 khoản 6)."""
    rule = ask.matter.process
    return end - timedelta(rule.opens_days_before), end - timedelta(rule.closes_days_before)


def again(ask: Ask) -> Draft | None:
    """The re-evaluation window of a certificate, or whether so many days ahead is in time."""
    if not (ask.reading.has(*AGAIN) or ask.near("qd26_phan_hang_lai", "qd26_lai_tre", within=1)):
        return None
    days = days_told(ask)
    end = _end(ask, days)
    if end is not None:
        return _dated_window(ask, end, days.today)
    ahead = [n for n in slots.days(ask.text) if n not in (180, 120, 45)]
    return (
        _ahead(ask, ahead[0])
        if ahead and ask.reading.has(*ENDS, "truoc", "before", "con", "left")
        else None
    )


def _end(ask: Ask, days: Days) -> date | None:
    dated = days.named
    ends = next((d.day for d in dated if is_told(d, ENDS)), None)
    issued = next((d.day for d in dated if is_told(d, ISSUED)), None)
    if ends is None and issued is not None:
        return certificate_end(issued, ask.matter.law.certificate_months)
    if ends is None and dated and ask.reading.has(*ENDS):
        return dated[0].day
    return ends


def _dated_window(ask: Ask, end: date, today: date) -> Draft:
    opens, closes = window(ask, end)
    lines = [
        ask.say(

            "Giấy hết hạn {end}: nộp đánh giá lại sớm nhất {opens} (trước 180 ngày), "
            "muộn nhất {closes} (trước 120 ngày).",
            end=date_(ask.lang, end), opens=date_(ask.lang, opens), closes=date_(ask.lang, closes),
        ),
        _where_in_window(ask, today, opens, closes),
    ]  # fmt: skip
    if ask.reading.has(*LEFT):
        lines.insert(0, _left(ask, end, today))
    if today > closes:
        lines.append(ask.matter.process.late(ask.lang))
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def _left(ask: Ask, end: date, today: date) -> str:
    """How long a certificate still holds, counted from the day of asking."""
    day, days = date_(ask.lang, end), (end - today).days
    if days < 0:
        return ask.say("Giấy đã hết hạn {day}, {n} ngày trước.", day=day, n=-days)
    return ask.say("Còn {n} ngày: giấy hết hạn {day}.", n=days, day=day)


def _where_in_window(ask: Ask, today: date, opens: date, closes: date) -> str:
    if today < opens:
        return ask.say(
            "Hôm nay chưa tới lúc, còn {days} nữa.", days=days_said(ask, (opens - today).days)
        )
    if today <= closes:
        return ask.say(
            "Hôm nay nộp vẫn kịp, còn {days}.", days=days_said(ask, (closes - today).days)
        )
    return ask.say("Mốc muộn nhất đã qua {days}.", days=days_said(ask, (today - closes).days))


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
    return Draft(_PASSAGE, (verdict, span, *late), ask.cited(_PASSAGE))
