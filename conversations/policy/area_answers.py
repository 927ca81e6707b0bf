"""Old districts and towns, and names that several communes share: what they are now.

There is no district level any more (Nghị quyết 1665/NQ-UBTVQH15); people still say where they live
by it, and hand in at a commune.
"""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft
from conversations.policy.understand import plain
from models.content.places import Commune

_ASKS = re.compile(
    r"\b(?:xa|phuong)(?: moi)? (?:nao|gi|chi)\b|"
    r"\b(?:may|bao nhieu|nhung|cac) (?:xa|phuong|don vi)\b|\b(?:chia|tach) (?:ra |thanh |lam )|"
    r"\bgom\b|\b(?:thanh|la|ve|thuoc|o|toi|len) (?:dau|gi|cai gi)\b|"
    r"\b(?:which|what|how mani) (?:communes?|wards?)\b|\bwhere\b|\bdivided\b|\bmade up\b"
)
#: How many of something else than communes: the report's figures are asked.
_OTHER = re.compile(
    r"\b(?:san pham|chu the|doanh thu|hop tac xa|thuong|diem|sao|products?|producers?|stars?|"
    r"reward)\b"
)


def old_area(ask: Ask) -> Draft | None:
    """The communes of an old district or town, or those that share a name, when it is asked where
    they are or go now."""
    if _ASKS.search(ask.text) is None or _OTHER.search(ask.text):
        return None
    return _of_area(ask) or _of_shared_name(ask)


def _of_area(ask: Ask) -> Draft | None:
    area = next((area for area in _areas(ask) if ask.reading.names(area)), None)
    if area is None:
        area = next((area for area in _areas(ask) if _in_english(ask, area)), None)
    if area is None:
        return None
    inside = [one for one in ask.matter.places.communes.values() if _lay_in(one, area)]
    named = ", ".join(one.full(ask.lang) for one in inside)
    lines = (
        ask.say("Vùng {area} cũ nay thuộc: {communes}.", area=area, communes=named),
        ask.say("Hồ sơ OCOP nộp ở UBND xã, phường nơi mình sản xuất; không còn nộp ở cấp huyện."),
    )
    return Draft("hai_cap", lines, ask.cited("hai_cap"))


def _areas(ask: Ask) -> list[str]:
    """The old districts and towns, with their kind."""
    communes = ask.matter.places.communes.values()
    return list(dict.fromkeys(area for one in communes for area in one.old_areas))


def _in_english(ask: Ask, area: str) -> bool:
    """By its English kind, behind the name: "... district"."""
    kinds = {"huyen": "district", "thi xa": "town", "thanh pho": "city"}
    bare = " ".join(plain(area))
    return any(
        ask.reading.has(f"{bare.removeprefix(f'{kind} ')} {english}")
        for kind, english in kinds.items()
        if bare.startswith(f"{kind} ")
    )


def _lay_in(commune: Commune, area: str) -> bool:
    return area in commune.old_areas or any(u.district == area for u in commune.merged_from)


def _of_shared_name(ask: Ask) -> Draft | None:
    """Communes whose names differ only by the number behind what is said."""
    every = [one.name for one in ask.matter.places.communes.values()]
    shared = {" ".join(name.split()[:-1]) for name in every if name.split()[-1].isdigit()}
    said = next((name for name in sorted(shared) if ask.reading.names(name)), None)
    if said is None or any(ask.reading.names(name) for name in every):
        return None
    meant = [
        one.full(ask.lang)
        for one in ask.matter.places.communes.values()
        if one.name.startswith(f"{said} ")
    ]
    line = ask.say("Có {n} nơi mang tên này: {communes}.", n=len(meant), communes=", ".join(meant))
    ask_kind = ask.say("Bà con nộp hồ sơ OCOP ở UBND của nơi mình sản xuất.")
    return Draft("hai_cap", (line, ask_kind), ask.cited("hai_cap"))
