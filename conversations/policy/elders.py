"""Who speaks to somebody younger calls herself "chị", "bác": "nhà chị" is her own then."""

from __future__ import annotations

import re

from conversations.policy.reading import Reading

_TO_YOUNGER = re.compile(
    r"\b(?:chao|khong|chua|nho|nhe|nha|hoi|oi|nhi|roi) (?:em|chau|con)\b|"
    r"\b(?:em|chau|con) (?:a|oi|nhe|nhi|giup|tra|xem|cho|tinh|noi)\b"
)
#: What is told of oneself: "chị nộp", "bác muốn hỏi".
_SELF = re.compile(
    r"\b(chi|anh|cô|chu|bac|ong) (?:hoi|tra loi|nop|lam|muon|dinh|nghe|can|xin|lo|ban|moi|dang|da|"
    r"tinh|cung|khong|co|nho|thac mac)\b"
)
#: "Nhà chị làm ..., em ạ": an older one speaks of their own.
_OWN_HOUSE = re.compile(
    r"^(?:(?:chao|da|oi|a) )?(?:em |chau |ban |shop |ad )?(?:(?:oi|a|nay) )?"
    r"nha (?:chi|anh|co|chu|bac) (?!ay\b|kia\b|do\b|ben\b|hang\b|o\b)"
    r"(?:lo|lam|co|dang|vua|moi|mo|nau|nuoi|trong|ban|duoc|bi|da|nop|muon|san xuat)\b"
)
#: Others that speak of themselves.
_SPEAKS = ("toi", "em", "minh", "tui", "chau", "con", "choa", "chung toi")


def selves(reading: Reading) -> set[str]:
    """What the asker calls herself, folded, when she speaks as the elder; else nothing."""
    older = _TO_YOUNGER.search(reading.text) or not reading.has(*_SPEAKS)
    if not older:
        return set()
    pairs = zip(reading.words, reading.marks, strict=True)
    said = " ".join(mark if mark == "cô" else word for word, mark in pairs)
    return {"co" if found == "cô" else found for found in _SELF.findall(said)}


def of_own_house(reading: Reading) -> bool:
    """Whether a message begins with the asker's own house, told as an elder tells it."""
    return _OWN_HOUSE.match(reading.text) is not None
