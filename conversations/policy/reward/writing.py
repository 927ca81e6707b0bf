"""A message about rewards with what is left out or drawn written out: units, arrows, letters."""

from __future__ import annotations

import re
import unicodedata

_NAME = "Một|Hai|Ba|Bốn|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười"
_TITLE = "ông|bà|o|chị|anh|cô|chú|bác|mệ|mụ|cậu|dì|thím|mự|dượng|út|thôn|xóm|làng|khối|khu"
#: "o Bảy", "thôn 5": somebody's or somewhere's name.
_NAMED = re.compile(
    rf"(?<!\w)((?i:{_TITLE})) (?:{_NAME})(?!\w)|((?i:thôn|xóm|khối|khu)) \d+(?! (?i:nhà|hộ|cơ sở))"
)
_LOWER = re.compile(
    rf"(?i)(?<!\w)(ông|bà|o|mệ|dì|thím|mự|ong) (?:{_NAME}|bay|tam|chin)(?= (?:{_NAME}|\d) sao)"
)
_STARS = r"[1-5]|một|hai|ba|bốn|tư|năm|mot|bon|nam|one|two|three|four|five"
_AND = r"\s+(?:và|va|and|rồi|roi)\s+"
#: "3, 3 và 4 sao", "55 and 92 points": numbers with one unit, said once.
_LISTED = re.compile(
    rf"(?i)(?<![\w.,])(?<!n[aă]m )((?:{_STARS})(?:(?:\s*,\s*|{_AND})(?:{_STARS}))+)"
    r"\s*-?\s*(sao|stars?|\*)(?!\w)|"
    rf"(?<![\w.,])(\d{{2,3}}(?:(?:\s*,\s+|{_AND})\d{{2,3}})+)"
    r"\s*(điểm|diem|đ|points?)(?!\w)"
)
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*(?=[3-5])")
_HIGHEST = re.compile(
    r"(?i)(?:hạng|sao|bậc|hang|bac|mức) cao nhất|(?:hang|sao|bac|muc) cao nhat|"
    r"(?:top|highest) (?:rank|rating|star|level)"
)
#: "Sản phẩm A", and "A lên 5 sao" after it: letters that stand for products.
_LETTERED = re.compile(r"(?i:sản phẩm|món|product|item) ([A-E])\b")
_LETTER = re.compile(
    r"(?:(?<=[,;.:] )|(?<=năm sau )|(?<=sang năm )|(?<=nay )|(?<=giờ )|(?<=và )|(?<=and ))"
    r"([A-E]) (?=(?:lên|được|đạt|nâng|goes|moves|rises|becomes)\b)"
)
_ORDERS = ("first", "second", "third", "fourth", "fifth")


def written_out(said: str, lang: str) -> str:
    """`said` with every star and point named, names that look like numbers left out."""
    said = _LOWER.sub(r"\1", _NAMED.sub(r"\1\2", unicodedata.normalize("NFC", said)))
    said = re.sub(r"\([1-9]\) ", ", ", said)  # "(1) ba món 3 sao, (2) một món 4 sao"
    said = _ARROW.sub(" to " if lang == "en" else " lên ", _HIGHEST.sub("5 sao", said))
    said = _LISTED.sub(_each_with_unit, said)
    if not _LETTERED.search(said):
        return said
    said = _LETTER.sub(r"product \1 " if lang == "en" else r"sản phẩm \1 ", said)
    return _LETTERED.sub(lambda found: f"{found[0][:-1]}{_order(found[1], lang)}", said)


def _order(letter: str, lang: str) -> str:
    place = "ABCDE".index(letter)
    return _ORDERS[place] if lang == "en" else f"thứ {place + 1}"


def _each_with_unit(found: re.Match[str]) -> str:
    unit = found[2] or found[4]
    numbers = found[1] or found[3]
    return re.sub(r"(?i)\b(?!(?:và|va|and|rồi|roi)\b)(\w+)", rf"\1 {unit}", numbers)
