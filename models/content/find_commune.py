"""Finds the commune a person means, in any spelling, by new, former or district name.

Former names and names that mislead come from communes.yaml; nothing here knows a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.content.fold import fold, has_diacritics, spell
from models.content.places import Commune, Places
from models.content.text import Text

# Written kinds, folded -> the kind they mean. Longer ones first where one begins another.
_KINDS = {
    "xa": "xã", "x": "xã", "phuong": "phường", "p": "phường", "f": "phường",
    "thi tran": "thị trấn", "tt": "thị trấn", "huyen": "huyện", "h": "huyện",
    "thi xa": "thị xã", "tx": "thị xã", "thanh pho": "thành phố", "tp": "thành phố",
    "commune": "xã", "ward": "phường", "district": "huyện",
}  # fmt: skip
_KIND = r"thi tran|thanh pho|thi xa|huyen|phuong|xa|tt|tx|tp|[xpfh](?=[. ])"
_LEAD = re.compile(rf"^({_KIND})\b[.:]?\s*")
_TAIL = re.compile(r"\s+(commune|ward|district)$")
_AREAS = ("huyện", "thị xã", "thành phố")
# "(commune) huyện (district)" is two names, said without a comma.
_KIND_WITHIN = re.compile(
    r"(?<=\w)(?<!thị)(?<!thi) "
    r"(?=(?:xã|phường|phuong|huyện|huyen|thị xã|thi xa|thị trấn|thi tran|thành phố|thanh pho) )",
    re.IGNORECASE,
)
_NEAR, _MARGIN = 84, 6  # likeness of a typo, and how far the best must lead to be sure
_LONGEST = 400  # characters read: an address is shorter, and a flood costs nothing
_CLOSE = 76  # likeness at which a name of the same close_names group is asked about as well


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """A commune that may be meant. `said` is the name that led to it, with its old kind.

    `former`: by the name of a merged unit or an old area. `note`: what to tell or ask.
    """

    commune: Commune
    said: str
    former: bool
    note: Text | None


@dataclass(frozen=True, slots=True)
class _Name:
    """A name a commune answers to."""

    name: str
    kind: str
    commune: Commune
    former: bool
    area: bool = False
    part: bool = False

    def match(self) -> CommuneMatch:
        said = f"{self.kind} {self.name}".strip()
        return CommuneMatch(self.commune, said, self.former, self._note(said))

    def _note(self, said: str) -> Text | None:
        now = self.commune
        if self.area:
            return Text(f"Thuộc {said} cũ.", f"In the former {said}.")
        if self.part:
            return Text(
                f"Một phần {said} cũ nay thuộc {now.full()}.",
                f"Part of the former {said} is now {now.full('en')}.",
            )
        if self.former:
            return Text(
                f"{said[0].upper()}{said[1:]} cũ nay thuộc {now.full()}.",
                f"The former {said} is now in {now.full('en')}.",
            )
        return now.note


@dataclass(slots=True)
class CommuneFinder:
    """An index over the communes; build once, ask often."""

    places: Places
    province: str  # ends many addresses and narrows nothing
    names: list[_Name] = field(init=False)
    by_fold: dict[str, list[_Name]] = field(init=False)

    def __post_init__(self) -> None:
        self.names = [n for c in self.places.communes.values() for n in _names(c)]
        self.by_fold = {}
        for name in self.names:
            self.by_fold.setdefault(fold(name.name), []).append(name)

    def find(self, text: str) -> tuple[CommuneMatch, ...]:
        """No match = not found; one = sure; several = ask which, likeliest first."""
        text = unicodedata.normalize("NFC", text[:_LONGEST])
        by_code = self.places.communes.get(text.strip())
        if by_code:
            return (CommuneMatch(by_code, by_code.full(), False, None),)
        parts = [p.strip() for p in re.split(r"[,;\n/()–-]", _KIND_WITHIN.sub(",", text))]
        last = parts[1:] and fold(_split(parts[-1])[1]).removeprefix("tinh ")
        parts = parts[:-1] if last == fold(self.province) else parts
        parts = [p for p in parts if p]
        for place, part in enumerate(parts):
            found = self._part(part)
            if found:
                return _matches(self._narrow(found, parts[place + 1 :]))
        return _matches(self._inside(text) or (self._near(parts[0]) if parts else []))

    def _part(self, part: str) -> list[_Name]:
        """Names equal to `part`, once its written kind is taken off."""
        whole = self._same(part)
        kind, bare = _split(part)
        found = self._fitting(self._same(bare), kind) if kind else []
        return found or whole

    def _same(self, name: str) -> list[_Name]:
        found = self.by_fold.get(fold(name), [])
        exact = [n for n in found if spell(n.name) == spell(name)]
        # With diacritics two names may differ by a tone; without them both are meant.
        return exact if exact and has_diacritics(name) else found

    def _fitting(self, found: list[_Name], kind: str) -> list[_Name]:
        if kind in _AREAS:
            return [n for n in found if n.area and n.kind == kind] or found
        units = [n for n in found if not n.area]
        return [n for n in units if n.kind == kind] or units or found

    def _narrow(self, found: list[_Name], rest: list[str]) -> list[_Name]:
        """Keeps the communes of a district named after them, as in "commune, district"."""
        for part in rest:
            codes = {n.commune.code for n in self._part(part)}
            inside = [n for n in found if n.commune.code in codes]
            if inside and len(inside) < len(found):
                return inside
        return found

    def _inside(self, text: str) -> list[_Name]:
        """The longest name said within a sentence; one after "xã", "phường" ... comes first."""
        told = re.findall(r"\w+", spell(text))
        spans = [
            (size, start, " ".join(told[start : start + size]))
            for size in (4, 3, 2)
            for start in range(len(told) - size + 1)
        ]
        hits = [(s, start, found) for s, start, name in spans if (found := self._part(name))]
        if not hits:
            return []
        return max(hits, key=lambda hit: (hit[0], -hit[1]))[2]

    def _near(self, part: str) -> list[_Name]:
        """Names a slip of the finger away."""
        from rapidfuzz import fuzz, process

        kind, bare = _split(part)
        asked = fold(bare)
        if len(asked) < 4:
            return []
        near = process.extract(
            asked, self.by_fold.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=_CLOSE
        )
        if not near or near[0][1] < _NEAR:
            return []
        best, top, _ = near[0]
        kept = [n for n, score, _ in near if score >= top - _MARGIN or self._mistaken(n, best)]
        return [n for name in kept for n in self._fitting(self.by_fold[name], kind)]

    def _mistaken(self, one: str, other: str) -> bool:
        """True when communes.yaml says that the two names are easily taken for each other."""
        return any({one, other} <= set(map(fold, g)) for g in self.places.close_names)


def _names(commune: Commune) -> Iterable[_Name]:
    yield _Name(commune.name, commune.kind, commune, former=False)
    for alias in commune.aliases:
        yield _Name(alias, "", commune, former=False)
    for unit in commune.merged_from:
        if unit.name != commune.name:
            yield _Name(unit.name, unit.kind, commune, former=True, part=unit.part)
    for area in dict.fromkeys([*commune.old_areas, *(u.district for u in commune.merged_from)]):
        kind, bare = _split(area)
        yield _Name(bare, kind, commune, former=True, area=True)


def _split(written: str) -> tuple[str, str]:
    """("xã", "Ba Vì") of "x. Ba Vì"; ("", text) when no kind is written."""
    flat = fold(written)
    lead, tail = _LEAD.match(flat), _TAIL.search(flat)
    text = " ".join(written.split())
    # Folding keeps the length of NFC text, so positions carry over.
    if lead and lead.end() < len(flat) and len(flat) == len(text):
        return _KINDS[lead[1]], text[lead.end() :]
    if tail and len(flat) == len(text):
        return _KINDS[tail[1]], text[: tail.start()]
    return "", written


def _matches(found: list[_Name]) -> tuple[CommuneMatch, ...]:
    """One match a commune, present names first."""
    kept: dict[str, _Name] = {}
    for name in sorted(found, key=lambda n: (n.former, n.area)):
        kept.setdefault(name.commune.code, name)
    return tuple(name.match() for name in kept.values())
