"""A certificate of the old decision, where a change of the law is spoken of."""

from __future__ import annotations

import re
from datetime import date

from conversations.policy.draft import Ask
from conversations.policy.model import Source

_PASSAGE = "qd26_chuyen_tiep"
_NOW = "qd26"  # the document that holds now
#: Speaks of a change of the law.
_CHANGED = re.compile(
    r"\b(?:luat|quy dinh|quyet dinh|tieu chi) (?:moi|doi|thay|da doi|da thay|sua|cu|26|148)\b|"
    r"\bhuyen (?:cong nhan|cap|cham|ki|xet)\b|\bdo huyen\b|\bdistrict\b|"
    r"\bdoi luat\b|\bthay luat\b|\b148\b|\bgiay cu\b|\bbo het\b|\bhuy\b|"
    r"\b(?:new|old|changed?) (?:law|decision|rules?|criteria|certificates?)\b|\bdecision 26\b|"
    r"\b(?:law|rules?) (?:has |have )?(?:changed?|been)\b|\bcancel\w*\b"
)


def new_rules(ask: Ask) -> date:
    """The day the present decision came into force (Quyết định 26/2026, Điều 12 khoản 1)."""
    return ask.library.documents[_NOW].from_ or date.min


def survives(ask: Ask, issued: date) -> tuple[list[str], tuple[Source, ...]]:
    """That a certificate of the old decision stays valid to its end (Điều 12), where a change of
    law is spoken of; and where that is written."""
    if issued >= new_rules(ask) or not _CHANGED.search(ask.text):
        return [], ()
    return [ask.library.passages[_PASSAGE].fact("kept", ask.lang)], ask.cited(_PASSAGE)
