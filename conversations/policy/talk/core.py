"""A long message tells a story and asks at its end: what is asked, when that says enough alone."""

from __future__ import annotations

import re
from dataclasses import replace

from conversations.policy.reading import FIRM, LONG, Reader, Reading, sentences

_ENOUGH = 6  # words of a question that may stand alone
#: What makes the question one about the story.
_OF_THE_STORY = (
    "nhu vay", "nhu rua", "nhu the", "nhu nay", "voi tinh trang", "truong hop", "kieu do",
    "kieu nay", "kieu no", "vay co duoc", "rua co duoc", "the co duoc", "vay nop", "hai viec",
    "2 viec", "moi viec", "cho do", "2 cho", "2 cai", "chuyen do", "viec do", "dieu do",
    "nhu tren", "ca hai", "cong lai", "tong", "duoc khong", "in that case", "these two",
    "with that",
    "dung khong", "kip khong", "co sao khong", "co lam sao", "nhu em", "nhu toi", "nhu minh",
    "nhu tui", "nhu nha em", "nhu chung toi", "khoan do", "like us", "like me",
)  # fmt: skip

#: "Is that enough": what is meant was told before.
_POINTS_BACK = re.compile(
    r"\b(?:is|are|was|were|do|does|did|would|will|can|could|may|mai|must|should|has|have)"
    r" (?:that|this|it|these|those)\b|"
    r"\b(?:because of|despite|about) (?:that|this|it)\b"
)


#: What announces a question: "muốn hỏi cho đúng: ...", "I would like to know ...".
_ANNOUNCED = re.compile(
    r"(?i)\b(?:(?:mu[ốo]n|xin|nh[ờo]|cho|c[ầa]n)(?: \w+){0,3}? h[ỏõo]i|mu[ốo]n bi[ếe]t|"
    r"th[ắa]c m[ắa]c|h[ỏõo]i (?:gi[úu]p|gi[ùu]m|d[ùu]m|h[ộo]|th[ửu]|cho)|cho (?:\w+ )?bi[ếe]t|"
    r"(?:like|want|need|love) to (?:know|ask)|wonder(?:ing)?|tell me|find out|question is)\b"
    r"(?:[^.?!,:]{0,25}:| (?:cho )?(?:r[õo]|ch[ắa]c|[đd][úu]ng|k[ỹy])(?= )|"
    r" (?:là|la|r[ằa]ng|xem)(?= )|,)?\s*"
)


def core(reader: Reader, whole: Reading) -> Reading | None:
    """The asking sentences at the end of a long message, the story kept as what came before.

    None when the message is short, asks from its start, or asks about the story itself.
    """
    pieces = sentences(whole.said)
    if len(whole.words) <= LONG:
        return None
    asking = [_firmly(reader, piece, whole.lang) for piece in pieces]
    asking[-1] = asking[-1] or reader.read(pieces[-1], whole.lang).asks
    first = next((place for place, asks in enumerate(asking) if asks), None)
    if first is None:
        return None
    asked = _announced(reader, " ".join(pieces[first:]), whole.lang)
    found = reader.read(asked, whole.lang)
    if found.said == whole.said or len(found.words) < _ENOUGH or found.has(*_OF_THE_STORY):
        return None
    if whole.lang == "en" and _POINTS_BACK.search(found.text):
        return None
    return replace(found, before=whole)


def _firmly(reader: Reader, said: str, lang: str) -> bool:
    """Whether a sentence of a story asks: "mấy" alone may only mean a few."""
    read = reader.read(said, lang)
    return read.asks and ("?" in said or read.asks_with(*FIRM))


def _announced(reader: Reader, said: str, lang: str) -> str:
    """What follows the words that announce a question, when it asks and says enough."""
    for mark in _ANNOUNCED.finditer(said):
        rest = reader.read(said[mark.end() :], lang)
        if rest.asks and len(rest.words) >= _ENOUGH:
            return rest.said
    return said
