"""Finding recognised products in words: "mật ong ở (một xã)", "nước mắm 4 sao", with or without
diacritics, slips of the finger included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conversations.records import PublicProduct, Records
from conversations.standing import Standing, standing
from models.content import Content
from models.content.fold import fold

_STARS = re.compile(r"\b([345])\s*(?:sao|stars?|\*)")
_PLACE = re.compile(r"\b(?:o|tai|xa|phuong|huyen|in|from)\s+(.+)$")
#: Words of asking that are no part of a product's name.
_IDLE = re.compile(
    r"\b(?:tim|kiem|mua|ban|san pham|ocop|dac san|cho (?:toi|minh|em)|xem|muon|can|co|gi|nao|o dau"
    r"|find|buy|product|products|where|the|please|a|nhe|voi|khong|sao)\b"
)
ENOUGH = 74.0  # of 100: how near the words must be


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Empty = anything."""

    words: str = ""
    stars: int | None = None
    communes: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        return not (self.words or self.stars or self.communes)


def wanted(content: Content, text: str) -> Wanted:
    """The words, star and place in what was typed."""
    said = " ".join(re.sub(r"[^\w\s*]", " ", fold(text)).split())
    star = _STARS.search(said)
    said = _STARS.sub(" ", said)
    communes: frozenset[str] = frozenset()
    if place := _PLACE.search(said):
        named = _IDLE.sub(" ", place[1]).strip()
        found = content.find_commune(named) if named else ()
        communes = frozenset(match.commune.code for match in found)
        if communes:
            said = said[: place.start()]
    words = " ".join(_IDLE.sub(" ", said).split())
    return Wanted(words, int(star[1]) if star else None, communes)


def find(
    products: Iterable[PublicProduct], want: Wanted, today: date, limit: int = 50
) -> list[PublicProduct]:
    """The products that fit, the nearest first; valid certificates before others."""
    from rapidfuzz import fuzz

    scored: list[tuple[bool, float, PublicProduct]] = []
    for one in products:
        if want.stars and one.stars != want.stars:
            continue
        if want.communes and one.commune_code not in want.communes:
            continue
        near = 100.0
        if want.words:
            name, maker = fold(one.product), fold(one.producer)
            near = max(
                fuzz.token_set_ratio(want.words, name),
                fuzz.partial_ratio(want.words, name) if len(want.words) > 3 else 0.0,
                fuzz.token_set_ratio(want.words, f"{name} {maker}"),
            )
        if near >= ENOUGH:
            scored.append((standing(one, today) is not Standing.VALID, -near, one))
    scored.sort(key=lambda found: found[:2])
    return [one for _, _, one in scored[:limit]]


def look_for(records: Records, want: Wanted, today: date, limit: int = 50) -> list[PublicProduct]:
    """The products of the register that fit; a word that is one may still be another's slip."""
    for near in (False, True):
        listed = records.listed(want.words, want.stars, want.communes, near)
        if fits := find(listed, want, today, limit):
            return fits
        if not want.words:
            break
    return []


def names_one(records: Records, want: Wanted) -> bool:
    """Do the words, all of them, name a product? At least two: one alone may mean anything."""
    words = set(want.words.split())
    return len(words) > 1 and any(
        words <= set(fold(f"{one.product} {one.producer}").split())
        for one in records.listed(want.words)
    )
