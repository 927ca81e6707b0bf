"""May this one register that product? By who it is and what it makes (Điều 2.3)."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.lack_answers import missing
from conversations.policy.sets import group_of_set, known_set
from conversations.policy.yes_no.polar import narrowing
from models.content.dossier import ProducerType

_PASSAGE = "qd26_doi_tuong"
_REGISTERS = re.compile(
    r"\b(?:dung ten|dung ra dang ki|lam chu the|dang ki(?! (?:kinh doanh|nhan hieu|moi truong|ma|"
    r"bao ho|ho kinh))|nop ho so|tham gia|lam ocop|thi ocop|du thi|registers?|"
    r"appli(?! under)|take part|be the producer)\b"
)
_OWNS = re.compile(r"\b(?:dung ten|dung ra dang ki|lam chu the|register|appli|be the producer)\b")
_MAY = {
    "vi": re.compile(r"\b(?:duoc|co the|dc)\b.*\b(?:khong|ko|k|chua)\b"),
    "en": re.compile(r"\b(?:can|may|allowed|eligible)\b"),
}
_TOURISM = ("du lich", "tourism", "tourist", "tour", "tours")
_OF_SOMEBODY = ("cua", "of")
_ELSE = re.compile(
    r"\b(?:o dau|khi nao|bao gio|the nao|lam gi|can gi|nhung gi|giay gi|ho tro|vay|nghi quyet|"
    r"bao nhieu|resolution|bat buoc|co phai|may(?! (?:a|the|we|i|our|my|an)\b)|how|where|when|"
    r"what)\b"
)


def may_register(ask: Ask) -> Draft | None:
    """Whether the producer named may register the product named; None when none is named."""
    verb = None
    for verb in _REGISTERS.finditer(ask.text):  # noqa: B007 - the last one counts
        pass
    if (
        verb is None
        or _ELSE.search(ask.text)
        or not _MAY[ask.lang].search(ask.text)
        or missing(ask)
        or narrowing(ask.reading)  # "only a cooperative may?": not whether a cooperative may
    ):
        return None
    who = _named_before(ask, verb.start())
    if not who:
        return None
    named = {one.id: one for one in ask.matter.dossier.producer_types}
    if who in named:
        return _of_type(ask, named[who])
    owns = who == "large" or _OWNS.search(ask.text)  # an office is more often where one hands in
    return _of_nobody(ask, who) if owns else None


def _named_before(ask: Ask, place: int) -> str:
    """The producer named last before the verb, by the longest words; else the first behind it."""
    at = len(ask.text[:place].split())
    said = [
        (span.start, span.stop, who)
        for word, who in ask.matter.producers_said.named_in(ask.reading)
        for span in ask.reading.places(word)
        if not span.start or ask.reading.words[span.start - 1] not in _OF_SOMEBODY
    ]
    said = [one for one in said if not any(_inside(one, other) for other in said)]
    before = [one for one in said if one[0] < at]
    if before:
        return max(before)[2]
    return min(said, key=lambda one: (one[0], -one[1]))[2] if said else ""


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether a name is part of a longer one: the "enterprise" of "large enterprise"."""
    return other[0] <= one[0] and one[1] <= other[1] and other[:2] != one[:2]


def _of_type(ask: Ask, one: ProducerType) -> Draft:
    number = known_set(ask)
    name = lowered(one.name_en if ask.lang == "en" else one.name)
    may = one.sets is None or (number is not None and one.may_make(number))
    may = may or (number is None and ask.reading.has(*_TOURISM))
    if may:
        lines = [ask.say("Được: {producer} đứng tên đăng ký được.", producer=name)]
        lines += [one.doubt(ask.lang)] if one.doubt else []
    elif number is None:
        lines = [ask.say("Không, trừ sản phẩm du lịch: hội, đoàn thể chỉ có ở nhóm du lịch.")]
    else:
        lines = [
            ask.say(
                "Không được: hội, đoàn thể chỉ đứng tên sản phẩm du lịch, không đứng tên {group}.",
                group=group_of_set(ask, number),
            )
        ]
    return _draft(ask, lines, may=may)


def _of_nobody(ask: Ask, who: str) -> Draft:
    said = (
        ask.say("Không: doanh nghiệp lớn không có trong danh sách được đăng ký.")
        if who == "large"
        else ask.say("Không: cơ quan, trường học không có trong danh sách được đăng ký.")
    )
    return _draft(ask, [said], may=False)


def _draft(ask: Ask, lines: list[str], *, may: bool) -> Draft:
    """The verdict, and who may register at all."""
    told = ask.library.passages[_PASSAGE].said(ask.lang)
    return Draft(
        _PASSAGE,
        tuple(dict.fromkeys([*lines, *told[:4]])),
        ask.cited(_PASSAGE),
        intent="register" if may else None,
    )
