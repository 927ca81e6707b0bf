"""Answers reckoned from the report's figures, only from those that a question names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from conversations.policy import slots
from conversations.policy.counts import lines, words
from conversations.policy.counts.figures import Counts, Figure, Named
from conversations.policy.draft import Ask, Draft

_GAPS = ("gap_tong_so_khac",)  # "the report gives no such figure": but it may be reckoned


@dataclass(frozen=True, slots=True)
class _Worked:
    """What was reckoned: its sentences, and the passages and notes its figures come with."""

    lines: tuple[str, ...]
    passages: tuple[str, ...]
    notes: tuple[str, ...] = ()


_Way = Callable[[Ask, Counts, list[Named]], "_Worked | None"]


def counted(ask: Ask) -> Draft | None:
    """A share, a sum, a difference, a multiple or a yearly part of figures that are named."""
    counts = ask.matter.counts
    if counts is None or not _of_the_report(ask, counts) or _of_else(ask):
        return None
    named = counts.named(ask.reading)
    if not _as_written(ask, counts, named):
        return None
    ways: tuple[_Way, ...] = (
        _yearly,
        _average,
        _goals_added,
        _to_goals,
        _times,
        _against,
        _share,
        _gap,
        _added,
    )
    worked = next((found for way in ways if (found := way(ask, counts, named))), None)
    return _draft(ask, counts, worked) if worked else None


def _draft(ask: Ask, counts: Counts, worked: _Worked) -> Draft:
    passages = tuple(dict.fromkeys(worked.passages))
    told = (counts.notes[one] for one in (*worked.notes, *passages) if one in counts.notes)
    notes = dict.fromkeys(note[ask.lang == "en"] for note in told)
    sources = dict.fromkeys(source for one in passages for source in ask.cited(one))
    return Draft(passages[0], (*worked.lines, *notes), tuple(sources))


def _of_the_report(ask: Ask, counts: Counts) -> bool:
    """Whether the question is near what the report says of its figures."""
    passages = {one.passage for one in counts.figures.values()}
    goals = {one.goal.passage for one in counts.figures.values() if one.goal}
    return ask.near(*passages, *goals, *_GAPS, within=2) or _aim_before(ask)


def _of_else(ask: Ask) -> bool:
    """Whether it is of the asker's own matter, or of what rules and rewards ask for."""
    return ask.reading.has(*words.OWN, *words.OTHER) or words.POINTS.search(ask.text) is not None


def _as_written(ask: Ask, counts: Counts, named: Sequence[Named]) -> bool:
    """Whether every figure that is told is one of the report: with others nothing is reckoned."""
    known = [one.value for one in counts.figures.values()]
    known += [one.goal.value for one in counts.figures.values() if one.goal]
    if any(float(told) not in known for told in words.TOLD.findall(ask.text)):
        return False
    money = [one.figure.value * 1000 for one in named if one.figure.years]
    return all(told in money for told in slots.amounts(ask.text))


def _yearly(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """An amount of several years, or what is still to come until the goals, each year."""
    if not ask.reading.has(*words.YEARLY):
        return None
    for one in named:
        if one.figure.years and not _of_one_year(ask, one.figure.years):
            line = lines.yearly(ask, one.figure, one.figure.years)
            return _Worked((line,), (one.figure.passage,))
    aimed = _aimed(ask, counts, named)
    if len(aimed) != 1 or aimed[0].goal is None:
        return None
    figure, goal = aimed[0], aimed[0].goal
    rest = replace(figure, value=goal.value - figure.value)
    first = lines.still(ask, figure, goal, counts.goal_years[1])
    each = lines.yearly(ask, rest, counts.goal_years)
    return _Worked((first, each), (goal.passage, figure.passage))


def _of_one_year(ask: Ask, years: tuple[int, int]) -> bool:
    """Whether the part of one year is asked for: "năm 2027 được mấy tỷ"."""
    named = {int(year) for year in words.ONE_YEAR.findall(ask.text)}
    return bool(named - set(years))


def _average(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """What comes to each owner: of the figures named, else of all that are averaged."""
    if not ask.reading.has(*words.EACH_OWNER) or not ask.reading.has(*words.PRODUCTS):
        return None
    told = {one.figure.id for one in named}
    pairs = [pair for pair in counts.averages if pair[0].id in told] or counts.averages
    passages = tuple(one.passage for pair in pairs for one in pair)
    return _Worked(tuple(lines.average(ask, *pair) for pair in pairs), passages)


def _aimed(ask: Ask, counts: Counts, named: Sequence[Named]) -> list[Figure]:
    """The figures whose goals are asked about; all products when only products are spoken of."""
    if not ask.reading.has(*words.AIM) and not _goal_told(ask, counts) and not _aim_before(ask):
        return []
    found = [one.figure for one in named if one.figure.goal]
    if not found and _aim_before(ask) and ask.reader is not None:
        before = counts.named(ask.reader.read(ask.talk[-1], ask.lang))
        found = [one.figure for one in before if one.figure.goal]
    if not found and not named and ask.reading.has(*words.PRODUCTS):
        found = [one for one in counts.figures.values() if one.goal][:1]
    narrow = [one for one in found if not any(one in counts.wholes(other) for other in found)]
    return narrow


def _aim_before(ask: Ask) -> bool:
    """Whether the goal was spoken of just before, and what is still to come is asked now."""
    if ask.reader is None or not ask.talk or not _lacks(ask):
        return False
    return ask.reader.read(ask.talk[-1], ask.lang).has(*words.AIM)


def _goal_told(ask: Ask, counts: Counts) -> bool:
    goals = {f"{one.goal.value:g}" for one in counts.figures.values() if one.goal}
    return any(goal in ask.reading.words for goal in goals if len(goal) > 2)


def _to_goals(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """What the figures lack for their goals, or how much of them they are."""
    aimed, year = _aimed(ask, counts, named), counts.goal_years[1]
    goals = [(one, one.goal) for one in aimed if one.goal]
    if not goals:
        return None
    passages = (*(goal.passage for _, goal in goals), *(one.passage for one in aimed))
    if ask.reading.has(*words.SHARE):
        if not ask.reading.has(*words.REACHED) or ask.reading.has("chiem"):
            return None
        return _Worked(tuple(lines.reached(ask, *goal, year) for goal in goals), passages)
    if ask.reading.has(*words.TIMES):
        return _Worked(tuple(lines.times_goal(ask, *goal) for goal in goals), passages)
    if _lacks(ask) and ask.reading.has(*words.HOW_MANY):
        return _Worked(tuple(lines.still(ask, *goal, year) for goal in goals), passages)
    return None


def _goals_added(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """The goals of several ranks together: "đến 2030 có mấy sản phẩm từ 4 sao trở lên"."""
    together = ask.reading.has(*words.SUM) or counts.bounds(ask.text)
    other = ask.reading.has(*words.SHARE, *words.TIMES, *words.YEARLY, *words.EACH)
    if not together or other or not ask.reading.has(*words.HOW_MANY):
        return None
    aimed = [one for one in _aimed(ask, counts, named) if one.goal]
    if len(aimed) < 2:
        return None
    told = lines.goals_added(ask, aimed, counts.goal_years[1])
    goals = [one.goal.passage for one in aimed if one.goal]
    return _Worked(told, (*goals, *(one.passage for one in aimed)))


def _lacks(ask: Ask) -> bool:
    return words.LACKS.search(ask.text) is not None


def _sides(ask: Ask, named: Sequence[Named]) -> tuple[list[Figure], list[Figure]] | None:
    """What is compared with what: before and behind the word between; or simply two figures."""
    for cut in words.BETWEEN.finditer(f" {ask.text}"):
        left = [one.figure for one in named if one.start < cut.start()]
        right = [one.figure for one in named if one.start > cut.start()]
        if left and right:
            return left, right
    return ([named[0].figure], [named[1].figure]) if len(named) == 2 else None


def _compared(
    ask: Ask, counts: Counts, named: Sequence[Named]
) -> tuple[list[Figure], list[Figure]] | None:
    """The two sides of a comparison, the greater first; a whole that only says of what is left."""
    narrow = [one for one in named if not (len(named) > 2 and _is_whole(counts, one.figure, named))]
    sides = _sides(ask, narrow)
    if sides is None:
        return None
    left, right = sides
    return (left, right) if lines.total(left) >= lines.total(right) else (right, left)


def _is_whole(counts: Counts, figure: Figure, named: Sequence[Named]) -> bool:
    return any(figure in counts.wholes(one.figure) for one in named)


def _times(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    sides = _compared(ask, counts, named) if ask.reading.has(*words.TIMES) else None
    if sides is None:
        return None
    line = lines.times(ask, *sides, counts.figures)
    return _Worked((line,), _passages(*sides))


def _against(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """One figure in percent of another that it is no part of."""
    if not ask.reading.has(*words.SHARE) or not ask.reading.has(*words.EQUALS):
        return None
    if len(named) != 2 or any(_is_whole(counts, one.figure, named) for one in named):
        return None
    sides = _sides(ask, named)
    if sides is None:
        return None
    return _Worked((lines.against(ask, sides[0][0], sides[1][0]),), _passages(*sides))


def _gap(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    asks = _compares(ask, counts) and ask.reading.has(*words.HOW_MANY)
    sides = _compared(ask, counts, named) if asks else None
    if sides is None:
        return None
    line = lines.gap(ask, *sides, counts.figures)
    return _Worked((line,), _passages(*sides))


def _compares(ask: Ask, counts: Counts) -> bool:
    """Whether figures are compared; the "more" of "4 stars or more" compares nothing."""
    text = f" {ask.text} "
    for bound in counts.bounds(ask.text):
        text = text.replace(bound, " ")
    return any(f" {word} " in text for word in words.COMPARES)


def _passages(*sides: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(figure.passage for side in sides for figure in side)


def _share(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """What part of their whole the figures named are; of the goal for that share too."""
    of_named = any(_is_whole(counts, one.figure, named) for one in named)
    takes_up = of_named or ask.reading.has(*words.TAKES_UP)
    if not ask.reading.has(*words.SHARE) or not takes_up:
        return None
    aimed = ask.reading.has(*words.AIM) and not (ask.reading.has(*words.TODAY) or _lacks(ask))
    if aimed or ask.reading.has(*words.REQUIRED):
        return None
    figures = [one.figure for one in named]
    parts = [one for one in figures if not _is_whole(counts, one, named)]
    whole = _whole_of(counts, parts, figures)
    if whole is None:
        return None
    apart = ask.reading.has(*words.EACH) or lines.total(parts) >= whole.value
    groups = [[one] for one in parts] if apart else [parts]
    told = [lines.share(ask, group, whole, counts.figures) for group in groups]
    goal = _share_goal(ask, counts, parts, whole)
    passages = (*_passages(parts), whole.passage)
    if goal is None:
        return _Worked(tuple(told), passages)
    return _Worked((*told, goal[0]), (*passages, goal[1]), ("share_goal",))


def _whole_of(counts: Counts, parts: Sequence[Figure], figures: Sequence[Figure]) -> Figure | None:
    """What all parts belong to: the one that is named, else the nearest."""
    common = [one for one in counts.wholes(parts[0]) if parts] if parts else []
    common = [one for one in common if all(one in counts.wholes(part) for part in parts)]
    told = [one for one in common if one in figures]
    return next(iter(told or common), None)


def _share_goal(
    ask: Ask, counts: Counts, parts: Sequence[Figure], whole: Figure
) -> tuple[str, str] | None:
    """How many points a share lacks for its goal, and where the goal is written."""
    ids = {one.id for one in parts}
    goal = next((one for one in counts.share_goals if one.parts == ids), None)
    if goal is None or any(told != goal.percent for told in slots.shares(ask.text)):
        return None
    now = round(100 * lines.total(parts) / whole.value, 1)
    return lines.share_still(ask, now, goal.percent, counts.goal_years[1]), goal.passage


def _added(ask: Ask, counts: Counts, named: list[Named]) -> _Worked | None:
    """The sum of several parts of one whole."""
    adds = ask.reading.has(*words.SUM) or counts.bounds(ask.text)
    if ask.reading.has(*words.SHARE) and _aimed(ask, counts, named):
        return None  # how much the goals are of their whole
    if not (adds and ask.reading.has(*words.HOW_MANY)) or ask.reading.has(*words.EACH):
        return None
    figures = [one.figure for one in named]
    parts = [one for one in figures if not _is_whole(counts, one, named)]
    whole = _whole_of(counts, parts, figures)
    if len(parts) < 2 or whole is None or lines.total(parts) >= whole.value:
        return None
    return _Worked((lines.added(ask, parts, counts.figures),), _passages(parts))
