"""Other ways to find a passage, over the same examples: question -> label."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable

from conversations.policy.passages import Library
from models.content.fold import fold

Find = Callable[[str], str]


def examples(library: Library) -> list[tuple[str, str]]:
    """(label, folded text) of every question, title and sentence of the passages."""
    found = []
    for passage in library.passages.values():
        facts = [text for pair in passage.facts for text in pair if text]
        texts = [*passage.asks, *passage.title, *facts]
        found += [(passage.id, " ".join(_words(text))) for text in texts]
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def bm25(library: Library, k1: float = 1.5, b: float = 0.75) -> Find:
    """Okapi BM25 over single words, one document a passage."""
    documents: dict[str, Counter[str]] = defaultdict(Counter)
    for label, text in examples(library):
        documents[label].update(text.split())
    mean = sum(d.total() for d in documents.values()) / len(documents)
    seen = Counter(word for d in documents.values() for word in d)
    rarity = {w: math.log(1 + (len(documents) - n + 0.5) / (n + 0.5)) for w, n in seen.items()}

    def score(document: Counter[str], words: list[str]) -> float:
        room = k1 * (1 - b + b * document.total() / mean)
        return sum(
            rarity[w] * document[w] * (k1 + 1) / (document[w] + room)
            for w in words
            if w in document
        )

    return lambda said: max(documents, key=lambda label: score(documents[label], _words(said)))


def fts5(library: Library) -> Find:
    """SQLite's full-text search, one row an example, its own bm25 for the order."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE example USING fts5(label UNINDEXED, said)")
    database.executemany("INSERT INTO example VALUES (?, ?)", examples(library))
    query = "SELECT label FROM example WHERE said MATCH ? ORDER BY rank LIMIT 1"

    def find(said: str) -> str:
        words = " OR ".join(f'"{word}"' for word in _words(said))
        row = database.execute(query, (words,)).fetchone()
        return str(row[0]) if row else ""

    return find


def fuzzy(library: Library) -> Find:
    """rapidfuzz alone: the example with the highest token-set likeness."""
    from rapidfuzz import fuzz, process

    every = examples(library)
    texts = [text for _, text in every]

    def find(said: str) -> str:
        best = process.extractOne(" ".join(_words(said)), texts, scorer=fuzz.token_set_ratio)
        return every[best[2]][0]

    return find


RIVALS: dict[str, Callable[[Library], Find]] = {
    "BM25": bm25,
    "SQLite FTS5": fts5,
    "fuzzy matching (rapidfuzz)": fuzzy,
}
