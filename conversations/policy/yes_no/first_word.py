"""A question for yes or no: which sentence of a passage answers it, and by which word.

A wrong word is worse than none: what a question denies or narrows and the content does not
mention leaves the answer without one. In a phrase of the content " + " stands between parts that
are all said, " | " between wordings of a part, " - " before what must not be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from conversations.policy.passages import Passage
from conversations.policy.reading import Reading
from conversations.policy.understand import plain
from conversations.policy.yes_no.beyond import beyond, told_elsewhere
from conversations.policy.yes_no.polar import Polar, narrowing, polar
from conversations.policy.yes_no.premise import figure
from locales import N_

#: What stands before the sentence; a "no" that fits comes before any "yes".
WORDS = {
    "no": N_("Không. {line}"),
    "not_yet": N_("Chưa. {line}"),
    "unsure": N_("Chưa chắc. {line}"),
    "not_so": N_("Không đúng. {line}"),
    "right": N_("Đúng. {line}"),
    "done": N_("Rồi. {line}"),
    "yes": N_("Có. {line}"),
}
_RANK = {word: rank for rank, word in enumerate(WORDS)}
#: The rank of the word, how many words are said of it (most first), the place of the fact, the word
#: and the kind.
Fit = tuple[int, int, int, str, str]
_GOOD = frozenset(("yes", "done", "right"))
_BETWEEN = 2  # other words between the words of a phrase
_PARTLY = re.compile(
    r"\b(?:mot phan|mot it|mot nua|phan nua|it thoi|vai|%|phan tram|partli|some|half|part)\b"
)
_ONLY_THEN = re.compile(r"\bphai\b.* moi (?:duoc|thi|la|cho)\b")  # "phải lên A mới được"
#: What somebody fears, and hopes, when a rule is broken.
_FEARED = re.compile(
    r"\b(?:thu hoi|mat (?:sao|giay|chung nhan|luon|het)|rut (?:sao|giay)|lay lai|tuoc|"
    r"bi (?:loai|huy|dung|tru)|"
    r"ngung cham|dung cham|truot|can gi|anh huong|co sao|bi gi|bi sao|van de gi|"
    r"lose|lost|revoked?|withdrawn|withdraw|taken|cancell?ed|rejected|stopped|removed|affected?)\b"
)
_HOPED = re.compile(
    r"\b(?:giu|con (?:dung|xai|gia tri|hieu luc|sao|duoc)|van (?:duoc|con|cham)|"
    r"duoc (?:cham|xet|khong|chua|cong nhan)|cham tiep|qua duoc|hop le|"
    r"keep|still|valid|accepted|allowed|pass|evaluated|recognised|rated)\b"
)
_ENOUGH = frozenset(("du", "enough", "sufficient", "xong", "chac"))
#: What turns a question against what is said: "hết hiệu lực", "bị cấm".
_AGAINST = frozenset(
    "hết cấm bãi hủy huỷ ngưng ngừng tránh lapsed expired banned forbidden abolished".split()  # noqa: SIM905
)
#: What is told and denied, and asked whether that is so: "không phải đổi giấy, đúng không?".
_TURNED = {"no": "right", "yes": "not_so"}
_ELSE = 5  # words of a question that a passage has none of: it asks of something else
_NEAR = 3  # words between what denies and what it denies
#: Words before a deed that leave it out: "thiếu mẫu", "bỏ mẫu".
_LEAVING = frozenset(("thieu", "bo", "quen", "skip", "omit", "leave"))


def answered(reading: Reading, passage: Passage, on: date) -> tuple[str, str] | None:
    """The sentence that says yes or no to the question about that day, in the language asked in,
    and its word in `WORDS`.

    None when something else is asked, or when the passage does not say.
    """
    asked = polar(reading)
    if asked is None:
        return None
    fits = _sure(list(_fitting(reading, asked, passage)))
    if passage.to is not None and on > passage.to:  # what a rule gave is not promised afterwards
        fits = [fit for fit in fits if fit[3] not in _GOOD or passage.days[fit[2]][0]]
    if not fits:
        return None
    _, _, place, word, kind = min(fits)
    risky = word in _GOOD or kind == "figure"  # a plain "no" names what it denies
    if risky and _of_else(reading, asked, passage, place, word):
        return None
    return passage.facts[place][reading.lang == "en"], word


def _of_else(reading: Reading, asked: Polar, passage: Passage, place: int, word: str) -> bool:
    """Whether the question is of more than the sentence: of a figure or a matter beside it."""
    unsaid = beyond(reading, asked, passage)
    if (unsaid.figure and word in _GOOD) or unsaid.words >= _ELSE:
        return True
    return told_elsewhere(reading, asked, passage, place)


def of_harm(reading: Reading) -> str | None:
    """The word on bad consequences that are told by rule; None when they are not asked yes or no,
    or when the question denies or narrows something."""
    asked = polar(reading)
    if asked is None or asked.denied or _PARTLY.search(reading.text):
        return None
    return _of_harm(reading, asked, denied=False)


def _sure(fits: list[Fit]) -> list[Fit]:
    """The fits without a "no" to a figure where another sentence has that very figure."""
    same = any(fit[3] in _GOOD and fit[4] == "figure" for fit in fits)
    return [fit for fit in fits if not same or fit[3] in _GOOD or fit[4] != "figure"]


def _fitting(reading: Reading, asked: Polar, passage: Passage) -> Iterator[Fit]:
    """What is said in the question of what the facts say yes or no to."""
    for place, verdicts in enumerate(passage.verdicts):
        for kind, phrases in verdicts.items():
            for phrase in phrases:
                used = _used(reading, asked, kind, phrase)
                word = _word(reading, asked, kind, used) if used is not None else None
                if word is not None:
                    yield _RANK[word], -len(used or ()), place, word, kind


def _used(reading: Reading, asked: Polar, kind: str, phrase: str) -> set[int] | None:
    """The places of the words of a phrase; None when it is not said, or not of what is asked."""
    phrase, _, but = phrase.partition(" - ")
    parts = phrase.split(" + ")
    figures = [parts.pop()] if kind == "figure" else []
    spans = [_said(reading, part) for part in parts]
    if not all(spans) or (but and _said(reading, but)):
        return None
    used = {place for span in spans for place in span}
    if figures:
        same = figure(reading, figures[0])
        if same is None or asked.denied or not (used or asked.tag):
            return None
        return used | {-1 if same else -2}
    if not used & set(range(asked.until)) or _set_aside(reading, min(used)):
        return None
    return used


def _word(reading: Reading, asked: Polar, kind: str, used: set[int]) -> str | None:
    """The word by which what is said is answered; None when the question turns it another way."""
    if kind == "figure":
        return _plain(asked, "yes" if -1 in used else "no")
    denied = [
        place
        for place in asked.denied
        if place not in used and (place >= asked.from_ or 0 < min(used) - place <= _NEAR)
    ]
    if kind in ("must", "free", "harm"):
        if len(denied) > 1 or narrowing(reading) - used:
            return None
        if kind == "harm":
            return _of_harm(reading, asked, denied=bool(denied))
        if any(at not in used and reading.words[at] in _ENOUGH for at in range(asked.until)):
            return None  # whether it is enough is asked, not whether it must be
        before = reading.words[max(0, min(used) - 2) : min(used)]
        return _of_deed(asked, kind, left=bool(denied or _LEAVING & set(before)))
    if denied and kind not in ("unsure", "not_yet"):
        near = len(denied) == 1 and min(used) - _NEAR <= denied[0] <= max(used) + _NEAR
        return _TURNED.get(kind) if near and asked.tag else None
    narrow = narrowing(reading) - used or (asked.tag and _ONLY_THEN.search(reading.text))
    against = {at for at in range(asked.until) if reading.marks[at] in _AGAINST} - used
    return None if kind == "yes" and (narrow or against) else _plain(asked, kind)


def _set_aside(reading: Reading, start: int) -> bool:
    """Whether what is said there is what is not asked about: "ngoài mã vạch ra"."""
    return bool({"ngoai", "besides", "apart"} & set(reading.words[max(0, start - 2) : start]))


def _said(reading: Reading, part: str) -> set[int]:
    """The places of the words of a phrase, in all wordings that are said."""
    found: set[int] = set()
    for wording in part.split(" | "):
        for span in reading.places(wording, _BETWEEN):
            bare = _bare(wording)
            found |= {place for place in span if reading.words[place] in bare}
    return found


@lru_cache(maxsize=4096)
def _bare(wording: str) -> frozenset[str]:
    return frozenset(plain(wording))


def _plain(asked: Polar, kind: str) -> str:
    if kind != "yes":
        return "not_yet" if kind == "no" and asked.yet and not asked.tag else kind
    return "right" if asked.tag else "done" if asked.yet else "yes"


def _of_deed(asked: Polar, kind: str, *, left: bool) -> str | None:
    """The word on what must be done, or need not: asked as a duty, or whether it may be left."""
    if left and asked.tag:
        return "not_so" if kind == "must" else "right"
    if left:
        return ("no" if kind == "must" else "yes") if asked.leave else None
    if asked.leave and not asked.duty:
        return None
    return _plain(asked, "yes" if kind == "must" else "no")


def _of_harm(reading: Reading, asked: Polar, *, denied: bool) -> str | None:
    """The word on what has bad consequences: whether they come is asked, or whether all stays."""
    feared, hoped = bool(_FEARED.search(reading.text)), bool(_HOPED.search(reading.text))
    if denied:
        return "not_so" if feared and asked.tag else None
    if feared:
        return _plain(asked, "yes")
    return "no" if hoped else None
