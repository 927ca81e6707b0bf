"""From which day the term of a certificate counts."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft

_PASSAGE = "qd26_chung_nhan"
_TERM = re.compile(
    r"\b(?:36|ba muoi (?:6|sau)|ba sau|thirty six) (?:thang|months?)\b|"
    r"\b(?:3|ba|three) (?:nam|years?)\b"
)
_FROM = re.compile(
    r"\b(?:tinh|dem|ke|bat dau)(?: \w+){0,2} tu\b|"
    r"\btu (?:ngay|hom|bua|khi|luc) (?:nao|nop|cap|ki|co|ra)|"
    r"\b(?:count(?:s|ed)?|starts?|runs?|begins?|calculated)(?: \w+){0,3} (?:from|with|on|at)\b|"
    r"\b(?:from|since) (?:when|which|what)\b"
)
_OURS = re.compile(r"\b(?:giay|chung nhan|ocop|sao|certificate|stars?|ranking|appli\w*|nop)\b")
_OTHERS = (
    "attp", "an toan thuc pham", "food safety", "nhan hieu", "trademark", "hop dong", "contract",
    "kinh doanh", "doanh thu", "kiem nghiem", "lien ket",
)  # fmt: skip


def term_begins(ask: Ask) -> Draft | None:
    """The day from which the 36 months count (Điều 4 khoản 3), where that is asked."""
    asked = _TERM.search(ask.text) and _FROM.search(ask.text) and _OURS.search(ask.text)
    if not asked or ask.reading.has(*_OTHERS):
        return None
    months = ask.matter.law.certificate_months
    line = ask.say(
        "{months} tháng tính từ ngày ban hành giấy chứng nhận, không tính từ ngày nộp hồ sơ.",
        months=months,
    )
    again = ask.library.passages[_PASSAGE].fact("again", ask.lang)
    return Draft(_PASSAGE, (line, again), ask.cited(_PASSAGE))
