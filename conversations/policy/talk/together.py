"""Several answers as one message: their lines dealt in turn, no line and no source twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.policy import render
from conversations.policy.draft import Ask
from conversations.policy.model import Answer
from conversations.policy.render import ROOM

FEWEST, MOST = 4, 15  # words of a question that is named when nothing was found for it
SURELY = 0.85  # confidence from which a question is one that the papers leave open
_ROW = 3  # characters that a list adds to a line


@dataclass(frozen=True, slots=True)
class Piece:
    """One question of a message and its answer; `leans` when it was read with one before it."""

    said: str
    leans: bool
    answer: Answer


def joined(answers: Sequence[Answer], left: Sequence[str] = ()) -> Answer | None:
    """Several answers as one, within the room of one; None when there is nothing to join.

    `left` are sentences on what could not be answered.
    """
    good = [a for a in answers if a.lines]
    if len(good) + bool(left) < 2 or not any(a.answered for a in good):
        return None
    shown = dealt([a.lines for a in good], ROOM - sum(map(len, left)))
    first = next(a for a in good if a.answered)
    told = {line for lines in shown for line in lines}
    more = dict.fromkeys(line for a in good for line in a.lines if line not in told)
    topics = [topic for a in good for topic in a.topic.split("+")]
    return replace(
        first,
        text="\n\n".join([*_blocks(good, shown), *left]),
        more="\n".join(more),
        sources=tuple(dict.fromkeys(s for a in good for s in a.sources)),
        intent=next((a.intent for a in good if a.intent), None),
        related=tuple(dict.fromkeys(r for a in good for r in a.related))[:3],
        confidence=min(a.confidence for a in good if a.answered),
        topic="+".join(dict.fromkeys(topics)),
        lines=tuple(line for lines in shown for line in lines),
    )


def left(ask: Ask, pieces: Sequence[Piece]) -> list[str]:
    """A sentence for each short question that nothing was found for."""
    return [
        ask.say(
            "Về câu “{question}” thì tôi chưa chắc, bà con hỏi cán bộ.",
            question=piece.said.strip(" .?!,"),
        )
        for piece in pieces
        if _unknown(piece.answer) and FEWEST <= len(piece.said.split()) <= MOST
    ]


def one_of(ask: Ask, pieces: Sequence[Piece], least: float) -> Answer | None:
    """The sure answers to some questions of a message that as a whole gets none; None when there
    are none, or when what they lean on is not known, or is surely not written."""
    unknown = [piece.answer for piece in pieces if piece.answer.kind == "unknown"]
    clear = [p for p in pieces if p.answer.kind == "fact" and p.answer.confidence >= least]
    if all(piece.leans for piece in clear) or any(a.confidence >= SURELY for a in unknown):
        return None
    answers = [piece.answer for piece in clear]
    return joined(answers, left(ask, pieces)) or answers[0]


def _unknown(answer: Answer) -> bool:
    return answer.kind == "unknown" and not answer.sources


def dealt(rows: Sequence[Sequence[str]], room: int) -> list[list[str]]:
    """The lines told of each row: the first of each, then in turn what still has room.

    A row whose first line another row tells already is answered by it.
    """
    shown: list[list[str]] = [[] for _ in rows]
    said: set[str] = set()
    for turn in range(max(map(len, rows))):
        for row, mine in zip(rows, shown, strict=True):
            if turn >= len(row) or row[turn] in said:
                continue
            if turn == 0 or len(row[turn]) + _ROW <= room:
                mine.append(row[turn])
                said.add(row[turn])
                room -= len(row[turn]) + _ROW
    return shown


def _blocks(answers: Sequence[Answer], shown: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all answers from the same place under one source line."""
    blocks: dict[str, tuple[Answer, list[str]]] = {}
    for answer, lines in zip(answers, shown, strict=True):
        place = render.source_line(answer.sources, answer.lang)
        blocks.setdefault(place, (answer, []))[1].extend(lines)
    return [
        render.text(lines, answer.sources, answer.lang)
        for answer, lines in blocks.values()
        if lines
    ]
