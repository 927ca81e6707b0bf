"""A question as understood: its language, its plain words, its figures, its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conversations.policy import slots
from conversations.policy.spelling import Speller
from conversations.policy.understand import Dictionary, language, plain

_SENTENCES = re.compile(r"(?<=[.?!;\n])\s+|\n+")
_CLAUSES = re.compile(r"[.?!;\n]+\s*|,\s+|\s+-\s+")
_THEN = re.compile(
    r"(?i)(?:^|[\s,.])((?:thế|vậy|rứa|the|vay|rua|and|then|so)?\s*"
    r"(?:còn|con|nếu|what about|how about|thế nếu)\b.*)$"
)
_LONG = 25  # words from which a message is looked at clause by clause


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is the plain folded question with small numbers in figures; `words` are its words."""

    said: str
    lang: str
    text: str
    words: tuple[str, ...]

    def has(self, *phrases: str) -> bool:
        """Whether any of the folded phrases stands in the question as whole words."""
        padded = f" {self.text} "
        return any(f" {phrase} " in padded for phrase in phrases)


class Reader:
    """Reads questions with the province's dictionary and the words we know."""

    def __init__(self, dictionary: Dictionary, speller: Speller) -> None:
        self.dictionary = dictionary
        self.speller = speller

    def read(self, said: str, lang: str | None = None) -> Reading:
        """The question understood; its language is found when `lang` is None."""
        lang = lang or language(said)
        words = plain(said, self.dictionary if lang == "vi" else None)
        if lang == "vi":
            words = self.speller.mend(words)
        text = slots.in_figures(words)
        return Reading(said, lang, text, tuple(text.split()))

    def parts(self, whole: Reading) -> list[Reading]:
        """The sentences of a message, and the clauses of a long one; empty when it is one."""
        pieces = [p for p in _SENTENCES.split(whole.said) if p.strip()]
        if len(whole.words) > _LONG:
            pieces += [p for p in _CLAUSES.split(whole.said) if len(p.split()) > 2]
        pieces = list(dict.fromkeys(pieces))
        return [self.read(p, whole.lang) for p in pieces] if len(pieces) > 1 else []


def questions(said: str) -> list[str]:
    """The sentences that end in a question mark, when there are several."""
    found = [s.strip() for s in re.findall(r"[^.?!\n]+\?", said)]
    return found if len(found) > 1 else []
