"""Finds what a question is about by weights learned from the ways people ask.

A question is a vector of three parts, words, what is spoken of, and letters, each scaled to length
1 and weighed by how rare its features are. `scripts/learn.py` finds the weights and writes them
beside the province's passages; without that file they are the mean of each label's examples, which
is worth less.
"""

from __future__ import annotations

import io
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from conversations.policy.features import Concepts, kinds, of_units, of_words

Example = tuple[str, list[str], float]  # label, its words, how much it counts
OUTSIDE = "outside"  # the last label, when learned: whether a question is one to refuse at all
STRANGE = 8.0  # what a word that no example has weighs: as much as a rare one
_KEPT = 32  # scores of one message: it is read whole, in parts and with the one before
_SELDOM = 7  # examples below which two neighbours may be there by chance
_STEEP, _MIDDLE = 3.0, -0.2  # a decision at _MIDDLE is worth 0.5
_KINDS = 3  # of features, each of length 1
_MEAN_FROM, _MEAN_TO = 2.0, -1.0  # a likeness c to a mean counts as the decision 2c - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """How sure it is, 0 to 1, that a question is about the label."""

    label: str
    score: float


@dataclass(frozen=True, slots=True, eq=False)  # what was scored is kept for each
class Weights:
    """`places` are the rows of features, `rare` their rarity; `matrix` is features by labels.

    Learned rows are whole numbers from -127 to 127 of their row's `steps`, a quarter of the memory
    (20 MB instead of 80); a question's rows are made real.
    """

    concepts: Concepts
    labels: tuple[str, ...]
    places: Mapping[str, int]
    rare: Sequence[float]
    matrix: Any
    steps: Any  # what 1 is worth in each row of the matrix
    bias: Any
    known: Mapping[str, int]  # words and how often the examples use them
    examples: int  # how many there were
    learned_from: str = ""  # the print of the examples, "" for means

    def search(self, words: Sequence[str], most: int | None = None) -> list[Hit]:
        """The `most` likeliest labels, or every one; the likeliest first."""
        scores = _scores(self, tuple(words))
        ours = -scores[:-1] if self._knows_outside else -scores
        return [Hit(self.labels[i], float(scores[i])) for i in ours.argsort()[:most]]

    def outside(self, words: Sequence[str]) -> float:
        """How much a question is like those to refuse, 0 to 1; 0 when nothing was learned."""
        return float(_scores(self, tuple(words))[-1]) if self._knows_outside else 0.0

    @property
    def _knows_outside(self) -> bool:
        return self.labels[-1] == OUTSIDE

    def likeness(self, mine: Mapping[int, float], theirs: Mapping[int, float]) -> float:
        """How near two texts are by words and what they speak of, as `seen` gives them; 0 to 1."""
        return float(sum(w * theirs[place] for place, w in mine.items() if place in theirs)) / 2

    def share(self, pair: str, word: str) -> float:
        """In how many of the examples with `word` it stands in `pair` ("tieu_chi"), 0 to 1; 0 when
        the pair is met in fewer than `_SELDOM` of all."""
        met = self.often(pair)
        return met / max(met, self.often(word)) if met >= _SELDOM else 0.0

    def often(self, feature: str) -> float:
        """About how many examples have a feature, by its rarity; 0 when it is not known."""
        place = self.places.get(feature)
        return 0.0 if place is None else (1 + self.examples) / math.exp(self.rare[place] - 1) - 1

    def seen(self, words: Sequence[str]) -> dict[int, float]:
        """A text by its words and what it speaks of: known features by row, weighed."""
        told = of_words(words), of_units(words, self.concepts)
        return _row(told, self.places, self.rare)


@lru_cache(maxsize=_KEPT)
def _scores(weights: Weights, words: tuple[str, ...]) -> Any:
    """How sure each label is, 0 to 1."""
    import numpy as np

    found = _row(kinds(words, weights.concepts), weights.places, weights.rare)
    rows, values = np.fromiter(found, np.int64), np.fromiter(found.values(), np.float32)
    told = weights.matrix[rows].astype(np.float32, copy=False)
    decided = (values * weights.steps[rows]) @ told + weights.bias
    return 1 / (1 + np.exp(-_STEEP * (decided - _MIDDLE)))


def _scaled(
    counts: Mapping[str, int], places: Mapping[str, int], rare: Sequence[float]
) -> dict[int, float]:
    """Known features by row, weighed and scaled to length 1 with the words we never met: a
    question full of those is about nothing of ours."""
    found: dict[int, float] = {}
    strange = 0
    for feature, n in counts.items():
        place = places.get(feature)
        if place is not None:
            found[place] = rare[place] if n == 1 else (1 + math.log(n)) * rare[place]
        elif feature.isalpha():
            strange += 1
    size = math.sqrt(sum(w * w for w in found.values()) + strange * STRANGE * STRANGE) or 1.0
    return {place: w / size for place, w in found.items()}


def _row(
    parts: Iterable[Mapping[str, int]], places: Mapping[str, int], rare: Sequence[float]
) -> dict[int, float]:
    """Every kind of feature, each scaled by itself."""
    return {p: w for part in parts for p, w in _scaled(part, places, rare).items()}


def vectors(
    examples: Sequence[Example], concepts: Concepts, least: int = 2
) -> tuple[dict[str, int], list[float], list[dict[int, float]]]:
    """Rows of the features met in at least `least` examples, their rarity, and the examples."""
    counted = [kinds(words, concepts) for _, words, _ in examples]
    met = Counter(f for parts in counted for part in parts for f in part)
    places = {f: row for row, f in enumerate(f for f, n in met.items() if n >= least)}
    rare = [math.log((1 + len(examples)) / (1 + met[f])) + 1 for f in places]
    return places, rare, [_row(parts, places, rare) for parts in counted]


def means(examples: Sequence[Example], concepts: Concepts, known: Mapping[str, int]) -> Weights:
    """Weights without learning: the mean of each label's examples."""
    import numpy as np

    places, rare, rows = vectors(examples, concepts, least=1)
    labels = tuple(dict.fromkeys(label for label, _, _ in examples))
    column = {label: place for place, label in enumerate(labels)}
    sums = np.zeros((len(places), len(labels)), np.float32)
    for (label, _, counts), row in zip(examples, rows, strict=True):
        for place, value in row.items():
            sums[place, column[label]] += value * counts
    sums = np.sqrt(sums)
    sums /= np.linalg.norm(sums, axis=0) * np.sqrt(_KINDS) / _MEAN_FROM
    bias, steps = np.full(len(labels), _MEAN_TO, np.float32), np.ones(len(places), np.float32)
    return Weights(concepts, labels, places, rare, sums, steps, bias, known, len(examples))


def stepped(matrix: Any) -> tuple[Any, Any]:
    """Rows of real numbers as whole ones from -127 to 127, and what 1 is worth in each row."""
    import numpy as np

    steps = np.maximum(abs(matrix).max(axis=1), 1e-9).astype(np.float32) / 127
    return np.rint(matrix / steps[:, None]).astype(np.int8), steps


def to_bytes(weights: Weights) -> bytes:
    """The weights as the content file holds them."""
    import numpy as np

    out = io.BytesIO()
    np.savez_compressed(
        out,
        labels=_packed(weights.labels),
        features=_packed(weights.places),
        known=_packed(weights.known),
        often=np.array(list(weights.known.values()), np.int32),
        rare=np.array(weights.rare, np.float32),
        matrix=weights.matrix,
        steps=weights.steps,
        bias=weights.bias.astype(np.float32),
        examples=np.array(weights.examples, np.int32),
        learned_from=_packed([weights.learned_from]),
    )
    return out.getvalue()


def from_bytes(data: bytes, concepts: Concepts) -> Weights:
    """The weights that `to_bytes` made. Raises ValueError when it is something else."""
    import numpy as np

    held = np.load(io.BytesIO(data), allow_pickle=False)
    places = {f: row for row, f in enumerate(_unpacked(held["features"]))}
    known = dict(zip(_unpacked(held["known"]), held["often"].tolist(), strict=True))
    labels = tuple(_unpacked(held["labels"]))
    rare = array("f", held["rare"].tobytes())
    return Weights(
        concepts, labels, places, rare, held["matrix"], held["steps"], held["bias"], known,
        int(held["examples"]), _unpacked(held["learned_from"])[0],
    )  # fmt: skip


def _packed(words: Iterable[str]) -> Any:
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _unpacked(packed: Any) -> list[str]:
    text: str = packed.tobytes().decode()
    return text.split("\n")
