"""A time of the rule that somebody has heard otherwise, and whether it counts working days.

"Xã có 30 ngày để xem hồ sơ phải không", "45 ngày có tính thứ bảy, chủ nhật không".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conversations.policy.days.again import asks_again
from conversations.policy.days.certificate import speaks_of_certificate
from conversations.policy.days.confirming import right_or_not, says_or_not
from conversations.policy.days.reading import days_told
from conversations.policy.draft import Ask, Draft
from conversations.policy.reading import LONG
from conversations.policy.slots import NUMBERS

_COUNTS = {**NUMBERS, "muoi lam": 15, "hai muoi": 20, "ba muoi": 30}
_COUNT = "|".join(sorted(_COUNTS, key=len)[::-1])
_TIME = re.compile(
    rf"\b(\d{{1,3}}|{_COUNT}) (ngay|hom|bua|tuan|thang(?! \d)|nam(?! \d)|working days?|days?|"
    r"weeks?|months?|years?)\b(?: (lam viec|cong|lich|thuong|duong lich))?"
)
#: Told of a case of one's own, or counted to or from a day: other rules answer.
_OF_A_CASE = re.compile(
    r"\b(?:roi|(?<!khong )(?<!khong duoc )qua|tre|nua|con|sau (?=\d)|chua (?!dung)|kip|ago|already|"
    r"late|left|truoc|before|toi nop|minh nop|em nop)\b"
)
#: When to hand in, not how long it takes.
_WHEN_IN = re.compile(r"\b(?:som (?:nhat|hon)?|muon nhat|cham nhat|nop|hand|submit\w*|earli\w*)\b")
_TAKES = re.compile(
    r"\b(?:trong|thoi (?:gian|han)|han|mat|het|toi da|keo dai|xong|phai|giai quyet|xu li|within|"
    r"takes?|most|limit|days?)\b"
)
_HOLDS = re.compile(
    r"\b(?:gia tri|hieu luc|thoi han|han|dung duoc|xai|valid\w*|good for|lasts?|holds?)\b"
)
_BRIEF = 8  # words
_REVOKED = re.compile(r"\b(?:thu hoi|rut (?:giay|sao)|bi rut|thu giay|revok\w+|withdraw\w*)\b")
_LATE = re.compile(r"\b(?:keo dai|gia han them|runs? on|extend\w*|extension)\b")
_OLD_DOSSIER = re.compile(r"\b(?:chuyen tiep|do dang|transition\w*|truoc (?:ngay )?22/0?5)\b")
_COMMUNE = re.compile(r"\b(?:xa|phuong|ubnd|uy ban|communes?|wards?)\b")
#: The commune does something in that time.
_OF_OFFICE = re.compile(
    r"\b(?:xa|phuong|ubnd|uy ban|communes?|wards?)(?: \w+){0,5}? (?:giu|cam|xem|coi|xu li|kiem tra|"
    r"giai quyet|chuyen|gui|mat|co (?=\d)|duoc (?=\d)|has|have|takes?|keeps?|gets?|mai)\b|"
    r"\b(?:o|tai) (?:xa|phuong)\b|\bat the (?:commune|ward)\b|"
    r"^(?:do|does|is|has) the (?:commune|ward)\b"
)
_REST = re.compile(
    r"\b(?:thu (?:bay|7|sau|hai|2)|chu nhat|cuoi tuan|ngay nghi|ngay le|nghi le|le tet|ngay tet|"
    r"nghi tet|tet|nghi bu|t 7|cn|t7|weekends?|holidays?|saturdays?|sundays?|days off)\b"
)
_COUNTED = re.compile(
    r"\b(?:tinh|ke|tru|gom|bao gom|dem|cong them|coi|luon|ca|includ\w*|count\w*|exclud\w*)\b"
)
_KIND = re.compile(
    r"\b(?:ngay (?:thuong|lich|duong lich|lien tuc)|calendar days?|tinh lien tuc)\b"
    r"|\bngay lam viec (?:hay|hoac|khong|phai khong)\b|\b(?:hay|co phai)(?: la)? ngay lam viec\b"
)
_NUMBER = re.compile(r"\b(15|45|120|180|muoi lam|fifteen) (?:ngay|hom|bua|days?)\b")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A time of the rule: where it is told, how long, in what."""

    passage: str
    fact: str
    count: int
    unit: str = "day"  # working, day or month


def rule_time(ask: Ask) -> Draft | None:
    """Whether a time that is told is that of the rule (Điều 4, 7, 8 and 12)."""
    told = list(_TIME.finditer(ask.text)) if len(ask.reading.words) <= LONG else []
    of_case = days_told(ask).named or _OF_A_CASE.search(ask.text)
    if len(told) != 1 or (of_case and not _OLD_DOSSIER.search(ask.text)) or _REST.search(ask.text):
        return None
    if not says_or_not(ask) or ask.reading.has("luat cu", "148", "1489"):
        return None
    rule = _rule(ask)
    if rule is None or not _of_the_rule(ask, rule, told[0][2]):
        return None
    line = ask.library.passages[rule.passage].fact(rule.fact, ask.lang)
    said = _said(rule, told[0], line, ask)
    return Draft(rule.passage, (said, *_besides(ask, rule)), ask.cited(rule.passage))


def counts_rest_days(ask: Ask) -> Draft | None:
    """Whether weekends and holidays count: only the commune's days are working days (Điều 7)."""
    if len(ask.reading.words) > LONG:
        return None
    rest = _REST.search(ask.text) and _COUNTED.search(ask.text) and says_or_not(ask)
    if not rest and not _KIND.search(ask.text):
        return None
    rule = _rule(ask) or _of_number(ask)
    if rule is None or rule.unit == "month":
        return None
    line = ask.library.passages[rule.passage].fact(rule.fact, ask.lang)
    return Draft(rule.passage, (*_besides(ask, rule), line), ask.cited(rule.passage))


def _of_the_rule(ask: Ask, rule: _Rule, unit: str) -> bool:
    """Whether the time told is one of an office or of a certificate, not of somebody's work."""
    years = unit.startswith(("nam", "year"))
    if rule.unit == "month":
        return _HOLDS.search(ask.text) is not None or len(ask.reading.words) <= _BRIEF
    if rule.unit == "working" and not _OF_OFFICE.search(ask.text):
        return False
    if rule.passage == "qd26_phan_hang_lai" and _WHEN_IN.search(ask.text):
        return False
    return not years and (rule.unit != "day" or _TAKES.search(ask.text) is not None)


def _rule(ask: Ask) -> _Rule | None:
    """The time that is spoken of."""
    text, times, process = ask.text, ask.matter.times, ask.matter.process
    if _REVOKED.search(text):
        return _Rule("qd26_thu_hoi", "time", times.revoking_days)
    if _OLD_DOSSIER.search(text):
        if asks_again(ask):
            return _Rule("qd26_chuyen_tiep", "re_evaluation", times.old_re_evaluation_days)
        return _Rule("qd26_chuyen_tiep", "first_or_upgrade", times.old_first_or_upgrade_days)
    if _LATE.search(text):
        return _Rule("qd26_lai_tre", "runs_on", process.runs_on_days)
    if asks_again(ask):
        return _Rule("qd26_phan_hang_lai", "time", times.re_evaluation_days)
    if _COMMUNE.search(text):
        return _Rule("qd26_xa_15_ngay", "time", times.commune_review_working_days, "working")
    if speaks_of_certificate(ask):
        return _Rule("qd26_chung_nhan", "term", ask.matter.law.certificate_months, "month")
    return None


def _of_number(ask: Ask) -> _Rule | None:
    """The time that is named by its number alone."""
    found, times = _NUMBER.search(ask.text), ask.matter.times
    if found is None:
        return None
    if found[1] == "45":
        return _Rule("qd26_phan_hang_lai", "time", times.re_evaluation_days)
    if found[1] in ("120", "180"):
        return _Rule("qd26_phan_hang_lai", "window", int(found[1]))
    return _Rule("qd26_xa_15_ngay", "time", times.commune_review_working_days, "working")


def _said(rule: _Rule, told: re.Match[str], line: str, ask: Ask) -> str:
    """The rule's own sentence behind the word that says whether the time told is right."""
    count = _COUNTS.get(told[1]) or int(told[1])
    unit, kind = told[2].split()[-1], told[3] or ""
    calendar = rule.unit == "working" and kind in ("lich", "thuong", "duong lich")
    days = {"tuan": 7, "week": 7, "weeks": 7, "thang": 30, "month": 30, "months": 30,
            "nam": 365, "year": 365, "years": 365}.get(unit, 1)  # fmt: skip
    if rule.unit == "month":
        same = count * {30: 1, 365: 12}.get(days, 0) == rule.count
    elif rule.unit == "working" and days == 7:
        same = count * 5 == rule.count
    else:
        same = count * days == rule.count and not calendar
    return right_or_not(ask, line, right=same)


def _besides(ask: Ask, rule: _Rule) -> list[str]:
    """Which days count in a time of days."""
    if rule.unit == "month":
        return [ask.library.passages[rule.passage].fact("same", ask.lang)]
    if rule.unit == "working":
        return [
            ask.say(
                "{n} ngày ở xã, phường là ngày làm việc: không tính thứ bảy, chủ nhật và ngày nghỉ "
                "lễ.",
                n=rule.count,
            )
        ]
    return [
        ask.say(
            "Quyết định chỉ ghi {n} ngày, không ghi ngày làm việc: tính liên tục, kể cả thứ bảy, "
            "chủ nhật và ngày lễ (suy ra).",
            n=rule.count,
        )
    ]
