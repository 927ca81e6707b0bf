"""Finding what a question is about: weighed words, pairs and meanings against known questions."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

Weights = dict[str, float]
T = TypeVar("T")
Postings = dict[str, list[tuple[T, float]]]

# Chosen by cross-validation over the questions kept with the tests (see docs/decisions).
_RARITY, _UNSEEN, _WHOLE = 0.8, 0.5, 2.2
_ENDING = re.compile(r"([a-z]{3,}?)(?:ations?|ments?|ing|ed|es|s|e)")
_MOST = 24  # labels looked at closely
_NONE: dict[str, tuple[float, ...]] = {}

FUNCTION_WORDS = frozenset(
    "a ah oi nhe nha vay the la co khong duoc cho toi em anh chi minh cua thi ma o da roi ad u "  # noqa: SIM905
    "nao gi sao ai di nay do kia voi va hay con nua den tu ra vao len xuong tren trong ngoai de "
    "bi cung deu rat lam qua lai thay phai can muon biet hoi giup xin vui long ban ong ba co chu "
    "bac bot admin shop day nhi hen ha ne thoi chi luon ca moi nhung cac mot nguoi chua minh tui "
    "the is are was what how of to for my can do does did which who when where in and we our i it "
    "if with be will must should by on at from this that an or get have has your you me there any "
    "please us".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """How near a label is, 0 to 1, and the example that brought it."""

    label: str
    score: float
    example: int


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


def features(words: Sequence[str], concepts: Concepts) -> Weights:
    """Single words, neighbouring pairs and meanings, with the weight each may carry."""
    found: Weights = {}
    said = [root(word) for word in words]
    for word in said:
        found[word] = 0.25 if word in FUNCTION_WORDS else 1.0
    for pair in pairwise(said):
        both = sum(w in FUNCTION_WORDS for w in pair)
        found["_".join(pair)] = (0.9, 0.5, 0.2)[both]
    for name in concepts.found(words):
        found["=" + name] = 1.8 if name in concepts.strong else 1.1
    return found


class Index:
    """Cosine over weighed features: the nearest example of a label, and all its examples at once.

    Both matter: one example may say nearly the same words, or all of them together may.
    """

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.labels: list[str] = []
        self.examples: list[tuple[Weights, float]] = []
        self.rarity: Weights = {}
        self.unseen = 0.0
        # feature -> label -> place, weight, place, weight ...: flat, which is half the memory
        self.near: dict[str, dict[str, tuple[float, ...]]] = {}
        self.whole: Postings[str] = {}

    def add(self, label: str, words: Sequence[str], weight: float = 1.0) -> None:
        """One example of `label`; `weight` below 1 for text that is not itself a question."""
        self.labels.append(label)
        self.examples.append((features(words, self.concepts), weight))

    def close(self) -> None:
        """Weigh everything added; call once, before `search`."""
        seen = Counter(f for example, _ in self.examples for f in example)
        total = len(self.examples)
        self.rarity = {f: math.log(1 + total / n) ** _RARITY for f, n in seen.items()}
        self.unseen = math.log(1 + total) ** _RARITY
        near: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
        sums: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
        for place, (label, (example, weight)) in enumerate(
            zip(self.labels, self.examples, strict=True)
        ):
            for f, w in unit({f: w * self.rarity[f] for f, w in example.items()}).items():
                near[f][label] = (*near[f].get(label, ()), place, w * weight)
                sums[label][f] += w * weight
        whole: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for label, total_ in sums.items():
            for f, w in unit({f: math.sqrt(w) for f, w in total_.items()}).items():
                whole[f].append((label, w))
        self.near, self.whole, self.examples = dict(near), dict(whole), []

    def weigh(self, words: Sequence[str]) -> Weights:
        """The question's features, scaled to length 1; words we do not know count as rare."""
        weighed = {}
        for f, w in features(words, self.concepts).items():
            rarity = self.rarity.get(f)
            if rarity is not None:
                weighed[f] = w * rarity
            elif "_" not in f:
                weighed[f] = w * self.unseen * _UNSEEN
        return unit(weighed)

    def search(self, words: Sequence[str], only: frozenset[str] | None = None) -> list[Hit]:
        """The `_MOST` nearest labels, 0 to about 1, best first; `only` keeps some of them."""
        weighed = self.weigh(words)
        whole: dict[str, float] = defaultdict(float)
        for f, w in weighed.items():
            for label, other in self.whole.get(f, ()):
                whole[label] += w * other
        labels = whole if only is None else {x: s for x, s in whole.items() if x in only}
        nearest = heapq.nlargest(_MOST, labels, key=labels.__getitem__)
        hits = [self._hit(label, whole[label], weighed) for label in nearest]
        return sorted(hits, key=lambda h: -h.score)

    def _hit(self, label: str, whole: float, weighed: Weights) -> Hit:
        near: dict[float, float] = {}
        for f, w in weighed.items():
            found = self.near.get(f, _NONE).get(label, ())
            for place, other in zip(found[::2], found[1::2], strict=True):
                near[place] = near.get(place, 0.0) + w * other
        place = max(near, key=near.__getitem__)
        return Hit(label, (near[place] + _WHOLE * whole) / (1 + _WHOLE / 2), int(place))

    def likeness(self, words: Sequence[str], other: Sequence[str]) -> float:
        """How near two texts are, 0 to 1."""
        mine, theirs = self.weigh(words), self.weigh(other)
        return sum(w * theirs[f] for f, w in mine.items() if f in theirs)


def unit(weights: Weights) -> Weights:
    """`weights` scaled to length 1."""
    size = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {f: w / size for f, w in weights.items()}


def vocabulary(words: Iterable[Sequence[str]]) -> Counter[str]:
    """How often each word is used in what we know; numbers aside."""
    return Counter(w for said in words for w in said if not w[0].isdigit())
