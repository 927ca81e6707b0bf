"""A question as understood: its language, its plain words, its figures, its sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from conversations.policy import slots
from conversations.policy.spelling import Speller
from conversations.policy.understand import Dictionary, language, marked
from models.content.fold import fold, has_diacritics

Meant = TypeVar("Meant")

_SENTENCES = re.compile(r"(?<=[.?!;\n])\s+|\n+")
_CLAUSES = re.compile(r"[.?!;\n]+\s*|,\s+|\s+-\s+")
ASKING = (
    "nao", "gi", "bao nhieu", "may", "ai", "dau", "sao", "khi nao", "bao gio", "khong", "chua",
    "bao lau",
    "what", "which", "who", "how", "when", "where", "is", "does", "can", "co phai",
)  # fmt: skip
#: Those that are hardly ever anything else: "mấy" may be a few.
FIRM = tuple(word for word in ASKING if word != "may")
_STARS = re.compile(r"(?<= )(?:[1-5]|mot|hai|ba|bon|nam) (?:sao|stars?)(?= )")
#: Words that look like one that asks once their marks are gone.
_LOOK_ALIKES = frozenset(
    "đầu dâu dầu dấu đậu đấu máy mây may mày mãi ái ải não náo nạo gí sau sào sáo sạo "  # noqa: SIM905
    "chùa chúa chữa chứa chua khống".split()
)
_TELLS = re.compile(
    r"(?<= )(?:khong|chua) (?:biet|tin|dung|hieu|ranh|ro|nho|thay|dam|muon|thich|an|lam|noi|giong|"
    r"mon nao|ai|co gi|chu nao|phai|tra loi)(?= )|"
    r"(?<= )chua (?:co|lam|xin|nop|dua|gan|ki)(?= [a-z]+ [a-z]| [a-z]+ $)|"
    r"(?<= )(?:chang|cha|dau) (?:co )?(?:ai|gi)(?= )|"
    r"(?<= )(?:ai (?:de|ngo)|nao ngo)(?= )|"
    r"(?<= )may (?:chuc|tram|nghin|ngan|doi|bua|(?:hom|nam|thang) (?:nay|ni|troi))(?= )"
)
#: "không", "chưa" before what is denied; they ask at the end, after "có", "đã" and before "hay".
_DENIES = re.compile(
    r"(?<= )(?:khong|chua)(?= \w+ \w+ \w)"
    r"(?! (?:hay|thi|vay|the|a|ha|nhi|ad|bot|em|anh|chi|cac|ma|va) )"
)
#: An English clause asks when it begins with a word that asks, when one stands in it that hardly
#: does anything else, or when it says that one is told or asked: "the paper is dated" does not.
_ENGLISH_ASKS = re.compile(
    r"(?:^|[.!;:,-]\s+)"
    r"(?:(?:and|but|so|or|also|then|now|well|please|hello|hi|first|second|finally|if so),? )*"
    r"(?:who|whom|whose|when|where|is|are|was|were|am|do|does|did|can|could|may|must|should|"
    r"will|would|shall|has|have|had|isn|aren|don|doesn|won)\b|"
    r"\b(?:how|what|which|why|whether)\b|"
    r"\b(?:to|by|for|in|at|from|of|with|until|since|and|or|but) (?:whom|when|where|who|whose)\b|"
    r"\b(?:know|wonder|wondering|ask|asks|asking|tell (?:me|us)|sure|out|curious|so|then)"
    r" (?:who|when|where|if|is|are|do|does|can|could|must|should|will|would)\b"
)
_OPENS_QUESTION = re.compile(r" (?:co|da|phai|duoc) (?:\w+ ){0,9}$")
_KEPT = 32  # pieces of one message: it is read whole, in sentences and in clauses
_SAYS_ENOUGH = 4  # words of a follow-up beyond which it asks something of its own
_LEAD = 4  # words of a clause that only opens the next: "ở tỉnh bên, ..."
_PLACES = frozenset({"xa", "phuong", "tran"})
LONG = 25  # words from which a message is a story with a question in it


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is the plain folded question with small numbers in figures; `words` are its words."""

    said: str
    lang: str
    text: str
    words: tuple[str, ...]
    marks: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()  # the words of its own, when it leans on a question before
    before: Reading | None = None  # the question before, whose product may still be meant

    def names(self, phrase: str) -> bool:
        """Whether `phrase`, as spelled with diacritics, is said: the marks typed must allow it."""
        text, bare, spelled = _phrase(phrase)
        if text not in self.text or f" {text} " not in f" {self.text} ":
            return False
        size = len(bare)
        for start in range(len(self.words) - size + 1):
            if self.words[start : start + size] == bare:
                typed = self.marks[start : start + size]
                if all(_allows(t, s) for t, s in zip(typed, spelled, strict=True)):
                    return True
        return False

    def places(self, phrase: str, between: int = 0) -> list[range]:
        """Where `phrase` is said, with at most `between` other words after each of its words;
        from its first word to its last."""
        _, bare, spelled = _phrase(phrase)
        return [
            range(start, end)
            for start, word in enumerate(self.words)
            if word == bare[0] and (end := self._end(start, bare, spelled, between))
        ]

    def _end(
        self, start: int, bare: tuple[str, ...], spelled: tuple[str, ...], between: int
    ) -> int:
        """Behind the last word of a phrase that begins at `start`; 0 when it does not go on."""
        at = start
        for word, mark in zip(bare, spelled, strict=True):
            near = self.words[at : at + 1 + (between if at > start else 0)]
            if word not in near:
                return 0
            at += near.index(word)
            if not _allows(self.marks[at], mark):
                return 0
            at += 1
        return at

    @property
    def asks(self) -> bool:
        """Whether it has a word that asks."""
        return self._asks_in_english if self.lang == "en" else _asks(self._asking)

    def asks_with(self, *words: str) -> bool:
        """Whether it asks with one of the words."""
        return self._asks_in_english if self.lang == "en" else _asks(self._asking, words)

    @property
    def _asks_in_english(self) -> bool:
        return "?" in self.said or _ENGLISH_ASKS.search(self.said.lower()) is not None

    @property
    def sure(self) -> tuple[str, ...]:
        """The plain words without those whose marks say that they are others than they look."""
        pairs = zip(self.words, self.marks, strict=True)
        return tuple(word for word, mark in pairs if mark not in _LOOK_ALIKES)

    @property
    def _asking(self) -> tuple[str, ...]:
        """The same with the "may" of a message without any marks: "trong may ngay"."""
        return self.sure if has_diacritics(self.said) or "may" not in self.words else self.words

    @property
    def own(self) -> tuple[str, ...]:
        """The words that ask: of a follow-up that says enough only its own."""
        return self.alone if len(self.alone) > _SAYS_ENOUGH else self.words

    def wants(self, *phrases: str) -> bool:
        """`has`, but a follow-up that says enough is asked by its own words alone."""
        padded = f" {' '.join(self.own)} "
        return any(f" {phrase} " in padded for phrase in phrases)

    def has(self, *phrases: str) -> bool:
        """Whether any of the folded phrases stands in the question as whole words."""
        padded = f" {self.text} "
        return any(f" {phrase} " in padded for phrase in phrases)


class Phrases(Generic[Meant]):
    """Spelled phrases and what each means, looked up by their first word."""

    def __init__(self, said: Iterable[tuple[str, Meant]]) -> None:
        self._by_first: dict[str, list[tuple[int, str, Meant]]] = {}
        for place, (phrase, meant) in enumerate(said):
            first = _phrase(phrase)[1][0]
            self._by_first.setdefault(first, []).append((place, phrase, meant))

    def named_in(self, reading: Reading) -> list[tuple[str, Meant]]:
        """The phrases that `reading` names, in the order they were given."""
        return [(phrase, meant) for phrase, meant in self._near(reading) if reading.names(phrase)]

    def placed_in(self, reading: Reading, between: int) -> list[tuple[range, Meant]]:
        """Where `reading` says the phrases, with at most `between` other words between theirs."""
        near = self._near(reading)
        return [(span, meant) for said, meant in near for span in reading.places(said, between)]

    def _near(self, reading: Reading) -> list[tuple[str, Meant]]:
        if self._by_first.keys().isdisjoint(reading.words):
            return []
        near = [one for word in set(reading.words) for one in self._by_first.get(word, ())]
        return [(phrase, meant) for _, phrase, meant in sorted(near, key=lambda one: one[0])]


def sentences(said: str) -> list[str]:
    """The sentences and lines of a message."""
    return [piece for piece in _SENTENCES.split(said) if piece.strip()]


def asking_clauses(said: str) -> list[str]:
    """The clauses of a message that ask, each with the few words before it that say where; all
    when none asks."""
    clauses = [clause for clause in _CLAUSES.split(said) if clause.strip()]
    asked = [asks(clause) for clause in clauses]
    leads = [len(clause.split()) <= _LEAD for clause in clauses]
    kept = [
        clause
        for place, clause in enumerate(clauses)
        if asked[place] or (leads[place] and any(asked[place + 1 : place + 2]))
    ]
    return kept or clauses


def asks(said: str) -> bool:
    """Whether a piece of a message asks something."""
    return _asks(bare for bare, mark in marked(said) if mark not in _LOOK_ALIKES)


def _asks(words: Iterable[str], asking: Iterable[str] = ASKING) -> bool:
    """Whether plain words ask; the "sao" of "4 sao" and the "không" of "không biết" do not."""
    text = _TELLS.sub(" ", _STARS.sub(" ", f" {' '.join(words)} "))
    text = _DENIES.sub(_unless_asked, text)
    return any(f" {word} " in text for word in asking)


def _unless_asked(denied: re.Match[str]) -> str:
    """Nothing in place of a "không" that denies; the word itself when a "có" before it asks."""
    before = denied.string[: denied.start()]
    return denied[0] if _OPENS_QUESTION.search(before) else ""


class Reader:
    """Reads questions with the province's dictionary and the words we know."""

    def __init__(self, dictionary: Dictionary, speller: Speller) -> None:
        self.dictionary = dictionary
        self.speller = speller
        self._read = lru_cache(maxsize=_KEPT)(self._reading)

    def read(self, said: str, lang: str | None = None) -> Reading:
        """The question understood; its language is found when `lang` is None."""
        return self._read(said, lang or language(said))

    def _reading(self, said: str, lang: str) -> Reading:
        pairs = marked(said, self.dictionary if lang == "vi" else None)
        if lang == "vi":
            pairs = self.speller.mend(pairs)
        bare = [word for word, _ in pairs]
        words = slots.in_figures(bare, self._in_names(bare))
        return Reading(said, lang, " ".join(words), tuple(words), tuple(m for _, m in pairs))

    def _in_names(self, words: list[str]) -> set[int]:
        """Where a name of two syllables ends right behind the kind of place that it names."""
        return {
            place + 2
            for place, kind in enumerate(words)
            if kind in _PLACES and " ".join(words[place + 1 : place + 3]) in self._places
        }

    @cached_property
    def _places(self) -> set[str]:
        return {_phrase(name)[0] for name in self.dictionary.placed}

    def parts(self, whole: Reading) -> list[Reading]:
        """The sentences of a message, and the clauses of a long one; empty when it is one."""
        pieces = sentences(whole.said)
        if len(whole.words) > LONG:
            pieces += [p for p in _CLAUSES.split(whole.said) if len(p.split()) > 2]
        pieces = list(dict.fromkeys(pieces))
        return [self.read(p, whole.lang) for p in pieces] if len(pieces) > 1 else []


@lru_cache(maxsize=8192)
def _phrase(phrase: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A phrase as plain text, as plain words, and as spelled words."""
    pairs = marked(phrase)
    bare = tuple(word for word, _ in pairs)
    return " ".join(bare), bare, tuple(mark for _, mark in pairs)


def _allows(typed: str, meant: str) -> bool:
    """Whether a typed word may stand for the spelled one: marks left out, or hỏi for ngã."""
    typed, meant = _plain_i(typed), _plain_i(meant)
    if typed == meant or fold(typed) == typed or _tone(typed) == _tone(meant):
        return True
    if fold(typed) != fold(meant):
        return False
    mine, other = _marks(typed), _marks(meant)
    return mine <= other or sorted(m for _, m in mine) == sorted(m for _, m in other)  # "gỉan"


def _plain_i(word: str) -> str:
    """y and i are one: Kỳ, Kì."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace("y", "i"))


def _marks(word: str) -> set[tuple[str, str]]:
    """The marks of a word, each with the letter that carries it."""
    flat, carrier, found = unicodedata.normalize("NFD", word), "", set()
    for letter in flat:
        if unicodedata.combining(letter):
            found.add((carrier, letter))
        else:
            carrier = letter
    return found | ({("d", "đ")} if "đ" in word else set())


def _tone(word: str) -> str:
    flat = unicodedata.normalize("NFD", word)
    return flat.replace("\u0309", "\u0303")  # hỏi and ngã are one in the south of Nghệ Tĩnh
