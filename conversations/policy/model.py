"""What an answer is, and the parts it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["fact", "task", "refusal", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer is written: document, article or section, and its standing that day."""

    document: str
    section: str
    status: str
    passage_id: str


@dataclass(frozen=True, slots=True)
class Related:
    """A button: the passage it opens and what it is called."""

    passage_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is told.

    `text` is complete with its source line last; `more` is the rest, shown on "Xem thêm", or "".
    `answered` is False for a refusal and for what the papers do not say. `intent` names the task
    that fits (register, dossier, status, officer, reward, product_search); with kind "task" the
    person asked for the task itself, with kind "fact" it is only worth a button.
    `confidence` is 0 to 1. `topic` is the passage or the reason, for counting. `lines` are all its
    sentences, the one most worth telling first: for whoever joins several answers.
    """

    answered: bool
    text: str
    more: str
    sources: tuple[Source, ...]
    intent: str | None
    related: tuple[Related, ...]
    confidence: float
    topic: str
    lang: str
    kind: Kind
    lines: tuple[str, ...] = ()
