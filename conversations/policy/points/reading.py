"""What a message tells of points: scores, parts of the sheet, what is won or lost, a goal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.points import spelled
from conversations.policy.points.whole import wholes

_NUM = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_OTHER = (
    r"(?! (?:sao|stars?|san pham|products?|nguoi|giam khao|thanh vien|"
    r"uy vien|phan(?! [abc]\b)|parts|dot|ngay|days?|thang|trieu|months?|"
    r"nam(?! (?:nay|ngoai|sau|toi|truoc)))\b)"
)
_FILL = (
    r"(?:(?:duoc|dat|an|la|is|was|=|co|cham|thi|khoang|chi|moi|tam|toi|em|minh|nha|i|we|got|at|has|"
    r"have|scored|ho|cho|voi|onli|diem|points|so|nua|muc|len|tang|giu|van|con|"
    r"xuong|giam|tut|drops|falls|goes|rises|up|down|to|ma|cua|chung) ){0,4}"
)
#: After "phần A" anything may stand before its points but what asks for them.
_FREE = (
    r"(?:(?!(?:can|phai|thieu|it|toi thieu|bao|may|de|phan|part|how|needs?|must|a|b|c)\b)"
    r"[a-z=]+ ){0,5}"
)
_SHARE = r"(?: (%|phan tram|percent))?"
_PART = re.compile(
    rf"\b(?:((?:phan|part) )([abc]) {_FREE}|([abc]) {_FILL}){_NUM}\b{_SHARE}{_OTHER}"
)
_OF_PART = re.compile(
    rf"\b{_NUM}{_SHARE} (?:(?:diem|points?|o|in|for|on|cho|co|cua|of|trong) ){{1,3}}"
    r"((?:phan|part) )?([abc])\b"
)
_OUT_OF = rf"{_NUM}(?:/\d+)?(?: (?:%|phan tram|percent))?"
_PERCENT = re.compile(r"%|phan tram|percent")
_IN_TURN = re.compile(
    rf"\b(?:a b (?:va |and )?(?:c|chi)|(?:ba|3|three) (?:phan|parts))\b(?: [a-z]+){{0,6}}? "
    rf"{_OUT_OF} (?:voi |va |and )?{_OUT_OF} (?:voi |va |and )?{_OUT_OF}{_OTHER}"
)
_EACH = re.compile(
    r"\b(?:(?:each|every) part|all (?:three |3 )?parts|(?:ba|3|moi|cac|ca ba|ca 3) phan)"
    rf"(?: (?:deu|duoc|dat|got|at|get|is|cung|tam|khoang)){{0,3}} {_NUM} (?:%|phan tram|percent)"
)
_WON = re.compile(
    r"\b(?:them|cong(?! duoc\b)|tang|nang|keo|gain|gained|add|plus|extra)"
    r"(?: (?:duoc|len|them|khoang|tam|another|an|extra|c|b|a|phan)){0,3} "
    r"(\d{1,2}(?:[.,]\d{1,2})?)(?: (?:diem|points?)| nua)\b|"
    r"(?<!thieu )(?<!con )(?<!short )\b(\d{1,2}(?:[.,]\d{1,2})?) (?:(?:more|extra|additional) "
    r"points?|diem nua)\b"
)
#: "phần C được 24 điểm nữa" is a part as well, not points that are won.
_PART_TOO = re.compile(
    rf"(\b(?:phan|part) [abc] (?:(?:duoc|dat|la|co|an|cham) ){{0,2}}{_NUM} (?:diem|points?)) nua\b"
)
_LOST = re.compile(
    r"\b(?:tru|mat|bot|giam|rot|tut|lose|lost|minus|deducts?|deducted)(?: (?:mat|di|bot|"
    r"them)){0,2} (\d{1,2}(?:[.,]\d{1,2})?) (?:diem|points?)\b"
)
_SHORT_OF = re.compile(rf"\b(?:thieu|hut|short|con) {_NUM} (?:diem|points?)(?: nua)?\b")
_SCALE = re.compile(r"\b(?:trong|tren|thang|thang diem|out of|of|so) 100 (?:diem|points)\b")
_GOAL = re.compile(
    r"\b(?:du|dat|len|toi|vuot|qua|thanh|duoc|reach|get|to|make|total|tong)(?: (?:duoc|muc|moc|"
    rf"tong|cong|a|total|of|to|la)){{0,2}} {_NUM}(?: (?:diem|points?))?\b{_OTHER}(?! (?:%|phan))"
)
_BARE = re.compile(r"(?<![\d.,/])(\d{2,3}(?:[.,]\d{1,2})?)(?![\d.,/])" + _OTHER + r"(?! phan\b)")
#: A score whose unit stands elsewhere: "được 52, muốn 4 sao thì thêm mấy điểm".
_PLAIN = re.compile(
    rf"\b(?:diem|duoc|dat|cham|points|score)(?: (?:la|cua|toi|em|minh|nha|cham|moi|co|khoang|so|"
    rf"san|pham|was|is|hien|nay)){{0,5}} {_NUM}(?![.,/\d]){_OTHER}(?! (?:%|(?:phan|to|den)\b))"
)
_POINT = re.compile(r"\b(\d{1,2}) (?:phay|cham|point) (\d{1,2})(?= (?:diem|points?)\b)")
_HALF = re.compile(r"\b(\d{1,2}) (diem) (?:ruoi|nua diem)\b")
_GLUED = re.compile(r"\b\d{2}(?:[,/]\d{2}){2,}\b")
#: The mean itself: whose it is may stand between, but nothing that asks and no list of scores.
_MEAN = re.compile(
    r"\b(?:trung binh|binh quan|tb|average|averaged)"
    r"(?: (?!(?:may|bao|nao|can|muon|phai|hon|tu|den|what|how|need)\b)"
    r"(?:[a-z]+|\d{1,2} (?:vi|nguoi|ong|giam khao|thanh vien|members|judges))){0,14}? "
    r"(\d{2,3}(?:[.,]\d{1,2})?)(?![.,\d])"
    rf"(?! (?:\d|va|voi|and|diem va|diem voi|diem \d|%|phan tram|percent)){_OTHER}"
)
_MEMBERS = ("trung binh", "binh quan", "tb", "average", "mean", "averages")

_TWO = 10  # from here a number without a unit may be a score
_LOWEST = 30  # below this nobody sets a goal: the lowest rank but one begins here
_SCORE = 20  # points from which they are those of a product, not of an item of the sheet
#: "nỏ đủ 90 điểm", "suýt 70 điểm", "điểm chưa tới 50", "below 90 points": not reached.
_BELOW = re.compile(
    r"(?<!khong )(?<!khong duoc )(?<!no )(?<!not )\b(?:duoi|thap hon|it hon|chua day|"
    r"(?:chua|khong|chang)(?: he)? (?:toi|du|den|dat|duoc|len|noi|cham|qua)"
    r"(?: (?:duoc|noi|toi|den))?|ngot|"
    r"(?:suyt(?: soat| nua)?|xuyt|sap|gan)(?: (?:duoc|du|toi|den|cham))?|"
    r"below|under|less than|short of|nearli|almost|"
    r"(?:not|never|didn t|doesn t|don t)(?: (?:quite|even))?(?: (?:reach|get|make|score|have))?)"
    rf"(?: (?:moc|nguong|muc|a|the))? {_NUM}(?P<unit> (?:diem|points?)\b)?"
)
_POINTS_BEFORE = re.compile(
    r"\b(?:diem|points?|score[ds]?|cham|hoi dong|trung uong|council|jury|panel|ministri)"
    r"(?: [a-z]+){0,4} $"
)


@dataclass(frozen=True, slots=True)
class Points:
    """Points told. `parts` are those given, `shares` which of them were told in percent."""

    scores: tuple[float, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    won: float = 0  # what is added, or taken away when negative
    goal: float | None = None
    loose: tuple[float, ...] = ()  # numbers of two figures that say nothing of what they are
    below: tuple[float, ...] = ()  # scores that are said not to be reached


def most_of_parts(ask: Ask) -> dict[str, int]:
    """The highest points of parts a, b and c: the same on every sheet (Điều 3)."""
    sheet = ask.matter.sheet(min(ask.matter.sets))
    return {part.letter.lower(): part.max for part in sheet.parts}


def points_told(ask: Ask, text: str) -> Points:
    """What `text`, plain and folded, tells of points."""
    told, given = _points(text)
    if not given:
        return told
    most = most_of_parts(ask)
    parts = {letter: v * most[letter] / 100 if share else v for letter, v, share in given}
    return replace(told, parts=parts, shares={letter: v for letter, v, share in given if share})


@lru_cache(maxsize=64)  # a question is asked for its points by several
def _points(text: str) -> tuple[Points, tuple[tuple[str, float, bool], ...]]:
    """The points of a text, and its parts as they are told."""
    text = spelled.in_figures(text)
    if not any(sign.isdigit() for sign in text):
        return Points(), ()
    text = _HALF.sub(r"\1.5 \2", _POINT.sub(r"\1.\2", text))
    text = _GLUED.sub(lambda m: m[0].replace(",", " ").replace("/", " "), text)
    won, text = _change(_PART_TOO.sub(r"\1", text))
    below, text = _not_reached(text)
    text = _SCALE.sub(" ", _SHORT_OF.sub(" ", text))
    given, rest = _parts(text)
    goal = _GOAL.search(rest)
    scores = slots.points(rest) or [
        n for n in map(_number, _MEAN.findall(rest) or _PLAIN.findall(rest)) if n >= _TWO
    ]
    told = Points(
        scores=tuple(score for score in scores if score <= 100),
        won=won,
        goal=_number(goal[1]) if goal and _LOWEST <= _number(goal[1]) <= 100 else None,
        loose=tuple(n for n in map(_number, _BARE.findall(rest)) if n <= 100),
        below=below,
    )
    return told, tuple(given)


def _not_reached(text: str) -> tuple[tuple[float, ...], str]:
    """Scores of a product that are said not to be reached, and the text without them."""
    found = []

    def taken(told: re.Match[str]) -> str:
        of_points = told["unit"] or _POINTS_BEFORE.search(text[: told.start()])
        if not of_points or not _SCORE <= _number(told[1]) <= 100:
            return told[0]
        found.append(_number(told[1]))
        return " - "

    text = _BELOW.sub(taken, text)
    return tuple(found), text


def of_members(text: str) -> list[float]:
    """The scores that several people gave, when their average is spoken of."""
    if not any(f" {word} " in f" {text} " for word in _MEMBERS):
        return []
    text = _GLUED.sub(lambda m: m[0].replace(",", " ").replace("/", " "), text)
    if _MEAN.search(text):  # the mean itself is told
        return []
    found = [_number(n) for n in _BARE.findall(text)]
    return found if len(found) > 1 and all(n <= 100 for n in found) else []


def _number(said: str) -> float:
    return float(said.replace(",", "."))


def _change(text: str) -> tuple[float, str]:
    """What is won and lost all together, and the text without it."""
    won = sum(_number(a or b) for a, b in _WON.findall(text))
    text = _WON.sub(" + ", text)
    lost = sum(_number(n) for n in _LOST.findall(text))
    return won - lost, _LOST.sub(" - ", text)


def _parts(text: str) -> tuple[list[tuple[str, float, bool]], str]:
    """(letter, number, whether it is a percentage) of each part, once each, and what is left."""
    in_words, text = wholes(text)
    each = _EACH.search(text)
    if each:
        return [(x, _number(each[1]), True) for x in "abc"], text.replace(each[0], " ")
    turn = _IN_TURN.search(text)
    if turn:
        share = _PERCENT.search(turn[0]) is not None
        in_turn = [(letter, _number(turn[i]), share) for i, letter in enumerate("abc", 1)]
        return in_turn, text.replace(turn[0], " ")
    before, after = _PART.search(text), _OF_PART.search(text)
    if after and (before is None or after.start() < before.start()):
        rows = [(m[4], _number(m[1]), bool(m[2])) for m in _OF_PART.finditer(text)]
        named, pattern = any(m[3] for m in _OF_PART.finditer(text)), _OF_PART
    else:
        found = list(_PART.finditer(text))
        rows = [(m[2] or m[3], _number(m[4]), bool(m[5])) for m in found]
        named, pattern = any(m[1] for m in found) or len({m[2] or m[3] for m in found}) > 2, _PART
    rows += in_words
    if not named and len({row[0] for row in rows}) < 2:  # "a 20": an article, a call
        return [], text
    first: dict[str, tuple[str, float, bool]] = {}
    for row in rows:
        first.setdefault(row[0], row)
    return list(first.values()), pattern.sub(" ", text)
