"""What is refused by plain rules before any search: other provinces, other people's data."""

from __future__ import annotations

import re
from functools import lru_cache

from conversations.policy.draft import Ask
from conversations.policy.matter import Matter
from conversations.policy.place_answers import named as named_commune
from conversations.policy.understand import plain
from models.content.fold import has_diacritics, spell

_PERSON = re.compile(
    r"(?i:\b(?:ông|bà|anh|chị|cô|chú|bác|mụ|thím|dì|cậu|mự|o|mr|mrs|ms)) ([A-ZĐÀ-Ỹ][a-zà-ỹ]+)"
)
_OTHERS = (
    "hang xom", "ben canh", "nguoi khac", "co so khac", "doi thu", "ben kia", "nha ong", "nha ba", "nha anh", "nha chi",
    "xom toi", "neighbour", "neighbor", "someone else", "competitor", "other people",
)  # fmt: skip
_THEIRS = (
    "ho so", "diem", "so dien thoai", "dien thoai", "so may", "dia chi", "can cuoc", "cccd", "giay to", "doanh thu",
    "nha rieng", "dossier", "application", "score", "phone", "address", "sdt", "tai khoan", "luong", "o xom nao", "nha o",
    "ngay sinh", "bao nhieu tuoi", "zalo",
)  # fmt: skip
_PHONE = ("dien thoai", "so dien thoai", "sdt", "so may", "hotline", "duong day nong", "phone", "phone number",
          "telephone", "zalo", "so di dong", "fax", "email", "dia chi", "tru so", "address")  # fmt: skip
_OWNER = ("ba chu", "ong chu", "chu co so", "chu the", "chu tiem", "nguoi lam", "owner", "producer", "gia chu", "woman",
          "nha ba", "nha ong", "chu doanh nghiep", "giam doc", "chu tich", "bi thu")  # fmt: skip
_COUNTED = ("kq_san_pham", "kq_chu_the", "gap_theo_xa", "muc_tieu_2030", "kq_xuat_khau", "task:product_search")


@lru_cache(maxsize=4)
def _provinces(matter: Matter) -> list[tuple[str, str]]:
    return [(" ".join(plain(name)), spell(name)) for name in matter.other_provinces]


def other_province(ask: Ask) -> bool:
    """Whether another province is what the question is about."""
    padded, written = f" {ask.text} ", spell(ask.reading.said)
    marked = has_diacritics(ask.reading.said)
    for bare, name in _provinces(ask.matter):
        if f" {bare} " in padded and (not marked or name in written or bare in written):
            return not ask.reading.has("nguyen lieu", "mua nguyen lieu", "ban sang", "ban ra", "raw material")
    return False


def private(ask: Ask) -> bool:
    """Whether someone else's dossier, score or particulars are asked for."""
    if not ask.reading.has(*_THEIRS):
        return False
    named = _PERSON.search(ask.reading.said) is not None and not ask.reading.has("minh", "nha toi", "cua toi")
    wants_particulars = ask.reading.has(*_PHONE, "nha rieng", "can cuoc", "cccd")
    return named or ask.reading.has(*_OTHERS) or (wants_particulars and ask.reading.has(*_OWNER))


def contact(ask: Ask) -> bool:
    """Whether a phone number or address of an office is asked for."""
    return ask.reading.has(*_PHONE) and ask.near("lien_he", "refuse:privacy", within=6)


def of_one_commune(ask: Ask) -> bool:
    """Whether figures of one commune are asked for: the papers do not have them."""
    counts = ask.reading.has("bao nhieu", "may", "how many", "so luong", "nhieu nhat")
    return counts and ask.near(*_COUNTED, within=2) and bool(named_commune(ask))
