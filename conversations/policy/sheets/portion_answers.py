"""Answers on a criterion of the sheet whose share is told as amounts: worked out, then judged."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.sets import known_set
from conversations.policy.sheets.answers import least_of_item, points_of_item
from conversations.policy.sheets.items import item_named
from conversations.policy.sheets.portions import Portion, portion
from conversations.policy.sheets.verdict import verdict
from conversations.policy.understand import plain
from locales import number

#: The criteria that are a share of something.
_SHARED = ("nguyen_lieu", "nguon_goc", "lien_ket", "lao_dong")
#: The percentage asked for, which the answer works out.
_ASKED = re.compile(
    r"(?i)(?:là |chiếm |đạt |la |chiem |dat )?(?:khoảng |khoang )?"
    r"(?:bao nhiêu|mấy|bao nhieu|may|bn|what|how many) "
    r"(?:phần trăm|phan tram|percent(?:age)?|per cent|share|%)"
)


def item_of_portion(ask: Ask) -> Draft | None:
    """The verdict on a criterion that is a share, when the message tells amounts, no percentage."""
    if slots.shares(ask.text) or item_named(ask, known_set(ask)) not in _SHARED:
        return None
    told = portion(_text(ask))
    if told is None:
        return None
    told_so = _with_share(ask, told)
    worked = _worked(ask, told)
    judged = verdict(told_so)
    if judged is not None:  # the verdict comes first
        return replace(judged, lines=(judged.lines[0], worked, *judged.lines[1:]))
    draft = least_of_item(told_so) or points_of_item(told_so)
    return replace(draft, lines=(worked, *draft.lines)) if draft else None


def _text(ask: Ask) -> str:
    """The plain text with every other province called what it is: another province."""
    text = ask.text
    for name, _ in ask.matter.other_provinces_said.named_in(ask.reading):
        text = text.replace(" ".join(plain(name)), "tinh khac")
    return text


def _with_share(ask: Ask, told: Portion) -> Ask:
    """The same question with the percentage told, no longer asked for."""
    share = math.floor(told.percent * 100) / 100  # never over a limit by rounding
    reading = ask.reading
    if ask.reader is None or reading.alone:  # with what it leans on
        share_told = (f"{share:g}", "%")
        return replace(
            ask,
            reading=replace(
                reading,
                text=f"{' '.join(share_told)} {reading.text}",
                words=(*share_told, *reading.words),
                marks=(*share_told, *reading.marks),
            ),
        )
    said = f"{share:g}%, {_ASKED.sub(' ', reading.said)}"
    return replace(ask, reading=replace(ask.reader.read(said, ask.lang), before=reading.before))


def _worked(ask: Ask, told: Portion) -> str:
    """ "32 : 40 = 80%." """
    part, whole = (_n(ask, told.part), _n(ask, told.whole))
    if told.added:
        whole = f"({part} + {_n(ask, told.outside)})"
    elif told.outside:
        part = f"({whole} - {_n(ask, told.outside)})"
    return f"{part} : {whole} = {_n(ask, told.percent)}%."


def _n(ask: Ask, value: float) -> str:
    value = round(value, 1)
    return number(ask.lang, int(value) if value == int(value) else value)
