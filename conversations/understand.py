"""Reads what people type where buttons are shown: numbers, letters, labels, prefixes, any case,
with or without diacritics; Vietnamese phone numbers, dates, numbers and everyday words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

from conversations.steps import Choice
from models.content.fold import fold

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ORDINAL = re.compile(r"^(?:so|muc|chon|cau|y|dap an)?\s*\(?(\d{1,2}|[a-z])\)?[.)]?$")
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}


#: Somebody is through with what they were sending.
DONE_WORDS = frozenset({"xong", "xong roi", "du roi", "het", "het roi", "done", "finished"})
LONGEST = 300  # characters of an answer that may name a choice


def pick(text: str, labels: Iterable[tuple[Choice, str]]) -> Choice | None:
    """The choice that `text` names, or None. `labels` pairs each choice with its shown label."""
    if len(text) > LONGEST:
        return None
    pairs = [(choice, fold(label)) for choice, label in labels]
    said = fold(text).strip(" .!,;")
    if not said:
        return None
    for choice, _ in pairs:
        if choice.key == text or fold(choice.key) == said:
            return choice
    ordinal = _ordinal(said, len(pairs))
    if ordinal is not None:
        return pairs[ordinal][0]
    return _by_words(said, pairs)


def _ordinal(said: str, count: int) -> int | None:
    """ "2", "số 2", "b", "(b)" → 1."""
    match = _ORDINAL.match(said)
    if match is None:
        return None
    mark = match.group(1)
    at = int(mark) - 1 if mark.isdigit() else _LETTERS.index(mark)
    return at if 0 <= at < count else None


def _by_words(said: str, pairs: list[tuple[Choice, str]]) -> Choice | None:
    """Exact label, unique prefix, unique part, some of its words, then a typo's distance."""
    tests = (
        lambda label: label == said,
        lambda label: len(said) >= 2 and label.startswith(said),
        lambda label: len(said) >= 3 and f" {said} " in f" {label} ",
        lambda label: len(label) >= 4 and f" {label} " in f" {said} ",
        lambda label: " " in said and _in_order(said.split(), label.split()),
    )
    for test in tests:
        found = [choice for choice, label in pairs if test(label)]
        if len({choice.key for choice in found}) == 1:
            return found[0]
        if found:
            return None
    return _nearest(said, pairs)


def _in_order(said: list[str], label: list[str]) -> bool:
    """ "hộ kinh doanh" for "Hộ có đăng ký kinh doanh"."""
    rest = iter(label)
    return all(word in rest for word in said)


def _nearest(said: str, pairs: list[tuple[Choice, str]]) -> Choice | None:
    if len(said) < 4:
        return None
    from rapidfuzz import fuzz

    scored = sorted(
        ((fuzz.ratio(said, label), i) for i, (_, label) in enumerate(pairs)), reverse=True
    )
    if scored and scored[0][0] >= 84 and (len(scored) == 1 or scored[0][0] - scored[1][0] >= 6):
        return pairs[scored[0][1]][0]
    return None


#: Words understood at every step of every flow, folded.
GLOBAL_WORDS: dict[str, str] = {
    **dict.fromkeys(("menu", "trang chu", "ve dau", "bat dau lai", "home"), "menu"),
    **dict.fromkeys(("quay lai", "tro lai", "lui lai", "back"), "back"),
    **dict.fromkeys(("huy", "huy bo", "thoat", "dung lai", "cancel", "thoi"), "cancel"),
    **dict.fromkeys(("tro giup", "giup", "giup voi", "huong dan", "help"), "help"),
    **dict.fromkeys(
        (
            "gap can bo",
            "can bo",
            "noi chuyen voi can bo",
            "goi can bo",
            "gap nguoi",
            "officer",
            "talk to an officer",
        ),
        "officer",
    ),
    **dict.fromkeys(
        (
            "tin nhan nay co that khong",
            "tin nay co that khong",
            "co that khong",
            "co phai lua dao khong",
            "lua dao",
            "is this message genuine",
            "scam",
        ),
        "genuine",
    ),
    **dict.fromkeys(("bo qua", "skip"), "skip"),
    **dict.fromkeys(("chao", "xin chao", "chao ban", "alo", "hi", "hello"), "hello"),
    **dict.fromkeys(("tieng anh", "english"), "lang:en"),
    **dict.fromkeys(("tieng viet", "vietnamese"), "lang:vi"),
    **dict.fromkeys(("ngon ngu", "language"), "lang"),
    **dict.fromkeys(("tiep", "tiep tuc", "lam tiep", "continue"), "resume"),
    **dict.fromkeys(("de sau", "luc khac", "later"), "later"),
    **dict.fromkeys(
        ("thoi nhan tin", "huy nhan tin", "khong nhan tin nua", "dung gui tin", "unsubscribe"),
        "subscriptions",
    ),
    **dict.fromkeys(
        (
            "phan anh",
            "phan anh san pham",
            "phan anh chat luong",
            "to cao",
            "bao hang gia",
            "bao cao hang gia",
            "hang gia",
            "hang nhai",
            "report a product",
        ),
        "complaint_form",
    ),
}


def global_word(text: str) -> str:
    """ "Huỷ" → "cancel"; "" when the text is not just such a word."""
    return GLOBAL_WORDS.get(fold(text).strip(" .!?"), "")


_EDIT = re.compile(r"^(?:sua|edit|doi)\s*(?:dong|muc|so)?\s*(\d{1,2})$")


def edit_number(text: str) -> int | None:
    """ "sửa 2" → 2."""
    match = _EDIT.match(fold(text).strip(" ."))
    return int(match.group(1)) if match else None


_LETTER_O = re.compile(r"(?<=\d)[oO]|[oO](?=\d)")  # a letter o typed for a zero


def phone(text: str) -> str | None:
    """A Vietnamese number in any usual spelling → "+84912345678"; None when it is not one."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(_LETTER_O.sub("0", text), "VN")
    except phonenumbers.NumberParseException:
        return None
    if parsed.country_code != 84 or not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def show_phone(e164: str) -> str:
    """ "+84912345678" → "0912 345 678"."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(e164, "VN")
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


_DATE = re.compile(r"(\d{1,2})\s*[/\-. ]\s*(\d{1,2})(?:\s*[/\-. ]\s*(\d{4}|\d{2}))?")
_DATE_WORDS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*(?:nam)?\s*(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def day(text: str, today: date) -> date | None:
    """A day as people type it; without a year the nearest one. None when there is none."""
    said = fold(text)
    named = {"hom nay": 0, "hom qua": -1, "ngay mai": 1, "mai": 1, "today": 0}
    if said.strip(" .") in named:
        return today + timedelta(days=named[said.strip(" .")])
    if iso := _ISO.search(said):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DATE_WORDS.search(said) or _DATE.search(said)
    if match is None:
        return None
    if match[3]:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _made(year, int(match[2]), int(match[1]))
    near = [_made(today.year + d, int(match[2]), int(match[1])) for d in (-1, 0, 1)]
    known = [d for d in near if d is not None]
    return min(known, key=lambda d: abs((d - today).days)) if known else None


_HOUR = re.compile(
    r"^(?:luc\s*)?(\d{1,2})\s*(?:[:h.]|gio)\s*(\d{2}|ruoi)?\s*(?:phut)?"
    r"\s*(sang|trua|chieu|toi|am|pm)?$"
)


def hour(text: str) -> time | None:
    """ "8h30", "8 giờ", "14:00", "2 giờ chiều" → a time of day; None when there is none."""
    match = _HOUR.match(fold(text).strip(" ."))
    if match is None:
        return None
    at, minute = int(match[1]), 30 if match[2] == "ruoi" else int(match[2] or 0)
    if match[3] in ("chieu", "toi", "pm") and at < 12:
        at += 12
    return time(at, minute) if at < 24 and minute < 60 else None


def _made(year: int, month: int, dom: int) -> date | None:
    try:
        return date(year, month, dom)
    except ValueError:
        return None


_NUMBER = re.compile(r"-?\d[\d.,]*")


def number(text: str) -> float | None:
    """ "1.250,5", "1250.5", "72", "ba" → a number; None when there is none."""
    said = fold(text).strip()
    if said in _WORDS:
        return float(_WORDS[said])
    match = _NUMBER.search(said)
    if match is None:
        return None
    digits = match.group(0).rstrip(".,")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None
