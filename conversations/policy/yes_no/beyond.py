"""What a question for yes or no speaks of beyond the passage that is to answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.policy.features import FUNCTION_WORDS, root
from conversations.policy.passages import Passage, Verdicts
from conversations.policy.reading import Reading
from conversations.policy.understand import plain
from conversations.policy.yes_no.polar import Polar

_SIGNS = re.compile(r" [-|+] ")
#: Words that say nothing of what is asked: of the programme, of who says so, of the form.
_ANYWHERE = frozenset(
    "ocop san pham ho so chu the bao cao theo noi tinh dung that van bay gio dau dang ki dai "  # noqa: SIM905
    "phuong report product products dossier province true right it don t isn doesn".split()
)
#: A figure of its own, not the number of a paper ("15/2018"), a day or a year.
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d{1,4}(?:[.,]\d+)?")

_FAR = 3  # words


@dataclass(frozen=True, slots=True)
class Beyond:
    """`figure`: whether a figure is named that the passage has not; `words`: how many words that
    say something."""

    figure: bool
    words: int


def beyond(reading: Reading, asked: Polar, passage: Passage) -> Beyond:
    """What the clause that asks names and `passage` does not."""
    told = _words(tuple(_texts(passage, reading.lang == "en")))
    left = _asking(reading, asked) - told
    return Beyond(
        any(_FIGURE.fullmatch(word) for word in left),
        len([word for word in left if word not in FUNCTION_WORDS and not word[:1].isdigit()]),
    )


def told_elsewhere(reading: Reading, asked: Polar, passage: Passage, place: int) -> bool:
    """Whether another sentence of `passage` than that at `place` has far more of the question."""
    english = reading.lang == "en"
    said = _asking(reading, asked) - FUNCTION_WORDS
    shared = [len(said & _words((fact[english],))) for fact in passage.facts]
    here = _words((passage.facts[place][english], *_phrases(passage.verdicts[place])))
    return max(shared) - len(said & here) >= _FAR


def _texts(passage: Passage, english: bool) -> Iterator[str]:
    """All that a passage says: title, sentences, papers, and what its verdicts are put by."""
    yield passage.title[english]
    for cite in passage.cites:
        yield f"{cite.document} {cite.section}"
    for fact in passage.facts:
        yield fact[english]
    for verdicts in passage.verdicts:
        yield from _phrases(verdicts)


def _phrases(verdicts: Verdicts) -> Iterator[str]:
    """What the verdicts of a sentence are put by, without the signs between."""
    for phrases in verdicts.values():
        yield from (_SIGNS.sub(" ", phrase) for phrase in phrases)


def _asking(reading: Reading, asked: Polar) -> set[str]:
    """The words of the clause that asks, without those that say nothing of it."""
    own = (reading.alone or reading.words)[asked.from_ : asked.until]
    return {root(word) for word in own} - _ANYWHERE


@lru_cache(maxsize=512)
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(root(word) for text in texts for word in plain(text))
