"""From what was found to what is read: the lines nearest the question, the source, the buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from conversations.policy import asked_figure, render, slots
from conversations.policy.dates import fitting
from conversations.policy.draft import Ask, Draft
from conversations.policy.finder import Finder
from conversations.policy.model import Answer, Related
from conversations.policy.passages import Passage
from conversations.policy.render import ROOM, Part

PLAINEST = (
    0.04  # the first line of a passage says the most: another comes first when clearly nearer
)
ALIKE = 0.2  # nearness from which a passage is worth a button beside an answer
DATED = 0.15  # what a line with a date is worth more when a date is asked for
_WHEN = ("khi nao", "bao gio", "ngay nao", "hom nao", "nam nao", "thang nao", "hoi nao", "when",
         "what date", "which year", "what year")  # fmt: skip
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_A_DATE = re.compile(rf"\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|\b\d{{1,2}} (?:{_MONTH})[a-z]* \d{{4}}\b")
#: Words of a question about rules that no longer hold.
_OLD = (
    "148", "1489", "1048", "luc truoc", "hoi truoc", "truoc day", "hoi xua", "ngay truoc",
    "luat cu", "quy dinh cu", "truoc kia", "cu", "before", "used to", "old", "formerly",
)  # fmt: skip
_OFFERS = {  # a passage that a task goes well with
    "qd26_ho_so": "dossier",
    "qd26_doi_tuong": "register",
    "thuong_du_kien": "reward",
    "lien_he": "officer",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words answers. `room` is the characters of the first part, its source line aside."""

    finder: Finder
    room: int = ROOM

    def shared(self, between: int) -> Wording:
        """For one of several answers in a message."""
        return replace(self, room=self.room // max(1, between))

    def of_draft(self, ask: Ask, draft: Draft) -> Answer:
        """A computed answer, its lines in their order."""
        first, rest = render.fit([Part(draft.lines, draft.sources, ordered=True)], self.room)
        return Answer(
            answered=draft.sure,
            text=render.text(first, draft.sources, ask.lang),
            more="\n".join((*rest, *draft.behind)),
            sources=draft.sources,
            intent=draft.intent,
            related=self.related(ask, ALIKE, draft.topic),
            confidence=0.9 if draft.sure else 0.5,
            topic=draft.topic,
            lang=ask.lang,
            kind="fact" if draft.sure else "unknown",
        )

    def of_passage(self, ask: Ask, found: Passage, score: float) -> Answer:
        """A passage, its sentences nearest the question first."""
        passage = self._of_the_day(ask, found)
        lines = passage.said(ask.lang)
        sources = render.sources(passage, ask.on, ask.lang)
        first, rest = render.fit([Part(lines, sources, self.rank(ask, passage, lines))], self.room)
        return Answer(
            answered=not passage.gap,
            text=render.text(first, sources, ask.lang),
            more="\n".join(rest),
            sources=sources,
            intent=_OFFERS.get(passage.id),
            related=self.related(ask, ALIKE, passage.id),
            confidence=round(min(1.0, score), 2),
            topic=passage.id,
            lang=ask.lang,
            kind="unknown" if passage.gap else "fact",
        )

    def _of_the_day(self, ask: Ask, found: Passage) -> Passage:
        """The passage on the same matter that held on the day the question is about."""
        passages, day = self.finder.library.passages, _asked_about(ask)
        newer = passages.get(found.later)
        if newer and ask.text and not ask.reading.has(*_OLD) and (newer.from_ or day) <= day:
            found = newer
        return fitting(found, day, passages)

    def rank(self, ask: Ask, passage: Passage, lines: Sequence[str]) -> tuple[int, ...]:
        """Places of `lines`, those nearest the question first; what the passage is called says
        nothing of which line is meant."""
        called = {word for title in passage.title for word in self.finder.words_of(title)}
        asked = [word for word in ask.reading.words if word not in called] or ask.reading.words
        if not asked:
            return ()
        near = self.finder.likeness(asked, lines)
        near[0] += PLAINEST
        if ask.reading.has(*_WHEN):
            near = [
                n + DATED * bool(_A_DATE.search(line)) for n, line in zip(near, lines, strict=True)
            ]
        order = sorted(range(len(lines)), key=lambda place: -near[place])
        figures = asked_figure.worth(ask.reading, [self.finder.words_of(line) for line in lines])
        first = max(order, key=lambda place: near[place] + figures[place])
        return (first, *(place for place in order if place != first))

    def related(self, ask: Ask, least: float, but: str = "") -> tuple[Related, ...]:
        """Up to three other passages near the question."""
        passages = self.finder.library.passages
        near = [h.label for h in ask.top if h.score >= least and h.label in passages]
        named = [passages[label] for label in near if label != but]
        return tuple(Related(p.id, p.name(ask.lang)) for p in named[:3])


def joined(answers: Sequence[Answer], *, apart: bool = False) -> Answer | None:
    """Several answers as one; None when fewer than two different ones are answered. `apart`: to
    questions that were set apart, so that two on one matter are two."""
    kept: list[Answer] = []
    for answer in answers:
        if answer.answered and answer.kind == "fact":
            kept = [one for one in kept if not _tells(one, answer, apart)]
            kept.append(answer)
    if len(kept) < 2:
        return None
    return replace(
        kept[0],
        text="\n\n".join(a.text for a in kept),
        more="\n".join(a.more for a in kept if a.more),
        sources=tuple(s for a in kept for s in a.sources),
        confidence=min(a.confidence for a in kept),
        topic="+".join(dict.fromkeys(a.topic for a in kept)),
    )


def _tells(one: Answer, other: Answer, apart: bool) -> bool:
    """Whether two answers say the same: one matter, and the first line of one in the other."""
    lines, others = one.text.splitlines(), other.text.splitlines()
    return one.topic == other.topic and (not apart or lines[0] in others or others[0] in lines)


def _asked_about(ask: Ask) -> date:
    """The day the question is about: a year it names, else the day of asking."""
    year = slots.year(ask.text)
    return date(year, 7, 1) if year and year < ask.on.year else ask.on
