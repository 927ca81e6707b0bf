"""Finds the passage, task or reason a question is about, over the whole message and its parts."""

from __future__ import annotations

from collections.abc import Iterable

from conversations.policy import slots
from conversations.policy.index import Concepts, Hit, Index, vocabulary
from conversations.policy.passages import Library
from conversations.policy.reading import Reader, Reading
from conversations.policy.spelling import Speller
from conversations.policy.understand import Dictionary, language, plain

TASK, REFUSE = "task:", "refuse:"
_TITLE, _FACT = 0.9, 0.9  # a title or a sentence of ours is a weaker example than a question
_GAP = 0.93  # an open question gives way to a passage that answers
_OFFICE = 1.3  # "which department" is first about what departments do
_ASKS_OFFICE = (
    "so nao", "nganh nao", "so may nao", "hai so", "which department", "which departments",
    "what department",
    "so nganh nao", "so nao lo", "ai huong dan", "ai phu trach", "don vi nao", "co quan nao",
    "don vi dau", "so dau",
)  # fmt: skip
_PAPER = 0.8  # "is it supported?" is about policies first, "may I register?" about who may
_ASKS_LEAVE = (
    "co duoc dang ki",
    "duoc dang ki khong",
    "co duoc tham gia",
    "allowed",
    "may we",
    "can a",
)
_ASKS_SUPPORT = (
    "ho tro", "tro cap", "dien ho tro", "duoc cho tien", "support", "supported", "subsidy",
    "chinh sach nao",
)  # fmt: skip
_PART = 0.95  # a part of a message counts nearly as much as the whole
_OWN = 0.3  # of a follow-up: how much its own words weigh beside those of both questions
_IN_PART = (REFUSE + "injection",)  # the only reason to refuse that one sentence can bring


class Finder:
    """The index of everything that can be asked, and the reader that shares its words."""

    def __init__(self, library: Library, dictionary: Dictionary) -> None:
        self.library = library
        self.dictionary = dictionary
        self.index = Index(Concepts(self._meanings(), library.strong))
        known = []
        for label, said, weight in self._examples():
            words = self._words(said)
            known.append(words)
            self.index.add(label, words, weight)
        self.index.close()
        self._line_words: dict[str, list[str]] = {}
        self.reader = Reader(dictionary, Speller(vocabulary(known)))

    def _meanings(self) -> dict[str, list[str]]:
        return {
            name: [" ".join(plain(phrase)) for phrase in phrases]
            for name, phrases in self.library.concepts.items()
        }

    def _examples(self) -> Iterable[tuple[str, str, float]]:
        for passage in self.library.passages.values():
            yield from ((passage.id, ask, 1.0) for ask in passage.asks)
            yield from ((passage.id, title, _TITLE) for title in passage.title)
            yield from ((passage.id, f, _FACT) for pair in passage.facts for f in pair if f)
        for prefix, groups in ((TASK, self.library.tasks), (REFUSE, self.library.refusals)):
            for name, examples in groups.items():
                yield from ((prefix + name, example, 1.0) for example in examples)

    def _words(self, said: str) -> list[str]:
        words = plain(said, self.dictionary if language(said) == "vi" else None)
        return slots.in_figures(words)

    def words_of(self, line: str) -> list[str]:
        """The words of one of our own sentences, kept once worked out."""
        if line not in self._line_words:
            self._line_words[line] = self._words(line)
        return self._line_words[line]

    def find(self, question: Reading, only: frozenset[str] | None = None) -> list[Hit]:
        """Labels near the question, best first; `only` keeps some of them."""
        hits: dict[str, Hit] = {}
        for hit in self._whole(question, only):
            _keep(hits, self._weighed(question, hit))
        for part in self.reader.parts(question):
            for hit in self.index.search(part.words, only):
                if _counts_in_part(hit.label):
                    weaker = Hit(hit.label, hit.score * _PART, hit.example)
                    _keep(hits, self._weighed(question, weaker))
        return sorted(hits.values(), key=lambda h: -h.score)

    def _whole(self, question: Reading, only: frozenset[str] | None) -> Iterable[Hit]:
        """Hits of the whole question; of one that leans on another, its own words count more."""
        hits = self.index.search(question.words, only)
        if not question.alone:
            return hits
        own = {hit.label: hit.score for hit in self.index.search(question.alone, only)}
        return [
            Hit(h.label, (1 - _OWN) * h.score + _OWN * own.get(h.label, 0.0), h.example)
            for h in hits
        ]

    def _weighed(self, question: Reading, hit: Hit) -> Hit:
        """A hit with what we know of its kind: open questions and offices are not alike."""
        passage = self.library.passages.get(hit.label)
        factor = _GAP if passage and passage.gap else 1.0
        if passage and passage.evidence and question.has(*_ASKS_SUPPORT):
            factor *= _PAPER
        if hit.label == TASK + "register" and question.has(*_ASKS_LEAVE):
            factor *= _PAPER
        if question.has(*_ASKS_OFFICE):
            factor *= _OFFICE if passage and passage.role else 1.0
        return Hit(hit.label, hit.score * factor, hit.example)


def _counts_in_part(label: str) -> bool:
    """A greeting or a story beside a question is no reason to refuse it."""
    return not label.startswith(REFUSE) or label in _IN_PART


def _keep(hits: dict[str, Hit], hit: Hit) -> None:
    held = hits.get(hit.label)
    if held is None or hit.score > held.score:
        hits[hit.label] = hit
