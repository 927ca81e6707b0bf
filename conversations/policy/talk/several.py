"""Several questions in one message: numbered, in sentences of their own, or clause after clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conversations.policy.reading import Reader, asks, sentences
from conversations.policy.talk.follow_up import leans_in_message

_SHORT = 4  # words below which a clause is no question of its own
MOST = 4  # questions of one message that are answered
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s:;,(]))(?:\(?[1-9][).]|[a-e]\)|[1-9]/|[1-9]-(?! ?(?:star|sao)))\s*(?=\D)"
)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
#: "hỏi hai chuyện: A, và B": what follows is several questions by the writer's own count.
_COUNTED = re.compile(
    r"(?i)\b(?P<count>hai|2|ba|3|bốn|bon|4|mấy|may|vài|two|three|four)\s+"
    r"(?:chuyện|việc|ý|điều|câu|thứ|cái|vấn đề|con số|số|khoản|mục|chỗ|thông tin|chuyen|viec|y|"
    r"dieu|cau|thu|cai|van de|con so|so|khoan|muc|cho|thong tin|things|questions|points|figures|"
    r"numbers|facts)\b"
    r"[^:.?!]{0,40}:\s*(?P<rest>.+)",
    re.DOTALL,
)
_COUNTS = {
    **dict.fromkeys(("hai", "2", "two"), 2), **dict.fromkeys(("ba", "3", "three"), 3),
    **dict.fromkeys(("bốn", "bon", "4", "four"), 4),
}  # fmt: skip
#: "một là ..., hai là ...": the numbers say nothing.
_FIRSTLY = re.compile(r"(?i)^(?:và |va |and )?(?:(?:một|hai|ba|bốn|mot|bon) (?:là|la)\b,?|"
                      r"(?:first|second|third)(?:ly)?,?)\s+")  # fmt: skip
_GOES_ON = re.compile(r"[.?!\n]\s*\w")
_SEMICOLON = re.compile(r"(?i)\s*;\s*(?:(?:và|còn|rồi|va|con|roi|and)\s+)?")
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
    """What follows "two things:": as many pieces as were told, else those that ask."""
    told = _COUNTED.search(said)
    if told is None:
        return []
    ends = _GOES_ON.search(told["rest"]) is None  # what comes behind a list asks of all of it
    count = _COUNTS.get(told["count"].lower()) if ends else None
    for cut in (_SEMICOLON, _CLAUSE):
        pieces = _cut(cut, told["rest"])
        if len(pieces) == count:
            return pieces
    found: list[str] = []
    for piece in pieces:
        if found and len(reader.read(piece, lang).words) < _SHORT:
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    asking = [piece for piece in found if reader.read(piece, lang).asks]
    return asking if 1 < len(asking) <= MOST else []


def _cut(cut: re.Pattern[str], said: str) -> list[str]:
    """The pieces of a list, without the numbers before them."""
    pieces = (piece.strip(" .?!;") for piece in cut.split(said))
    return [_FIRSTLY.sub("", piece) for piece in pieces if piece]


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
