"""Several messages that were read back later are answered once: where the talk stands after the
last that was understood, and before that the answers to what was asked on the way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.leaving import How, Leaving
from conversations.events import QuestionAsked
from conversations.said import Turn
from models import outbox
from models.codec import say_from
from models.messages import Inbound, Say, Talk

Worth = Literal["nothing", "step", "answer"]
KEY = "behind:"  # of the reply that waits for the rest; then how much of its text are answers
SETTLE = 5.0  # seconds until it leaves, from the last of them
MOST = 1700  # characters that leave as one


def worth(talk: Talk, turn: Turn) -> Worth:
    """Of a reply: a later step replaces a step, an answer stays, "not understood" adds nothing."""
    asked = [e for e in turn.events if isinstance(e, QuestionAsked)]
    if turn.talk.misses > talk.misses or any(not e.answered for e in asked):
        return "nothing"
    return "answer" if asked else "step"


def together(leaving: Leaving, inbound: Inbound, person_id: int, say: Say, worth: Worth) -> None:
    """Put the reply into the one that waits for the rest, or have it wait."""
    address = inbound.address
    open_ones = [c for c in outbox.replies(leaving.unit, address, leaving.now)[0] if c.open]
    waiting = next((c for c in open_ones if c.key.startswith(KEY)), None)
    before, answers = Say(""), ""
    if waiting is not None and worth == "nothing":
        return
    if waiting is not None:
        before = say_from(waiting.body)
        answers = before.text[: int(waiting.key.removeprefix(KEY))]
    if waiting is not None and len(answers) + len(say.text) > MOST:
        outbox.change(leaving.unit, waiting.id, due_at=leaving.now)  # it leaves before this one
        waiting, before, answers = None, Say(""), ""
    text = "\n\n".join(filter(None, (answers, say.text)))
    how = How(leaving.now, f"{KEY}{len(text if worth == 'answer' else answers)}", priority=0)
    if waiting is not None:
        outbox.change(leaving.unit, waiting.id, key=how.key)
    say = replace(say, text=text, files=(*before.files, *say.files), settle=SETTLE)
    leaving.settle(address, person_id, say, how)
