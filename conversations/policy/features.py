"""What a question is seen as: its words and neighbours, what it speaks of, groups of letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

_ENDING = re.compile(r"([a-z]{3,}?)(?:ations?|ments?|ing|ed|es|s|e)")
_LETTERS = (3, 4)  # sizes of the groups of letters
MEANING, PAIR, LETTERS = "=", "&", "#"  # marks of what is no plain word

FUNCTION_WORDS = frozenset(
    "a ah oi nhe nha vay the la co khong duoc cho toi em anh chi minh cua thi ma o da roi ad u "  # noqa: SIM905
    "nao gi sao ai di nay do kia voi va hay con nua den tu ra vao len xuong tren trong ngoai de "
    "bi cung deu rat lam qua lai thay phai can muon biet hoi giup xin vui long ban ong ba co chu "
    "bac bot admin shop day nhi hen ha ne thoi chi luon ca moi nhung cac mot nguoi chua minh tui "
    "the is are was what how of to for my can do does did which who when where in and we our i it "
    "if with be will must should by on at from this that an or get have has your you me there any "
    "please us mi thei ani whi does have has had there its their been were these those also just "
    "she his him would could about into".split()
)


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """An English word without its plain endings; a Vietnamese syllable never ends so."""
    found = _ENDING.fullmatch(word)
    return found[1] if found else word


class Concepts:
    """Wordings that mean the same: a phrase found stands for its meaning, whatever its endings."""

    def __init__(self, meanings: Mapping[str, Sequence[str]]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, phrases in meanings.items():
            for phrase in phrases:
                words = tuple(root(word) for word in phrase.split())
                self.by_first[words[0]].append((words, MEANING + name))

    def units(self, words: Sequence[str]) -> set[str]:
        """What a question speaks of: meanings, and the words that begin none and say something."""
        said = tuple(root(word) for word in words)
        units: set[str] = set()
        for place, word in enumerate(said):
            meant = [
                name
                for phrase, name in self.by_first.get(word, ())
                if said[place : place + len(phrase)] == phrase
            ]
            if meant:
                units.update(meant)
            elif words[place] not in FUNCTION_WORDS:
                units.add(word)
        return units


def kinds(words: Sequence[str], concepts: Concepts) -> tuple[Counter[str], ...]:
    """Every kind of feature of a question, each with how often it is met; no two share a name."""
    return of_words(words), of_units(words, concepts), of_letters(words)


def of_words(words: Sequence[str]) -> Counter[str]:
    """Single words and neighbours."""
    said = [root(word) for word in words]
    return Counter([*said, *("_".join(pair) for pair in pairwise(said))])


def of_units(words: Sequence[str], concepts: Concepts) -> Counter[str]:
    """What is spoken of, alone and two together wherever they stand: "who" with "signs"."""
    units = sorted(concepts.units(words))
    return Counter([*(PAIR + unit for unit in units), *map(PAIR.join, combinations(units, 2))])


def of_letters(words: Sequence[str]) -> Counter[str]:
    """Groups of neighbouring letters, over the spaces between words too: slips leave most."""
    return Counter(_neighbours(f" {' '.join(words)} "))


def _neighbours(text: str) -> Iterator[str]:
    for size in _LETTERS:
        for start in range(len(text) - size + 1):
            yield LETTERS + text[start : start + size]


def vocabulary(said: Sequence[Sequence[str]]) -> Counter[str]:
    """How often each word is used in what we know; numbers aside."""
    return Counter(w for words in said for w in words if not w[0].isdigit())
