"""Whether somebody comes to see the site when a product is evaluated again (Điều 7 khoản 6)."""

from __future__ import annotations

import re

from conversations.policy.days.again import asks_again
from conversations.policy.draft import Ask, Draft
from conversations.policy.reading import LONG

_PASSAGE = "qd26_phan_hang_lai"
_SITE = r"(?:xuong|co so|nha may|noi san xuat|cho lam|hien truong|trang trai|nha xuong)"
_VISIT = re.compile(
    rf"\b(?:ve|den|tan|tham|ngo|coi|xem)(?: (?:tan|tham|kiem tra|coi|xem|ngo))* {_SITE}\b|"
    rf"\b(?:xuong|toi|ra|tai)(?: tan| kiem tra)? {_SITE}\b|\btan (?:noi|cho|nha|lo|trai)\b|"
    rf"\b(?:kiem tra|khao sat|xac minh|tham dinh) (?:thuc te|thuc dia|{_SITE})\b|\bthuc dia\b|"
    r"\b(?:khao sat|di thuc te)\b|\bdoan (?:ve|xuong|den|toi)\b|\bxuong (?:kiem tra|coi|xem)\b|"
    r"\bve (?:kiem tra|coi|xem)\b|\b(?:visit|inspect|come to|on site|site (?:check|visit))\w*\b"
)


def site_visit(ask: Ask) -> Draft | None:
    """When the site is visited at a re-evaluation, and how the council decides there."""
    if len(ask.reading.words) > LONG or not asks_again(ask) or not _VISIT.search(ask.text):
        return None
    passage = ask.library.passages[_PASSAGE]
    lines = [passage.fact(name, ask.lang) for name in ("visit", "council", "time")]
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))
