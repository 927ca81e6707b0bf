"""Several questions in one message: numbered, in sentences of their own, or clause after clause."""

from __future__ import annotations

import re

from conversations.policy.reading import Reader, asks

_SHORT = 4  # words below which a clause is no question of its own
MOST = 4  # questions of one message that are answered
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s:;,(]))(?:\(?[1-9][).]|[a-e]\)|[1-9]/|[1-9]-(?! ?(?:star|sao)))\s*(?=\D)"
)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
#: "hỏi hai chuyện: A, và B": what follows is several questions by the writer's own count.
_COUNTED = re.compile(
    r"(?i)\b(?:hai|2|ba|3|mấy|may|vài)\s+(?:chuyện|việc|ý|điều|câu|thứ|cái|vấn đề|chuyen|viec|y|"
    r"dieu|cau|thu|cai|van de|things|questions|points)\b[^:.?!]{0,30}:\s*(?P<rest>.+)",
    re.DOTALL,
)
_CLAUSE = re.compile(
    r"(?i)[,;]\s*(?:và |mà |còn |rồi |va |con |roi |and )?|\s+(?:và|and|với lại)\s+"
)


def asked(reader: Reader, said: str, lang: str) -> list[str]:
    """The questions of a message, in order; empty when it asks one thing."""
    found = (
        _numbered(said)
        or _sentences(said)
        or _counted(reader, said, lang)
        or _clauses(reader, said, lang)
    )
    return found[:MOST] if len(found) > 1 else []


def sure(said: str) -> bool:
    """Whether the writer set the questions apart: numbers, or several question marks."""
    return len(_numbered(said)) > 1 or len(_sentences(said)) > 1


def _numbered(said: str) -> list[str]:
    marks = list(_NUMBERED.finditer(said))
    if len(marks) < 2:
        return []
    ends = [*(m.start() for m in marks[1:]), len(said)]
    pieces = [said[m.end() : end].strip(" ,;") for m, end in zip(marks, ends, strict=True)]
    return [p for p in pieces if p]


def _sentences(said: str) -> list[str]:
    """Sentences that end in a question mark, each with the plain ones before it."""
    found, before = [], ""
    for sentence in _SENTENCE.findall(said):
        before += sentence
        if sentence.rstrip().endswith("?"):
            found.append(before.strip())
            before = ""
    if found and len(before.split()) >= _SHORT and asks(before):  # the last mark is often left out
        found.append(before.strip())
    return found if len(found) > 1 else []


def _counted(reader: Reader, said: str, lang: str) -> list[str]:
    """What follows "two things:", clause by clause."""
    told = _COUNTED.search(said)
    if told is None:
        return []
    pieces = [p.strip(" .?!;") for p in _CLAUSE.split(told["rest"]) if p and p.strip(" .?!;")]
    found: list[str] = []
    for piece in pieces:
        if found and len(reader.read(piece, lang).words) < _SHORT:
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    asking = [piece for piece in found if reader.read(piece, lang).asks]
    return asking if 1 < len(asking) <= MOST else []


def _clauses(reader: Reader, said: str, lang: str) -> list[str]:
    """Clauses that ask, each with the clauses before it that do not."""
    found, before = [], ""
    for clause in _CLAUSE.split(said):
        before = f"{before}, {clause}" if before else clause
        read = reader.read(clause, lang)
        if read.asks and len(read.words) > 2:
            found.append(before)
            before = ""
    if found and before:
        found[-1] += f", {before}"
    return found
