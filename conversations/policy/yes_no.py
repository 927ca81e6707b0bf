"""A question for yes or no: which sentence of a passage answers it, and by which word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from conversations.policy.passages import VERDICTS, Passage
from conversations.policy.reading import Reading
from locales import N_

#: What stands before the sentence, by the list of a fact that has the words of the question; a
#: "no" that fits comes before any "yes".
_SAID = (N_("Không. {line}"), N_("Chưa. {line}"), N_("Chưa chắc. {line}"), N_("Có. {line}"))
WORDS = dict(zip(VERDICTS, _SAID, strict=True))
_BETWEEN = 2  # other words between the words of a phrase
_ASKED = re.compile(
    r"\b(?:khong|chua|phai khong|khong (?:a|vay|the|nhi|he|ta|ha)|chua (?:a|vay|the|nhi|he))"
    r"(?: (?:a|ad|z|vay|rua|the|nhi|he|ha|ta|oi|shop|bot|em|anh|chi|co|bac|nua|roi|hay sao))*$|"
    r"^(?:\w+ ){0,2}?(?:is|are|do|does|did|can|could|may|must|should|will|has|have|was|were)\b"
)
_ELSE = re.compile(
    r"\b(?:bao nhieu|may|khi nao|bao gio|o dau|the nao|lam sao|vi sao|tai sao|cho nao|"
    r"how|what|when|where|who|why|which)\b"
)
_DENYING = frozenset(("khong", "chua", "chang", "khoi", "not", "no"))


def answered(reading: Reading, passage: Passage, on: date) -> tuple[str, str] | None:
    """The sentence that says yes or no to the question on that day, in the language asked in, and
    its word in `WORDS`.

    None when something else is asked, or when the passage does not say.
    """
    asked = " ".join(reading.alone) or reading.text
    if not _ASKED.search(asked) or _ELSE.search(" ".join(reading.alone or reading.sure)):
        return None
    fits = list(_fitting(reading, passage, on))
    if not fits:
        return None
    _, _, place, word = min(fits)
    return passage.facts[place][reading.lang == "en"], word


def _fitting(reading: Reading, passage: Passage, on: date) -> Iterator[tuple[int, int, int, str]]:
    """What fits: the rank of its word, the length of the phrase (longest first), place and word;
    what a rule gave is not promised once it is over."""
    over = passage.to is not None and on > passage.to
    for place, told in enumerate(passage.verdicts):
        for rank, word in enumerate(WORDS):
            for phrase in told.get(word, ()):
                if _says(reading, phrase) and not (word == "yes" and over):
                    yield rank, -len(phrase.split()), place, word


def _says(reading: Reading, phrase: str) -> bool:
    """Whether a phrase is said and not denied: "không còn hiệu lực" does not say "còn hiệu lực"."""
    return any(
        not span.start or reading.words[span.start - 1] not in _DENYING
        for span in reading.places(phrase, _BETWEEN)
    )
