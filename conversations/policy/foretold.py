"""What only a council decides: a result that is to be foretold, a paper that it may accept."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft
from conversations.policy.points.stars import stars_of_points
from conversations.policy.reading import LONG, Reading, sentences

_OPEN = "gap_doan_ket_qua"
#: A result is to be guessed or promised; "đoàn", "giai đoạn" are no "đoán".
_FORETELL = re.compile(
    r"\b(?:doan|du doan|phong doan) (?:xem|coi|thu|gium|giup|ho|di|cho|giup|truoc|ket qua|diem)\b|"
    r"\b(?:tien doan|boi thu|boi xem)\b|"
    r"\b(?:cam doan|hua chac|bao dam|dam bao) (?:la |rang |cho |voi )?(?:toi|em|minh|nha|tui|se)\b|"
    r"\bchac(?: chan| an)? (?:dau|rot|truot)\b|"
    r"(?<!tai )(?<!nguyen )(?<!du )(?<!vat )\blieu (?:\w+ ){0,8}(?:dau|rot|truot)"
    r"(?: \w+){0,2}? (?:khong|chua)\b|"
    r"\b(?:guess|predict|foretell)\b|\bguarantee (?:me|us|that|mi|our|a)\b|"
    r"\b(?:chances?|odds|probabiliti|likelihood) (?:of|that|for)\b|\bhow likeli\b"
)
_RESULT = (
    "sao", "diem", "dau", "rot", "truot", "dat", "hoi dong", "ket qua", "star", "stars",
    "points", "score", "pass", "passing", "fail", "council", "result",
)  # fmt: skip
_IF = ("du diem", "du dieu kien", "neu")  # what the rule says is asked
_ACCEPTS = ("chap nhan", "accept", "accepts", "accepted")
#: An application for a trademark that its office has accepted: no council's doing.
_APPLIED = re.compile(
    r"\bchap nhan don\b|\bdon(?: [a-z]+){0,5} chap nhan\b|\bapplication(?: [a-z]+){0,5} accepted\b|"
    r"\baccepted application\b"
)
_NEAR = 0.25  # nearness from which a question known to be open is the one that is asked
_FIRST = 3  # labels that are looked at


def foretold(ask: Ask) -> Draft | None:
    """That nobody can foretell a result; with what the points told would give."""
    if not any(map(_foretells, _parts(ask))):
        return None
    if ask.reading.has(*_IF) or _only_of_talk(ask):
        return None
    passage = ask.library.passages[_OPEN]
    sum_ = stars_of_points(ask)
    told = sum_.lines if sum_ else ()
    sources = dict.fromkeys((*ask.cited(_OPEN), *(sum_.sources if sum_ else ())))
    return Draft(_OPEN, (*passage.said(ask.lang), *told), tuple(sources), sure=False)


def _parts(ask: Ask) -> list[Reading]:
    """The sentences of a long message: a story may guess at other things."""
    if ask.reader is None or len(ask.reading.words) <= LONG:
        return [ask.reading]
    return [ask.reader.read(piece, ask.lang) for piece in sentences(ask.reading.said)]


def _foretells(reading: Reading) -> bool:
    guesses = _FORETELL.search(reading.text) is not None or reading.names("đoán")
    return guesses and reading.has(*_RESULT)


def _only_of_talk(ask: Ask) -> bool:
    """ "phỏng đoán", "chẩn đoán" and the like, when nothing is to be foretold."""
    return ask.reading.has("chan doan", "lua doan", "xet doan")


def accepted(ask: Ask) -> Draft | None:
    """Whether a council accepts what stands for a paper, where that is known to be open."""
    if not ask.reading.has(*_ACCEPTS) or _APPLIED.search(ask.text):
        return None
    near = (h for h in ask.top[:_FIRST] if h.label.startswith("gap_") and h.score >= _NEAR)
    found = next(near, None)
    if found is None:
        return None
    passage = ask.library.passages[found.label]
    return Draft(passage.id, passage.said(ask.lang), ask.cited(passage.id), sure=False)
