"""A figure may only change together with its source: both are written down once more here."""

from __future__ import annotations

import re
from pathlib import Path

from conversations.policy import Answerer
from conversations.policy.passages import Passage

FILE = Path(__file__).with_name("figures.txt")
NUMBER = re.compile(r"\d+(?:[./,-]\d+)*%?")


def written(passage: Passage) -> str:
    """One line: where the passage stands | every figure its sentences give, in order."""
    cites = "; ".join(f"{c.document.short}, {c.section}" for c in passage.cites)
    dates = f"{passage.from_ or ''}..{passage.to or ''}"
    figures = [n for fact in passage.facts for n in NUMBER.findall(fact[0])]
    return f"{passage.id} | {cites} | {passage.status} {dates} | {' '.join(figures)}"


def test_figures_change_only_with_their_source(answerer: Answerer) -> None:
    """After a change in the law: see that document and section are right, then mend the line."""
    noted = FILE.read_text(encoding="utf-8").splitlines()
    told = [written(passage) for passage in answerer.library.passages.values()]
    assert sorted(told) == sorted(noted)
