"""What is told of this very day: "cấp đúng hôm nay", "hôm nay giấy hết hạn"."""

from __future__ import annotations

import re

from conversations.policy.days.reading import days_told
from conversations.policy.days.roles import Role
from conversations.policy.days.told import months_of
from conversations.policy.draft import Ask

_TODAY = r"(?:hom nay|bua nay|today)"
_CUES = (
    (Role.ENDS, r"het (?:han|hieu luc|gia tri)|dao han|expires?|ends?|runs out"),
    (Role.RECEIVED, r"nhan du|du ho so|(?:full|complete) dossier"),
    (Role.ISSUED,
     r"cap(?! (?:tinh|xa|huyen|bo|phep))|ki|ban hanh|cong nhan(?! lai)|"
     r"nhan (?:giay|chung nhan|bang)|cam giay|lay giay|issued|signed|granted|dated|"
     r"received (?:my|our|the) certificate|recogni[sz]ed"),
)  # fmt: skip
_ROLES = tuple(
    (role, re.compile(rf"\b(?:{cue})\b(?: \w+){{0,5}} {_TODAY}\b|\b{_TODAY}\b(?: [^ ]+){{0,6}}? "
                      rf"(?:{cue})\b"))
    for role, cue in _CUES
)  # fmt: skip
_OTHER_TIME = re.compile(r"\b20\d\d\b(?<!/20\d\d)|\b(?:nam ngoai|nam truoc|nam kia|last year)\b")
_STILL = re.compile(r"\bcon (?:han|gia tri|hieu luc|dung|xai)\b|\bstill\b|\bqua han\b")


def role_today(ask: Ask) -> Role | None:
    """What happens on this very day; None when another day, month or year is told of."""
    if days_told(ask).named or months_of(ask) or _OTHER_TIME.search(ask.text):
        return None
    said = [(said[0], role) for role, cue in _ROLES for said in cue.finditer(ask.text)]
    found = min(said, key=_nearness, default=("", None))[1]
    return None if found is Role.ISSUED and _STILL.search(ask.text) else found


def _nearness(said: tuple[str, Role]) -> tuple[bool, int]:
    """What is said before "hôm nay" comes first, then what stands nearest to it."""
    return re.match(_TODAY, said[0]) is not None, len(said[0])
