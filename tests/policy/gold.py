"""Questions written without sight of the content, with what a right answer must say.

`gold/*.jsonl`: `must` patterns are all in the answer, of each group of `any` at least one, none of
`must_not`; `intent` names the tasks that are right instead, `open` marks what must not be answered,
or only in one of the words of `abstain` ("báo cáo không nêu").
None of them is an example of the content, and the content is not mended for single ones of them.
`*_hard` avoid the documents' own words on purpose; `everyday*` are asked as people mostly do;
`stories*` are long messages, follow-ups and what nobody can know, `long_english` long messages and
English, `unknowable` what nobody can know beside what is near to it; `sums` need arithmetic,
`short` are as short as people type them on a phone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversations.policy import Answer, Answerer

FILES = sorted(Path(__file__).with_name("gold").glob("*.jsonl"))


@dataclass(frozen=True, slots=True)
class Gold:
    """One question and what its answer must hold."""

    id: str
    question: str
    lang: str
    variant: str
    day: date
    history: tuple[str, ...]
    intents: tuple[str, ...]
    open: bool
    must: tuple[str, ...]
    any: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    abstain: tuple[str, ...]

    def asked(self, answerer: Answerer) -> Answer:
        return answerer.answer(self.question, self.day, self.lang, self.history)

    def right(self, answer: Answer) -> bool:
        """Whether the first message of the answer is right and enough."""
        said = _plain(answer.text)
        if any(_in(pattern, said) for pattern in self.must_not):
            return False
        if self.intents:
            return answer.intent in self.intents
        if self.open:
            return not answer.answered or any(_in(pattern, said) for pattern in self.abstain)
        told = all(_in(pattern, said) for pattern in self.must)
        return answer.answered and told and all(_one_of(group, said) for group in self.any)


def read(paths: Sequence[Path] = FILES) -> list[Gold]:
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [_gold(json.loads(line)) for line in lines]


def _gold(row: dict[str, object]) -> Gold:
    def texts(name: str) -> tuple[str, ...]:
        found = row.get(name) or ()
        assert isinstance(found, (list, tuple))
        return tuple(map(str, found))

    groups = row.get("any") or ()
    assert isinstance(groups, (list, tuple))
    return Gold(
        str(row["id"]), str(row["question"]), str(row["lang"]), str(row["variant"]),
        date.fromisoformat(str(row["date"])), texts("history"), texts("intent"),
        bool(row.get("open")), texts("must"), tuple(tuple(map(str, g)) for g in groups),
        texts("must_not"), texts("abstain"),
    )  # fmt: skip


def _one_of(group: Sequence[str], said: str) -> bool:
    return any(_in(pattern, said) for pattern in group)


def _in(pattern: str, said: str) -> bool:
    return re.search(_plain(pattern), said, re.IGNORECASE) is not None


def _plain(text: str) -> str:
    """One spelling of letters, spaces and dashes."""
    flat = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub("[\u2010-\u2015\u2212]", "-", flat)
