"""Old communes and their new names: where to hand in today."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from conversations.policy.draft import Ask, Draft
from conversations.policy.matter import Matter
from conversations.policy.place_slips import slipped
from conversations.policy.reading import Phrases
from conversations.policy.understand import plain
from models.content.places import Commune, FormerUnit

_ASKS = (
    "nay la", "nay thuoc", "gio la", "gio thuoc", "sap nhap", "xa nao", "phuong nao",
    "thuoc xa", "thuoc phuong",
    "doi ten", "goi la", "xa gi", "xa chi", "lap tu", "don vi cu", "cu gop", "thuoc dau", "ten moi",
    "nhap vao", "nhap voi", "ve dau", "ten gi", "merged", "which commune", "which ward", "former",
    "old", "new name", "belong", "gop", "gom nhung", "gom xa nao", "now", "merger", "called",
    "renamed", "ten la gi", "ten la chi", "doi thanh", "gom cac", "nhung xa nao", "make up",
)  # fmt: skip
_WHICH_KIND = ("la phuong hay xa", "la xa hay phuong", "xa hay phuong", "phuong hay xa")
#: A dossier, and where it goes: with an old commune named, which one takes it now.
_DOSSIER = ("ho so", "nop", "giay", "dang ki", "dossier", "file", "papers", "hand in", "register")
_WHERE = re.compile(
    r"\b(?:uy ban|ubnd|xa|phuong|dia ban|cho|noi)(?: (?:nhan dan|xa|phuong)){0,2} (?:nao|gi|chi)\b|"
    r"\b(?:o|toi|ve|di|den|cho|ra|len) (?:(?:uy ban )?(?:xa|phuong) )?(?:dau|noi nao)\b|"
    r"\bnoi nop\b|\b(?:nop|gui|dua)(?: [a-z]+){0,3} (?:dau|cho ai)\b|\bwhere\b|"
    r"\b(?:which|what) (?:commune|ward|office|committee|people)\b"
)
#: A certificate with an old name on it: no matter of where a place belongs.
_PAPER = re.compile(
    r"\b(?:giay|certificate)\b.*\b(?:lam lai|doi|con (?:dung|gia tri|hieu luc|duoc)|cap lai|sua|"
    r"still|again|valid|chang\w+)\b"
)
#: What is asked of a producer or product there: where it belongs is no answer.
_FIGURES = re.compile(
    r"\b(?:may|bao nhieu|how mani|how much|which)(?: [a-z]+){0,3} "
    r"(?:sao|diem|san pham|chu the|stars?|points?|products?|producers?)\b"
)
#: "cũ", no "cu" of another word.
_OLD = re.compile(r"\bcu\b(?! (?:do|the|cai|ly|li)\b)")
#: Who sits there: not a matter of names of places.
_WHO = ("phu trach", "chu tich", "ten chi", "can bo", "ai truc", "who is", "in charge")
_CONTENTS = re.compile(
    r"\bgom (?:co )?(?:nhung|cac|may|bao nhieu|xa|phuong|don vi)\b|\bnhung don vi nao\b|"
    r"\b(?:tu|do) (?:nhung|cac|may) (?:xa|phuong|don vi)\b|\bdon vi cu\b|"
    r"\b(?:lap|lap ra|gop|sap nhap|nhap|hop thanh|hinh thanh)(?: lai)? tu\b|"
    r"\bmade (?:up )?of\b|\bmakes? up\b|\bmerged from\b"
)

#: What became of a place, right behind its name: "X sáp nhập về đâu", "X cũ giờ là xã gì".
_BECAME = (
    r"(?: (?:cu|hoi truoc|hoi xua|ngay truoc|truoc day|truoc|xua))?"
    r"(?: (?:da|moi|duoc|bi|vua|thi|hien|gio|chu|nay|bay gio|hien nay|hien gio)){0,3}"
    r" (?:sap nhap|nhap|gop|doi ten|doi thanh|thanh|goi la|thuoc|la|ve)"
    r"(?: (?:vao|voi|ve|thanh|sang|cho|la))?(?: (?:xa|phuong|don vi|ten))? (?:nao|dau|gi|chi|mo)\b"
)
#: What a commune is or was, before its name.
_COMMUNES = ("phuong", "thi tran", "tt", "commune", "ward", "town of")
_KINDS = ("xa", *_COMMUNES, "town")

Found = tuple[Commune, FormerUnit]


@lru_cache(maxsize=4)
def _former(matter: Matter) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = defaultdict(list)
    for commune in matter.places.communes.values():
        for unit in commune.merged_from:
            found[plain_name(unit.name)].append((commune, unit))
    return dict(found)


@lru_cache(maxsize=4)
def _present(matter: Matter) -> dict[str, Commune]:
    return {plain_name(c.name): c for c in matter.places.communes.values()}


def named(ask: Ask) -> str:
    """The longest name of a commune, old or new, in the question; "" when there is none."""
    said = _said(ask)
    return plain_name(max(said, key=len)) if said else ""


@lru_cache(maxsize=2048)  # as many as a province has communes, old and new
def plain_name(name: str) -> str:
    """A name as the plain words it is looked up by."""
    return " ".join(plain(name))


@lru_cache(maxsize=4)
def _names(matter: Matter) -> list[str]:
    units = [u.name for c in matter.places.communes.values() for u in c.merged_from]
    return sorted({*units, *(c.name for c in matter.places.communes.values())})


@lru_cache(maxsize=4)
def _names_said(matter: Matter) -> Phrases[str]:
    return Phrases((name, name) for name in _names(matter))


def _said(ask: Ask) -> list[str]:
    """The names of communes in the question."""
    named = _names_said(ask.matter).named_in(ask.reading)
    return [name for name, _ in named if _is_place(ask, name)]


def _is_place(ask: Ask, name: str) -> bool:
    """A name of one syllable counts only with its marks or beside its kind: "Nghen town"."""
    bare = plain_name(name)
    districts = (f"{area} {bare}" for area in ("huyen", "thi xa", "thanh pho"))
    if ask.reading.has(*districts) and not ask.reading.has(*(f"{k} {bare}" for k in _COMMUNES)):
        return False  # a district or town of that name
    return (
        " " in bare
        or name.lower() in ask.reading.marks
        or ask.reading.has(*(f"{kind} {bare}" for kind in _KINDS))
        or ask.reading.has(f"{bare} town", f"{bare} commune", f"{bare} ward")
        or ask.reading.has(f"o {bare}", f"que {bare}", f"live in {bare}", f"lived in {bare}")
    )


def old_commune(ask: Ask) -> Draft | None:
    """The present commune of an old one; every one of them when the name is not unique."""
    if not _asked(ask) or ask.reading.has(*_WHO) or _PAPER.search(ask.text):
        return None
    if _FIGURES.search(ask.text):
        return None
    told = [name for name in ask.once(_all_named) if not _mended(ask, name)]
    names = told or _slipped(ask) or _told_before(ask)
    if not names:
        return None
    if len(names) > 1:
        return _of_several(ask, names)
    name = names[0]
    present = _present(ask.matter).get(name)
    present = present if present and (not told or ask.reading.names(present.name)) else None
    if present and _CONTENTS.search(ask.text):
        return _draft(ask, [_contents(ask, present)])
    found = _meant(ask, name)
    if not found:
        return _same_name(ask, present) if present else None
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
        lines += _today(ask, present, found)
    notes = {c.note(ask.lang) for c, _ in found if c.note}
    return _draft(ask, [*lines, *sorted(notes)])


def became(ask: Ask) -> Draft | None:
    """The same when a name and what became of it are all that is asked: a word in the name, like
    that for receiving money, tells of nothing else."""
    names = (re.escape(name) for name in ask.once(_all_named))
    return old_commune(ask) if any(re.search(rf"\b{n}{_BECAME}", ask.text) for n in names) else None


def _today(ask: Ask, present: Commune, found: list[Found]) -> list[str]:
    """The commune that bears the name today, and its dossiers when they go elsewhere."""
    lines = [_contents(ask, present)]
    if all(commune.code != present.code for commune, _ in found):
        place = present.full(ask.lang)
        said = ask.say("Nếu là {commune} hiện nay thì nộp ở UBND {commune}.", commune=place)
        return [said, *lines]
    return lines


def _meant(ask: Ask, name: str) -> list[Found]:
    """The old communes of that plain name: those spelled and called as typed, if there are."""
    every = _former(ask.matter).get(name, [])
    spelled = [found for found in every if ask.reading.names(found[1].name)] or every
    return [found for found in spelled if _same_kind(ask, found[1])] or spelled  # often mistaken


def _same_name(ask: Ask, commune: Commune) -> Draft | None:
    """A commune of today, when it is asked where its dossiers go or what it is."""
    if not (ask.reading.has(*_WHICH_KIND) or _WHERE.search(ask.text)):
        return None
    place = commune.full(ask.lang)
    lines = [ask.say("Hồ sơ OCOP nộp ở UBND {commune}.", commune=place), _contents(ask, commune)]
    return _draft(ask, lines)


def _asked(ask: Ask) -> bool:
    """Whether it is asked what a place is called now, or where its dossiers go."""
    if ask.reading.has(*_ASKS, *_WHICH_KIND) or _OLD.search(ask.text):
        return True
    return ask.reading.has(*_DOSSIER) and _WHERE.search(ask.text) is not None


def _all_named(ask: Ask) -> list[str]:
    """Every commune named, old or new, in the order said; of a follow-up only its own."""
    own = " ".join(ask.reading.alone)
    said = [plain_name(name) for name in _said(ask)]
    longest = [n for n in dict.fromkeys(said) if not any(_inside(n, other) for other in said)]
    mine = [n for n in longest if f" {n} " in f" {own} "]
    return sorted(mine or longest, key=lambda n: ask.text.find(n))


def _mended(ask: Ask, name: str) -> bool:
    """Whether a name of a message that leans on none stands in it only because a slip was mended
    to it: another may be meant."""
    return not ask.reading.alone and f" {name} " not in f" {' '.join(plain(ask.reading.said))} "


def _slipped(ask: Ask) -> list[str]:
    """A commune whose name is typed with a slip."""
    others = ask.matter.dictionary.placed
    names = [plain_name(name) for name in _names(ask.matter)]
    name = slipped(ask.reading.said, names, {plain_name(name) for name in others})
    return [name] if name else []


def _told_before(ask: Ask) -> list[str]:
    """The commune of the question before, or of the story, when it is asked where to hand in."""
    before = ask.reading.before
    if before is None or not (ask.reading.has(*_DOSSIER) and _WHERE.search(ask.text)):
        return []
    return _all_named(replace(ask, reading=before))[-1:]


def _inside(name: str, other: str) -> bool:
    return name != other and f" {name} " in f" {other} "


def _of_several(ask: Ask, names: list[str]) -> Draft | None:
    """Where each of several old communes belongs now, a line each."""
    lines = []
    for name in names:
        lines += [_line(ask, commune, unit) for commune, unit in _meant(ask, name)]
    return _draft(ask, lines) if lines else None


def _same_kind(ask: Ask, unit: FormerUnit) -> bool:
    """False when the question says another kind ("phường X") than the old unit was."""
    kinds = {"xã": "xa", "phường": "phuong", "thị trấn": "thi tran"}
    name = plain_name(unit.name)
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
    return Draft("hai_cap", tuple(lines), ask.cited("hai_cap"), meant_by=("qd26_noi_nop",))
