"""A message of several questions taken apart: each is answered by itself, then all as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from conversations.policy.computings import OF_SHEETS, STORIES, first
from conversations.policy.draft import OF_ITEM, Ask
from conversations.policy.finder import Finder
from conversations.policy.model import Answer
from conversations.policy.offices import asks_offices
from conversations.policy.reading import Reading
from conversations.policy.talk import several
from conversations.policy.talk.follow_up import in_context, leans_in_message, with_subject
from conversations.policy.talk.half_known import half_known
from conversations.policy.talk.together import Piece, joined, left, one_of
from conversations.policy.wording import Wording

CLEAR = 0.30  # sureness from which a clause counts as a question of its own
ALONE = 0.45  # below this a question is read with its subject where that is nearer to something
SURE = 0.55  # sureness below which a clause gives way to what the whole message computes
OPEN = 0.6  # sureness from which what the papers leave open is what the whole message asks
WHOLE = 0.97  # nearness of a whole message from which it is not taken apart


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers the questions of a message. `understood` gives a reading, with the talk before it,
    all it needs to be answered; `answered` answers one question."""

    finder: Finder
    understood: Callable[[Ask, Reading, Sequence[str]], Ask]
    answered: Callable[[Ask, Wording], Answer]

    def answer(self, ask: Ask, history: Sequence[str], whole: Answer) -> Answer | None:
        """The answers as one; None when `whole`, that to the message as one question, is better."""
        pieces = self._pieces(ask, history)
        sure = several.sure(ask.reading.said)
        facts = [piece.answer for piece in pieces if piece.answer.kind == "fact"]
        least = SURE if whole.kind == "refusal" else 0.0 if sure else CLEAR
        clear = [a for a in facts if a.confidence >= least]
        if not sure and pieces and self._belong_together(ask, clear):
            return joined([whole, *_beside(pieces, whole)]) if whole.kind == "fact" else None
        half = half_known(ask, self.finder.reader, pieces)
        if not pieces:
            return half
        own = sure and not any(piece.leans for piece in pieces)
        if len(clear) > 1 and (own or not _one_sum(clear, whole)):
            return joined(clear, left(ask, pieces))
        if half is not None:
            return half
        open_ = whole.kind == "unknown" and whole.confidence < OPEN
        return one_of(ask, pieces, ALONE) if open_ else None

    def _pieces(self, ask: Ask, history: Sequence[str]) -> list[Piece]:
        """The questions of one message and their answers; empty when it asks one thing."""
        parts = several.asked(self.finder.reader, ask.reading.said, ask.lang)
        top = ask.nearest
        of_one = top.score >= WHOLE and not ask.library.beside(top.label)
        if not several.sure(ask.reading.said) and (of_one or asks_offices(ask)):
            return []
        wording = Wording(self.finder, halves=False)
        asked = [self._part(parts, place, ask, history) for place in range(len(parts))]
        pieces: list[Piece] = []
        for one in asked:
            answer = self.answered(one, wording)
            if one.reading.alone and _told_already(pieces, answer):
                answer = self._alone(ask, one, wording) or answer
            pieces.append(Piece(one.reading.said, bool(one.reading.alone), answer))
        return pieces

    def _alone(self, ask: Ask, part: Ask, wording: Wording) -> Answer | None:
        """The answer to a question that leans on one before, without it: the figures before it
        gave what was told already."""
        own = self.finder.reader.read(part.reading.said, ask.lang)
        answer = self.answered(self.understood(ask, own, ()), wording)
        return answer if answer.kind == "fact" and answer.confidence >= CLEAR else None

    def _part(self, parts: Sequence[str], place: int, ask: Ask, history: Sequence[str]) -> Ask:
        """One question of a message, with the subject of those before when it says little alone."""
        reader = self.finder.reader
        if not place:
            begun = in_context(reader, parts[0], ask.lang, history)
            return self.understood(ask, begun, history)
        told = reader.read(parts[place - 1], ask.lang)  # whose product may still be meant
        own = replace(reader.read(parts[place], ask.lang), before=told)
        subject = several.subject(reader, parts, place, ask.lang)
        before = [*history, *parts[:place]]
        both = self.understood(ask, with_subject(reader, own, subject), before)
        if leans_in_message(own):
            return both
        alone = self.understood(ask, own, ())
        return both if alone.nearest.score < min(ALONE, both.nearest.score) else alone

    def _belong_together(self, ask: Ask, clear: Sequence[Answer]) -> bool:
        """Whether the clauses are one: a sum or a score that none of them gives, or a verdict on
        what the others tell."""
        if first(OF_SHEETS, ask) is not None:
            return True
        story = first(STORIES, ask)
        if story is None:
            return False
        told = Wording(self.finder).of_draft(ask, story).text
        return told not in {a.text for a in clear} or any(a.confidence < SURE for a in clear)


def _told_already(pieces: Sequence[Piece], answer: Answer) -> bool:
    """Whether an answer is that to a question before."""
    told = [{*piece.answer.lines} for piece in pieces]
    of_sheet = answer.topic.startswith(OF_ITEM)
    mine = {*answer.lines}
    return bool(mine) and any(mine == one or (of_sheet and mine & one) for one in told)


def _beside(pieces: Sequence[Piece], whole: Answer) -> list[Answer]:
    """The sure answers to other questions beside what the whole message computes: "bao giờ hết
    hạn, và ai ký giấy?"."""
    found = [piece.answer for piece in pieces if piece.answer.kind == "fact"]
    topics = whole.topic.split("+")
    sure = [a for a in found if a.confidence >= ALONE and not {*a.topic.split("+")} & {*topics}]
    return [a for a in sure if not {*a.lines} & {*whole.lines}]


def _one_sum(clear: Sequence[Answer], whole: Answer) -> bool:
    """Whether all clauses are of one matter that is computed, not read from one passage."""
    of_one = len({answer.topic for answer in clear}) == 1
    return of_one and any({*answer.lines} != {*whole.lines} for answer in clear)
