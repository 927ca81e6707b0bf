"""What a message asks of a product's set: which one, whose ministry, which of the six sectors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from conversations.policy.draft import Ask

_SET = (
    r"(?:bo(?: (?:san pham|sp|tieu chi|tieu gi|tc|cham|phieu))?|"
    r"(?:phan )?nhom(?: (?:lon|to|hang|san pham|sp|nganh|nganh hang|mat hang))?|"
    r"phieu(?: (?:cham|tieu chi|tieu gi))?|bang cham|mau cham|hang muc)"
)
_WHICH = (
    r"(?:(?:so |thu )?(?:nao|may|gi|bao nhieu)|chi|dau)"
    r"(?! (?:lang|ki|kg|gam|lit|tien|ngay|lan|cai|quan|phu|chu|lo|dung|"
    r"trong(?! (?:\d|ocop|cac|so|bang|phu luc|quyet dinh|qd|chuong trinh)))\b)"
)
#: "bộ nào", "nhóm hàng nào", "phiếu chấm số mấy"; no form: "mẫu phiếu nào", "nộp phiếu nào".
_ASKS_SET = re.compile(
    rf"(?<!\bmau )(?<!\bgiay )(?<!\bnop )(?<!\bdien )(?<!\bghi )(?<!\bkhai )(?<!\bviet )(?<!\bki )"
    rf"\b{_SET}(?: (?:cham|diem|trong 26 bo|ocop|cua ocop|so))? {_WHICH}\b|"
    rf"\bdang ki (?:bo|nhom)(?: san pham| sp)? {_WHICH}\b|"
    r"\b(?:chung|rieng|khac) (?:mot |1 )?(?:phieu|bo|nhom)\b|\b(?:phieu|bo|nhom)(?: cham)? rieng\b|"
    r"\b(?:gop|xep|cham|tinh) chung\b|\b(?:xep|phan) (?:nhom|bo)(?: (?:sao|the nao|ra sao)|$)|"
    r"\b(?:thuoc|vao|vo|la|nam (?:trong|o)) (?:nhom|bo)(?: [a-z]+){1,6} (?:hay|hoac) |"
    r"\b(?:tuoi|tuoi song|so che|tho) (?:hay|hoac)(?: (?:la|hang|do|nhom|da))* che bien\b|"
    r"\bfresh or (?:as )?(?:a )?processed\b|"
    r"\b(?:co |phai )?(?:thuoc|vao|vo|nam trong|la) (?:nhom|bo)(?: [a-z]+){1,6} "
    r"(?:khong|phai khong|chua|a|ha|dung khong)\b|"
    r"\b(?:which|what)(?: [a-z]+){0,2} (?:sets?|groups?|sheets?|categori|category|scorecard)\b|"
    r"\b(?:set|group|sheet|category|categori)(?: number)? "
    r"(?:is ours|is mine|appli\w*|do we|should)\b"
)
_MANAGES = r"(?:quan li|quan|phu trach|chu tri|trong coi|chu quan|lo|cam trich|coi)"
_ASKS_MINISTRY = re.compile(
    rf"\b(?:bo|nganh|co quan|bo nganh|ben)(?: nganh)? nao (?:o (?:trung uong|tren) )?{_MANAGES}\b|"
    rf"\b(?:do|duoi) (?:bo|nganh|bo nganh) nao\b|\bbo chu quan\b|\btrung uong bo nao\b|"
    rf"\b(?:bo|nganh) nao(?: dung ra)? {_MANAGES}|\bai (?:la nguoi |chu tri |phu trach )?quan li\b|"
    r"\b(?:which|what) ministri|\bwho (?:manages|is in charge of)\b|\bmanaging ministri\b"
)
_UNDER = re.compile(
    rf"\b(?:{_MANAGES}|duoi|thuoc|under|managed?|in charge|responsible|belongs?|looks after|runs)\b"
)
_YES_NO = re.compile(r"\b(?:khong|phai|dung|chu|a|ha|nhi|hay|is|does|do|are)\b")
#: "thuộc nhóm rau quả tươi hay chế biến".
_CHOICE = re.compile(
    r"\b(?:thuoc|vao|vo|nam (?:trong|o)|xep|la)(?: (?:nhom|bo|hang))+(?: [a-z]+){1,6} (?:hay|hoac) "
)
_LARGE = re.compile(r"\bnhom (?:lon|to) (?:nao|gi|chi|may)\b|\bwhich of the (?:6|six)\b")
_OR = r"(?:hay|hoac|or)(?: (?:la|nhom|thuoc|hang|san pham|vao|a|an))*"
_COUNTS_AS = (
    r"(?:(?<=co )phai|thuoc|nam trong|vao|vo|xep|tinh|(?:duoc )?coi la|goi la|(?:phai )?la|"
    r"belongs? to|count(?:s|ed)? as|(?:is|as) an?)(?: (?:nhom|hang|san pham|vao|la|nganh))*"
)
#: "có phải là đồ uống", "thuộc đồ uống không".
_DOUBTS = r"(?:co (?:phai |duoc |bi )?|phai |is |are |does |do )(?:[a-z]+ ){0,3}?"
_OR_NOT = r"(?: (?:ocop|duoc|phai|dung|dau|mo))? (?:khong|a|ha|nhi|chu|k)\b"
#: Words that are no "bộ" though they look so without their marks.
_NO_SET = frozenset({"bỏ", "bò", "bố", "bơ", "bó", "bờ"})


def asks_set(ask: Ask) -> bool:
    """Whether it is asked which set, group or sheet a product belongs to."""
    return _ASKS_SET.search(_own(ask)) is not None or bool(sectors_asked(ask))


def asks_ministry(ask: Ask) -> bool:
    """Whether it is asked which ministry manages the product."""
    return _ASKS_MINISTRY.search(_own(ask)) is not None or bool(_ministries_named(ask))


def ministry_doubted(ask: Ask) -> str:
    """The ministry that somebody thinks manages the product, by id: "có phải Bộ Y tế quản lý
    không?"; "" when none is named."""
    named = _ministries_named(ask)
    return named[0] if len(named) == 1 else ""


def sectors_asked(ask: Ask) -> list[str]:
    """The sectors a product is asked to be of, by id: "thực phẩm hay đồ uống", "có phải đồ uống
    không"; every one for "nhóm lớn nào"."""
    if _LARGE.search(_own(ask)):
        return list(ask.matter.sector_words)
    said = ask.matter.sectors_said
    names = "|".join(said)
    two = re.search(rf"\b({names}) {_OR} ?({names})\b", ask.text)
    if two and said[two[1]] != said[two[2]]:
        return [said[two[1]], said[two[2]]]
    if ask.lang == "en":
        is_a = (
            rf"\b(?:is|are) (?:[a-z]+ ){{1,5}}?(?:an? )?({names})\b(?! (?:safeti|hygiene|product))"
        )
        one_of = re.search(is_a, _own(ask))
        return [said[one_of[1]]] if one_of else []
    one = re.search(
        rf"\b{_DOUBTS}{_COUNTS_AS} (?P<a>{names})\b|\b{_COUNTS_AS} (?P<b>{names}){_OR_NOT}",
        _own(ask),
    )
    return [said[one["a"] or one["b"]]] if one else []


def choices_from(ask: Ask) -> int | None:
    """From which word on only sets and sectors are named to choose from: "hạt điều thuộc nhóm rau
    quả tươi hay chế biến"; None when there is no such choice."""
    text, names = ask.text, ask.matter.sectors_said
    found = re.search(rf"\b(?:{'|'.join(names)}) {_OR} ?(?:{'|'.join(names)})\b", text)
    found = found or _CHOICE.search(text)
    return len(text[: found.start()].split()) if found else None


def _ministries_named(ask: Ask) -> list[str]:
    """The ministries that are asked to be the ones that manage it, by id."""
    if not (_UNDER.search(ask.text) and _YES_NO.search(_own(ask))):
        return []
    words: Mapping[str, Sequence[str]] = ask.matter.ministry_words
    return [id_ for id_, said in words.items() if any(ask.reading.names(word) for word in said)]


def _own(ask: Ask) -> str:
    """The words of the question, of a follow-up that says enough its own alone; without "bỏ"."""
    reading = ask.reading
    if len(reading.own) < len(reading.words):
        return " ".join(reading.own)
    pairs = zip(reading.words, reading.marks, strict=True)
    return " ".join(word for word, mark in pairs if mark not in _NO_SET)
