"""Finds the passage, task or reason a question is about, over the whole message and its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable

from conversations.policy import slots
from conversations.policy.features import FUNCTION_WORDS, Concepts, vocabulary
from conversations.policy.passages import Library
from conversations.policy.reading import Reader, Reading
from conversations.policy.spelling import Speller
from conversations.policy.understand import Dictionary, language, plain
from conversations.policy.weights import Example, Hit, Weights, from_bytes, means
from conversations.policy.yes_no.rule_asked import asks_rule

TASK, REFUSE = "task:", "refuse:"
FILE = "learned.npz"  # of a province's policy folder
_TITLE, _FACT = 0.9, 0.5  # a title or a sentence of ours is a weaker example than a question
_PART = 0.95  # a part of a message counts nearly as much as the whole
_OTHER_KIND = 0.5  # what a passage of another kind is worth when a kind is asked for
_TASK_FOR_RULE = 0.4  # what a task is worth when a rule is asked for
_ASKS_SUPPORT = (
    "ho tro", "tro cap", "duoc cho tien", "support", "supported", "subsidy", "chinh sach nao",
)  # fmt: skip
_ASKS_OFFICE = (
    "so nao", "nganh nao", "hai so", "so nganh nao", "which department", "which departments",
    "what department", "don vi nao", "co quan nao", "so dau",
)  # fmt: skip
_TOLD = 0.4  # a part that tells and asks nothing counts less
_SAYS_ENOUGH = 2  # words that say something, from which its own words weigh their full share
_OWN = 0.5  # of a follow-up: how much its own words weigh beside those of both questions
_FEW = 5  # labels of a part that are looked at
_IN_PART = (REFUSE + "injection",)  # the only reason to refuse that one sentence can bring


class Finder:
    """What everything that can be asked is found by, and the reader that shares its words.

    `learned` is the file of learned weights, when there is one (`scripts/learn.py` makes it).
    """

    def __init__(
        self, library: Library, dictionary: Dictionary, learned: Traversable | None = None
    ) -> None:
        self.library = library
        self.dictionary = dictionary
        concepts = Concepts(self._meanings())
        if learned is not None and learned.is_file():
            self.weights = from_bytes(learned.read_bytes(), concepts)
        else:
            self.weights = self.unlearned(concepts)
        self._line_words: dict[str, list[str]] = {}
        self._lines: dict[str, dict[int, float]] = {}
        known = {**dict.fromkeys(dictionary.goods, 1), **self.weights.known}
        self.reader = Reader(dictionary, Speller(known))

    def unlearned(self, concepts: Concepts) -> Weights:
        """The weights that need no learning: the means of the examples."""
        examples = self.examples()
        return means(examples, concepts, vocabulary([words for _, words, _ in examples]))

    def _meanings(self) -> dict[str, list[str]]:
        return {
            name: [" ".join(plain(phrase)) for phrase in phrases]
            for name, phrases in self.library.concepts.items()
        }

    def examples(self) -> list[Example]:
        """What the weights are learned from: everything people ask, and what we call it."""
        return [(label, self._words(said), counts) for label, said, counts in self._said()]

    def print(self) -> str:
        """A short print of the examples: weights learned from others are out of date."""
        said = "\n".join(f"{label}\t{text}\t{counts}" for label, text, counts in self._said())
        meant = repr(sorted(self._meanings().items()))
        return hashlib.sha256(f"{said}\n{meant}".encode()).hexdigest()[:16]

    def _said(self) -> Iterator[tuple[str, str, float]]:
        yield from self.called()
        for passage in self.library.passages.values():
            yield from ((passage.id, ask, 1.0) for ask in passage.asks)
        for prefix, groups in ((TASK, self.library.tasks), (REFUSE, self.library.refusals)):
            for name, examples in groups.items():
                yield from ((prefix + name, example, 1.0) for example in examples)

    def called(self) -> Iterator[tuple[str, str, float]]:
        """What we call a passage and say in it: weaker examples than questions."""
        for passage in self.library.passages.values():
            yield from ((passage.id, title, _TITLE) for title in passage.title)
            yield from ((passage.id, f, _FACT) for pair in passage.facts for f in pair if f)

    def _words(self, said: str) -> list[str]:
        words = plain(said, self.dictionary if language(said) == "vi" else None)
        return slots.in_figures(words)

    def words_of(self, line: str) -> list[str]:
        """The words of one of our own sentences, kept once worked out."""
        if line not in self._line_words:
            self._line_words[line] = self._words(line)
        return self._line_words[line]

    def likeness(self, words: Sequence[str], lines: Sequence[str]) -> list[float]:
        """How near each of our own sentences is to `words`, 0 to 1."""
        asked = self.weights.seen(words)
        return [self.weights.likeness(asked, self._line(line)) for line in lines]

    def _line(self, line: str) -> dict[int, float]:
        if line not in self._lines:
            self._lines[line] = self.weights.seen(self._words(line))
        return self._lines[line]

    def find(self, question: Reading) -> list[Hit]:
        """Labels for the question, the likeliest first."""
        hits = {hit.label: hit.score for hit in self._whole(question)}
        for part in self.reader.parts(question):
            worth = _PART if part.asks else _TOLD
            for hit in self.weights.search(part.words, _FEW):
                if _counts_in_part(hit.label):
                    hits[hit.label] = max(hits[hit.label], hit.score * worth)
        fits = self._worth(question)
        hits = {label: score * fits(label) for label, score in hits.items()}
        return [Hit(label, hits[label]) for label in sorted(hits, key=lambda x: -hits[x])]

    def _worth(self, question: Reading) -> Callable[[str], float]:
        """ "Which department" is first about what departments do, "is it supported" about policies
        rather than the paper that is named, "must the commune" about a rule rather than a task."""
        office, support = question.has(*_ASKS_OFFICE), question.has(*_ASKS_SUPPORT)
        rule = asks_rule(question)
        if not (office or support or rule):
            return lambda label: 1.0

        def worth(label: str) -> float:
            if label.startswith(TASK):
                return _TASK_FOR_RULE if rule else 1.0
            passage = self.library.passages.get(label)
            of_role = passage is not None and passage.role
            of_paper = passage is not None and bool(passage.evidence)
            return _OTHER_KIND if (office and not of_role) or (support and of_paper) else 1.0

        return worth

    def _whole(self, question: Reading) -> Iterable[Hit]:
        """Hits of the whole question; of one that leans on another, its own words count more."""
        hits = self.weights.search(question.words)
        if not question.alone:
            return hits
        own = {hit.label: hit.score for hit in self.weights.search(question.alone)}
        share = _OWN * min(1.0, _says(question.alone) / _SAYS_ENOUGH)
        return [Hit(h.label, (1 - share) * h.score + share * own[h.label]) for h in hits]


def _says(words: Sequence[str]) -> int:
    """How many words say what is asked; "thế 3 sao?" only says what changes."""
    return sum(w not in FUNCTION_WORDS and not w.isdigit() for w in words)


def _counts_in_part(label: str) -> bool:
    """A greeting or a story beside a question is no reason to refuse it."""
    return not label.startswith(REFUSE) or label in _IN_PART
