"""Letters for choices, where a channel shows a list instead of buttons: given out, and read.

A list begins with A, unless others may still be answered: notices of the last week, and what was
asked since the person's last word. It takes letters those do not have, while there are any, so that
a letter says which message it belongs to. The newest list is the one a letter means; one of an
older list is asked about, never obeyed. So is the label of an older list, typed in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.seal import Seal
from conversations.understand import global_word
from handlers.plain import LETTERS, mark
from locales import gettext
from models import seen
from models.codec import Json
from models.content.fold import words
from models.database import Unit
from models.messages import CAPABILITIES, Address, Button, Channel, Inbound, Say
from models.outbox import BULK

_LETTER = re.compile(r"^(?:(?:muc|chon|cau|y|dap an|chu)\s+)?([a-z])$")
OLD = timedelta(hours=24)  # a list nobody remembers any more: its letters are asked about
OPEN = timedelta(days=7)  # for as long a notice keeps its letters to itself
LONGEST = 120  # characters that may be a label
MANY = 100  # buttons: a channel that has as many shows no lists


@dataclass(frozen=True, slots=True)
class Choice:
    """What a letter stands for in one list. `data` is the button's, sealed to the person."""

    mark: str
    label: str
    data: str


@dataclass(slots=True)
class List:
    """The choices of one message. `young`: somebody may remember it; `since_answer`: sent after the
    person's last message; `notice`: it came by itself."""

    message: str
    young: bool
    since_answer: bool
    notice: bool
    choices: list[Choice] = field(default_factory=list)


# -- given out -------------------------------------------------------------------------------------
def marked(
    unit: Unit, address: Address, say: Say, priority: int, now: datetime, row: int = 0
) -> Say:
    """The message with the letters of its choices, where they may be shown; `row` is the one it
    takes the place of, if any."""
    few = CAPABILITIES[address.channel].buttons
    choices = [b for b in say.buttons if b.action]
    shown = sum(1 for b in say.buttons if b.action or b.url)
    along = 0 < priority < BULK  # may leave in one with others, and have too many buttons then
    if few >= MANY or not choices or not (shown > few or along):
        return say
    open_lists = seen.unanswered(unit, address, now - OPEN)
    first = _free([_places(body) for id_, body in open_lists if id_ != row], len(choices))
    marks = iter([mark(first + at) for at in range(len(choices))])
    return replace(
        say,
        rows=tuple(
            tuple(replace(b, mark=next(marks)) if b.action else b for b in line)
            for line in say.rows
        ),
    )


def _places(body: Json) -> set[int]:
    """Which letters a message has, as places in the alphabet."""
    marks = (b.get("mark", "") for line in body.get("rows", ()) for b in line)
    return {LETTERS.index(one) for one in marks if len(one) == 1 and one in LETTERS}


def _free(taken: Sequence[set[int]], number: int) -> int:
    """The first place with room for so many letters that nobody has; when there is none, the oldest
    lists give theirs up. `taken` is newest first."""
    for kept in range(len(taken), 0, -1):
        used = set().union(*taken[:kept])
        for first in range(len(LETTERS) - number + 1):
            if used.isdisjoint(range(first, first + number)):
                return first
    return 0


# -- read ------------------------------------------------------------------------------------------
def read(
    unit: Unit, inbound: Inbound, seal: Seal, person_id: int, lang: str, now: datetime
) -> Inbound | Say:
    """The message with its button when a letter or a notice's label names one; a question when it
    may name another."""
    said = _said(inbound)
    if not said:
        return inbound
    lists = _lists(unit, inbound.address, now)
    if found := _LETTER.match(said):
        return _by_letter(inbound, found[1].upper(), lists, seal, person_id, lang)
    return _by_label(inbound, said, lists, seal, person_id, lang)


def older(
    unit: Unit, inbound: Inbound, seal: Seal, person_id: int, lang: str, now: datetime
) -> Say | None:
    """For words that nothing here understands: were they the label of an earlier list?"""
    said = _said(inbound)
    if not said or _LETTER.match(said):
        return None
    named = _labelled(said, _lists(unit, inbound.address, now))
    return _was_it([named[0][1]], seal, person_id, lang) if named else None


def _said(inbound: Inbound) -> str:
    """The words, when they may be a letter or a label on this channel; else ""."""
    text = inbound.text or ""
    if inbound.files or inbound.button or len(text) > LONGEST or text.startswith("/"):
        return ""
    if CAPABILITIES[inbound.address.channel].buttons >= MANY:
        return ""
    return " ".join(words(text))


def _by_letter(
    inbound: Inbound, letter: str, lists: list[List], seal: Seal, person_id: int, lang: str
) -> Inbound | Say:
    named = [(n, c) for n, one in enumerate(lists) for c in one.choices if c.mark == letter]
    if not named:
        strange = lists and lists[0].choices[0].mark != "A"  # a place in it would be a guess
        return _not_there(letter, lang) if strange else inbound
    at, first = named[0]
    others = [c for n, c in named[1:] if lists[n].since_answer and c.data != first.data]
    if at == 0 and not others and lists[0].young and lists[0].since_answer:
        return replace(inbound, button=first.data, text=None)
    if others:
        text = gettext(lang, "Chữ {letter} có ở hai tin. Bà con muốn việc nào?", letter=letter)
        return _ask(text, [first, *others[:1]], seal, person_id, lang)
    return _was_it([first], seal, person_id, lang, letter)


def _by_label(
    inbound: Inbound, said: str, lists: list[List], seal: Seal, person_id: int, lang: str
) -> Inbound | Say:
    """A notice belongs to no step, so nothing else would know its labels. What is a word of ours,
    or stands in the newest list too, is left to the talk."""
    named = _labelled(said, lists)
    if not named or global_word(said) or not lists[named[0][0]].notice:
        return inbound
    at, first = named[0]
    if at == 0 and lists[0].young and lists[0].since_answer:
        return replace(inbound, button=first.data, text=None)
    return _was_it([first], seal, person_id, lang)


def _labelled(said: str, lists: Iterable[List]) -> list[tuple[int, Choice]]:
    """The choices whose label was typed in full, newest first."""
    return [
        (n, c)
        for n, one in enumerate(lists)
        for c in one.choices
        if " ".join(words(c.label)) == said
    ]


def _lists(unit: Unit, address: Address, now: datetime) -> list[List]:
    """Lists the person has seen, newest first; what left as one message is one list."""
    found: list[List] = []
    for row in seen.recent(unit, address, now - OPEN):
        choices = _choices(row.body, address.channel)
        if not choices:
            continue
        if found and row.message and found[-1].message == row.message:
            found[-1].choices[:0] = choices
            continue
        young = now - row.sent_at < OLD
        found.append(List(row.message, young, row.since_answer, row.notice, choices))
    return found


def _choices(body: Json, channel: Channel) -> list[Choice]:
    """The choices that stood in a message by letter: given out with it, or by their place."""
    shown = [b for line in body.get("rows", ()) for b in line]
    choices = [b for b in shown if b.get("action")]
    by_place = sum(1 for b in shown if b.get("action") or b.get("url"))
    if not any(b.get("mark") for b in choices) and by_place <= CAPABILITIES[channel].buttons:
        return []
    return [
        Choice(b.get("mark") or mark(n), b["label"], b["action"]) for n, b in enumerate(choices)
    ]


# -- asked -----------------------------------------------------------------------------------------
def _was_it(choices: list[Choice], seal: Seal, person_id: int, lang: str, letter: str = "") -> Say:
    label = choices[0].label
    if letter:
        text = gettext(
            lang,
            "Chữ {letter} là của tin trước: “{label}”. Bà con muốn việc đó phải không?",
            letter=letter,
            label=label,
        )
    else:
        text = gettext(
            lang, "“{label}” là ở tin trước. Bà con muốn việc đó phải không?", label=label
        )
    return _ask(text, choices, seal, person_id, lang)


def _not_there(letter: str, lang: str) -> Say:
    text = gettext(
        lang, "Trong tin vừa rồi không có chữ {letter}. Bà con xem lại giúp mình.", letter=letter
    )
    return Say(text, ((Button(gettext(lang, "Xem lại"), "nav:resume"),),))


def _ask(text: str, choices: list[Choice], seal: Seal, person_id: int, lang: str) -> Say:
    rows: list[tuple[Button, ...]] = []
    for choice in choices:
        action = seal.open(person_id, choice.data) or "nav:old"
        rows.append((Button(choice.label, action),))
    rows.append((Button(gettext(lang, "Không, để tôi chọn lại"), "nav:resume"),))
    return Say(text, tuple(rows))
