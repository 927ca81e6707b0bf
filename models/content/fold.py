"""One way to compare Vietnamese words: without case, diacritics and stray spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^0-9a-zà-ỹđ]+")
# Old and new placement of tone marks are the same word: hoà = hòa, thuỷ = thủy.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_TONE = re.compile(rf"(o[ae]|uy)([{_TONES}])(?![a-z])")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` in lower case without diacritics, đ as d, runs of spaces as one; "" for blank text."""
    flat = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in flat if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(unicodedata.normalize("NFC", bare).split())


@lru_cache(maxsize=8192)
def spell(text: str) -> str:
    """`text` in lower case with its diacritics, tone marks in one place: for exact comparison."""
    flat = unicodedata.normalize("NFD", text.lower())
    moved = _OLD_TONE.sub(lambda m: m[1][0] + m[2] + m[1][1:], flat)
    return " ".join(unicodedata.normalize("NFC", moved).split())


def words(text: str) -> list[str]:
    """The folded words of `text`, punctuation dropped."""
    return [w for w in _NOT_WORD.split(fold(text)) if w]


def marked(text: str) -> list[str]:
    """The words of `text` with their diacritics; as many as words() gives."""
    return [w for w in _NOT_WORD.split(spell(text)) if w]


def has_diacritics(text: str) -> bool:
    """True when the writer used Vietnamese diacritics anywhere in `text`."""
    return spell(text) != fold(text)
