"""How a question for yes or no is put: what it denies, what it asks of a deed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.policy.reading import Reading

#: Words of courtesy and address that may stand behind the question.
_POLITE = (
    r"(?: (?:a|ah|ad|z|v|vay|vai|rang|the|nhi|he|ha|hen|ta|oi|o|shop|bot|em|anh|chi|co|chu|bac|"
    r"ba|nua|roi|hay sao|day|do|may|ban|mn|moi nguoi|can bo|bay|nha|nhe|luon|voi|nay|"
    r"cho (?:chac|toi hoi|em hoi|toi biet|em biet)))*"
)
_NOT = r"(?:khong|chua|hong)"
_SO = r"(?<!con )(?<!van )(?<!ap )(?<!su )\b"  # "còn đúng", "áp dụng", "sử dụng" are no tags
#: "P, đúng không", "A bảo P, có thật không", "P, isn't it": whether what is told is so.
_TAG = re.compile(
    rf"{_SO}(?:dung|phai|that|thiet|chinh xac|chuan)(?: (?:su|la|vay|the))? {_NOT}(?={_POLITE}$)|"
    rf"\bco (?:dung|that|phai|chac)(?: (?:la|su that|nhu|vay|the))* {_NOT}(?={_POLITE}$)|"
    rf"\b(?:dung|phai) (?:chu|ha)(?={_POLITE}$)|{_SO}dung khong\b|"
    r"\b(?:isn|aren|don|doesn|didn|can|won|wasn) t (?:it|thei|that|we|i|iou|you|there|he|she)$|"
    r"\b(?:right|correct|true)$|\b(?:is|was) (?:it|that|this) (?:true|right|correct|so)\b"
)
#: "Có phải P không", where it asks of P rather than of a duty.
_IS_IT = re.compile(r"\bco phai (?:la|cu|nghia|thi|khong|xa|tinh|huyen|ho|moi)\b|^co phai\b")
_AT_END = re.compile(rf"\b{_NOT}{_POLITE}$")
_AMID = re.compile(
    r"\b(?:co|da|duoc|bi|phai|con|can|dung|kip|du|la)(?: \w+){0,9}? "
    rf"({_NOT}) (?:hay|hoac|de|va|thi|vi|neu|chu)\b"
)
_ENGLISH = re.compile(
    r"^(?:\w+ ){0,3}?(?:is|isn|are|aren|do|don|does|doesn|did|didn|can|could|mai|may|must|"
    r"should|will|would|has|have|had|was|were|am)\b"
)
_SENTENCES = re.compile(r"[.?!;:\n]+\s*|,\s+(?=(?:so|is|are|do|does|can|could|must|will|then)\b)")
_CLAUSES = re.compile(r"[.?!;:,\n]+\s*")
_ELSE = re.compile(
    r"\b(?:bao nhieu|may(?! (?:anh|chi|co|bac|em|ban|chu|o|dua)\b)|khi nao|bao gio|o dau|the nao|"
    r"lam sao|vi sao|tai sao|cho nao|how|what|when|where|who|why|which)\b"
)
_WHAT = re.compile(
    r"\b(?:nao(?! cung)|gi|ai|dau|(?<!\d )sao)\b"
)  # what is asked when only "à" ends it
_LIKE_A = ("à", "hả", "hở", "hử", "chớ")  # at the end they ask: "xã chấm sao à?"
_TELLS = re.compile(r"\b(?:khong|chua) (?:biet|hieu|ro|chac|ranh|nho|thay)\b")
DENYING = frozenset(
    ("khong", "chua", "chang", "khoi", "mien", "not", "no", "never", "without", "cannot")
)
_SHORT_NOT = frozenset(
    ("don", "isn", "doesn", "can", "won", "aren", "didn", "haven", "hasn", "mustn", "needn")
)
#: What narrows or widens a question beyond what is said of it, as it is typed.
_NARROWING = frozenset(
    "chỉ thôi trừ thay mọi đều tất deu only just instead except unless all every always".split()  # noqa: SIM905
)
_SHORT = 4  # words of a last clause below which it asks of the one before: "đúng không"
_DUTY = re.compile(r"\b(?:phai|can|bat buoc|buoc|nhat thiet|doi hoi)\b")
_DUTY_EN = re.compile(r"\b(?:need|must|have to|has to|required|compulsori|mandatori|obliged)\b")
_LEAVE = re.compile(rf"\b(?:duoc|co the|cho phep|on|hop le|kip)(?: \w+){{0,2}} {_NOT}{_POLITE}$")
_LEAVE_EN = re.compile(r"\b(?:can|could|mai|may|allowed|okai|ok|fine|accepted)\b")


@dataclass(frozen=True, slots=True)
class Polar:
    """A question for yes or no.

    `tag`: it asks whether what is told is so; `yet`: whether it has come to pass; `from_`, `until`:
    where the clause that asks begins, and where it ends before "hay ..."; `denied`: the places of
    words that deny something; `duty`, `leave`: whether must, or may, is asked.
    """

    tag: bool
    yet: bool
    from_: int
    until: int
    denied: tuple[int, ...]
    duty: bool
    leave: bool


def polar(reading: Reading) -> Polar | None:
    """The question as one for yes or no; None when it asks something else."""
    words = reading.alone or reading.words
    text = " ".join(_as_typed(words, reading.marks))
    english = reading.lang == "en"
    said_a = reading.marks[len(words) - 1 : len(words)] and reading.marks[len(words) - 1] in _LIKE_A
    asked = _english(reading.said) if english else _AT_END.search(text) or _AMID.search(text)
    if not (asked or said_a or _TAG.search(text)) or _ELSE.search(_sure(reading)):
        return None
    from_ = _clause(reading, len(words))
    if said_a and not asked and _WHAT.search(" ".join(words[from_:])):
        return None
    tag = _TAG.search(text) is not None or _IS_IT.search(text) is not None
    return Polar(
        tag or bool(said_a),
        re.search(rf"\bchua{_POLITE}$", text) is not None,
        0 if tag else from_,
        _until(text, len(words)),
        tuple(_denials(text, words, english=english)),
        (_DUTY_EN if english else _DUTY).search(_TAG.sub(" ", text)) is not None,
        (_LEAVE_EN if english else _LEAVE).search(text) is not None,
    )


def _as_typed(words: Sequence[str], marks: Sequence[str]) -> Iterator[str]:
    """The words, but "dùng" and "dụng" where their marks show that they are not "đúng"."""
    for word, mark in zip(words, marks, strict=False):
        yield mark if mark in ("dùng", "dụng") else word


def narrowing(reading: Reading) -> set[int]:
    """The places of the words that narrow or widen a question."""
    own = reading.marks[: len(reading.alone or reading.words)]
    return {place for place, mark in enumerate(own) if mark in _NARROWING}


def _until(text: str, words: int) -> int:
    """Where what is asked ends: before the other choice, "không hay chỉ ..."."""
    other = _AMID.search(text)
    return text[: other.end(1)].count(" ") + 1 if other else words


def _clause(reading: Reading, words: int) -> int:
    """About where the clause that asks begins: the last one that says enough."""
    size = 0
    for clause in reversed(_CLAUSES.split(reading.said)):
        size += len(clause.split())
        if size >= _SHORT:
            break
    return 0 if reading.alone else max(0, words - size)


def _english(said: str) -> bool:
    """Whether the last sentence, or one with a question mark, begins as a question does."""
    parts = [part.lower() for part in _SENTENCES.split(said) if part.strip()]
    return any(_ENGLISH.match(part.replace("'", " ")) for part in parts[-2:])


def _sure(reading: Reading) -> str:
    """The words of its own, those aside that their marks show to be others than they look."""
    return " ".join(reading.alone or reading.sure)


def _denials(text: str, words: Sequence[str], *, english: bool) -> Iterator[int]:
    """The places of the words that deny; those that ask are none."""
    asks = _asking_places(text)
    for place, word in enumerate(words):
        if place in asks:
            continue
        short = english and word in _SHORT_NOT and words[place + 1 : place + 2] == ("t",)
        if word in DENYING or (short and place > 0):
            yield place


def _asking_places(text: str) -> set[int]:
    """The places of the words of what asks, and of "không biết", "chưa rõ"."""
    spans = [found.span() for found in (*_TAG.finditer(text), *_TELLS.finditer(text))]
    spans += [found.span() for found in _AT_END.finditer(text)]
    spans += [found.span(1) for found in _AMID.finditer(text)]
    return {
        place
        for start, end in spans
        for place in range(text[:start].count(" "), text[:end].count(" ") + 1)
    }
