"""What a day in a message is: of issue, of the end, of a hand-in, by the words next to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum

from conversations.policy.days.named import Dated, MonthTold

_BEFORE, _AFTER = 16, 10  # words before and after a day that say what it is


class Role(Enum):
    """What happened, or is to happen, on a day that is told."""

    ISSUED = "issued"  # a certificate was given
    ENDS = "ends"  # a certificate runs out
    RECEIVED = "received"  # the province had the full dossier
    SENT = "sent"  # the commune asked the province
    FORWARDED = "forwarded"  # the province asked the ministry
    HANDED = "handed"  # a producer handed in


_OFFICE = r"(?:xa|phuong|tinh|commune|ward|province)(?: (?:da|moi|se|co|will|has))?"
_SENDS = r"gui|de nghi|chuyen|trinh|nop|dua|sends?|sent|send|passes|passed|forward(?:s|ed)?"
_TO_PROVINCE = r"(?:(?:len|ra|cho|toi|ve) (?:tinh|so)|to the province)"
_TO_CENTRE = (
    r"(?:(?:len|ra|cho|toi|ve) (?:bo(?! (?:phan|san pham))|trung uong)|"
    r"(?:gui|trinh) (?:bo(?! (?:ho so|giay|san pham))|trung uong)|to the (?:ministry|central))"
)
_CUES = (
    (Role.ENDS,
     r"het (?:han|hieu luc|gia tri|thoi han|date)|dao han|den han|lapses?|lapsed|expir\w+|ends?|"
     r"ended|runs? out|(?:valid|good) (?:until|till|to|through)|het|"
     r"(?:co )?(?:han|hsd|gia tri|hieu luc)(?: su dung| dung)? (?:den|toi|la|ghi|vao)"),
    (Role.ISSUED,
     r"cap(?! (?:tinh|xa|huyen|bo|phep))|ban hanh|cong nhan|issued?|granted|dated|signed|given|"
     r"ki(?! (?:van ban|to trinh|cong van|hop dong|ket|gui))|"
     r"awarded|recogni[sz]ed|certified|(?:de|ghi|in|ra) ngay|(?:len|dat|duoc|nhan) \d sao|"
     r"(?:nhan|lay|cam) giay(?: chung nhan)?|certificate (?:of|from)|dat(?:es|ing) from|"
     r"certificate (?:\w+ ){1,2}(?:got|received)|"
     r"(?:got|received) (?:my|mi|our|the|a|its) certificate"),
    (Role.RECEIVED,
     r"nhan du|du ho so|(?:nop|gui) du|full(?: re evaluation)? dossier|complete dossier"),
    (Role.FORWARDED,
     rf"(?:{_OFFICE} )?(?:{_SENDS})(?: \w+){{0,10}}? {_TO_CENTRE}"),
    (Role.SENT,
     rf"{_OFFICE} (?:{_SENDS})|(?:{_OFFICE} )?(?:{_SENDS})(?: \w+){{0,6}}? {_TO_PROVINCE}|"
     r"len tinh|gui tinh|de nghi|forwarded"),
    (Role.HANDED,
     r"nop|gui|dua|(?<!chung )nhan|tiep nhan|took|taken|hand(?:ed)?(?: it)?(?: in)?|"
     r"submit(?:ted)?|filed|received?|gave|got"),
)  # fmt: skip
#: "Mãi tới 6/11 xã mới gửi lên tỉnh": what follows is what happened that day.
_ONLY_THEN = re.compile(
    r"(?:(?:vua )?roi )?(?:(?:ho|xa|phuong|uy ban|ubnd|ben xa|can bo|tinh)(?: \w+)? )?moi\b"
)
_BOUND = re.compile(r"\b(?:truoc|before)(?: ngay| hom)?$")
_DAY = re.compile(r"\d+/[\d/]+")
_SAID = tuple((role, re.compile(rf"\b(?:{cue})\b")) for role, cue in _CUES)


def role(dated: Dated | MonthTold) -> Role | None:
    """What `dated` is; None when the words next to it do not say, or set it as a bound."""
    if _BOUND.search(dated.before):
        return None
    after = _first_after(_first(dated.after))
    if after is not None and _ONLY_THEN.match(dated.after):
        return after
    return _nearest_before(_last(dated.before)) or after


def day_of(dated: Sequence[Dated], *roles: Role) -> date | None:
    """The first day that is one of `roles`."""
    return next((one.day for one in dated if role(one) in roles), None)


def _last(text: str) -> str:
    """The last words before a day, none of them before another day."""
    return " ".join(_DAY.split(text)[-1].split()[-_BEFORE:])


def _first(text: str) -> str:
    return " ".join(text.split()[:_AFTER])


def _nearest_before(text: str) -> Role | None:
    """The cue that ends last; of two that end together, the longer."""
    found = [(m.end(), -m.start(), role) for role, cue in _SAID for m in cue.finditer(text)]
    return max(found, key=lambda one: one[:2])[2] if found else None


def _first_after(text: str) -> Role | None:
    found = [(m.start(), -m.end(), role) for role, cue in _SAID for m in cue.finditer(text)]
    return min(found, key=lambda one: one[:2])[2] if found else None
