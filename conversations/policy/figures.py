"""A figure of a kind is asked for: what holds none of that kind is no answer, however near."""

from __future__ import annotations

import re

from conversations.policy.reading import Reading
from conversations.policy.understand import plain

#: How each kind is asked for, and what an answer with one holds; in plain folded words.
_KINDS = (
    (
        r"(?<!danh )(?<!don )(?<!tham )gia (?!tri|dinh|tang|han|cong)(?:\w+ ){0,6}bao nhieu tien|"
        r"(?:het|ton|mat|phi) (?:\w+ ){0,4}(?:bao nhieu|may) (?:tien|trieu|chuc trieu|dong)|"
        r"ban (?:\w+ ){0,3}(?:bao nhieu|may) (?:tien|dong|nghin|ngan)|"
        r"bao nhieu tien (?:mot|1) \w+|phi (?:\w+ ){1,6}bao nhieu|"
        r"tien (?:kiem nghiem|xet nghiem|lam|in|mua|thue|thiet ke|cong)(?: \w+){0,6} "
        r"(?:bao nhieu|may)(?! (?:ngay|nam|thang|diem|sao|san pham|mau|phan tram|nguoi|lan))\b|"
        r"(?:thue|cong|mua)(?: \w+){1,6} (?:may|bao nhieu) (?:tien|trieu|dong|nghin|ngan)|"
        r"how much does .* cost",
        r"\d (?:dong|trieu|nghin|ti)\b|mien phi|khong mat|%|million|costs? nothing|free",
    ),
    (
        r"(?:may|bao nhieu) (?:tan|ta|kg|yen)\b|how man[iy] (?:tonnes|tons|kilos)",
        r"\btan\b|\bkg\b|ton",
    ),
    (
        r"(?:may|bao nhieu) (?:hec|hecta|met vuong|m2|sao (?:dat|ruong))\b|how man[iy] hectares",
        r"\bha\b|\bhec|met vuong|hectare",
    ),
    (
        r"(?<!bay )(?:may|bao nhieu) gio\b(?! con (?:khong|hieu luc|ap dung|duoc))|what time|"
        r"opening hours",
        r"\bgio\b|hour",
    ),
    (r"(?:may|bao nhieu) (?:cay so|km|kilomet)\b|how man[iy] km", r"\bkm\b|cay so"),
)
_ASKED = tuple((re.compile(rf"\b(?:{asked})"), re.compile(held)) for asked, held in _KINDS)


def missing(reading: Reading, said: str) -> bool:
    """Whether `said` lacks a figure of a kind that the question asks for."""
    asked = " ".join(reading.sure)
    wanted = [held for kind, held in _ASKED if kind.search(asked)]
    told = " ".join(plain(said)) if wanted else ""
    return any(held.search(told) is None for held in wanted)
