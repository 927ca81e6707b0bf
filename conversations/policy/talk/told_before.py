"""A question and what was told before it: in the same message, or in the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conversations.policy.computings import COMPUTED, STORIES, TOLD, first
from conversations.policy.draft import Ask, Draft
from conversations.policy.finder import Finder
from conversations.policy.model import Answer
from conversations.policy.reading import Reading
from conversations.policy.talk.follow_up import opens, says_enough, turns
from conversations.policy.wording import Wording

SURELY = 0.8  # sureness from which a follow-up asks something of its own


@dataclass(frozen=True, slots=True)
class Talk:
    """Answers with what was told before. `understood` gives a reading, with the talk before it,
    all it needs to be answered."""

    finder: Finder
    understood: Callable[[Ask, Reading, Sequence[str]], Ask]

    def answer(self, ask: Ask, history: Sequence[str]) -> Answer | None:
        """What the question and what was told compute together; None when that is nothing."""
        return self._of_told(ask, history) or self._of_start(ask)

    def own(self, ask: Ask) -> Ask:
        """A follow-up without the question it leans on, when it surely asks something itself and
        the two together do not compute that; otherwise the same."""
        if not ask.reading.alone:
            return ask
        own = self.understood(ask, self._read(ask.reading.said, ask), ask.talk)
        sure = own.nearest.score >= SURELY and own.nearest.label in ask.library.passages
        if not sure or not says_enough(own.reading) or first(COMPUTED, own):
            return ask
        together = first((*TOLD, *COMPUTED), ask)
        return ask if together and own.near(together.topic) else own

    def _of_told(self, ask: Ask, history: Sequence[str]) -> Answer | None:
        """ "Giấy tôi hết hạn 31/10/2027." - "Vậy sớm nhất khi nào nộp lại?"; None when the message
        before asked something itself, or told nothing that the question needs."""
        told = self._read(history[-1], ask) if history else None
        if told is None or told.asks or opens(told):
            return None
        both = self.understood(ask, self._read(f"{history[-1]} {ask.reading.said}", ask), ())
        draft, alone = first((*TOLD, *STORIES), both), first((*TOLD, *COMPUTED), ask)
        leans = ask.reading.alone or opens(ask.reading)
        if draft is None or (alone is not None and (alone.lines == draft.lines or not leans)):
            return None
        near = ask.near(draft.topic, *draft.meant_by)
        return Wording(self.finder).of_draft(both, draft) if near else None

    def _of_start(self, ask: Ask) -> Answer | None:
        """The answer to "A, còn B?" where A is the condition of B: both together give what B asks
        for."""
        whole = ask.reading.before
        if whole is None or whole is ask.reading or not whole.said.endswith(ask.reading.said):
            return None
        both = self.understood(ask, whole, ())
        draft = first(TOLD, both)
        if draft is not None and (ask.near(draft.topic) or self._is_meant(draft, ask, whole)):
            return Wording(self.finder).of_draft(both, draft)
        return None

    def _is_meant(self, draft: Draft, ask: Ask, whole: Reading) -> bool:
        """Whether what a whole message gives is what its end asks for: the end alone gives the
        same, or nothing; behind "còn" its start must give nothing either."""
        alone = first((*TOLD, *COMPUTED), ask)
        if alone is not None or not turns(ask.reading):
            return alone is None or alone.topic == draft.topic
        start = self._read(whole.said.removesuffix(ask.reading.said), ask)
        return first(TOLD, self.understood(ask, start, ())) is None

    def _read(self, said: str, ask: Ask) -> Reading:
        return self.finder.reader.read(said, ask.lang)
