"""What is refused by plain rules before any search: other provinces, other people's data."""

from __future__ import annotations

import re
from dataclasses import replace

from conversations.policy.draft import Ask
from conversations.policy.elders import of_own_house, selves
from conversations.policy.matter import Matter
from conversations.policy.place_answers import named as named_commune
from conversations.policy.place_answers import plain_name
from conversations.policy.reading import LONG, Reading, asking_clauses, asks, sentences
from conversations.policy.understand import plain

_PERSON = re.compile(r"(?i:\b(?:ông|bà|anh|chị|cô|chú|bác|mụ|thím|dì|cậu|mự|o|mr|mrs|ms)) (\w+)")
_OTHERS = (
    "hang xom", "ben canh", "nguoi khac", "co so khac", "doi thu", "ben kia", "nha ong", "nha ba",
    "nha anh", "nha chi", "nguoi yeu", "vo cu", "chong cu", "ba ay", "ong ay",
    "anh ay", "chi ay", "co ay", "nha ay",
    "xom toi", "neighbour", "neighbor", "someone else", "competitor", "other people",
)  # fmt: skip
_THEIRS = (
    "ho so", "diem", "so dien thoai", "dien thoai", "dia chi", "can cuoc", "cccd", "giay to",
    "doanh thu",
    "nha rieng", "dossier", "application", "score", "phone", "address", "sdt", "tai khoan", "luong",
    "o xom nao", "nha o",
    "ngay sinh", "bao nhieu tuoi", "zalo", "so di dong", "addresses", "phone numbers", "ho ten",
)  # fmt: skip
_PHONE = ("dien thoai", "so dien thoai", "sdt", "hotline", "duong day nong", "phone",
    "phone number",
          "telephone", "zalo", "so di dong", "fax", "email", "dia chi", "tru so",
          "address", "addresses", "phone numbers")  # fmt: skip
#: The asker's own particulars: a matter of data, not a request for a number.
_OWN = (
    "cua toi", "cua minh", "cua em", "cua tui", "cua chung toi", "my phone", "my number",
    "my data", "my address",
)  # fmt: skip
_BUYS = ("muon mua", "mua it", "dat mua", "tim mua", "want to buy", "gui ra", "gui vao")
#: What stands before or after a place that is told of in passing: guests, children, ways gone.
_TOWARDS = ("khach", "ngoai", "trong", "ra", "vao", "len", "o lai", "hoc o", "hoc", "lam o",
            "song o", "ban ra", "ban vao", "sang", "from", "to")  # fmt: skip
_BACK = ("ve", "vao", "ra", "gui", "dat hang", "mua", "hoi mua", "cu giuc", "guests", "buyers")
_BUYING = (
    r"(?:gom|lay|mua|nhap|thu mua|"
    r"(?:buy|bought|take|taken|get|sourced?|import\w*|purchased?)(?: \w+){0,5} from)"
)
_SELLING = (
    r"(?:ban|giao|chuyen|bo moi|tieu thu|dua hang|gui hang|sell|sold|ship\w*|deliver\w*|selling)"
    r"(?: \w+){0,5}? (?:ra|vao|o|cho|sang|len|toi|den|tan|in|to|at)"
)
_BUYERS = r"(?:khach|dai li|cua hang|sieu thi|thuong lai|tieu thuong|customers?|agents?|shops?)"
_SOMEBODY = (
    r"(?:con|chong|vo|anh|chi|em|chau|ba con|bo|me|nguoi nha|khach|ban|dau|re|co|chu|bac|cau|di|"
    r"son|daughter|brother|sister|husband|wife|child|children|relatives?|cousin)"
)
_LIVES = r"(?:o|song o|lam o|hoc o|o tan|ngoai|trong|(?:live|lives|lived|works?|studies) in|in)"
_CLAUSES = re.compile(r"[,;:.?!\n]+|\s-\s")
#: Another's work that is copied: what the sheets say of it is asked, nothing of the other.
_COPIES = re.compile(
    r"\b(?:chep|giong) cua\b|\b(?:nhai|copi\w*|y chang)\b|"
    r"\b(?:chep|bat chuoc|giong|lay|trung)(?: [a-z]+){0,2} (?:chuyen|stori|mau|kieu|san pham)\b|"
    r"\b(?:sao chep|an cap|muon|lay|dung|xai|su dung|trich|use|using|borrow\w*)"
    r"(?: (?!ho so|diem|so|sdt|dia chi|can cuoc|giay|doanh|tai khoan|phone|address|score)\w+){1,6}?"
    r" (?:cua|from|of) (?:\w+ )?(?:co so|nguoi|nha|hang xom|doi thu|ben|thang|hang|another|someone|"
    r"other|neighbou?r)"
)
#: Papers of somebody that the asker has and would hand over: whether they are wanted is asked.
_GIVES = re.compile(
    r"\b(?:gui|dua|nop|chup|dang|send\w*|upload\w*|share|give)\b(?: \w+){0,16}? "
    r"(?:len day|qua day|vao day|o day|trong nay|khung chat|chat|tren nay|cho bot|here)\b|"
    r"\bco (?:nen|can|phai) (?:gui|dua|nop|chup|khai|ghi|dien)\b|"
    r"\b(?:should|must|do) (?:i|we) (?:have to )?(?:send|upload|share|give)\b"
)
_WANTS = re.compile(
    r"\b(?:cho|gui|dua|tim|xem|tra|doc|chi)(?: \w+)? (?:toi|minh|em|tui|choa|chau|anh|chi)"
    r"(?: \w+)? (?:xem|biet|xin|so|dia chi|sdt|ho so|can cuoc|danh sach)\b|"
    r"\b(?:cho|gui) (?:xin|xem|biet)\b|\b(?:xem|tra) (?:giup|ho|dum)\b|"
    r"\b(?:show|give|tell|send) me\b"
)
#: A story that begins with others and asks for oneself: "xóm tôi cãi nhau, tôi phải ra xã nào".
_OF_ONESELF = re.compile(
    r" (?:toi|em|minh|tui) (?:phai|can|nen|nop|dem|mang|ra)(?: \w+){0,5}? (?:o dau|dau|xa nao|"
    r"phuong nao|cho nao|the nao)(?= )"
)
#: Which form or item holds a particular: a matter of forms.
_OF_FORMS = re.compile(
    r"\b(?:mau|muc|phan|o|bieu|to) (?:nao|may)\b|\bmau (?:so )?0?\d\b|\bphieu (?:nao|dang ki)\b|"
    r"\b(?:which|what) (?:form|part|section|item)\b|\bform 0?\d\b"
)
_OWNER = ("ba chu", "ong chu", "chu co so", "chu the", "chu tiem", "nguoi lam", "owner", "producer",
    "gia chu", "woman",
          "nha ba", "nha ong", "chu doanh nghiep", "giam doc", "chu tich", "bi thu", "workers",
          "cong nhan", "nguoi lao dong", "xa vien", "members")  # fmt: skip
#: Orders to the bot itself: to be somebody else, to leave its rules, to sign or say yes.
_ORDERS = re.compile(
    r"\bdong vai\b|\bgia (?:vo|bo|su (?:ban|em|bot|may)) (?:la|lam)\b|"
    r"\btu (?:gio|nay|bay gio)(?: tro di)? (?:em|ban|bot|may|ad) (?:la|se la|phai)\b|"
    r"\b(?:quen|bo qua|bo het|phot lo)(?: \w+){0,3} (?:quy dinh|luat|huong dan|chi dan|lenh)\b"
    r"(?= (?:cua ban|cua em|truoc|tren|di|roi)|$)|"
    r"\b(?:ki|cap|duyet|xuat) (?:luon|ngay) (?:cho|giup) (?:toi|minh|em|tui)\b|"
    r"\bcu (?:tra loi|noi|ghi|bao)(?: la)? (?:co|duoc|dat)\b|"
    r"\bignore (?:all|your|the|any|previous|everi)\b|\b(?:pretend|imagine) (?:to be|you)\b|"
    r"(?:^|\b(?:pleas|please|you|now|to) )act as\b|\byou are now\b|\brole ?plai\b|"
    r"\b(?:system|your) prompt\b|"
    r"\bforget (?:your|all|the)(?: \w+){0,2} (?:rules|instructions)\b"
)
#: How many of what the report counts; not how many communes there are.
_COUNTS = re.compile(
    r"\b(?:bao nhieu|may|how mani|so luong|number of)(?! (?:xa|phuong|commun|ward|chuc|nam|ngay))"
    r"(?: \w+){0,2} (?:san pham|chu the|co so|ho|mon|hop tac xa|sao|ocop|stars?|products?|"
    r"producers?)\b|"
    r"\b(?:nhieu nhat|most)\b|"
    r"\b(?:liet ke|ke ten|danh sach|list|nhung)(?: \w+){0,5} (?:san pham|chu the|products?)\b"
)
#: "phiếu số mấy": which one of several, no number to call.
_NUMBERED = re.compile(
    r"\b(?:phieu|bo|nhom|mau|dot|dieu|khoan|quyet dinh|nghi dinh|nghi quyet|phu luc|hang)"
    r"(?: [a-z]+){0,2} so may\b"
)
_COUNTED = (
    "kq_san_pham",
    "kq_chu_the",
    "gap_theo_xa",
    "muc_tieu_2030",
    "kq_xuat_khau",
    "task:product_search",
)


def names_other_province(reading: Reading, matter: Matter) -> bool:
    """Whether another province is named as more than the place where material comes from."""
    told = matter.other_provinces_said.named_in(reading)
    return any(not (_of_trade(reading, name) or _lives_there(reading, name)) for name, _ in told)


def _in_passing(reading: Reading, name: str) -> bool:
    """Whether the place is only where somebody comes from, goes to or lives."""
    place = plain_name(name)
    padded = f" {reading.text} "
    return any(f" {word} {place} " in padded for word in _TOWARDS) or any(
        f" {place} {word} " in padded for word in _BACK
    )


def bought_from(reading: Reading, matter: Matter) -> bool:
    """Whether something is told to come from another province, which is named."""
    told = matter.other_provinces_said.named_in(reading)
    return any(_traded(reading, name, _BUYING) for name, _ in told)


def _traded(reading: Reading, name: str, trade: str) -> bool:
    """ "gom thêm ít ở Nghệ An về", "bán vào Đà Nẵng": where material comes from or goods go."""
    return re.search(rf"\b{trade}(?: \w+){{0,5}}? {plain_name(name)}\b", reading.text) is not None


def _of_trade(reading: Reading, name: str) -> bool:
    return any(_traded(reading, name, trade) for trade in (_BUYING, _SELLING, _BUYERS))


def _lives_there(reading: Reading, name: str) -> bool:
    """ "Con tôi ở Đà Nẵng, ...": somebody lives there, and what is asked is another thing."""
    place = plain_name(name)
    if not re.search(rf"\b{_SOMEBODY}(?: \w+){{0,3}} {_LIVES} {place}\b", reading.text):
        return False
    pieces = [" ".join(plain(piece)) for piece in _CLAUSES.split(reading.said) if asks(piece)]
    return bool(pieces) and not any(place in piece for piece in pieces)


def _asked_of(ask: Ask) -> list[str]:
    """The other provinces that the asking part of the message names."""
    told = [name for name, _ in ask.matter.other_provinces_said.named_in(ask.reading)]
    named = [name for name in told if not _of_trade(ask.reading, name)]
    named = [name for name in named if not _lives_there(ask.reading, name)]
    if not named or len(ask.reading.words) < LONG:
        return named
    asked = " ".join(plain(" ".join(asking_clauses(ask.reading.said))))
    return [n for n in named if plain_name(n) in asked and not _in_passing(ask.reading, n)]


def other_province(ask: Ask) -> bool:
    """Whether another province is what the question is about; a buyer may live anywhere."""
    if not _asked_of(ask) or ask.reading.has(*_BUYS):
        return False
    if ask.reading.has("trung uong", "ministry"):  # which sits in one of them
        return False
    kept = ask.reading.has(*(" ".join(plain(g)) for g in ask.matter.not_provinces))
    return not kept and not ask.reading.has("nguyen lieu", "ban sang", "ban ra", "raw material")


def private(ask: Ask) -> bool:
    """Whether someone else's dossier, score or particulars are asked for: by what a long message
    asks, not by whom its story speaks of."""
    if of_own_house(ask.reading) and not _names_person(ask.reading):
        return False
    pieces = sentences(ask.reading.said) if len(ask.reading.words) > LONG else []
    asking = [piece for piece in pieces if asks(piece)]
    if asking and len(asking) < len(pieces):
        asked = replace(ask, reading=_of_pieces(ask.reading, asking))
        return _private(asked, selves(ask.reading))
    return _private(ask, selves(ask.reading))


def _of_pieces(reading: Reading, pieces: list[str]) -> Reading:
    """Only some sentences of a message."""
    said = " ".join(pieces)
    words = tuple(plain(said))
    return replace(reading, said=said, text=" ".join(words), words=words, marks=words)


def of_elder(reading: Reading) -> bool:
    """Whether the one who asks calls herself "chị" or "bác", and names nobody else."""
    return bool(selves(reading)) and not _names_person(reading)


def _private(ask: Ask, own: set[str]) -> bool:
    if not ask.reading.has(*_THEIRS) or ask.reading.has("nguyen lieu", "raw material"):
        return False
    if of_own_dossier(ask.reading):
        return False
    named = _names_person(ask.reading)
    wants_particulars = ask.reading.has(*_PHONE, "nha rieng", "can cuoc", "cccd", "so may ca nhan")
    others = any(ask.reading.has(w) and not own & set(w.split()) for w in _OTHERS)
    others = others and not _OF_ONESELF.search(f" {ask.text} ")
    return named or others or (wants_particulars and ask.reading.has(*_OWNER))


def _names_person(reading: Reading) -> bool:
    people = _PERSON.finditer(reading.said)
    return any(found[1].istitle() for found in people) and not reading.has(
        "minh", "nha toi", "cua toi"
    )


def of_own_dossier(reading: Reading) -> bool:
    """Whether another's particulars are spoken of for the asker's own dossier: copied, handed
    over, or written into a form."""
    text = reading.text
    if _COPIES.search(text) or (_GIVES.search(text) and not _WANTS.search(text)):
        return True
    return _OF_FORMS.search(text) is not None and not _names_person(reading)


def ordered(ask: Ask) -> bool:
    """Whether the bot is told to be somebody else, to leave its rules or to sign something."""
    return _ORDERS.search(ask.text) is not None


def contact(ask: Ask) -> bool:
    """Whether a phone number or address of an office is asked for."""
    if ask.reading.has(*_OWN) or ask.reading.has("quet dien thoai", "bang dien thoai"):
        return False
    if _OF_FORMS.search(ask.text) or _NUMBERED.search(ask.text):
        return False
    if ask.reading.has(*_PHONE):
        return ask.near("lien_he", "refuse:privacy", within=6)
    return ask.reading.names("số máy") and ask.near("lien_he", within=2)


def of_one_commune(ask: Ask) -> bool:
    """Whether figures of one commune are asked for: the papers do not have them."""
    if len(ask.reading.words) > LONG:  # where somebody comes from is no commune that is asked of
        ask = replace(ask, reading=_of_pieces(ask.reading, asking_clauses(ask.reading.said)))
    if ask.reading.has("thuong", "reward", "cong lai"):
        return False
    counts = _COUNTS.search(ask.text) is not None
    return counts and ask.near(*_COUNTED, within=3) and bool(named_commune(ask))
