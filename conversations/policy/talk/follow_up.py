"""A question that leans on one before: "thế còn 4 sao?", "mẫu đó ai ký?", "hai cái cộng lại?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from conversations.policy.features import FUNCTION_WORDS
from conversations.policy.reading import Reader, Reading, sentences

_OPENS = re.compile(
    r"^(?:the |vay |thi |roi |a |uh |da |u |o |and |so |then |ok |um |well )*"
    r"(?:con|the con|neu|the neu|what about|how about|and if|and for|what if|the|vay|rua|nhu vay|"
    r"sau do|roi|also|and|then|what of)\b"
)
_STARS = re.compile(r"\b[1-5] (?:sao|stars?)\b")
#: Words that point back.
_LEANS = (
    "thi sao", "the nao", "ra sao", "what about", "how about", "cai do", "cai nay", "viec do",
    "viec nay", "muc do", "muc nay", "cho do", "mau do", "mau nay", "giay do", "giay nay",
    "sau do", "nghi quyet do", "chinh sach do", "tien do", "khoan do", "dot do", "hai cai do",
    "ba ay", "ong ay", "anh ay", "chi ay", "co ay", "nguoi do", "ho do", "xa do", "that one",
    "this one", "those", "of them", "after that", "that form", "that paper", "cai ay", "so do",
    "so nay", "nhom do", "san pham do", "dieu do", "moc do", "ngay do", "han do", "cai kia",
    "trong do", "trong so do", "of which",
    "among them", "cu the la", "cu the thi", "quy ra", "tinh ra", "thanh ra",
)  # fmt: skip
#: Who or what was spoken of before, without its name: "thế họ ...", "của nhà em ...", "can it".
_IT = re.compile(
    r"^(?:the |vay |roi |con |rua |thi |va |a )*(?:ho|no)\b(?! so\b| kinh\b| gia\b| san\b| dan\b)|"
    r"^cua (?:nha |ben )?(?:em|toi|minh|tui|chau|choa|chung toi)\b|"
    r"^(?:and |so |then |but )*(?:it|they|(?:does|do|can|will|must|should|may) (?:it|they)|"
    r"(?:how|when|where|what|why|who)(?: \w+)? (?:does|do|can|will|must|is|are) (?:it|they))\b"
)
#: What is asked of the things spoken of before, all together.
_ADDS = ("cong lai", "cong don", "gop lai", "ca hai", "ca 2", "2 cai do", "hai cai do", "in total",
         "together", "tong cong", "tong", "het thay", "ca thay", "altogether", "add them",
         )  # fmt: skip
#: "Chiếm mấy phần trăm?": of what was spoken of.
_SHARE_OF_IT = re.compile(
    r"^(?:the |vay |va |thi |a |roi )*(?:chiem|la|bang) (?:may|bao nhieu|khoang may) "
    r"(?:phan tram|%)(?: vay| the| a| ha)*$|^(?:and )?what percent(?:age)? is (?:that|it)$"
)
_MORE = ("them", "nua", "another", "more", "plus", "extra")
#: "Thêm 1 sản phẩm 5 sao nữa": to what was told before.
_ONE_MORE = re.compile(
    r"^(?:va |roi |the |vay |a |neu )*(?:co |duoc |cong )?(?:them|another|plus)\b"
)
_FIGURE_ASKED = re.compile(
    r"\b(?:bao nhieu|bao lau|may|khi nao|bao gio)(?: (?:ngay|thang|nam|phan tram|lan))*\b|"
    r"\bhow (?:many|much|long)(?: (?:days|months|years))?\b"
)
_FEW = 5  # content words below which a question may lean on the one before
#: What is told is settled: "A thì biết rồi", "A xong".
_LEFT = re.compile(r"\b(?:roi|xong|biet|known|clear|ok)$")
_LITTLE = 3  # content words below which a clause says nothing alone: "phải làm gì trước"
_ENOUGH = 7  # words that make a sentence of their own
_ENOUGH_TURNED = 5  # the same behind "còn"
_POINTING = 9  # the same when it points back in words
_THEN = re.compile(
    r"(?i)(?<=[.!;,\n])\s*(?:thế|vậy|rứa|còn|the|vay|rua|con|so(?! huu)|and|then|what about)\b"
)
#: A part of the score sheet: "điểm phần A thì hết, còn B 12" is one sum.
_OF_SHEET = re.compile(r"\b(?:phan|part) [abc]\b|\b[abc] \d")
#: "còn B?" turns to something else; "thế là mấy sao?" asks about what was told.
_TURNS = re.compile(r"(?i)\s*(?:(?:thế|vậy|rứa|the|vay|rua)\s+)?(?:còn|con|what about|how about)\b")


def in_context(reader: Reader, said: str, lang: str | None, history: Sequence[str]) -> Reading:
    """The question with what it leans on: earlier questions, or the start of its own message."""
    whole = reader.read(said, lang)
    own = _last_part(reader, whole)
    if own is not None:
        return own
    if not history:
        return whole
    if not _leans(whole):
        return replace(whole, before=reader.read(history[-1], whole.lang))
    if whole.has(*_ADDS) and not whole.has(*_MORE):
        both = [reader.read(asked, whole.lang) for asked in history[-2:]]
        return _together(both, whole)
    before = in_context(reader, history[-1], whole.lang, history[:-1])
    return _merged(before, whole, keep=whole.has(*_MORE))


def leaning(reader: Reader, now: Reading, history: Sequence[str]) -> Reading | None:
    """The question read together with the one before, though nothing in it points back.

    For one that says too little alone; None when there is nothing before, or it was joined already.
    """
    if not history or now.alone:
        return None
    before = in_context(reader, history[-1], now.lang, history[:-1])
    return _merged(before, now, keep=True)


def with_subject(reader: Reader, piece: Reading, subject: str) -> Reading:
    """A piece of a message with the piece that says what it is about."""
    if piece.has(*_ADDS):
        return in_context(reader, piece.said, piece.lang, [subject])
    return _merged(reader.read(subject, piece.lang), piece)


def _together(before: Sequence[Reading], now: Reading) -> Reading:
    """What was asked before, all at once; of the new question only that it is all together."""
    asked = tuple(word for reading in before for word in reading.words)
    words = (*asked, *(word for word in now.words if not word.isdigit()))
    return replace(now, text=" ".join(words), words=words, marks=words, alone=now.words)


def _last_part(reader: Reader, whole: Reading) -> Reading | None:
    """ "Rồi, A thì biết. Thế còn B?": B alone, when it says enough by itself; the whole message is
    kept as what came before."""
    cut = None
    for cut in _THEN.finditer(whole.said):  # noqa: B007 - the last one counts
        pass
    if cut is None:
        return None
    told = reader.read(whole.said[: cut.start()], whole.lang)
    if not _content(told):  # "Rồi, vậy ...": nothing is told
        return None
    part = reader.read(whole.said[cut.end() :], whole.lang)
    rest = whole.said[cut.start() :]
    adds = part.has(*_ADDS)  # "thêm một cái thì cả hai ...": to what is told
    turned = _TURNS.match(rest) is not None
    enough = len(part.words) >= (_ENOUGH_TURNED if turned else _ENOUGH)
    left = _LEFT.search(told.text) is not None and enough
    one = turned and _content(part) >= _FEW and len(sentences(rest)) == 1
    alone = (left and not (adds and part.has(*_MORE))) or (one and not adds)
    one_sum = _OF_SHEET.search(told.text) and _OF_SHEET.search(part.text)
    if told.asks or not alone or one_sum:
        return None
    return replace(reader.read(rest, whole.lang), before=whole)


def leans_in_message(clause: Reading) -> bool:
    """Whether a clause leans on those before it: it says little, or begins as a follow-up does."""
    return _says(clause) < _LITTLE or opens(clause)


def _says(reading: Reading) -> int:
    """How many words say something, those that ask for a figure aside."""
    told = _FIGURE_ASKED.sub(" ", reading.text)
    return sum(w not in FUNCTION_WORDS and w != "dau" and not w.isdigit() for w in told.split())


def opens(reading: Reading) -> bool:
    """Whether it begins as a follow-up does: "còn ...", "thế ...", "what about ..."."""
    return _OPENS.match(reading.text) is not None


def turns(reading: Reading) -> bool:
    """Whether it turns from what was told to something else: "còn ..."."""
    return _TURNS.match(reading.said) is not None


def _content(reading: Reading) -> int:
    """How many words say something."""
    return sum(w not in FUNCTION_WORDS and w != "dau" for w in reading.words)


def says_enough(reading: Reading) -> bool:
    """Whether a question has words enough to be understood alone."""
    return _content(reading) > _LITTLE


def _leans(reading: Reading) -> bool:
    content = _content(reading)
    if _SHARE_OF_IT.match(reading.text):
        return True
    if _ONE_MORE.match(reading.text) and reading.has(*_MORE):
        return content < _POINTING
    if reading.has(*_LEANS) or reading.has(*_ADDS) or _IT.match(reading.text):
        return content < _POINTING
    return content < 3 or (content < _FEW + 1 and opens(reading))


def _merged(before: Reading, now: Reading, *, keep: bool = False) -> Reading:
    """The earlier question with what the new one names in place of its own; `keep`: both."""
    base = before.text
    if not keep and _STARS.search(now.text):
        base = _STARS.sub("", base)
    words = (*now.words, *base.split())
    marks = (*now.marks, *base.split())
    return replace(now, text=" ".join(words), words=words, marks=marks, alone=now.words)
