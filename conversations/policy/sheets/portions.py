"""A share told as amounts: "40 tấn, trong đó 32 tấn có hợp đồng".

An amount is inside (from the place, under contract), outside, or the whole: the words next to it
say which.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

#: The size of each unit among its like; people and goods are counted.
_UNITS = {
    **dict.fromkeys(("kg", "ki", "kilo", "kilos"), ("mass", 1.0)),
    **dict.fromkeys(("tan", "ton", "tons", "tonne", "tonnes"), ("mass", 1000.0)),
    "ta": ("mass", 100.0), "yen": ("mass", 10.0),
    **dict.fromkeys(("lit", "litre", "litres", "liter", "liters"), ("volume", 1.0)),
    **dict.fromkeys(("ha", "hec ta", "hectare", "hectares"), ("land", 1.0)),
    **dict.fromkeys(("nguoi", "tho", "lao dong", "cong nhan", "nhan cong", "workers", "people",
                     "employees", "staff"), ("people", 1.0)),
    **dict.fromkeys(("chai", "hop", "goi", "hu", "bao", "thung", "bich", "cay", "chau", "con",
                     "qua", "trai", "bottles", "boxes", "packs", "jars", "bags"), ("goods", 1.0)),
}  # fmt: skip
_N = r"(?<![\d.,/])(\d+(?:[.,]\d+)*)"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
#: "7 tấn 5": seven and a half.
_AMOUNT = re.compile(rf"{_N} ({_UNIT})\b(?:(?<=\btan|.\bta|\byen) (\d)(?= thi\b|$))?")
_BARE = re.compile(
    rf"{_N}(?![.,/\d])(?! (?:sao|stars?|diem|points?|%|phan|nam|thang|ngay|years?|dai li|trieu|ti|"
    r"lan|me|mon|muc|san pham|hop dong)\b)"
)
_OF = r"tren(?: tong)?(?: so)?|trong(?: tong)?(?: so)?|out of|of"
_RATIO = re.compile(rf"{_N}(?: ({_UNIT}))?(?: (?:{_OF}) |/)(\d+(?:[.,]\d+)*)(?= ({_UNIT}|phan)\b)")
_OUT = (
    r"(?:o |mua |lay )?ngoai (?:tinh|xa|vung|huyen)|(?:o |cua )?(?:tinh|xa|noi|huyen) khac|"
    r"mua ngoai|nhap(?: khau| ngoai| ve)?|"
    r"(?:khong|chua) (?:co |ki )?(?:hop dong|lien ket|bao tieu)|ban le|ban tu do|"
    r"ban ngoai|other provinces?|other communes?|outside|imported|without (?:a )?contract"
)
_IN = (
    r"trong (?:tinh|xa|vung|huyen)|(?:o|tai|cua) (?:tinh|xa)(?: nay| ta| minh| nha)?|(?:tinh|xa) "
    r"(?:nay|ta|minh|nha)|dia phuong|tai cho|que (?:minh|nha|ta)|(?:co|ki|theo|qua|dung) "
    r"(?:hop dong|lien ket|bao tieu)|hop dong|bao tieu|local|from the (?:province|commune)|"
    r"in the (?:province|commune)|contracts?|contracted"
)
_SIDE = re.compile(rf"\b(?:(?P<out>{_OUT})|(?P<in>{_IN}))\b")
_ADDS = re.compile(r"\b(?:con|va|voi|cong|plus|them)\b")

_ONES = "mot hai ba bon nam sau bay tam chin".split()  # noqa: SIM905
_ONE = rf"(?:{'|'.join(_ONES)}|[1-9])"
#: "hai chục người", "mười 2 người": tens in words, of which only the last one was put in figures.
_TENS = re.compile(
    rf"(?<!vai )(?<!may )(?<!hang )\b(?:(?P<tens>{_ONE}) )?(?:muoi|chuc|10)"
    rf"(?: (?P<ones>{_ONE}|lam))?(?= (?:{_UNIT})\b)"
)

Side = str  # "in", "out" or ""


@dataclass(frozen=True, slots=True)
class Portion:
    """What part of a whole is inside."""

    part: float
    whole: float
    outside: float = 0  # what was told instead of the part
    added: bool = False  # whether the whole is the sum of part and outside

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount and where it stands in the text."""

    size: float
    start: int
    end: int


@lru_cache(maxsize=64)  # a question is asked for it by several
def portion(text: str) -> Portion | None:
    """The share that plain folded words tell in amounts; None when they tell none for sure."""
    text = _TENS.sub(_in_figures, text)
    ratio = _RATIO.search(text)
    if ratio:
        unit = _UNITS.get(ratio[4], ("", 1.0))
        part, whole = _size(ratio[1]) * _UNITS.get(ratio[2], unit)[1], _size(ratio[3]) * unit[1]
        return _of_whole(part, whole, _side(text[ratio.end() :]))
    amounts = _amounts(text)
    if len(amounts) == 3:
        return _of_three(text, amounts)
    if len(amounts) != 2:
        return None
    first, second = amounts
    for sides in _sides(text, first, second):
        found = _judged(first.size, second.size, sides)
        if found:
            return found
    return None


def _in_figures(told: re.Match[str]) -> str:
    """ "hai muoi lam": 25."""
    tens, ones = (_digit(told[part] or "") for part in ("tens", "ones"))
    return str((tens or 1) * 10 + ones)


def _digit(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 5 if word == "lam" else _ONES.index(word) + 1 if word in _ONES else 0


def _of_three(text: str, amounts: list[_Told]) -> Portion | None:
    """A whole and its two parts."""
    *parts, whole = sorted(amounts, key=lambda one: one.size)
    if abs(sum(one.size for one in parts) - whole.size) > whole.size / 1000:
        return None
    first, second = sorted(parts, key=lambda one: one.start)
    for sides in _sides(text, first, second):
        inside = [one for one, side in zip((first, second), sides, strict=True) if side == "in"]
        outside = [one for one, side in zip((first, second), sides, strict=True) if side == "out"]
        if len(inside) == 1:
            return Portion(inside[0].size, whole.size)
        if len(outside) == 1:
            return _of_whole(outside[0].size, whole.size, "out")
    return None


def _sides(text: str, first: _Told, second: _Told) -> list[tuple[Side, Side]]:
    """What the two amounts may be, the likeliest first: words stand behind them, or before them."""
    before, between, behind = (
        _side(text[max(0, first.start - 45) : first.start], last=True),
        _side(text[first.end : second.start]),
        _side(text[second.end : second.end + 60]),
    )
    if {before, between} == {"in", "out"} and not behind:
        return [(before, between)]
    adds = _ADDS.search(text[first.end : second.start]) is not None
    found = [(between, behind)] if between else []
    if between and not adds:
        found.append(("", between))
    if not between and (before != "in" or behind != "out" or adds):
        found = [(before, behind), ("", behind)]
    return found


def _judged(first: float, second: float, sides: tuple[Side, Side]) -> Portion | None:
    """The portion of two amounts; None when that cannot be what was meant."""
    by_side = dict(zip(sides, (first, second), strict=True))
    if set(by_side) == {"in", "out"}:
        return Portion(by_side["in"], first + second, by_side["out"], added=True)
    if set(by_side) in ({"in", ""}, {"out", ""}):
        side = "in" if "in" in by_side else "out"
        return _of_whole(by_side[side], by_side[""], side)
    return None


def _of_whole(part: float, whole: float, side: Side) -> Portion | None:
    if not 0 < part <= whole:
        return None
    return Portion(whole - part, whole, part) if side == "out" else Portion(part, whole)


def _side(text: str, *, last: bool = False) -> Side:
    """The first side that is named in `text`, or the last one."""
    found = [m.lastgroup or "" for m in _SIDE.finditer(text)]
    return found[-1 if last else 0] if found else ""


def _amounts(text: str) -> list[_Told]:
    """The amounts of one kind, at most one of them without its unit."""
    said = list(_AMOUNT.finditer(text))
    kinds = Counter(_UNITS[m[2]][0] for m in said)
    kind = kinds.most_common(1)[0][0] if kinds else ""
    said = [m for m in said if _UNITS[m[2]][0] == kind]
    one_unit = len({_UNITS[m[2]] for m in said}) == 1  # then numbers stay as they were told
    found = [
        _Told(
            _size(m[1] + (f".{m[3]}" if m[3] else "")) * (1 if one_unit else _UNITS[m[2]][1]),
            *m.span(),
        )
        for m in said
    ]
    if len(found) == 1:
        taken = range(found[0].start, found[0].end)
        bare = (m for m in _BARE.finditer(text) if m.start() not in taken)
        found += [_Told(_size(m[1]), *m.span()) for m in bare]
    return sorted(found, key=lambda one: one.start)


def _size(said: str) -> float:
    """The number a text begins with: "1.000" is a thousand, "1,2" a little over one."""
    number = re.match(r"\d+(?:[.,]\d+)*", said)
    whole = re.sub(r"[.,](?=\d{3}(?!\d))", "", number[0] if number else "0")
    return float(whole.replace(",", "."))
