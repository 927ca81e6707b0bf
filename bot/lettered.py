"""Letters typed for choices, where a channel shows a list instead of buttons.

The newest list a person has seen is the one a letter means. A letter that may belong to another
list is asked about, never obeyed: an alert may have come between the question and the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.seal import Seal
from locales import gettext
from models import seen
from models.content.fold import fold
from models.database import Unit
from models.messages import CAPABILITIES, Address, Button, Inbound, Say

_LETTER = re.compile(r"^\(?([a-z])\)?[.)]?$")
OLD = timedelta(hours=24)  # a list nobody remembers any more


@dataclass(frozen=True, slots=True)
class Choice:
    """What a letter stands for in one list. `data` is the button's, sealed to the person."""

    label: str
    data: str


def read(
    unit: Unit, inbound: Inbound, seal: Seal, person_id: int, lang: str, now: datetime
) -> Inbound | Say:
    """The message with its button when a letter names one; a question when it may name another."""
    found = _LETTER.match(fold(inbound.text or "").strip())
    few = CAPABILITIES[inbound.address.channel].buttons
    if found is None or inbound.files or few >= 100:
        return inbound
    at = ord(found[1]) - ord("a")
    lists = _lists(unit, inbound.address, few, now)
    named = [(n, choices[at]) for n, choices in enumerate(lists) if at < len(choices)]
    if not named:
        return inbound
    first = named[0]
    others = [one for n, one in named[1:] if lists[n].since_answer and one.data != first[1].data]
    newest = lists[0]
    if first[0] == 0 and not others and newest.certain and newest.since_answer:
        return replace(inbound, button=first[1].data, text=None)
    return _ask(found[1].upper(), [first[1], *others[:1]], seal, person_id, lang)


class List(list[Choice]):
    """The choices of one message. `certain`: it is young; `since_answer`: sent after the person's
    last message."""

    certain = True
    since_answer = True


def _lists(unit: Unit, address: Address, few: int, now: datetime) -> list[List]:
    """Lists the person has seen, newest first; the ones since their last message marked."""
    found = []
    for row in seen.recent(unit, address):
        shown = [b for line in row.body.get("rows", ()) for b in line]
        choices = [b for b in shown if b.get("action")]
        if not choices or sum(1 for b in shown if b.get("action") or b.get("url")) <= few:
            continue
        made = List(Choice(b["label"], b["action"]) for b in choices)
        made.certain = now - row.sent_at < OLD
        made.since_answer = row.since_answer
        found.append(made)
    return found


def _ask(letter: str, choices: list[Choice], seal: Seal, person_id: int, lang: str) -> Say:
    rows: list[tuple[Button, ...]] = []
    for choice in choices:
        action = seal.open(person_id, choice.data) or "nav:old"
        rows.append((Button(choice.label, action),))
    rows.append((Button(gettext(lang, "Không, để tôi chọn lại"), "nav:resume"),))
    if len(choices) > 1:
        text = gettext(lang, "Chữ {letter} có ở hai tin. Bà con muốn việc nào?", letter=letter)
    else:
        text = gettext(
            lang,
            "Chữ {letter} là của một tin đã cũ: “{label}”. Bà con vẫn muốn việc đó chứ?",
            letter=letter,
            label=choices[0].label,
        )
    return Say(text, tuple(rows))
