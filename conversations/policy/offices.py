"""Several offices for several needs in one message: "hai việc này thì hỏi hai sở nào?"."""

from __future__ import annotations

from conversations.policy.draft import Ask
from conversations.policy.model import Answer
from conversations.policy.together import joined
from conversations.policy.wording import Wording

_ASKS_OFFICES = (
    "hai so", "2 so", "nhung so nao", "cac so nao", "nhung co quan nao", "hai co quan",
    "2 co quan", "which departments", "which two departments", "which offices", "hai noi",
    "nhung dau",
)  # fmt: skip
_WHO = ("so", "nao", "huong", "dan")  # a clause tells a need; this asks whose work it is
NEED = 0.05  # sureness from which a clause names a need of one office


def asks_offices(ask: Ask) -> bool:
    """Whether the offices for several needs are asked for."""
    return ask.reading.has(*_ASKS_OFFICES)


def offices(ask: Ask, wording: Wording) -> Answer | None:
    """The offices for the needs a message tells one by one; None for fewer than two."""
    if not asks_offices(ask):
        return None
    passages = wording.finder.library.passages
    best: dict[str, float] = {}
    for part in wording.finder.reader.parts(ask.reading):
        hits = wording.finder.weights.search((*part.words, *_WHO))
        near = next((h for h in hits if h.label in passages and passages[h.label].role), None)
        if near is not None and not part.has(*_ASKS_OFFICES):
            best[near.label] = max(near.score, best.get(near.label, 0.0))
    named = sorted((x for x in best if best[x] >= NEED), key=lambda x: -best[x])[:2]
    return joined([wording.of_passage(ask, passages[x], best[x]) for x in named])
