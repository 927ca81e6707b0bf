"""Points told in words: "sáu chín điểm rưỡi" is 69,5, "seventy-two points" is 72."""

from __future__ import annotations

import re

from conversations.policy.slots import DIGITS, ENGLISH_TENS

_DIGITS = {**DIGITS, "nham": 5}
_DIGIT = "|".join(sorted(_DIGITS, key=len, reverse=True))
_ENGLISH = "|".join(ENGLISH_TENS)
_FIRST = "|".join(word for word in _DIGITS if word != "tu")  # "từ 5 điểm"
#: Before "năm sáu điểm" it is five or six: a guess at a few, never a score.
_FEW = "".join(
    rf"(?<!\b{word} )" for word in ("them", "mat", "tru", "thieu", "hut", "chung", "kem", "bot")
)
_WHOLE = (
    r"(?:(?P<hundred>(?:mot|1|one|a) (?:tram|hundred))|"
    rf"(?P<tens>{_FIRST}) (?:muoi|chuc|10)(?: (?P<ones>{_DIGIT}))?|"
    rf"(?P<english>{_ENGLISH})(?: (?P<more>{_DIGIT}))?|"
    rf"{_FEW}(?P<first>{_FIRST}) (?P<second>{_DIGIT}))"
)
_TENTHS = rf"(?: (?:phay|cham|point) (?P<tenths>{_DIGIT})|(?P<half> ruoi| and a half))?"
_SAID = re.compile(
    rf"(?<![\d.,/] )\b{_WHOLE}{_TENTHS} (?P<unit>diem|points?)\b"
    r"(?P<behind> (?:ruoi|nua diem|and a half)\b)?"
)
#: Without its unit only where it can be nothing else: "tám chín rưỡi thì", "bảy mươi tròn",
#: "we scored ninety-one".
_BARE = re.compile(
    rf"(?<![\d.,/] )\b{_WHOLE}"
    rf"(?: (?:phay|cham|point) (?P<tenths>{_DIGIT})|(?P<half> ruoi| and a half)|"
    r" tron(?: trinh| tria)?)"
    r"(?= (?:thi|co|la|duoc|len|xep|may|da|chua|vay|is|are|how|what|enough)\b|$)|"
    rf"(?<=\bscored )(?P<scored>{_ENGLISH})(?: (?P<scored_more>{_DIGIT}))?\b(?! points?)"
)
#: A product's score is spoken of: "tầm mười điểm" and "tám mươi điểm" look alike without marks.
_OF_PRODUCT = re.compile(r"\b(?:sao|stars?|hang|rank|giay|xep|tong|cham)\b")


def in_figures(text: str) -> str:
    """`text`, plain and folded, with every score that is told in words written in figures."""
    if not _OF_PRODUCT.search(text):
        return text
    return _BARE.sub(_bare, _SAID.sub(_figure, text))


def _figure(told: re.Match[str]) -> str:
    return f"{_number(told, half=bool(told['half'] or told['behind']))} {told['unit']}"


def _bare(told: re.Match[str]) -> str:
    if told["scored"]:
        whole = ENGLISH_TENS[told["scored"]] + _DIGITS.get(told["scored_more"] or "", 0)
        return f"{whole} points"
    return f"{_number(told, half=bool(told['half']))} diem"


def _number(told: re.Match[str], *, half: bool) -> str:
    tenths = 5 if half else _DIGITS.get(told["tenths"] or "", 0)
    return f"{_whole(told)}.{tenths}" if tenths else str(_whole(told))


def _whole(told: re.Match[str]) -> int:
    if told["hundred"]:
        return 100
    if told["english"]:
        return ENGLISH_TENS[told["english"]] + _DIGITS.get(told["more"] or "", 0)
    tens, ones = told["tens"] or told["first"], told["ones"] or told["second"]
    return _DIGITS[tens] * 10 + _DIGITS.get(ones or "", 0)
