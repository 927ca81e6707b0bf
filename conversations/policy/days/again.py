"""Answers on being evaluated again: the window before a certificate ends, the day of a result."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.policy import slots
from conversations.policy.days.old_law import survives
from conversations.policy.days.reading import (
    Days,
    asks_left,
    certificate_before,
    days_said,
    days_told,
)
from conversations.policy.days.roles import Role, day_of
from conversations.policy.days.today import role_today
from conversations.policy.draft import Ask, Draft
from conversations.policy.model import Source
from locales import date_
from models.content.process import certificate_end

_PASSAGE = "qd26_phan_hang_lai"
_LATE = "qd26_lai_tre"  # handed in after the time to do so
_AGAIN = ("danh gia lai", "phan hang lai", "cong nhan lai", "xet lai", "cham lai", "nop lai",
          "gia han", "re evaluation", "re evaluate", "renew", "renewal", "lam lai", "xin lai",
          "cap lai", "nop tre", "nop muon", "nop danh gia", "re evaluated", "renewing", "renewed",
          "appli again", "hand in again", "submit again", "evaluated again", "danh gia tiep",
          "giu sao", "keep the stars", "keep my stars", "keep our stars")  # fmt: skip
_RESULT = ("ket qua", "xong", "quyet dinh", "xu li", "result", "results", "decide", "decided",
           "decision", "cham nhat", "45 ngay", "45 days", "answer", "toi da", "bao nhieu ngay",
           "may ngay", "bao lau", "how long", "how mani days")  # fmt: skip
_HANDS_IN = ("nop", "dem ho so", "lam ho so", "dua ho so", "gui ho so", "submit",
             "hand in", "appli")  # fmt: skip
#: "còn 4 tháng nữa hết hạn", "150 days before it expires".
_AHEAD = ("het", "dao han", "truoc", "before", "con", "left", "expires", "expire", "expiri",
          "ends")  # fmt: skip
#: "Còn đúng 120 ngày": a number of the rule that is somebody's own.
_LEFT_DAYS = re.compile(r"\bcon (?:dung |vua |tron )?(\d{1,3}) ngay\b|\b(\d{1,3}) days left\b")
_MONTHS = re.compile(r"\b(\d{1,2}) (?:thang|months?)\b(?! \d)")
_WEEKS = re.compile(r"\b(\d{1,2}) (?:tuan|weeks?)\b")
#: Asks how long the offices take over it.
_TAKES = re.compile(
    r"\b(?:xu li|hoi dong|giai quyet|xet|cham|tra ket qua|co ket qua|tinh|bo)(?: \w+){0,5} "
    r"(?:bao lau|(?:may|bao nhieu) (?:ngay|hom|tuan))\b|"
    r"\b(?:bao lau|(?:may|bao nhieu) ngay)(?: \w+){0,3} (?:xong|co ket qua|tra loi|biet)\b|"
    r"\b(?:how long|how mani days)(?: \w+){0,6} (?:council|province|ministry|take|decide)\b"
)
#: "Thế đánh giá lại mất bao lâu?" behind a question with days.
_TAKES_LONG = re.compile(r"\bmat (?:bao lau|may|bao nhieu)\b|\bhow long (?:does|will)\b")
_RUNS_ON = re.compile(r"\b(?:keo dai|dai them|duoc them|run(?:s)? on|extend(?:ed|s)?|extension)\b")


def asks_again(ask: Ask) -> bool:
    """Whether being evaluated again, or missing it, is spoken of."""
    return ask.reading.has(*_AGAIN) or _RUNS_ON.search(ask.text) is not None


def decided(ask: Ask) -> Draft | None:
    """The last day of a result, counted from the full dossier for re-evaluation."""
    if not asks_again(ask) or not ask.reading.has(*_RESULT):
        return None
    days = days_told(ask)
    got = day_of(days.named, Role.RECEIVED, Role.HANDED, Role.SENT)
    if got is None and role_today(ask) is Role.RECEIVED:
        got = days.today
    if got is None or day_of(days.named, Role.ENDS, Role.ISSUED) is not None:
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
        ask.library.passages[_PASSAGE].fact("time", ask.lang),
    ]  # fmt: skip
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def window(ask: Ask, end: date) -> tuple[date, date]:
    """First and last day to hand in for re-evaluation (Điều 7 khoản 6)."""
    rule = ask.matter.process
    return end - timedelta(rule.opens_days_before), end - timedelta(rule.closes_days_before)


def to_keep_the_stars(ask: Ask, end: date, today: date) -> tuple[list[str], tuple[Source, ...]]:
    """When to hand in again, for a certificate of that end, or what to do once that time is over;
    and where that is written besides."""
    opens, closes = window(ask, end)
    days = {"opens": date_(ask.lang, opens), "closes": date_(ask.lang, closes)}
    if today <= closes:
        return [ask.say("Muốn giữ sao thì nộp đánh giá lại từ {opens} đến {closes}.", **days)], ()
    over = ask.say("Đã qua thời gian nộp đánh giá lại (từ {opens} đến {closes}).", **days)
    return [over, *_once_over(ask, end, today)], ask.cited(_LATE)


def _once_over(ask: Ask, end: date, today: date) -> list[str]:
    """What to do when the time to hand in is over (Điều 12 khoản 3)."""
    if today <= end + timedelta(ask.matter.process.runs_on_days):
        return [ask.matter.process.late(ask.lang), _runs_on_line(ask, end)]
    last = date_(ask.lang, end + timedelta(ask.matter.process.runs_on_days))
    return [
        ask.say("Bà con hỏi cán bộ xã xem nay nộp hồ sơ thế nào: quy định không nói riêng."),
        ask.say(
            "Điều 12.3 cho giấy kéo dài nhiều nhất {n} ngày, tới {last}: cũng đã qua.",
            n=ask.matter.process.runs_on_days, last=last,
        ),
    ]  # fmt: skip


def again(ask: Ask) -> Draft | None:
    """The re-evaluation window of a certificate, or whether so many days ahead is in time."""
    days = days_told(ask)
    if not (asks_again(ask) or _of_its_end(ask, days)):
        return None
    if ask.reading.alone and _TAKES_LONG.search(" ".join(ask.reading.alone)):
        return None  # how long it takes, not when
    end = _end(ask, days)
    if end is not None:
        return _dated_window(ask, end, days.today)
    ahead = _days_ahead(ask, days.today)
    return _ahead(ask, ahead) if ahead and ask.reading.has(*_AHEAD) else None


def _of_its_end(ask: Ask, days: Days) -> bool:
    """Whether handing in is asked with a certificate's end, without a word for "again"."""
    if ask.near("qd26_phan_hang_lai", "qd26_lai_tre", within=1):
        return True
    return ask.reading.has(*_HANDS_IN) and day_of(days.named, Role.ENDS) is not None


def _end(ask: Ask, days: Days) -> date | None:
    """The day a certificate ends, as told or from the day it was given."""
    named = days.named or certificate_before(ask)
    ends, issued = day_of(named, Role.ENDS), day_of(named, Role.ISSUED)
    if role_today(ask) is Role.ENDS:
        return days.today
    if ends is None and issued is not None:
        return certificate_end(issued, ask.matter.law.certificate_months)
    if ends is None and days.named and ask.reading.has("het", "het han", "dao han", "expires"):
        return days.named[0].day
    return ends


def _days_ahead(ask: Ask, today: date) -> int | None:
    """How many days before its end a certificate is told to be; months and weeks in days."""
    rule, times = ask.matter.process, ask.matter.times
    of_the_rule = (rule.opens_days_before, rule.closes_days_before, times.re_evaluation_days)
    told = [n for n in slots.days(ask.text) if n not in of_the_rule]
    told += [int(a or b) for a, b in _LEFT_DAYS.findall(ask.text)]
    if told:
        return told[0]
    weeks = _WEEKS.search(ask.text)
    if weeks:
        return 7 * int(weeks[1])
    term = ask.matter.law.certificate_months  # the whole time of one, not what is left
    months = [int(n) for n in _MONTHS.findall(ask.text) if int(n) != term]
    return (certificate_end(today, months[0]) - today).days if months else None


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
    if _TAKES.search(ask.text):
        lines.append(ask.library.passages[_PASSAGE].fact("time", ask.lang))
    elif asks_left(ask):
        lines.insert(0, _left(ask, end, today))
    asks_on = _RUNS_ON.search(ask.text) is not None
    late = _once_over(ask, end, today) if today > closes else [_runs_on_line(ask, end)]
    if asks_on:
        lines = [late[-1], *lines, *late[:-1]]
    elif today > closes:
        lines += late
    sources = ask.cited(_LATE) if asks_on or today > closes else ()
    kept, by_law = survives(ask, certificate_end(end, -ask.matter.law.certificate_months))
    return Draft(_PASSAGE, (*kept, *lines), (*ask.cited(_PASSAGE), *sources, *by_law))


def _runs_on_line(ask: Ask, end: date) -> str:
    """How long a certificate goes on when the window was missed (Điều 12 khoản 3)."""
    days = ask.matter.process.runs_on_days
    return ask.say(
        "Không kịp mốc thì giấy kéo dài đến khi có kết quả, nhiều nhất {n} ngày: tới {last}.",
        n=days, last=date_(ask.lang, end + timedelta(days)),
    )  # fmt: skip


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
