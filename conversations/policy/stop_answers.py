"""What ends the evaluation of a product: the printed rule that somebody's story meets."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.policy.draft import Ask, Draft
from conversations.policy.lack_answers import ranges
from conversations.policy.reading import Phrases, Reading
from conversations.policy.sets import group_of_set, known_set
from conversations.policy.sheets.items import item_named, pieces
from conversations.policy.understand import marked
from conversations.policy.yes_no import first_word

#: Points are asked, not whether it ends: the ladder of the criterion answers.
_POINTS = ("may diem", "bao nhieu diem", "how many points")
_PASSAGE = "qd26_bi_loai"
_NEAR = 4  # words that may stand between the parts of what is told
_SELDOM = 100  # examples with a syllable below which it is read without its marks


def ended(ask: Ask) -> Draft | None:
    """The rule by which the evaluation ends (Quyết định 26/2026/QĐ-TTg, Phụ lục II).

    None when the story meets none, or when the sheet of the product named does not print it.
    """
    if ask.open or (ask.reading.has(*_POINTS) and item_named(ask, known_set(ask))):
        return None
    met = {rule for _, rule in ask.matter.stops_said.named_in(ask.reading)} | set(_in_parts(ask))
    if not met:
        return None
    rules = [rule for rule in ask.matter.law.stops.values() if rule.id in met]
    number = known_set(ask)
    if number is not None:
        rules = [rule for rule in rules if rule.id in _rules(ask, number)]
    if not rules:
        return None
    where = (
        ask.say("Câu này in trên phiếu chấm của bộ {sets}.", sets=_printed(ask, rules[0].id))
        if number is None
        else ask.say("Theo phiếu chấm của {group}.", group=group_of_set(ask, number))
    )
    told, *others = (rule.text(ask.lang) for rule in rules)
    word = first_word.of_harm(ask.reading)
    if word is not None:
        told = ask.say(first_word.WORDS[word], line=told)
    return Draft(_PASSAGE, (told, *others, where), ask.cited(_PASSAGE))


def _printed(ask: Ask, rule: str) -> str:
    """The sets whose sheet prints a rule: "1-13, 15, 17"."""
    matter = ask.matter
    return ranges([n for n in sorted(matter.sets) if rule in _rules(ask, n)])


def _rules(ask: Ask, number: int) -> set[str]:
    return {stop.rule.id for stop in ask.matter.sheet(number).stops}


def _in_parts(ask: Ask) -> Iterator[str]:
    """The rules that a clause meets by what it tells together: "lẫn" and "kiến"."""
    clauses = pieces(ask)
    for parts, rule in ask.matter.stops_in_parts:
        if any(_together(ask, clause, parts) for clause in clauses):
            yield rule


def _together(ask: Ask, clause: Reading, parts: Phrases[int]) -> bool:
    """Whether both parts are said near each other, in any order."""
    said = parts.named_in(clause)
    first, second = (
        [
            span
            for phrase, place in said
            for span in clause.places(phrase)
            if place == part and _surely(ask, clause, span, phrase)
        ]
        for part in (0, 1)
    )
    return any(
        one.stop <= other.start <= one.stop + _NEAR or other.stop <= one.start <= other.stop + _NEAR
        for one in first
        for other in second
    )


def _surely(ask: Ask, clause: Reading, span: range, phrase: str) -> bool:
    """Whether a word of one syllable is typed with its marks, or is hardly another without them:
    "mot" is hardly ever "mọt"."""
    if len(span) > 1:
        return True
    bare, full = marked(phrase)[0]
    return clause.marks[span.start] == full or ask.often(bare) < _SELDOM
