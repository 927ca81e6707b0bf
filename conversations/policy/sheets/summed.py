"""Which criteria of a sheet a message wants added up: those it lists, or all of one group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.policy.draft import Ask
from conversations.policy.reading import Reader, Reading
from conversations.policy.sheets.items import named_in
from conversations.policy.understand import plain
from models.content.sheet import Item, ScoreSheet

SUM = re.compile(
    r"\b(?:cong(?: lai| duoc| don| vao| chung| thanh)?"
    r"(?! (?:ti|nghe|bo|nhan|dong|viec|suat)\b)|"
    r"ca (?:[2-9]|hai|ba|bon|nam) (?:muc|tieu chi|khoan)|gop(?: lai)?|tong(?: cong)?|ca thay|"
    r"het thay|altogether|together|in all|in total|add up|total)\b"
)
#: What asks for points.
POINTS = re.compile(
    r"\b(?:may|bao nhieu) (?:diem|d)\b|\btong diem\b|\bhow mani points|\bpoints for\b|"
    r"\btotal\b|\bduoc (?:may|bao nhieu)\b(?! (?:sao|hang|trieu|tien|phan tram|%|ngay|nguoi)\b)|"
    r"\bcong (?:[2-9]|hai|ba|bon|nam) (?:muc|tieu chi|khoan)\b"
)
_SENTENCES = re.compile(r"[.?!;:\n]+\s*")
_LISTED = re.compile(
    r"(?i)\s*[,+&]\s*|\s+(?:và|với|and|va|voi|cùng)\s+|\s+(?:cộng|cong)\s+(?!(?:lại|lai|được|duoc|"
    r"dồn|don|vào|vao|mấy|may|bao|thì|thi|ra|thành|thanh|thêm|them|chung)\b)"
)
_WORDS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "two": 2, "three": 3, "four": 4, "five": 5}
#: "ba mục", "3 tiêu chí": how many criteria are meant.
_COUNT = re.compile(
    rf"\b([2-9]|{'|'.join(_WORDS)}) "
    r"(?:(?:[a-z]+ )?(?:items|criteria)|muc|tieu chi|khoan|chi tieu)\b"
)
#: "ba mục này": those that were told.
_BACK = re.compile(r"\b(?:nay|do|ay|tren|vua ke|these|those)\b")
#: What stands around a name in a list.
_AROUND = re.compile(
    rf"\b(?:[2-9]|{'|'.join(_WORDS)}|rieng|muc|tieu chi|khoan|thi|duoc|cua|may|bao nhieu|diem|d|a|"
    rf"for|how mani points|of)\b|{SUM.pattern}"
)
_NAME = 3  # words of a name in a list; longer pieces tell something


@dataclass(frozen=True, slots=True)
class Listed:
    """The criteria to add up, in the sheet's order; `unknown`: others are meant that are not
    understood."""

    ids: tuple[str, ...]
    unknown: bool


def summed(said: str, text: str) -> bool:
    """Whether a sum is spoken of, or written with its signs."""
    return SUM.search(text) is not None or said.count("+") > 1


def listed(ask: Ask, sheet: ScoreSheet) -> Listed:
    """The criteria of `sheet` that the sentence with the sum names."""
    pieces = _asking(ask)
    told = _before_points(pieces)
    if len({name for piece in told for name in _names(ask, sheet, piece)}) > 1:
        pieces = told  # what comes behind tells of them
    names = [_names(ask, sheet, piece) for piece in pieces]
    held = {item.id for item in sheet.items}
    ids = {item for found in names for item in found if item in held}
    wanted, at = _wanted(pieces)
    whole = _whole_group(sheet, ids, wanted) if wanted else []
    if whole:
        return Listed(tuple(whole), unknown=False)
    group = _group(sheet, names[at], wanted) if wanted else []
    if group and ids & held <= {*group, *(i for found in names[:at] for i in found)}:
        return Listed(tuple(group), unknown=False)
    nameless = any(
        not found and 0 < len(piece.words) <= _NAME
        for piece, found in zip(pieces, names, strict=True)
        if not SUM.search(piece.text)
    )
    ordered = tuple(item.id for item in sheet.items if item.id in ids)
    return Listed(ordered, unknown=nameless or bool(wanted and wanted != len(ordered)))


def _names(ask: Ask, sheet: ScoreSheet, piece: Reading) -> list[str]:
    """The criteria that a piece names; in a list the beginning of a title is enough: "đại diện"."""
    found = [item for item, _ in named_in(ask, piece, {})]
    said = _AROUND.sub(" ", f" {piece.text} ").split()
    if found or not said:
        return found
    return [i.id for i in sheet.items if plain(i.title(ask.lang))[: len(said)] == said]


def _asking(ask: Ask) -> list[Reading]:
    """The pieces of the sentence that asks for the sum."""
    if ask.reader is None:
        return [ask.reading]
    sentences = _SENTENCES.split(ask.reading.said)
    for sentence in sentences:
        text = ask.reader.read(sentence, ask.lang).text
        if summed(sentence, text) and POINTS.search(text):
            meant = sentences if _BACK.search(text) else [sentence]
            return _pieces(ask, ask.reader, meant) or _pieces(ask, ask.reader, sentences)
    return [ask.reading]


def _pieces(ask: Ask, reader: Reader, sentences: Sequence[str]) -> list[Reading]:
    """The pieces of sentences, as in a list; empty when they name no criterion."""
    told = [piece for one in sentences for piece in _LISTED.split(one) if piece.strip()]
    read = [reader.read(piece, ask.lang) for piece in told]
    return read if any(named_in(ask, piece, {}) for piece in read) else []


def _before_points(pieces: Sequence[Reading]) -> list[Reading]:
    """The pieces up to the words that ask for points."""
    kept: list[Reading] = []
    for piece in pieces:
        asked = POINTS.search(piece.text)
        if asked is None:
            kept.append(piece)
            continue
        size = len(piece.text[: asked.start()].split())
        words, marks = piece.words[:size], piece.marks[:size]
        return [*kept, replace(piece, text=" ".join(words), words=words, marks=marks)]
    return kept


def _wanted(pieces: Sequence[Reading]) -> tuple[int, int]:
    """How many criteria are spoken of, and in which piece; 0 when it is not said."""
    for place, piece in enumerate(pieces):
        count = _COUNT.search(piece.text)
        if count:
            return _WORDS.get(count[1]) or int(count[1]), place
    return 0, 0


def _group(sheet: ScoreSheet, ids: Sequence[str], wanted: int) -> list[str]:
    """The criteria of the group that all `ids` belong to, when it has as many as are spoken of:
    "ba mục câu chuyện"."""
    for top in (top for part in sheet.parts for top in part.items):
        children = [item.id for item in _leaves(top)]
        if ids and set(ids) <= set(children) and len(children) == wanted:
            return children
    return []


def _whole_group(sheet: ScoreSheet, ids: set[str], wanted: int) -> list[str]:
    """The only group of so many criteria of which every one is named."""
    tops = (top for part in sheet.parts for top in part.items)
    groups = [[item.id for item in _leaves(top)] for top in tops]
    found = [group for group in groups if len(group) == wanted and ids.issuperset(group)]
    return found[0] if len(found) == 1 else []


def _leaves(item: Item) -> list[Item]:
    return [leaf for one in item.children for leaf in _leaves(one)] if item.children else [item]
