"""Which sentences of a passage come first: the nearest to what is asked, and of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy import asked_figure
from conversations.policy.finder import Finder
from conversations.policy.passages import Passage
from conversations.policy.reading import Reading

#: The first line of a passage says the most: another comes first when clearly nearer.
PLAINEST = 0.04
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
#: How a kind of figure or name is asked for, what a line that holds one looks like, and its worth.
_KINDS = (
    (
        r"khi nao|bao gio|(?:ngay|hom|nam|thang|hoi) nao|when|what date|(?:which|what) year",
        rf"\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|\b\d{{1,2}} (?:{_MONTH})[a-z]* \d{{4}}\b",
        0.15,
    ),
    (
        r"(?:may|bao nhieu) (?:ngay|hom|thang|nam)|bao lau|thoi han|"
        r"how long|how many (?:days|weeks|months|years)",
        r"\d (?:ngày|tháng|năm|giờ|(?:working )?days?|months?|years?|hours?)\b",
        0.15,
    ),
    (
        r"ai|(?:co quan|cap|don vi|so|bo|nganh) nao|"
        r"who|which (?:body|agency|authority|level|office|ministry|department|official)",
        r"UBND|Chủ tịch|Hội đồng|\bBộ\b|\bSở\b|[Cc]hair|[Cc]ouncil|[Mm]inist|[Dd]epart|province",
        0.12,
    ),
    (
        r"o dau|den dau|ve dau|cho nao|noi nao|where",
        r"UBND|\b[Nn]ơi\b|\bSở\b|[Cc]ommune|[Dd]epart|[Oo]ffice",
        0.08,
    ),
    (
        r"(?:may|bao nhieu) (?:phan tram|%)|what (?:percentage|share)|(?:how many|what) percent",
        r"\d ?%",
        0.15,
    ),
)
_ASKED = tuple((re.compile(rf"\b(?:{a})\b"), re.compile(held), worth) for a, held, worth in _KINDS)


def ranked(
    finder: Finder, reading: Reading, passage: Passage, lines: Sequence[str]
) -> tuple[int, ...]:
    """Places of `lines`, the nearest first; empty when nothing is asked."""
    called = {word for title in passage.title for word in finder.words_of(title)}
    near = _near(finder, reading.words, called, lines)
    if not near:
        return ()
    if reading.alone:
        own = _near(finder, reading.alone, called, lines)
        near = [(n + o) / 2 for n, o in zip(near, own, strict=True)]
    near[0] += PLAINEST
    asked = " ".join(reading.alone or reading.words)
    for kind, held, worth in _ASKED:
        if kind.search(asked):
            near = [n + worth * bool(held.search(x)) for n, x in zip(near, lines, strict=True)]
    order = sorted(range(len(lines)), key=lambda place: -near[place])
    figures = asked_figure.worth(reading, [finder.words_of(line) for line in lines])
    first = max(order, key=lambda place: near[place] + figures[place])
    return (first, *(place for place in order if place != first))


def _near(
    finder: Finder, words: Sequence[str], called: set[str], lines: Sequence[str]
) -> list[float]:
    """How near each line is to what is asked; what the passage is called says nothing of which."""
    asked = [word for word in words if word not in called] or words
    return finder.likeness(asked, lines) if asked else []
