"""Several questions in one message: numbered, in sentences of their own, or clause after clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conversations.policy.follow_up import leans_in_message
from conversations.policy.reading import Reader, asks, sentences

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
    r"(?i)\s*[,;]\s*(?:(?:và|mà|còn|rồi|va|con|roi|and)\s+)?|\s+(?:và|and|với lại)\s+"
)
_TOO = re.compile(r"(?i)\s+(?:và|and|với lại)\s+")  # "and" alone


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


def subject(reader: Reader, parts: Sequence[str], place: int, lang: str) -> str:
    """What the question at `place` is about, when it says little: the question that its own
    sentence begins with; of questions with marks of their own, the last that says enough."""
    own = [sentences(part)[-1] for part in parts[:place]]
    if sure(" ".join(parts[: place + 1])):
        enough = [said for said in own if not leans_in_message(reader.read(said, lang))]
        return (enough or own)[-1]
    begun = [said for said, part in zip(own, parts, strict=False) if len(sentences(part)) > 1]
    return (begun or own[:1])[-1]


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
    """Clauses that ask: one that does not goes with the next, behind an "and" with the last."""
    found: list[tuple[int, int]] = []
    waits: int | None = None  # where what waits for a clause that asks begins
    for from_, to, too in _pieces(said):
        read = reader.read(said[from_:to], lang)
        if read.asks and len(read.words) > 2:
            found.append((from_ if waits is None else waits, to))
            waits = None
        elif too and found and waits is None:
            found[-1] = (found[-1][0], to)
        elif waits is None:
            waits = from_
    if found and waits is not None:
        found[-1] = (found[-1][0], len(said))
    return [said[from_:to].strip() for from_, to in found]


def _pieces(said: str) -> Iterator[tuple[int, int, bool]]:
    """Where each clause begins and ends, and whether an "and" alone stands before it."""
    from_, too = 0, False
    for cut in _CLAUSE.finditer(said):
        if cut.start() > from_:
            yield from_, cut.start(), too
        from_, too = cut.end(), _TOO.fullmatch(cut[0]) is not None
    if from_ < len(said):
        yield from_, len(said), too
