"""Names of communes with a slip of the finger: one letter missing, too many, wrong or swapped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from conversations.policy.spelling import is_syllable
from conversations.policy.understand import plain

_STOPS = re.compile(r"[.,;:!?\n]+\s")  # no name goes on behind them
_LEAST = 6  # letters of a name, below which one of them too few makes another name
#: What stands before the name of a place, or after an old one.
_KIND_BEFORE, _OLD_AFTER = frozenset(("xa", "phuong", "tran")), frozenset(("cu", "commune", "ward"))
_BEFORE = frozenset(("o", "que", "thuoc", "tu", "ve", "tai", "ben", "in", "from", "near"))
_AFTER = frozenset(("gio", "nay", "chu", "bay", "hoi", "now"))


def slipped(said: str, names: Sequence[str], places: Collection[str] = ()) -> str:
    """The one plain name that `said` tells with a slip beside a word for places; "" for none.

    Letters that only changed places are the likelier slip. What is one of `places` is none.
    """
    from rapidfuzz.distance import OSA

    found = {
        (sorted(told) != sorted(name), name)
        for clause in _STOPS.split(said)
        for told in _told(plain(clause))
        if told not in places
        for name in names
        if OSA.distance(told, name, score_cutoff=1) == 1
    }
    swapped = [name for other, name in found if not other]
    likely = swapped or [name for _, name in found]
    return likely[0] if len(likely) == 1 else ""


def _told(words: Sequence[str]) -> Iterator[str]:
    """Two or three words that may be a name, by what stands beside them."""
    for start in range(len(words)):
        for end in (start + 2, start + 3):
            name = words[start:end]
            before, after = {*words[start - 1 : start]}, {*words[end : end + 1]}
            after = after if words[end : end + 2] != ["cu", "do"] else set()  # a sweet, not "cũ"
            named = _KIND_BEFORE & before or _OLD_AFTER & after
            beside = _BEFORE & before or _AFTER & after
            wrong = beside and not all(map(is_syllable, name))
            if end <= len(words) and len(" ".join(name)) >= _LEAST and (named or wrong):
                yield " ".join(name)
