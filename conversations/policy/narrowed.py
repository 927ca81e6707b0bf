"""A part of a figure is asked for that nobody wrote down: of women, on one site, in one year."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask
from conversations.policy.passages import Passage
from conversations.policy.reading import LONG, Reading, asks, sentences
from conversations.policy.understand import plain

_NO_FIGURE = "gap_tong_so_khac"  # the report does not give this figure
_LOOKED_AT = 6  # labels among which another passage says so
_COUNTS = re.compile(
    r"\b(?:bao nhieu|may|so luong|liet ke|ke ten|danh sach|nhieu nhat|it nhat|"
    r"ti le|nhung san pham nao|how man[iy]|how much|list|number of|percent(?:age)?|share|"
    r"target|most)\b"
)
#: A line that only says what is not written.
_SAYS_NOT = re.compile(r"\b(?:khong (?:neu|chia|ghi|noi)|chua neu|does not|do not|not given)\b")
_YEAR = re.compile(r"\b(20[1-4]\d)\b(?! \d{4}\b)")


def narrowed(ask: Ask, said: str, passage: Passage) -> Passage | None:
    """What says so, when only a part of the report's figures is asked for that `said` does not
    speak of; `said` begins with `passage`. None when it holds what is asked."""
    if passage.id not in _of_figures(ask):
        return None
    asked = _asking(ask)
    if _COUNTS.search(" ".join(asked.sure)) is None:
        return None
    told = _told(ask, said)
    lacks = any(not told.has(*words) for words in _named(ask, asked))
    return _not_given(ask, passage) if lacks or _other_year(asked, told) else None


def _not_given(ask: Ask, passage: Passage) -> Passage:
    """What says that the document of `passage` gives no such figure: the nearest that does."""
    near = (ask.library.passages.get(hit.label) for hit in ask.top[:_LOOKED_AT])
    written = passage.cites[0].document
    same = (one for one in near if one and one.gap and one.cites[0].document == written)
    return next(same, ask.library.passages[_NO_FIGURE])


def _told(ask: Ask, said: str) -> Reading:
    """The lines of an answer that hold something; not "the report does not give ..."."""
    held = (plain(line) for line in said.splitlines())
    words = tuple(w for line in held if not _SAYS_NOT.search(" ".join(line)) for w in line)
    return Reading(said, ask.lang, " ".join(words), words)


def _of_figures(ask: Ask) -> set[str]:
    """The passages that hold the report's figures and its targets."""
    counts = ask.matter.counts
    if counts is None:
        return set()
    figures = counts.figures.values()
    return {one.passage for one in figures} | {one.goal.passage for one in figures if one.goal}


def _named(ask: Ask, asked: Reading) -> list[tuple[str, ...]]:
    """The words of every kind of narrowing that the question names."""
    return [words for _, words in ask.matter.narrows_said.named_in(asked)]


def _other_year(asked: Reading, told: Reading) -> bool:
    """Whether a year is asked for that the answer does not name; "2026 2030" is a span."""
    years = set(_YEAR.findall(asked.text))
    return bool(years) and not years & set(_YEAR.findall(told.text)) and not _spans(asked)


def _spans(asked: Reading) -> bool:
    return re.search(r"\b20\d\d (?:den |toi |to )?20\d\d\b", asked.text) is not None


def _asking(ask: Ask) -> Reading:
    """What a message asks: of a long one only the sentences that ask for a figure."""
    pieces = sentences(ask.reading.said) if len(ask.reading.words) > LONG else []
    asked = [piece for piece in pieces if asks(piece) and _COUNTS.search(" ".join(plain(piece)))]
    if not asked or len(asked) == len(pieces) or ask.reader is None:
        return ask.reading
    return ask.reader.read(" ".join(asked), ask.lang)
