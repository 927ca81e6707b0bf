"""From what was found to what is read: the lines nearest the question, the source, the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conversations.policy import render, slots
from conversations.policy.dates import before_it, fitting
from conversations.policy.draft import Ask, Draft
from conversations.policy.finder import Finder
from conversations.policy.lines import ranked
from conversations.policy.model import Answer, Related
from conversations.policy.passages import Passage
from conversations.policy.render import ROOM, Part
from conversations.policy.yes_no import first_word

ALIKE = 0.2  # nearness from which a passage is worth a button beside an answer
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
    """Words answers. `halves`: whether two passages may share one when neither is sure."""

    finder: Finder
    halves: bool = True

    def of_draft(self, ask: Ask, draft: Draft) -> Answer:
        """A computed answer, its lines in their order."""
        first, rest = render.fit([Part(draft.lines, draft.sources, ordered=True)], ROOM)
        first += self._before(ask, draft.sources[0].passage_id if draft.sources else "")
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
            lines=draft.lines,
        )

    def of_passage(self, ask: Ask, found: Passage, score: float) -> Answer:
        """A passage, its sentences nearest the question first."""
        passage = self._of_the_day(ask, found)
        lines = passage.said(ask.lang, ask.on)
        sources = render.sources(passage, ask.on, ask.lang)
        rank = ranked(self.finder, ask.reading, passage, lines)
        verdict = first_word.answered(ask.reading, passage, _of(ask, passage)) if ask.text else None
        if verdict is not None and verdict[0] in lines:
            lines, rank = _with_verdict(ask, lines, rank, *verdict)
        first, rest = render.fit([Part(lines, sources, rank)], ROOM)
        first += self._before(ask, passage.id)
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
            lines=tuple(lines[place] for place in rank) or lines,
        )

    def _before(self, ask: Ask, passage_id: str) -> list[str]:
        """What held on the day the question is about, when what is told came into force later."""
        library = self.finder.library
        if passage_id not in library.passages:
            return []
        passage, day = library.passages[passage_id], _asked_about(ask)
        said = before_it(passage, day, library.documents, ask.lang)
        return [said] if said and ask.text else []

    def _of_the_day(self, ask: Ask, found: Passage) -> Passage:
        """The passage on the same matter that held on the day the question is about."""
        passages, day = self.finder.library.passages, _asked_about(ask)
        newer = passages.get(found.later)
        if newer and ask.text and not ask.reading.has(*_OLD) and (newer.from_ or day) <= day:
            found = newer
        return fitting(found, day, passages)

    def related(self, ask: Ask, least: float, but: str = "") -> tuple[Related, ...]:
        """Up to three other passages near the question."""
        passages = self.finder.library.passages
        near = [h.label for h in ask.top if h.score >= least and h.label in passages]
        named = [passages[label] for label in near if label != but]
        return tuple(Related(p.id, p.name(ask.lang)) for p in named[:3])


def _with_verdict(
    ask: Ask, lines: Sequence[str], rank: Sequence[int], line: str, word: str
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The lines with yes or no before the one that says it, and that one first."""
    place, told = lines.index(line), ask.say(first_word.WORDS[word], line=line)
    begins = told.partition(".")[0].split()[0]
    said = line if line.startswith(begins) else told
    kept = (*lines[:place], said, *lines[place + 1 :])
    return kept, (place, *(other for other in rank if other != place))


def _asked_about(ask: Ask) -> date:
    """The day the question is about: a year it names, else the day of asking."""
    year = slots.year(ask.text)
    return date(year, 7, 1) if year and year < ask.on.year else ask.on


def _of(ask: Ask, passage: Passage) -> date:
    """The day asked about; of an old rule asked about as such, the last one on which it held."""
    old = passage.status == "expired" and passage.to is not None and ask.reading.has(*_OLD)
    return min(_asked_about(ask), passage.to) if old and passage.to else _asked_about(ask)
