"""Learns, from the ways people ask, what a question is about."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from conversations.policy import passages
from conversations.policy.features import PAIR, vocabulary
from conversations.policy.finder import FILE, REFUSE, Finder
from conversations.policy.matter import Matter
from conversations.policy.weights import OUTSIDE, Example, Weights, stepped, to_bytes, vectors
from models.content import content_root

_STRICT = 2.0  # how hard a wrong example is pushed to its side (C of the linear machine)
_FAINT = 0.15  # what two things spoken of together must decide somewhere, to be worth their memory
_LENIENT = 0.5  # the same as _STRICT for what is to be refused at all, of which there are few


def finder(root: Traversable, province: str) -> Finder:
    """The finder of a province, as it is without learned weights."""
    library = passages.load(root, province)
    return Finder(library, Matter(root, province).dictionary)


def learned(found: Finder) -> Weights:
    """Weights learned from all examples of the finder."""
    examples = found.examples()
    return fitted(found, examples, vocabulary([words for _, words, _ in examples]), found.print())


def fitted(found: Finder, examples: list[Example], known: Any, print_: str) -> Weights:
    """One line between each label and all others, through words and letters, and one between all
    that is to be refused and what is ours."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    concepts = found.weights.concepts
    places, rare, rows = vectors(examples, concepts)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter((place for row in rows for place in row), np.int64)
    values = np.fromiter((value for row in rows for value in row.values()), np.float64)
    said = csr_matrix((values, columns, ends), shape=(len(rows), len(places)))
    labels = tuple(dict.fromkeys(label for label, _, _ in examples))
    column = {label: place for place, label in enumerate(labels)}
    machine = LinearSVC(C=_STRICT, random_state=0)
    machine.fit(said, [column[label] for label, _, _ in examples],
                sample_weight=[counts for _, _, counts in examples])  # fmt: skip
    border = LinearSVC(C=_LENIENT, random_state=0, class_weight="balanced")
    border.fit(said, [label.startswith(REFUSE) for label, _, _ in examples])
    decided = np.vstack([machine.coef_, border.coef_]).astype(np.float32)
    bias = np.concatenate([machine.intercept_, border.intercept_]).astype(np.float32)
    kept, names = _telling(places, decided), list(places)
    return Weights(
        concepts, (*labels, OUTSIDE), {names[row]: place for place, row in enumerate(kept)},
        [rare[row] for row in kept], *stepped(decided.T[kept]), bias, known, len(examples), print_,
    )  # fmt: skip


def _telling(places: Mapping[str, int], decided: Any) -> list[int]:
    """Rows of the features worth their memory: all but pairs that decide next to nothing."""
    most = abs(decided).max(axis=0)
    return [row for f, row in places.items() if PAIR not in f or most[row] >= _FAINT]


def main() -> None:
    """Learn every province's weights anew; of a folder of one's own too, when it is named."""
    root = content_root(Path(sys.argv[1]) if sys.argv[1:] else None)
    for province in passages.provinces(root):
        weights = learned(finder(root, province))
        data = to_bytes(weights)
        Path(str(root.joinpath(province, "policy", FILE))).write_bytes(data)
        size = f"{len(weights.labels)} labels, {len(weights.places)} features"
        print(f"{province}: {size}, {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
