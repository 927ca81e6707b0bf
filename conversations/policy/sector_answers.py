"""Which product sets a sector or group of Phụ lục I holds: "nhóm đồ uống có những bộ nào"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.lack_answers import ranges
from conversations.policy.matter import Matter
from conversations.policy.sets import products
from conversations.policy.understand import plain

_GROUP = r"(?:phan )?(?:nhom|linh vuc|nganh|mang)(?: (?:lon|hang|san pham|sp|ve))*"
_SET = r"(?:bo|phieu|bang cham|mau cham)(?: (?:san pham|sp|tieu chi|cham|diem))*"
_HOW_MANY = r"(?:may|bao nhieu|nhung|cac|tong cong|tat ca)"
_HOLDS = r"(?:bao gom|gom|co|chia|tach|chua|phan)(?: (?:ra|lam|thanh|co|duoc|du|tat ca|tong cong))*"
_WHICH = r"(?:nao|gi|chi|may|j)"
#: Behind the name of a group: "gồm những bộ nào", "có mấy bộ", "chia ra mấy loại phiếu".
_BEHIND = (
    rf"(?: (?:cua ocop|trong ocop|ocop|nay|thi|la|duoc|do|tat ca|cung))* {_HOLDS} "
    rf"(?:{_HOW_MANY}(?: loai)? {_SET}\b|{_SET} {_WHICH}\b|(?:nhung |cac )?{_WHICH}$)"
)
#: Before it: "những bộ nào thuộc nhóm", "có mấy bộ trong nhóm".
_BEFORE = (
    rf"(?:{_HOW_MANY} {_SET}|{_SET} (?:so )?{_WHICH})(?: (?:thi|la|duoc|deu))* "
    rf"(?:thuoc|trong|nam trong|cua|o)(?: ve)? (?:{_GROUP} )?"
)
_BEFORE_EN = (
    r"\b(?:which|what|how mani)(?: product)? (?:sets?|sheets?|categori)"
    r"(?: (?:are|is|there|belong|belongs|fall|come|does|do))* (?:in|under|to|of|within)?"
    r"(?: ?(?:the|in|under))* (?:products? )?"
)
_BEHIND_EN = r" (?:group|sector)?\b"
_HOLDS_EN = (
    r"(?: products?)? (?:group|sector)(?: of ocop)? (?:contain|hold|include|cover|have|has|"
    r"contains|holds|includes|covers|consist|made)\b"
)


def sets_of_group(ask: Ask) -> Draft | None:
    """The sets of the sector or group that is named; None when something else is asked, or a
    product is named besides: then its set is asked."""
    numbers = _asked(ask)
    if not numbers:
        return None
    return Draft("qd26_nhom", tuple(_lines(ask, numbers)), ask.cited("qd26_nhom"))


def _asked(ask: Ask) -> tuple[int, ...]:
    english = ask.lang == "en"
    found = _pattern(ask.matter, english).search(" ".join(ask.reading.words))
    if found is None or _besides(ask, found[0]):
        return ()
    return _names(ask.matter, english)[found["a"] or found["b"]]


@lru_cache(maxsize=8)
def _pattern(matter: Matter, english: bool) -> re.Pattern[str]:
    """A name of a group with what asks for its sets, before or behind it."""
    either = "|".join(map(re.escape, sorted(_names(matter, english), key=len, reverse=True)))
    if english:
        return re.compile(rf"{_BEFORE_EN}(?P<a>{either}){_BEHIND_EN}|\b(?P<b>{either}){_HOLDS_EN}")
    return re.compile(rf"\b{_BEFORE}(?P<a>{either})\b|\b(?P<b>{either})\b{_BEHIND}")


def _besides(ask: Ask, asked: str) -> bool:
    """Whether a product is named outside of what asks: "mật ong là bộ nào trong nhóm thực phẩm"."""
    return any(f" {' '.join(plain(one.said))} " not in f" {asked} " for one in products(ask))


@lru_cache(maxsize=8)
def _names(matter: Matter, english: bool) -> Mapping[str, tuple[int, ...]]:
    """The plain names of the sectors and groups -> their sets."""
    sets = matter.sets.values()
    groups = {(one.group_en if english else one.group) for one in sets}
    named = {
        _alone(" ".join(plain(name)), english): tuple(
            one.number for one in sets if name == (one.group_en if english else one.group)
        )
        for name in groups
    }
    of_sectors = {
        said: tuple(one.number for one in sets if one.sector == sector)
        for said, sector in matter.sectors_said.items()
    }
    return {**of_sectors, **named}


def _alone(name: str, english: bool) -> str:
    """A name of one syllable only behind what it is: "hạn chế gồm những gì" asks for no tea."""
    return name if english or " " in name else f"nhom {name}"


def _lines(ask: Ask, numbers: tuple[int, ...]) -> list[str]:
    """How many they are and their numbers, then each by its name."""
    english, sets = ask.lang == "en", [ask.matter.sets[number] for number in numbers]
    first = sets[0]
    whole = [one.number for one in ask.matter.sets.values() if one.sector == first.sector]
    name = (
        lowered(ask.matter.sectors[first.sector](ask.lang).removeprefix("Sản phẩm "))
        if whole == list(numbers)
        else lowered(first.group_en if english else first.group)
    )
    head = ask.say(
        "Nhóm {group} có {n} bộ sản phẩm: số {numbers}.",
        group=name, n=len(numbers), numbers=ranges(list(numbers)),
    )  # fmt: skip
    each = [
        ask.say(
            "Bộ {number}: {name}.", number=one.number, name=one.name_en if english else one.name
        )
        for one in sets
    ]
    return [head, *each]
