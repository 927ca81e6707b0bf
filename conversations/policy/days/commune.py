"""Answers on the commune's working days with a dossier: the last one, those used, those left."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.policy.days.cutoffs import cut_line, next_cut
from conversations.policy.days.reading import (
    IN_TIME,
    LATE,
    Days,
    asks_left,
    asks_round,
    asks_when,
    cutoff_told,
    days_said,
    days_told,
    is_told,
)
from conversations.policy.days.roles import Role, role
from conversations.policy.draft import Ask, Draft
from locales import date_
from models.content.process import Cutoff

_PASSAGE = "qd26_xa_15_ngay"
_COMMUNE = ("xa", "phuong", "commune", "ward", "uy ban")
_HANDED = ("nop", "gui", "dua", "nhan", "tiep nhan", "hand", "handed", "hand in", "submit",
           "submitted", "received", "give", "gave", "got", "took", "taken", "giu", "om", "ngam",
           "ho so")  # fmt: skip
_SENDS = ("gui len", "chuyen len", "len tinh", "gui tinh", "gui di", "xong", "send", "forward",
          "chuyen di", "phai gui", "tra", "han phuong", "han xa", "chuyen tinh", "gui ho so",
          "15 ngay lam viec", "15 working days", "ngay lam viec", "finish", "pass", "xu li",
          "bao lau", "chuyen", "han la", "den han", "toi han", "han chot", "han den", "han toi",
          "xem xong", "kiem tra xong", "giai quyet", "due")  # fmt: skip
_USED = ("dung het may", "dung may", "may ngay lam viec roi", "het may ngay",
         "qua may ngay lam viec", "duoc may ngay", "may ngay roi", "bao nhieu ngay lam viec",
         "may ngay lam viec", "working days have", "working days used", "giu may ngay",
         "giu bao nhieu ngay")  # fmt: skip
_BESIDES = ("giay chung nhan", "certificate", "danh gia lai", "phan hang lai", "het hieu luc",
            "expires", "re evaluation", "thu hoi", "van ban de nghi", "de nghi len tinh",
            "de nghi gui tinh", "thuong", "revoked")  # fmt: skip
_OWN = ("toi nop", "minh nop", "em nop", "ba con nop", "nha nop", "phai nop", "nen nop", "can nop",
        "nop o xa", "nop xa", "nop o phuong", "nop phuong", "nop ho so", "nop cho xa", "i hand",
        "we hand", "hand in", "i submit", "we submit", "hand it in", "nop cham nhat", "submit",
        "dua len xa", "dua cho xa", "mang len xa", "mang ra xa", "gui ra xa", "nop len xa",
        "nop len phuong", "nop cho phuong")  # fmt: skip


def commune_time(ask: Ask) -> Draft | None:
    """What becomes of the commune's working days with a dossier handed in on a named day."""
    if not _of_commune(ask):
        return None
    days = days_told(ask)
    start = _handed_in(ask, days)
    if start is None:
        return None
    left = asks_left(ask) or ask.reading.has(*_USED)
    late = ask.reading.has(*LATE, "qua no")
    when = asks_when(ask) and ask.reading.has(*_SENDS)
    in_time = ask.reading.has(*IN_TIME) or _hoped(ask, days) or asks_round(ask)
    if not (left or late or when or in_time):
        return None
    last = _last(ask, start)
    lines = [_still(ask, start, last, days.today)] if left or late else []
    cut = _cutoff(ask, days, start)
    if in_time:
        lines.insert(0, in_time_line(ask, start, cut))
    lines.append(_commune_line(ask, start, last))
    if asks_round(ask) and last < cut.before:
        lines.append(cut_line(ask, cut))
    if late and days.today > last:
        lines.append(ask.say("Bà con bấm Theo dõi xem hồ sơ ở bước nào, hoặc Gặp cán bộ để hỏi."))
    else:
        lines.append(
            ask.say(
                "Không tính thứ bảy, chủ nhật và ngày nghỉ lễ; lịch nghỉ bù có thể làm lệch đôi "
                "ngày."
            )
        )
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def _of_commune(ask: Ask) -> bool:
    if ask.reading.has(*_BESIDES) or not ask.reading.has(*_HANDED):
        return False
    return ask.reading.has(*_COMMUNE) or ask.reading.has("15 ngay lam viec", "15 working days")


def _handed_in(ask: Ask, days: Days) -> date | None:
    """The day a dossier was or is to be handed in; None when none is told."""
    cut = cutoff_told(ask, days)
    told = [d for d in days.named if cut is None or d.day not in (cut.cut.before, cut.day)]
    if told:
        return None if role(told[0]) is Role.SENT else _gone(ask, told[0].day, days.today)
    if days.named and cut is None:
        return None
    return days.today if days.says_today else None


def _gone(ask: Ask, day: date, today: date) -> date:
    """A day without a year is read as the next such day; one that is told as past has been."""
    past = ask.reading.has(*LATE, *_USED) and str(day.year) not in ask.text
    return day.replace(year=day.year - 1) if past and day > today else day


def _hoped(ask: Ask, days: Days) -> bool:
    """ "… trước 30/10 không": whether a cut-off is met is asked without that word."""
    return any(is_told(d, "truoc", "before") for d in days.named) and ask.reading.has("khong")


def _last(ask: Ask, start: date) -> date:
    return ask.matter.calendar.add_working_days(start, commune_days(ask))


def commune_days(ask: Ask) -> int:
    """The commune's working days (Điều 7 khoản 2)."""
    return ask.matter.times.commune_review_working_days


def _still(ask: Ask, start: date, last: date, today: date) -> str:
    work = ask.matter.calendar.working_days_between
    if today > last:
        return ask.say(
            "Xã, phường đã quá hạn {days} ({work} ngày làm việc).",
            days=days_said(ask, (today - last).days), work=work(last, today),
        )  # fmt: skip
    return ask.say(
        "Chưa quá hạn: đã dùng {used} ngày làm việc, xã, phường còn {left} ngày làm việc ({days}).",
        used=max(0, work(start, today)), left=work(max(start, today), last),
        days=days_said(ask, (last - today).days),
    )  # fmt: skip


def _commune_line(ask: Ask, start: date, last: date) -> str:
    return ask.say(

        "Nộp ngày {start}: xã, phường có 15 ngày làm việc, chậm nhất ngày {last} "
        "phải gửi hồ sơ lên tỉnh.",
        start=date_(ask.lang, start), last=date_(ask.lang, last),
    )  # fmt: skip


def _cutoff(ask: Ask, days: Days, start: date) -> Cutoff:
    named = cutoff_told(ask, days)
    if named is not None and not named.of_centre:
        return named.cut
    return next_cut(ask, start)


def in_time_line(ask: Ask, start: date, cut: Cutoff) -> str:
    """Whether a dossier of that day makes the round even when the commune uses all its time."""
    last = _last(ask, start)
    fields = {
        "start": date_(ask.lang, start), "last": date_(ask.lang, last),
        "before": date_(ask.lang, cut.before), "time": commune_days(ask),
    }  # fmt: skip
    if start >= cut.before:
        return ask.say("Không kịp: mốc xã gửi là trước {before}, nay đã qua.", **fields)
    if last < cut.before:
        return ask.say(
            "Kịp: dù xã dùng hết {time} ngày làm việc thì tới {last}, trước mốc {before}.", **fields
        )
    return ask.say(
        "Không chắc kịp: xã dùng hết {time} ngày làm việc thì tới {last}, không trước mốc "
        "{before}; chỉ kịp khi xã gửi sớm, nên hỏi cán bộ xã ngay.",
        **fields,
    )


def latest_hand_in(ask: Ask) -> Draft | None:
    """The last day to hand in at the commune so that its request still makes a named round."""
    if not ask.reading.has(*_OWN) or not asks_when(ask):
        return None
    days = days_told(ask)
    named = cutoff_told(ask, days)
    if named is None or named.of_centre:
        return None
    told = bool(days.named)
    if any(d.day not in (named.cut.before, named.day) for d in days.named):
        return None  # handed in on a day that is told
    counts = ask.reading.has("15 ngay lam viec", "15 working days", "het 15 ngay")
    at_commune = ask.reading.has(*_COMMUNE) and (told or not named.results)
    if not (counts or at_commune or ask.reading.has(*IN_TIME)):
        return None
    cut, calendar = named.cut, ask.matter.calendar
    day = calendar.add_working_days(cut.before, -commune_days(ask))
    while _last(ask, day) >= cut.before or not calendar.is_working(day):
        day -= timedelta(days=1)
    lines = [
        ask.say(
            "Nộp ở xã, phường chậm nhất {day}: đủ {time} ngày làm việc thì tới {last}, trước mốc "
            "{before}.",
            day=date_(ask.lang, day), last=date_(ask.lang, _last(ask, day)),
            before=date_(ask.lang, cut.before), time=commune_days(ask),
        ),
        ask.say("Nên nộp sớm hơn, phòng khi còn phải bổ sung giấy tờ."),
    ]  # fmt: skip
    if cut.before <= days.today:
        gone = days_said(ask, (days.today - cut.before).days)
        lines.append(ask.say("Mốc xã gửi đã qua {days}.", days=gone))
    return Draft(_PASSAGE, tuple(lines), ask.cited("qd26_dot"))
