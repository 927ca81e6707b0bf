"""The one who answers: understands, computes or finds, and says where it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources.abc import Traversable

from conversations.policy import day_answers, guards, passages, render, slots
from conversations.policy.dates import fitting
from conversations.policy.draft import Ask, Draft
from conversations.policy.finder import REFUSE, TASK, Finder
from conversations.policy.follow_up import in_context
from conversations.policy.index import Hit
from conversations.policy.lack_answers import lack
from conversations.policy.matter import Matter
from conversations.policy.model import Answer, Related
from conversations.policy.passages import Passage
from conversations.policy.place_answers import old_commune
from conversations.policy.reading import Reading, questions
from conversations.policy.refusals import refused, task_words, unsure
from conversations.policy.render import Part
from conversations.policy.reward_answers import reward, support
from conversations.policy.score_answers import stars_of_points
from conversations.policy.sets import product, set_of_product
from conversations.policy.sheet_answers import minimums, points_of_item
from conversations.policy.understand import Dictionary

_ASKS_OFFICES = (
    "hai so", "2 so", "nhung so nao", "cac so nao", "so nao", "nhung co quan nao", "co quan nao",
    "hai co quan",
    "which departments", "which two departments", "which offices", "hai noi", "nhung dau",
)  # fmt: skip

_GOODS = ("ocop", "dac san", "san pham", "mon an", "nong san", "hang hoa", "qua que", "speciality",
          "specialities", "specialty", "product", "products", "local food")  # fmt: skip

NAMED, SURE = 0.30, 0.36  # with OCOP named, and without: nearness from which a passage answers
NEAR = 0.16  # nearness from which a passage is worth a button
ALIKE = 0.28  # nearness from which a passage is worth a button beside an answer
LIKELY = 0.35  # nearness from which a task is meant
NEED = 0.20  # nearness from which a clause names a need of one office
CLOSE = 0.03  # a reason to refuse this near to a doubtful passage comes first
PLAIN = 0.45  # nearness from which a refusal comes before any computing
CLEAR = 0.45  # nearness from which half a sentence counts as a question of its own
_RULED = (REFUSE + "privacy", REFUSE + "other_province")
_COMPUTED: tuple[Callable[[Ask], Draft | None], ...] = (
    reward,
    support,
    day_answers.again,
    day_answers.certificate,
    day_answers.commune_time,
    stars_of_points,
    set_of_product,
    old_commune,
    lack,
    minimums,
    points_of_item,
    day_answers.rounds,
)
_OFFERS = {  # a passage that a task goes well with
    "qd26_ho_so": "dossier",
    "qd26_doi_tuong": "register",
    "thuong_du_kien": "reward",
    "lien_he": "officer",
}


class Answerer:
    """Answers policy questions from the content files; made once, used by everyone.

    `content_root` is the folder that holds `national` and the province (default: the installed
    one); `province` the province's folder (default: the only one there is).
    """

    def __init__(
        self, content_root: Traversable | None = None, province: str | None = None
    ) -> None:
        root = content_root or passages.content_root()
        folder = province or passages.provinces(root)[0]
        self.library = passages.load(root, folder)
        self.matter = Matter(root, folder)
        self.finder = Finder(self.library, Dictionary(self.matter.lexicon))

    def answer(
        self, question: str, on: date, lang: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """What to tell a person who asks `question` on the day `on`.

        `history` holds the earlier questions of the talk, oldest first, for follow-ups. `lang`
        None means the language of the question.
        """
        several = questions(question)
        if several:
            answers = [
                self._one(q, on, lang, [*history, *several[:i]]) for i, q in enumerate(several)
            ]
            joined = _joined(answers)
            if joined is not None:
                return joined
        return self._one(question, on, lang, history)

    def passage(self, passage_id: str, on: date, lang: str) -> Answer:
        """One passage as an answer, for a button. Raises KeyError when there is none."""
        ask = Ask(Reading("", lang, "", ()), on, self.library, self.matter)
        return self._of_passage(ask, self.library.passages[passage_id], 1.0)

    def _one(self, said: str, on: date, lang: str | None, history: Sequence[str]) -> Answer:
        ask = self._ask(in_context(self.finder.reader, said, lang, history), on)
        return (
            self._guarded(ask)
            or self._computed(ask)
            or self._refused(ask, NEAR)
            or self._who(ask)
            or self._halves(ask)
            or self._found(ask)
        )

    def _ask(self, reading: Reading, on: date) -> Ask:
        hits = self.finder.find(reading)
        return Ask(reading, on, self.library, self.matter, hits, self.finder.index.rarity)

    def _guarded(self, ask: Ask) -> Answer | None:
        """What plain rules refuse, and what the search says is not ours to answer."""
        top = ask.top[0] if ask.top else Hit("", 0.0, 0)
        if guards.private(ask):
            return refused(ask, "privacy", 0.9)
        if guards.other_province(ask):
            return refused(ask, "other_province", 0.9)
        if guards.contact(ask):
            return self._of_passage(ask, self.library.passages["lien_he"], 0.9)
        if guards.of_one_commune(ask):
            return self._of_passage(ask, self.library.passages["gap_theo_xa"], 0.9)
        if top.label in _RULED:  # the plain rules above decide these; a likeness alone does not
            return None
        return self._refused(ask, PLAIN)

    def _refused(self, ask: Ask, least: float) -> Answer | None:
        top = ask.top[0] if ask.top else Hit("", 0.0, 0)
        if top.label.startswith(REFUSE) and top.score >= least:
            return refused(ask, top.label.removeprefix(REFUSE), top.score)
        return None

    def _who(self, ask: Ask) -> Answer | None:
        """Several offices for several needs in one message: "hai việc này thì hỏi hai sở nào?"."""
        if not ask.reading.has(*_ASKS_OFFICES):
            return None
        roles = frozenset(p.id for p in self.library.passages.values() if p.role)
        best: dict[str, float] = {}
        for part in self.finder.reader.parts(ask.reading):
            hits = [] if part.has(*_ASKS_OFFICES) else self.finder.find(part, roles)
            for hit in hits[:1]:
                best[hit.label] = max(hit.score, best.get(hit.label, 0.0))
        named = sorted((label for label in best if best[label] >= NEED), key=lambda x: -best[x])
        return self._of_several(ask, named[:2]) if len(named) > 1 else None

    def _halves(self, ask: Ask) -> Answer | None:
        """Two questions in one sentence ("… mấy điểm, cấp nào công nhận?"), if both are clear."""
        halves = self.finder.reader.halves(ask.reading)
        tops = [next(iter(self.finder.find(half)), Hit("", 0.0, 0)) for half in halves]
        labels = list(dict.fromkeys(h.label for h in tops if h.score >= CLEAR))
        if len(labels) != len(halves) or any(not self._answers(label) for label in labels):
            return None
        return self._of_several(ask, labels) if len(labels) > 1 else None

    def _answers(self, label: str) -> bool:
        passage = self.library.passages.get(label)
        return passage is not None and not passage.gap

    def _computed(self, ask: Ask) -> Answer | None:
        top = ask.top[0] if ask.top else Hit("", 0.0, 0)
        if top.label.startswith(TASK) and top.label != "task:reward" and top.score > 0.5:
            return None
        draft = next((d for compute in _COMPUTED if (d := compute(ask))), None)
        return self._of_draft(ask, draft) if draft else None

    def _found(self, ask: Ask) -> Answer:
        top = ask.top[0] if ask.top else Hit("", 0.0, 0)
        if top.label.startswith(TASK) and top.score >= LIKELY:
            if top.label == "task:product_search" and not _of_ours(ask):
                return refused(ask, "off_topic", top.score)
            return task_words(ask, top.label.removeprefix(TASK), top.score)
        if top.score < PLAIN and (reason := _nearly(ask, top)):
            return refused(ask, reason, top.score)
        least = NAMED if ask.reading.has("ocop") else SURE
        if top.score < least or top.label not in self.library.passages:
            return unsure(ask, self._related(ask, NEAR))
        return self._of_passage(ask, self.library.passages[top.label], top.score)

    def _of_draft(self, ask: Ask, draft: Draft) -> Answer:
        first, rest = render.fit([Part(draft.lines, draft.sources, ordered=True)])
        return Answer(
            answered=draft.sure,
            text=render.text(first, draft.sources, ask.lang),
            more="\n".join(rest),
            sources=draft.sources,
            intent=draft.intent,
            related=self._related(ask, ALIKE, draft.topic),
            confidence=0.9 if draft.sure else 0.5,
            topic=draft.topic,
            lang=ask.lang,
            kind="fact" if draft.sure else "unknown",
        )

    def _of_passage(self, ask: Ask, found: Passage, score: float) -> Answer:
        passage = fitting(found, _asked_about(ask), self.library.passages)
        lines = passage.said(ask.lang)
        sources = render.sources(passage, ask.on, ask.lang)
        first, rest = render.fit([Part(lines, sources, self._rank(ask, lines))])
        return Answer(
            answered=not passage.gap,
            text=render.text(first, sources, ask.lang),
            more="\n".join(rest),
            sources=sources,
            intent=_OFFERS.get(passage.id),
            related=self._related(ask, ALIKE, passage.id),
            confidence=round(min(1.0, score), 2),
            topic=passage.id,
            lang=ask.lang,
            kind="unknown" if passage.gap else "fact",
        )

    def _of_several(self, ask: Ask, labels: list[str]) -> Answer:
        """Several passages in one answer, the room shared between them."""
        found = [
            fitting(self.library.passages[x], _asked_about(ask), self.library.passages)
            for x in labels
        ]
        parts = [
            Part(
                p.said(ask.lang),
                render.sources(p, ask.on, ask.lang),
                self._rank(ask, p.said(ask.lang)),
            )
            for p in found
        ]
        first, rest = render.fit(parts)
        sources = tuple(s for part in parts for s in part.sources)
        return Answer(
            answered=True,
            text=render.text(first, sources, ask.lang),
            more="\n".join(rest),
            sources=sources,
            intent=None,
            related=self._related(ask, ALIKE, found[0].id),
            confidence=0.7,
            topic="+".join(p.id for p in found),
            lang=ask.lang,
            kind="fact",
        )

    def _rank(self, ask: Ask, lines: Sequence[str]) -> tuple[int, ...]:
        """Places of `lines`, those nearest the question first."""
        if not ask.reading.words:
            return ()
        words = [self.finder.words_of(line) for line in lines]
        near = [self.finder.index.likeness(ask.reading.words, w) for w in words]
        return tuple(sorted(range(len(lines)), key=lambda place: -near[place]))

    def _related(self, ask: Ask, least: float, but: str = "") -> tuple[Related, ...]:
        """Up to three other passages near the question."""
        near = [h.label for h in ask.top if h.score >= least and h.label in self.library.passages]
        named = [self.library.passages[label] for label in near if label != but]
        return tuple(Related(p.id, p.name(ask.lang)) for p in named[:3])


def _of_ours(ask: Ask) -> bool:
    """Whether what is looked for could be an OCOP product at all."""
    return product(ask) is not None or ask.reading.has(*_GOODS)


def _nearly(ask: Ask, top: Hit) -> str:
    """The reason to refuse that is as near as the nearest passage; "" when there is none."""
    near = (h for h in ask.top[1:3] if h.label.startswith(REFUSE) and h.score > top.score - CLOSE)
    found = next((h.label for h in near if h.label not in _RULED), "")
    return found.removeprefix(REFUSE)


def _asked_about(ask: Ask) -> date:
    """The day the question is about: a year it names, else the day of asking."""
    year = slots.year(ask.text)
    return date(year, 7, 1) if year and year < ask.on.year else ask.on


def _joined(answers: list[Answer]) -> Answer | None:
    """Several answers as one; None when fewer than two different ones are answered."""
    good = {a.topic: a for a in answers if a.answered and a.kind == "fact"}
    if len(good) < 2:
        return None
    kept = list(good.values())[:3]
    first = kept[0]
    return replace(
        first,
        text="\n\n".join(a.text for a in kept),
        more="\n".join(a.more for a in kept if a.more),
        sources=tuple(s for a in kept for s in a.sources),
        confidence=min(a.confidence for a in kept),
        topic="+".join(a.topic for a in kept),
    )
