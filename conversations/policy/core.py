"""A long message tells a story and asks at its end: what is asked, when that says enough alone."""

from __future__ import annotations

from dataclasses import replace

from conversations.policy.reading import LONG, Reader, Reading, sentences

_ENOUGH = 6  # words of a question that may stand alone
#: What makes the question one about the story.
_OF_THE_STORY = (
    "nhu vay", "nhu rua", "nhu the", "nhu nay", "voi tinh trang", "truong hop", "kieu do",
    "kieu nay", "kieu no", "vay co duoc", "rua co duoc", "the co duoc", "vay nop", "hai viec",
    "2 viec", "moi viec", "cho do", "2 cho", "2 cai", "chuyen do", "viec do", "dieu do",
    "nhu tren", "ca hai", "cong lai", "tong", "duoc khong", "in that case", "these two",
    "with that",
    "dung khong", "kip khong", "co sao khong", "co lam sao",
)  # fmt: skip


def core(reader: Reader, whole: Reading) -> Reading | None:
    """The asking sentences at the end of a long message, the story kept as what came before.

    None when the message is short, asks from its start, or asks about the story itself.
    """
    pieces = sentences(whole.said)
    if len(whole.words) <= LONG or len(pieces) < 2:
        return None
    asking = [reader.read(piece, whole.lang).asks for piece in pieces]
    first = next((place for place, asks in enumerate(asking) if asks), None)
    if first is None or first == 0:
        return None
    found = reader.read(" ".join(pieces[first:]), whole.lang)
    if len(found.words) < _ENOUGH or found.has(*_OF_THE_STORY):
        return None
    return replace(found, before=whole)
