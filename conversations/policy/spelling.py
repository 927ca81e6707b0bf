"""Mends words that are no Vietnamese syllable and that we do not know: slips and glued words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
_RIME = (
    r"(?:uye(?:n|t|nh)|uya|uyu|uynh?|uych|uyt?p?|ie(?:ch|[uncmtpg]|ng)|ye(?:[unmt]|ng)|"
    r"uo(?:[uimcntp]|ng)|"
    r"oa(?:ch|nh|ng|[iymncto])|oe(?:n|t|o)?|oo(?:ng|c)|ua(?:n|t|y|ng)?|ue(?:ch|nh|n)?|ui|uu|"
    r"i(?:a|u|ch|nh|[mnpt])|e(?:o|u|ch|nh|ng|[cmnpt])|a(?:ch|nh|ng|[iyoucmnpt])|"
    r"o(?:ng|[iacmnpt])|u(?:ng|[cmnpt])|[aeiouy])"
)
_SYLLABLE = re.compile(f"{_ONSET}{_RIME}")
_LONGEST_GLUED = 30


def is_syllable(word: str) -> bool:
    """Whether the folded `word` could be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


class Speller:
    """Knows the words of our content, and puts what is near them right."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self.known = known
        self.near: dict[str, list[str]] = defaultdict(list)
        for word in known:
            if len(word) > 2:
                for cut in {word, *_cuts(word)}:
                    self.near[cut].append(word)

    def mend(self, words: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """(folded, marked) words with unknown non-syllables replaced by the nearest known ones."""
        mended: list[tuple[str, str]] = []
        for bare, mark in words:
            pieces = self._one(bare)
            mended += [(bare, mark)] if pieces == [bare] else [(p, p) for p in pieces]
        return mended

    def _one(self, word: str) -> list[str]:
        if word in self.known or word[0].isdigit() or len(word) < 3 or is_syllable(word):
            return [word]
        return self._parted(word) or [self._nearest(word) or word]

    def _nearest(self, word: str) -> str | None:
        forms = {word, *_cuts(word)}
        near = {k for form in forms for k in self.near.get(form, ()) if is_syllable(k)}
        close = [known for known in near if abs(len(known) - len(word)) < 2]
        return max(close, key=lambda known: (self.known[known], known), default=None)

    def _parted(self, word: str) -> list[str] | None:
        """Glued words taken apart, fewest and best known pieces first; None when it cannot be."""
        if len(word) > _LONGEST_GLUED:
            return None
        best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 7), end):
                before, piece = best[start], word[start:end]
                if before is None or len(piece) < 2 or piece not in self.known:
                    continue
                cost = before[0] + 1 + 1 / (1 + self.known[piece])
                held = best[end]
                if held is None or cost < held[0]:
                    best[end] = (cost, [*before[1], piece])
        whole = best[-1]
        return whole[1] if whole and len(whole[1]) > 1 else None


def _cuts(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}
