"""Who revokes a certificate, whatever it was revoked for (Điều 8 khoản 2)."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft
from conversations.policy.reading import LONG

_PASSAGE = "qd26_thu_hoi"
_REVOKES = re.compile(
    r"\b(?:thu hoi|rut (?:giay|sao)|thu giay|lay lai giay|tuoc sao|revok\w+|"
    r"withdraw\w*|take away)\b"
)
_WHO = re.compile(r"\b(?:ai|nguoi nao|cap nao|co quan nao|who|which (?:body|authority|level))\b")
#: Something else is asked of it, or besides.
_ELSE = re.compile(
    r"\b(?:may ngay|bao lau|bao nhieu|co bi|khi nao|vi sao|gui|"
    r"kiem tra|xac minh|xac nhan|bao|trinh|check\w*|verif\w*)\b"
)


def who_revokes(ask: Ask) -> Draft | None:
    """Who decides that a certificate is revoked, where the question itself asks that."""
    own = " ".join(ask.reading.own)
    if (
        len(ask.reading.words) > LONG
        or not _REVOKES.search(own)
        or not _WHO.search(own)
        or _ELSE.search(own)
    ):
        return None
    passage = ask.library.passages[_PASSAGE]
    lines = tuple(passage.fact(name, ask.lang) for name in ("who", "how", "time"))
    return Draft(_PASSAGE, lines, ask.cited(_PASSAGE))
