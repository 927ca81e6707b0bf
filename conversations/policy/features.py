"""What a question is seen as: its words, neighbouring words, meanings, and groups of letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

_ENDING = re.compile(r"([a-z]{3,}?)(?:ations?|ments?|ing|ed|es|s|e)")
_LETTERS = (3, 4)  # sizes of the groups of letters
MEANING, LETTERS = "=", "#"  # how features of these kinds begin

FUNCTION_WORDS = frozenset(
    "a ah oi nhe nha vay the la co khong duoc cho toi em anh chi minh cua thi ma o da roi ad u "  # noqa: SIM905
    "nao gi sao ai di nay do kia voi va hay con nua den tu ra vao len xuong tren trong ngoai de "
    "bi cung deu rat lam qua lai thay phai can muon biet hoi giup xin vui long ban ong ba co chu "
    "bac bot admin shop day nhi hen ha ne thoi chi luon ca moi nhung cac mot nguoi chua minh tui "
    "the is are was what how of to for my can do does did which who when where in and we our i it "
    "if with be will must should by on at from this that an or get have has your you me there any "
    "please us".split()
)


class Concepts:
    """Wordings that mean the same: a phrase found adds its meaning as one more feature."""

    def __init__(
        self, meanings: Mapping[str, Sequence[str]], strong: Container[str] = frozenset()
    ) -> None:
        self.strong = strong
        self.by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, phrases in meanings.items():
            for phrase in phrases:
                words = tuple(phrase.split())
                self.by_first[words[0]].append((words, name))

    def found(self, words: Sequence[str]) -> set[str]:
        seen = set()
        for place, word in enumerate(words):
            for phrase, name in self.by_first.get(word, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    seen.add(name)
        return seen


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """An English word without its plain endings; a Vietnamese syllable never ends so."""
    found = _ENDING.fullmatch(word)
    return found[1] if found else word


def of_words(words: Sequence[str], concepts: Concepts) -> Counter[str]:
    """Single words, neighbours, words one apart, and meanings; how often each."""
    said = [root(word) for word in words]
    found = Counter(said)
    found.update("_".join(pair) for pair in pairwise(said))
    found.update(f"{a}__{b}" for a, b in zip(said, said[2:], strict=False))
    for name in sorted(concepts.found(words)):
        found[MEANING + name] += 3 if name in concepts.strong else 2
    return found


def of_letters(words: Sequence[str]) -> Counter[str]:
    """Groups of neighbouring letters, over the spaces between words too: slips leave most."""
    return Counter(_groups(f" {' '.join(words)} "))


def _groups(text: str) -> Iterator[str]:
    for size in _LETTERS:
        for start in range(len(text) - size + 1):
            yield LETTERS + text[start : start + size]


def vocabulary(said: Sequence[Sequence[str]]) -> Counter[str]:
    """How often each word is used in what we know; numbers aside."""
    return Counter(w for words in said for w in words if not w[0].isdigit())
