"""Which step of a criterion a message tells: by its figures and by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from conversations.policy.draft import Ask
from conversations.policy.reading import Reading
from conversations.policy.sheets.excluded import excluded
from conversations.policy.sheets.figures import (
    ASKS_FOR,
    Limit,
    figures,
    limits,
    share_of_people,
    share_said,
)
from conversations.policy.sheets.items import BETWEEN, titles
from conversations.policy.understand import plain
from models.content.sheet import Item, Option

_OF_PEOPLE = re.compile("lao động|đào tạo")
_BELOW = ""  # instead of a step: what is below all of them
_AND = " + "  # between the things that make a step together
_DENY = (
    r"\b(?:chua(?: he)?|khong(?! chi)(?: he)?|chang|thieu|khoi|not|no|nobodi|none|neither|nor|"
    r"never|without|lacks?|(?:don|doesn|didn|haven|hasn|isn|aren|wasn) t)"
    r"(?! biet)(?: (?:co|have|has))?"
)
_GOES_ON = r"(?: (?!(?:roi|nhung|co|da|ma|moi|chi|but|onli|has|have|and)\b)[a-z]+)"
#: A denial goes on behind "hay", "or": "không bán qua siêu thị hay sàn thương mại điện tử".
_DENIES = re.compile(
    rf"{_DENY}(?:{_GOES_ON}{{0,4}}|{_GOES_ON}{{1,9}} (?:hay|hoac|voi|lan|or|nor)"
    r"(?: (?!(?:da|chua|khong)\b)[a-z]+){0,2}) $"
)
_ASKS_FOR_BEHIND = re.compile(
    r"^ (?:[a-z]+ ){0,3}(?:(?:co|la) bat buoc|bat buoc (?:khong|k|ko)|buoc phai|required|mandatori|"
    r"compulsori|necessari)\b"
)
_DENIES_BEHIND = re.compile(
    r"^ (?:[a-z]+ ){0,2}(?:het han|bi rut|bi thu hoi|expired|revoked)\b|"
    r"^ (?:(?:thi|la|cung|van|con|lai|deu) ){0,3}(?:chua|khong|chang)(?: he)? "
    r"(?:kip )?(?:co|lam|lap|mo|in|dung|gan|xin|vao|len|ban|ki|duoc cap)"
    r"(?= (?:thi|nen|vay|het|luon|dau|roi|ca|chi|gi|noi)\b| ?$)"
)
_WANTS = re.compile(r"\b(?:muon|mong|uoc|want(?: to)?|wish|hope to)(?: [a-z]+){0,2} $")
_ENDS = frozenset({"muc", "khoan"})  # "hai năm liền thì mục tăng trưởng": what is told ends here
_DENYING = ("chua", "khong", "no", "not", "nobodi", "chang")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one ladder. `held` is the step reached, `short_of` the lowest step that is
    said not to be reached, `asked` a step that is only asked for, `undecided` the step above `held`
    that a figure left out decides, `steps` are all that are said to be there. `nothing`: below
    every step. `between`: in no step."""

    held: Option | None = None
    short_of: Option | None = None
    asked: Option | None = None
    undecided: Option | None = None
    steps: tuple[Option, ...] = ()
    nothing: bool = False
    between: bool = False

    @property
    def points(self) -> int:
        return self.held.points if self.held else 0


@dataclass(frozen=True, slots=True)
class _Said:
    """A step told in words: where, and whether it is denied or only asked for."""

    option: Option
    clause: int
    span: range
    denied: bool
    asked: bool
    part: bool = False  # only one of the things that make the step
    wanted: bool = False  # only wished for
    below: bool = False  # below every step


def told(ask: Ask, item: Item, clauses: Sequence[Reading], others: Sequence[Reading] = ()) -> Told:
    """What `clauses` tell of the steps of `item`; when they say nothing of them in words, what
    the clauses on other criteria do."""
    ladder = item.ladder()
    words = _in_words(ask, item, clauses)
    if words == Told() and others:
        words = _in_words(ask, item, others)
    counted = _told_in_figures(ladder, _counts(ask, ladder, clauses))
    asked = _told_in_figures(ladder, _shown(clauses, asked=True)).held or words.asked
    if counted == Told() or words.held == ladder[0]:
        return replace(words, asked=asked)
    if words.held is not None and words.points >= counted.points:
        return replace(words, asked=asked)
    return replace(counted, asked=asked)


def _in_words(ask: Ask, item: Item, clauses: Sequence[Reading]) -> Told:
    out = [place for one in excluded(ask.matter, item.id, clauses) for place in one.places]
    said = [
        one
        for one in _said(ask, item, clauses)
        if not _is_title(ask, item, clauses, one)
        and not any(place.touches(one.clause, one.span) for place in out)
    ]
    return _told_in_words(_longest(said))


def _is_title(ask: Ask, item: Item, clauses: Sequence[Reading], one: _Said) -> bool:
    """Whether it only stands in what the criterion is called: "độ đồng đều"."""
    if one.clause >= len(clauses):
        return False
    title, *parts = titles(item, ask.lang)
    whole = ", " in title and bool(ask.reading.places(title))  # clauses are cut at its commas
    pieces = title.split(", ") if whole else (title, *parts)
    names = (span for piece in pieces for span in clauses[one.clause].places(piece))
    return any(_within(one.span, name) or (whole and one.span == name) for name in names)


def _within(span: range, longer: range) -> bool:
    return len(span) < len(longer) and longer.start <= span.start and span.stop <= longer.stop


def _counts(ask: Ask, ladder: Sequence[Option], clauses: Sequence[Reading]) -> dict[str, float]:
    """The figures told; a share of people also by two numbers of them: "20 thợ, 12 người ở xã"."""
    shown = _shown(clauses, asked=False)
    of_people = any(_OF_PEOPLE.search(option.short.vi) for option in ladder)
    share = share_of_people(ask.reading) if of_people and "share" not in shown else None
    return shown if share is None else {**shown, "share": share}


def _shown(clauses: Sequence[Reading], *, asked: bool) -> dict[str, float]:
    shown: dict[str, float] = {}
    for clause in clauses:
        shown = {**figures(clause, asked=asked), **shown}
    said = [] if asked else [s for clause in clauses if (s := share_said(clause)) is not None]
    return {"share": said[0], **shown} if said else shown


def _said(ask: Ask, item: Item, clauses: Sequence[Reading]) -> Iterator[_Said]:
    phrases = ask.matter.levels.get(item.id, {})
    for phrase in phrases.get(_BELOW, ()):
        for place, clause in enumerate(clauses):
            for span in clause.places(phrase, BETWEEN):
                yield replace(_judged(item.ladder()[0], place, clause, span, phrase), below=True)
    for option in item.ladder():
        own = () if limits(option.short.vi) else (option.short.vi, option.short.en)
        for phrase in (*own, *phrases.get(option.short.vi, ())):
            if _AND in phrase:
                yield from _in_parts(option, phrase.split(_AND), clauses)
                continue
            whole = [ask.reading] if "," in phrase else []
            for place, clause in enumerate([*clauses, *whole]):
                for span in clause.places(phrase, BETWEEN):
                    if _ENDS.isdisjoint(_between(clause, span, phrase)):
                        yield _judged(option, place, clause, span, phrase)


def _in_parts(option: Option, parts: Sequence[str], clauses: Sequence[Reading]) -> Iterator[_Said]:
    """A step of several things, "đẹp + mã qr/mã truy xuất": told when all are; when only the last
    one is, the others may be there too."""
    said = [
        [
            _judged(option, place, clause, span, phrase)
            for phrase in part.split("/")
            for place, clause in enumerate(clauses)
            for span in clause.places(phrase, BETWEEN)
        ]
        for part in parts
    ]
    there = [any(not one.denied for one in part) for part in said]
    if said[-1] and (all(there) or not there[-1]):
        yield said[-1][0]
    elif there[-1]:
        denied = [one for part in said for one in part if one.denied]
        yield denied[0] if denied else replace(said[-1][0], part=True)


def _judged(option: Option, place: int, clause: Reading, span: range, phrase: str) -> _Said:
    before = " ".join(clause.words[: span.start]) + " "
    behind = " " + " ".join(clause.words[span.stop :])
    begins = clause.words[span.start] in _DENYING
    inside = _between(clause, span, phrase)
    denied = (
        _DENIES_BEHIND.match(behind)
        or not inside.isdisjoint(_DENYING)  # "đơn chưa ai chấp nhận"
        or (not begins and _DENIES.search(before))
    )
    asked = not denied and (ASKS_FOR.search(before) or _ASKS_FOR_BEHIND.match(behind))
    wanted = _WANTS.search(before)
    return _Said(option, place, span, bool(denied), bool(asked), wanted=bool(wanted))


def _between(clause: Reading, span: range, phrase: str) -> set[str]:
    """The words of a span that are none of the phrase's own."""
    return set(clause.words[span.start : span.stop]) - set(plain(phrase))


def _longest(said: list[_Said]) -> list[_Said]:
    """Without what is said inside something longer: "đồng đều" in "không đồng đều"."""
    return [
        one
        for one in said
        if not any(one.clause == other.clause and _within(one.span, other.span) for other in said)
    ]


def _told_in_words(said: Sequence[_Said]) -> Told:
    nothing = any(one.below and not one.denied for one in said)
    there = [one for one in said if not (one.wanted or one.below or _taken_back(one, said))]
    by_points = sorted(there, key=lambda one: one.option.points)
    held = [one.option for one in by_points if not (one.denied or one.asked or one.part)]
    part = [one.option for one in by_points if one.part and not one.asked]
    denied = [one.option for one in by_points if one.denied and one.option not in held]
    asked = [one.option for one in by_points if one.asked]
    return Told(
        held=held[-1] if held else None,
        steps=tuple(dict.fromkeys(held)),
        short_of=denied[0] if denied else None,
        asked=asked[-1] if asked else None,
        undecided=part[-1] if part else None,
        nothing=nothing and not held,
    )


def _taken_back(one: _Said, said: Sequence[_Said]) -> bool:
    """ "giấy nhãn hiệu thì mới nộp đơn": what stands behind in the clause is below every step."""
    behind = (other for other in said if other.below and other.clause == one.clause)
    return any(one.span.stop <= other.span.start for other in behind)


def _told_in_figures(ladder: Sequence[Option], shown: dict[str, float]) -> Told:
    """The highest step whose limits the figures meet; nothing when they are of other units."""
    limited = [(option, ls) for option in ladder if (ls := limits(option.short.vi))]
    if not any(limit.unit in shown for _, ls in limited for limit in ls):
        return Told()
    met = [option for option, ls in limited if all(_meets(limit, shown) for limit in ls)]
    failed = [option for option, ls in limited if any(_fails(limit, shown) for limit in ls)]
    held = _first_like(met) if met else None
    points = held.points if held else -1
    above = [o for o, _ in limited if o not in met and o not in failed and o.points > points]
    first = limited[0][1][0]
    below = not met and not above and shown.get(first.unit, first.low) < first.low
    return Told(
        held=held,
        short_of=next((option for option in failed if option.points > points), None),
        undecided=above[-1] if above else None,
        nothing=below,
        between=not met and not above and not below,
    )


def _first_like(met: Sequence[Option]) -> Option:
    """The lowest of the steps with the highest limits: what else they ask for is not told."""
    highest = limits(met[-1].short.vi)
    return next(option for option in met if limits(option.short.vi) == highest)


def _meets(limit: Limit, shown: dict[str, float]) -> bool:
    return limit.unit in shown and limit.low <= shown[limit.unit] <= limit.high


def _fails(limit: Limit, shown: dict[str, float]) -> bool:
    return limit.unit in shown and not limit.low <= shown[limit.unit] <= limit.high
