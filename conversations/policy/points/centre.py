"""What follows from a score on the way to 5 stars (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3, 4):
from 90 points the province asks the ministry; what the ministry finds less is the province's again.
"""

from __future__ import annotations

import re

from conversations.policy.days.again import asks_again
from conversations.policy.draft import Ask, Draft
from conversations.policy.points.reading import points_told
from conversations.policy.points.stars import (
    CENTRAL,
    HIGHEST,
    band_of,
    bands,
    by_ministry,
    of_ministry,
)

_FROM = re.compile(
    r"\b(?:tu|tren|hon|qua|du|dat|toi|duoc|over|above|from|least) (9\d|100)(?: (?:diem|points?))?\b"
    r"|\b(9\d|100)(?: (?:diem|points?))? (?:tro len|or more|and above|or above)\b"
)
_NOT_YET = re.compile(r"\b(?:khong|chua|duoi|thieu|below|under|less|not)\b(?: \w+){0,3} 90\b")
#: What the province or somebody does next with it.
_NEXT = re.compile(
    r"\b(?:tinh|ubnd|ho so|san pham|province)(?: \w+){0,5} (?:lam gi|lam sao|xu li|the nao|di dau|"
    r"gui (?:di |len |cho )?(?:ai|dau)|sao nua|lam the nao|do)\b|"
    r"\b(?:buoc|viec|khau) (?:tiep|sau|ke)|\btiep theo\b|\blam gi (?:tiep|nua)\b|\broi sao\b|"
    r"\bsao nua\b|\bai (?:\w+ )?(?:cong nhan|cap|ki|cham|quyet|xet)\b|\bcap nao\b|"
    r"\bwhat (?:happens|next|now|does)\b|\bnext step\b|\bwho (?:decides|recogni|signs|issues)\w*"
)


def from_ninety(ask: Ask) -> Draft | None:
    """Where a product goes from 90 points; the question before does not count."""
    text = " ".join(ask.reading.own)
    if not _NEXT.search(text) or _NOT_YET.search(text) or of_ministry(text):
        return None
    told = points_told(ask, text)
    scores = [*told.scores, *(int(m[1] or m[2]) for m in _FROM.finditer(text))]
    if not scores or told.below or told.won or band_of(ask, min(scores)).rank < HIGHEST:
        return None
    passage = ask.library.passages[CENTRAL]
    lines = [passage.fact(name, ask.lang) for name in ("asked_for", "decided")]
    return Draft(CENTRAL, tuple(lines), ask.cited(CENTRAL))


def below_at_centre(ask: Ask) -> Draft | None:
    """What becomes of a product to which the ministry gave less than 5 stars take."""
    scores = points_told(ask, ask.text).scores
    if len(scores) != 1:
        return None
    lines = bands(ask, scores[0])
    draft = by_ministry(ask, scores[0], lines)
    if draft is not None:
        return draft
    again = asks_again(ask) and ask.reading.has("5 sao", "5 stars", "5 star")
    if not again or band_of(ask, scores[0]).rank >= HIGHEST:
        return None
    after = ask.library.passages[CENTRAL].fact("below", ask.lang)
    return Draft(CENTRAL, (after, *lines), ask.cited(CENTRAL))
