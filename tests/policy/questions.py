"""Questions of our own, none of them among the content's examples: held out by passage.

`questions.txt`: "# passage other_right_passage" opens a group ("# =task" and "# !reason" the same
for tasks and refusals), then "variant: question"; a follow-up is "question before >> question".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversations.policy import Answer, Answerer
from models.content.fold import fold

FILE = Path(__file__).with_name("questions.txt")
TODAY = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how it is worded, and the labels that answer it."""

    right: tuple[str, ...]
    variant: str
    text: str
    history: tuple[str, ...] = ()

    def lang(self) -> str:
        return "en" if self.variant == "english" else "vi"

    def answered_by(self, answer: Answer) -> bool:
        """Whether the answer is about the right thing."""
        first = self.right[0]
        if first.startswith("!"):
            return not answer.answered
        if first.startswith("="):
            return answer.intent == first[1:]
        named = answer.topic.split("+")
        return any(topic.startswith(label) for topic in named for label in self.right)


def read(path: Path = FILE) -> list[Asked]:
    """Every question of the file, and the standard ones once more without diacritics."""
    return [form for asked in _read(path) for form in _forms(asked)]


def _read(path: Path) -> Iterator[Asked]:
    right: tuple[str, ...] = ()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            right = tuple(line[1:].split())
        elif line.strip():
            variant, _, said = line.partition(": ")
            *before, text = said.split(" >> ")
            yield Asked(right, variant, text, tuple(before))


def _forms(asked: Asked) -> Iterator[Asked]:
    yield asked
    if asked.variant == "standard":
        yield Asked(asked.right, "no_diacritics", fold(asked.text), asked.history)


def missed(answerer: Answerer, asked: Sequence[Asked]) -> list[tuple[Asked, Answer]]:
    """The questions whose answer is about something else."""
    told = [(q, answerer.answer(q.text, TODAY, q.lang(), q.history)) for q in asked]
    return [(q, answer) for q, answer in told if not q.answered_by(answer)]
