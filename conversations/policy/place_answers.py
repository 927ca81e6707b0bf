"""Old communes and their new names: where to hand in today."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from conversations.policy.draft import Ask, Draft
from conversations.policy.matter import Matter
from conversations.policy.understand import plain
from models.content.places import Commune, FormerUnit

_ASKS = (
    "cu", "nay la", "nay thuoc", "gio la", "gio thuoc", "sap nhap", "xa nao", "phuong nao",
    "thuoc xa", "thuoc phuong",
    "doi ten", "goi la", "xa gi", "xa chi", "lap tu", "don vi cu", "cu gop", "thuoc dau", "ten moi",
    "nhap vao", "nhap voi", "ve dau", "ten gi", "merged", "which commune", "which ward", "former",
    "old", "new name", "belong", "gop", "gom nhung", "gom xa nao", "now",
)  # fmt: skip
#: Who sits there: not a matter of names of places.
_WHO = ("phu trach", "chu tich", "ten chi", "can bo", "ai truc", "who is", "in charge")
_CONTENTS = (
    "gom nhung",
    "gom xa nao",
    "gom cac xa",
    "tu nhung xa nao",
    "sap nhap tu",
    "gop tu",
    "hop thanh tu",
    "made of",
    "merged from",
    "lap tu",
    "don vi cu",
    "nhung don vi nao",
)

Found = tuple[Commune, FormerUnit]


@lru_cache(maxsize=4)
def _former(matter: Matter) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = defaultdict(list)
    for commune in matter.places.communes.values():
        for unit in commune.merged_from:
            found[" ".join(plain(unit.name))].append((commune, unit))
    return dict(found)


@lru_cache(maxsize=4)
def _present(matter: Matter) -> dict[str, Commune]:
    return {" ".join(plain(c.name)): c for c in matter.places.communes.values()}


def named(ask: Ask) -> str:
    """The longest name of a commune, old or new, in the question; "" when there is none."""
    said = [name for name in _names(ask.matter) if _said(ask, name)]
    return plain_name(max(said, key=len)) if said else ""


def plain_name(name: str) -> str:
    """A name as the plain words it is looked up by."""
    return " ".join(plain(name))


@lru_cache(maxsize=4)
def _names(matter: Matter) -> list[str]:
    units = [u.name for c in matter.places.communes.values() for u in c.merged_from]
    return sorted({*units, *(c.name for c in matter.places.communes.values())})


def _said(ask: Ask, name: str) -> bool:
    """A name of one syllable counts only after its kind: "xã Lộc"."""
    if not ask.reading.names(name):
        return False
    bare = plain_name(name)
    return " " in bare or ask.reading.has(f"xa {bare}", f"phuong {bare}")


def old_commune(ask: Ask) -> Draft | None:
    """The present commune of an old one; every one of them when the name is not unique."""
    names = _all_named(ask)
    if not names or not ask.reading.has(*_ASKS) or ask.reading.has(*_WHO):
        return None
    if len(names) > 1:
        return _of_several(ask, names)
    name = names[0]
    present = _present(ask.matter).get(name)
    if present and ask.reading.has(*_CONTENTS):
        return _draft(ask, [_contents(ask, present)])
    every = _former(ask.matter).get(name, [])
    found = [f for f in every if _same_kind(ask, f[1])] or every  # kinds are often mistaken
    if not found:
        return None
    lines = [_line(ask, commune, unit) for commune, unit in found]
    if len({c.code for c, _ in found}) == 1:
        lines.append(
            ask.say("Hồ sơ OCOP nộp ở UBND {commune}.", commune=found[0][0].full(ask.lang))
        )
    else:
        lines.append(
            ask.say("Có nhiều nơi trùng tên hoặc bị chia, bà con xem đúng huyện cũ của mình.")
        )
    if present:
        lines.append(_contents(ask, present))
    notes = {c.note(ask.lang) for c, _ in found if c.note}
    return _draft(ask, [*lines, *sorted(notes)])


def _all_named(ask: Ask) -> list[str]:
    """Every commune named, old or new, in the order said; of a follow-up only its own."""
    own = " ".join(ask.reading.alone)
    said = [plain_name(name) for name in _names(ask.matter) if _said(ask, name)]
    longest = [n for n in dict.fromkeys(said) if not any(_inside(n, other) for other in said)]
    mine = [n for n in longest if f" {n} " in f" {own} "]
    return sorted(mine or longest, key=lambda n: ask.text.find(n))


def _inside(name: str, other: str) -> bool:
    return name != other and f" {name} " in f" {other} "


def _of_several(ask: Ask, names: list[str]) -> Draft | None:
    """Where each of several old communes belongs now, a line each."""
    lines = []
    for name in names:
        every = _former(ask.matter).get(name, [])
        found = [f for f in every if _same_kind(ask, f[1])] or every
        lines += [_line(ask, commune, unit) for commune, unit in found]
    return _draft(ask, lines) if lines else None


def _same_kind(ask: Ask, unit: FormerUnit) -> bool:
    """False when the question says another kind ("phường X") than the old unit was."""
    kinds = {"xã": "xa", "phường": "phuong", "thị trấn": "thi tran"}
    name = " ".join(plain(unit.name))
    said = [kind for kind, bare in kinds.items() if ask.reading.has(f"{bare} {name}")]
    return not said or unit.kind in said


def _line(ask: Ask, commune: Commune, unit: FormerUnit) -> str:
    said = ask.say(
        "Một phần {kind} {name} cũ ({district}) nay thuộc {commune}."
        if unit.part
        else "{kind} {name} cũ ({district}) nay thuộc {commune}.",
        kind=unit.kind,
        name=unit.name,
        district=unit.district,
        commune=commune.full(ask.lang),
    )
    return said[:1].upper() + said[1:]


def _contents(ask: Ask, commune: Commune) -> str:
    units = ", ".join(f"{u.kind} {u.name}" for u in commune.merged_from)
    return ask.say("{commune} gồm: {units}.", commune=commune.full(ask.lang), units=units)


def _draft(ask: Ask, lines: list[str]) -> Draft:
    return Draft("hai_cap", tuple(lines), ask.cited("hai_cap"))
