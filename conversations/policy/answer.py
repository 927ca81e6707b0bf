"""The one who answers: understands, computes or finds, and says where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources.abc import Traversable

from conversations.policy import figures, guards, passages
from conversations.policy.computings import (
    COMPUTED,
    OF_SHEETS,
    OURS,
    PLAINLY_ASKED,
    TOLD,
    first,
)
from conversations.policy.draft import Ask
from conversations.policy.finder import FILE, REFUSE, TASK, Finder
from conversations.policy.lack_answers import called
from conversations.policy.matter import Matter
from conversations.policy.model import Answer
from conversations.policy.narrowed import narrowed
from conversations.policy.offices import offices
from conversations.policy.passages import Passage
from conversations.policy.reading import LONG, Reading
from conversations.policy.refusals import refused, task_words, unsure
from conversations.policy.sets import product
from conversations.policy.sheets.answers import least_of_most
from conversations.policy.sheets.minimums import minimums
from conversations.policy.talk.apart import Apart
from conversations.policy.talk.core import core
from conversations.policy.talk.follow_up import in_context, leaning
from conversations.policy.talk.together import joined
from conversations.policy.talk.told_before import Talk
from conversations.policy.understand import meant
from conversations.policy.weights import Hit
from conversations.policy.wording import Wording
from models.content import roots

NAMED, SURE = 0.16, 0.20  # with OCOP named, and without: nearness from which a passage answers
ALONE = 0.08  # by this much nearer than the next, a passage needs no more than when OCOP is named
NEAR = 0.16  # nearness from which a passage is worth a button
LIKELY = 0.35  # nearness from which a task is meant, and from which a word or two mean a passage
TINY = 2  # words
_HALVES = 2
UNSURE, ALIKE = 0.6, 0.5  # below this, and with a next that is so near: both are told
DOUBTFUL = 0.4  # sureness below which a passage gives way to a likeness to what is refused
OUTSIDE = 0.35  # that likeness
CLOSE = 0.03  # a reason to refuse this near to a doubtful passage comes first
PLAIN = 0.55  # nearness from which a refusal comes before any computing
OFF = 0.5  # the same likeness of all of a long message, from which its question is not looked for
STANDS = 0.45  # sureness from which the question of a long message is answered without its story
OWN = 0.8  # sureness from which that question is not what the figures of the story compute
_RULED = (REFUSE + "privacy", REFUSE + "other_province")
_OFF = (REFUSE + "off_topic", REFUSE + "politics", REFUSE + "gossip")
_GOODS = ("ocop", "dac san", "san pham", "mon an", "nong san", "hang hoa", "qua que", "speciality",
          "specialities", "specialty", "product", "products", "local food")  # fmt: skip


class Answerer:
    """Answers policy questions from the content files; made once, used by everyone.

    `content_root` is the folder that holds `national` and the province (default: the installed
    one); `province` the province's folder (default: the only one there is).
    """

    def __init__(
        self, content_root: Traversable | None = None, province: str | None = None
    ) -> None:
        root = content_root or roots.content_root()
        folder = province or passages.provinces(root)[0]
        self.library = passages.load(root, folder)
        self.matter = Matter(root, folder)
        learned = root.joinpath(folder, "policy", FILE)
        self.finder = Finder(self.library, self.matter.dictionary, learned)

    def paper(self, text: str) -> str:
        """The id of the paper that `text` names and says nothing else of; "" when it does not."""
        return called(self.matter, self.finder.dictionary, text)

    def answer(
        self, question: str, on: date, lang: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """What to tell a person who asks `question` on the day `on`.

        `history` holds the earlier questions of the talk, oldest first, for follow-ups. `lang`
        None means the language of the question.
        """
        said = meant(question)
        ask = self._ask(in_context(self.finder.reader, said, lang, history), on, history)
        talk = Talk(self.finder, self._with)
        ask = talk.own(ask)
        answer = talk.answer(ask, history) or self._off(ask)
        answer = answer or self._of_core(ask) or self._whole(ask, history)
        return self._with_before(ask, history) or answer if _lost(answer) else answer

    def _off(self, ask: Ask) -> Answer | None:
        """The refusal of a long message that is nothing of ours from its story to its question."""
        if len(ask.reading.words) <= LONG or ask.reading.has("ocop") or self._about_ours(ask):
            return None
        reasons = [hit for hit in ask.top if hit.label in _OFF]
        outside = self.finder.weights.outside(ask.reading.words)
        if outside < OFF or not reasons:
            return None
        reason = reasons[0].label.removeprefix(REFUSE)
        if reason != "politics" and guards.other_province(ask):
            reason = "other_province"
        return refused(ask, reason, outside)

    def _of_core(self, ask: Ask) -> Answer | None:
        """The answer to what a long message asks after its story; None when it is not sure."""
        asked = core(self.finder.reader, ask.reading)
        if asked is None:
            return None  # short
        own, told = self._ask(asked, ask.on), first(TOLD, ask)
        if told is not None and (told.of_sheet or own.nearest.score < OWN or own.near(told.topic)):
            return None  # what the story tells is what counts
        answer = self._whole(own, ())
        return answer if answer.answered and answer.confidence >= STANDS else None

    def _whole(self, ask: Ask, history: Sequence[str]) -> Answer:
        """The answer to a message of one question or of several."""
        whole = self._one(ask, Wording(self.finder))
        return Apart(self.finder, self._with, self._one).answer(ask, history, whole) or whole

    def passage(self, passage_id: str, on: date, lang: str) -> Answer:
        """One passage as an answer, for a button. Raises KeyError when there is none."""
        ask = Ask(Reading("", lang, "", ()), on, self.library, self.matter)
        return Wording(self.finder).of_passage(ask, self.library.passages[passage_id], 1.0)

    def sides(self, topic: str) -> tuple[str, ...]:
        """The sides of a person's own case that an answer on `topic` touches."""
        return self.library.sides(topic)

    def _with(self, ask: Ask, reading: Reading, history: Sequence[str]) -> Ask:
        """The same for a part of what is asked."""
        return self._ask(reading, ask.on, history)

    def _with_before(self, ask: Ask, history: Sequence[str]) -> Answer | None:
        """The answer when the question before is meant as well; None when that does not help."""
        both = leaning(self.finder.reader, ask.reading, history)
        answer = both and self._one(self._ask(both, ask.on, history), Wording(self.finder))
        return answer if answer and answer.answered and answer.confidence >= SURE else None

    def _ask(self, reading: Reading, on: date, history: Sequence[str] = ()) -> Ask:
        hits = self.finder.find(reading)
        if not guards.names_other_province(reading, self.matter):
            hits = [hit for hit in hits if hit.label != REFUSE + "other_province"]
        if guards.of_own_dossier(reading):
            hits = [hit for hit in hits if hit.label not in (REFUSE + "privacy", "lien_he")]
        if guards.of_elder(reading):
            hits = [hit for hit in hits if hit.label != REFUSE + "privacy"]
        weights, reader = self.finder.weights, self.finder.reader
        return Ask(
            reading, on, self.library, self.matter, hits, weights.share, weights.often, reader,
            history,
        )  # fmt: skip

    def _one(self, ask: Ask, wording: Wording) -> Answer:
        answer = self._nearest(ask, wording)
        if answer.kind == "fact" and figures.missing(ask.reading, f"{answer.text} {answer.more}"):
            return unsure(ask, wording.related(ask, NEAR))
        return answer

    def _nearest(self, ask: Ask, wording: Wording) -> Answer:
        return (
            self._guarded(ask, wording)
            or self._computed(ask, wording)
            or self._refused(ask, NEAR)
            or offices(ask, wording)
            or self._found(ask, wording)
        )

    def _guarded(self, ask: Ask, wording: Wording) -> Answer | None:
        """What plain rules refuse, and what the search says is not ours to answer."""
        if guards.private(ask):
            return refused(ask, "privacy", 0.9)
        if guards.ordered(ask):
            return refused(ask, "injection", 0.9)
        if guards.other_province(ask) and first(OF_SHEETS, ask) is None:
            return refused(ask, "other_province", 0.9)
        if guards.contact(ask):
            return wording.of_passage(ask, self.library.passages["lien_he"], 0.9)
        if guards.of_one_commune(ask):
            return wording.of_passage(ask, self.library.passages["gap_theo_xa"], 0.9)
        if ask.nearest.label in _RULED:  # the rules above decide these; a likeness alone does not
            return None
        no = self._refused(ask, PLAIN)
        return None if no and self._about_ours(ask) else no

    def _about_ours(self, ask: Ask) -> bool:
        """What we surely know: no likeness to other talk of food, places or days makes it off
        topic."""
        return first(OURS, ask) is not None

    def _refused(self, ask: Ask, least: float) -> Answer | None:
        top = ask.nearest
        if top.label.startswith(REFUSE) and top.score >= least:
            return refused(ask, top.label.removeprefix(REFUSE), top.score)
        return None

    def _computed(self, ask: Ask, wording: Wording) -> Answer | None:
        top = ask.nearest
        plain = first(PLAINLY_ASKED, ask)
        if plain is None and top.label == TASK + "product_search":
            plain = minimums(ask)  # "mật ong 4 sao cần gì" looks for no honey
        if plain is not None:
            return wording.of_draft(ask, plain)
        if top.label.startswith(TASK) and top.label != "task:reward" and top.score > 0.5:
            return None
        draft = first(COMPUTED, ask)
        return wording.of_draft(ask, draft) if draft else None

    def _found(self, ask: Ask, wording: Wording) -> Answer:
        top = ask.nearest
        if top.label.startswith(TASK) and top.score >= LIKELY:
            if top.label == "task:product_search" and not _of_ours(ask):
                return refused(ask, "off_topic", top.score)
            return task_words(ask, top.label.removeprefix(TASK), top.score)
        if top.score < PLAIN and (reason := _nearly(ask, top)):
            return refused(ask, reason, top.score)
        passage = self._near_enough(ask, top)
        if passage is None and (draft := least_of_most(ask)):
            return wording.of_draft(ask, draft)
        if passage is None or self._outside(ask, top):
            return unsure(ask, wording.related(ask, NEAR))
        found = self._of_two(ask, passage, wording) or wording.of_passage(ask, passage, top.score)
        none = narrowed(ask, f"{found.text}\n{found.more}", passage)
        return wording.of_passage(ask, none, 0.5) if none else found

    def _of_two(self, ask: Ask, passage: Passage, wording: Wording) -> Answer | None:
        """Half of each of two passages, when neither is sure and both may be meant."""
        if len(ask.top) < _HALVES:
            return None
        top, next_ = ask.top[:_HALVES]
        other = self.library.passages.get(next_.label)
        if top.score >= UNSURE or next_.score < ALIKE * top.score or other is None:
            return None
        if other.gap or not wording.halves or (passage.gap and other.id not in passage.beside):
            return None
        found = sorted(((passage, top.score), (other, next_.score)), key=lambda one: one[0].gap)
        said = [wording.of_passage(ask, one, score) for one, score in found]
        first_told = found[0][0]
        lacks = passage.gap and narrowed(ask, f"{said[0].text}\n{said[0].more}", first_told)
        return None if lacks else joined(said)

    def _outside(self, ask: Ask, top: Hit) -> bool:
        """Whether a doubtful passage was found for what is more like a question to refuse."""
        return top.score < DOUBTFUL and self.finder.weights.outside(ask.reading.words) > OUTSIDE

    def _near_enough(self, ask: Ask, top: Hit) -> Passage | None:
        alone = len(ask.top) > 1 and top.score - ask.top[1].score >= ALONE
        least = NAMED if alone or ask.reading.has("ocop") else SURE
        if len(ask.reading.words) <= TINY:
            least = LIKELY
        return self.library.passages.get(top.label) if top.score >= least else None


def _lost(answer: Answer) -> bool:
    """Whether nothing was found in the question alone; a plain refusal was meant."""
    return not answer.answered and answer.intent is None and answer.confidence < PLAIN


def _of_ours(ask: Ask) -> bool:
    """Whether what is looked for could be an OCOP product at all."""
    return product(ask) is not None or ask.reading.has(*_GOODS)


def _nearly(ask: Ask, top: Hit) -> str:
    """The reason to refuse that is as near as the nearest passage; "" when there is none."""
    near = (h for h in ask.top[1:3] if h.label.startswith(REFUSE) and h.score > top.score - CLOSE)
    found = next((h.label for h in near if h.label not in _RULED), "")
    return found.removeprefix(REFUSE)
