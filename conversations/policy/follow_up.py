"""A short question that leans on the one before: "thế còn 4 sao?", "còn hợp tác xã thì sao?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.index import FUNCTION_WORDS
from conversations.policy.reading import Reader, Reading

_OPENS = re.compile(
    r"^(?:the |vay |thi |roi |a |uh |da |and |so |then |ok )*(?:con|the con|neu|the neu|"
    r"what about|how about|"
    r"and if|and for|what if|the|vay|rua)\b"
)
_STARS = re.compile(r"\b[1-5] (?:sao|stars?)\b")
_LEANS = (
    "thi sao",
    "the nao",
    "ra sao",
    "what about",
    "how about",
    "cai do",
    "viec do",
    "muc do",
    "cho do",
)
_FEW = 5  # content words below which a question may lean on the one before
_THEN = re.compile(
    r"(?i)(?<=[.!;,\n])\s*(?:thế|vậy|rứa|còn|the|vay|rua|con|so|and|then|what about)\b"
)


def in_context(reader: Reader, said: str, lang: str | None, history: Sequence[str]) -> Reading:
    """The question with what it leans on: earlier questions, or the start of its own message."""
    whole = reader.read(said, lang)
    own = _last_part(reader, whole)
    if own is not None:
        return own
    if not history or not _leans(whole):
        return whole
    before = reader.read(history[-1], whole.lang)
    return _merged(before, whole)


def _last_part(reader: Reader, whole: Reading) -> Reading | None:
    """ "Rồi, A thì biết. Thế còn B?": B alone, when it says enough by itself."""
    cut = None
    for cut in _THEN.finditer(whole.said):  # noqa: B007 - the last one counts
        pass
    if cut is None:
        return None
    part = reader.read(whole.said[cut.end() :], whole.lang)
    full = reader.read(whole.said[cut.start() :], whole.lang)
    return full if _content(part) >= _FEW else None


def _content(reading: Reading) -> int:
    return sum(w not in FUNCTION_WORDS for w in reading.words)


def _leans(reading: Reading) -> bool:
    short = _content(reading) < _FEW
    return short and (
        _OPENS.match(reading.text) is not None or reading.has(*_LEANS) or _content(reading) < 3
    )


def _merged(before: Reading, now: Reading) -> Reading:
    """The earlier question with what the new one names in place of its own."""
    base = before.text
    if _STARS.search(now.text):
        base = _STARS.sub("", base)
    words = (*now.words, *base.split())
    return Reading(now.said, now.lang, " ".join(words), words, words)
