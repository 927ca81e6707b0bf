"""Several offices for several needs in one message: "hai việc này thì hỏi hai sở nào?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.policy.draft import Ask
from conversations.policy.finder import Finder
from conversations.policy.model import Answer
from conversations.policy.reading import Reading
from conversations.policy.talk.together import joined
from conversations.policy.wording import Wording

_OFFICE = r"(?:so|co quan|don vi|nganh|noi|cho|cua) nao|ai\b|dau\b"
_NEED = r"(?:viec|chuyen|cai|khau|thu|mon|nhu cau|muc|y|cho|mang|van de|khoan)"
_ASKS_OFFICES = re.compile(
    rf"\b(?:hai|2|ba|3|nhung|cac) (?:so|co quan|noi|don vi|nganh) (?:nao|gi)\b|"
    rf"\bten (?:hai|2|ba|3) so\b|\bnhung dau\b|\b(?:hai|2) so\b|"
    rf"\b(?:moi|tung|hai|2|cac|nhung) {_NEED}\b(?: [a-z]+){{0,8}}? (?:{_OFFICE})|"
    rf"\b{_NEED} nao (?:thi )?(?:[a-z]+ ){{0,2}}?(?:{_OFFICE})|"
    r"\bwhich (?:two )?(?:departments|offices|bodies)\b|"
    r"\bwhich (?:department|office|body)(?: [a-z]+){0,5} (?:each|either|respectiveli)\b|"
    r"\b(?:for|with) each\b"
)
#: Offices that do one thing together.
_TOGETHER = re.compile(r"\b(?:phoi hop|cung nhau|jointli|together)\b")
_CLAUSE = re.compile(
    r"(?i)[.?!;:\n]+\s*|,\s+|(?:^|\s+)(?:còn|vừa|một là|hai là|ba là|thì|và|với|con|vua|mot la|"
    r"hai la|ba la|thi|va|and|while)\s+"
)
_WHO = ("so", "nao", "huong", "dan")  # a clause tells a need; this asks whose work it is
NEED = 0.3  # sureness from which a clause names a need of one office
_SAYS = 0.12  # sureness from which a clause says anything of ours
_WORDS = 3  # of a clause that names a need


def asks_offices(ask: Ask) -> bool:
    """Whether the offices for several needs are asked for."""
    return _asks(ask.reading) and _TOGETHER.search(ask.text) is None


def _asks(reading: Reading) -> bool:
    return _ASKS_OFFICES.search(reading.text) is not None


def offices(ask: Ask, wording: Wording) -> Answer | None:
    """The offices for the needs a message tells one by one; None for fewer than two."""
    if not asks_offices(ask):
        return None
    best: dict[str, float] = {}
    for need in _needs(ask, wording.finder):
        label, score = _office(need, wording.finder)
        best[label] = max(score, best.get(label, 0.0))
    named = sorted((x for x in best if best[x] >= NEED), key=lambda x: -best[x])[:2]
    passages = wording.finder.library.passages
    return joined([wording.of_passage(ask, passages[x], best[x]) for x in named])


def _needs(ask: Ask, finder: Finder) -> Iterator[Reading]:
    """The clauses that say something of ours, those that ask for the office aside."""
    for said in _CLAUSE.split(ask.reading.said):
        need = finder.reader.read(said or "", ask.lang)
        if len(need.words) < _WORDS or _asks(need):
            continue
        if finder.weights.search(need.words, 1)[0].score >= _SAYS:
            yield need


def _office(need: Reading, finder: Finder) -> tuple[str, float]:
    """The passage of the office that a need is nearest to, and how near."""
    hits = finder.weights.search((*need.words, *_WHO))
    passages = finder.library.passages
    return next(
        ((h.label, h.score) for h in hits if h.label in passages and passages[h.label].role),
        ("", 0.0),
    )
