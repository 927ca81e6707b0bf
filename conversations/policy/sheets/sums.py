"""The points of several criteria together: the step of each as it is told, then their sum."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.draft import OF_ITEM, Ask, Draft, lowered
from conversations.policy.points.reading import points_told
from conversations.policy.reading import Reading
from conversations.policy.sets import known_set
from conversations.policy.sheets.found import Found, on_sheets
from conversations.policy.sheets.items import like, named_in, pieces
from conversations.policy.sheets.steps import ladder, whose
from conversations.policy.sheets.summed import POINTS, listed, summed
from models.content.sheet import ScoreSheet

_WHOLE = 20  # points from which a score is that of a product
_MOST = 6  # criteria of one sum


def sum_of_items(ask: Ask) -> Draft | None:
    """The sum of the points of several criteria.

    Where a step or a name is not understood it says which, and adds nothing up. None when fewer
    than two criteria are named.
    """
    if ask.open or not summed(ask.reading.said, ask.text) or not POINTS.search(ask.text):
        return None
    if any(score >= _WHOLE for score in points_told(ask, ask.text).scores):
        return None  # of a product, not of its criteria
    sheet = _sheet(ask)
    if sheet is None:
        return None
    meant = listed(ask, sheet)
    if not 2 <= len(meant.ids) <= _MOST:
        return None
    found = _told(ask, sheet, meant.ids)
    if meant.unknown:
        lines = _unknown(ask, found)
    elif all(map(_sure, found)):
        lines = _summed(ask, found)
    else:
        lines = _unclear(ask, found)
    return Draft(OF_ITEM + meant.ids[0], (*lines, whose(ask, sheet)), ask.cited("dau_sao_nghia"))


def _sheet(ask: Ask) -> ScoreSheet | None:
    """The sheet of the product named, else the one that stands for the first criterion named."""
    number = known_set(ask)
    named = named_in(ask, ask.reading, {})
    if not named:
        return None
    return ask.matter.sheet(number if number is not None else like(ask, named[0][0]))


def _told(ask: Ask, sheet: ScoreSheet, ids: Sequence[str]) -> list[Found]:
    """What the message tells of each criterion: its own clauses first, then those of the others."""
    clauses, held = pieces(ask), {item.id: item for item in sheet.items}
    named = [{item for item, _ in named_in(ask, clause, held)} for clause in clauses]
    found: list[Found] = []
    for item in ids:
        mine = [c for c, names in zip(clauses, named, strict=True) if _own(names, item, ids)]
        rest: list[Reading] = [c for c in clauses if c not in mine]
        found += on_sheets(ask, item, [sheet.number], mine, rest)
    return found


def _own(names: set[str], item: str, ids: Sequence[str]) -> bool:
    """Whether a clause may tell of `item`: it names it, or none of the others."""
    return item in names or names.isdisjoint(ids)


def _sure(one: Found) -> bool:
    return one.told.held is not None


def _summed(ask: Ask, found: Sequence[Found]) -> list[str]:
    points = [one.told.points for one in found]
    head = ask.say(
        "Cộng lại: {shown} = {total} điểm.", shown=" + ".join(map(str, points)), total=sum(points)
    )
    open_ = [_may_be(ask, one) for one in found]
    return [head, *(_line(ask, one) for one in found), *(line for line in open_ if line)]


def _may_be(ask: Ask, one: Found) -> str:
    """The higher step that something left out decides; "" when there is none."""
    step = one.told.undecided
    if step is None:
        return ""
    return ask.say(
        "Mục {title} được {points} điểm nếu: {what}.",
        title=lowered(one.item.title(ask.lang)), points=step.points,
        what=lowered(step.short(ask.lang)),
    )  # fmt: skip


def _line(ask: Ask, one: Found) -> str:
    held = one.told.held
    return ask.say(
        "{title}: {points} điểm ({what}).",
        title=one.item.title(ask.lang), points=one.told.points,
        what=held.short(ask.lang) if held else "",
    )  # fmt: skip


def _unclear(ask: Ask, found: Sequence[Found]) -> list[str]:
    """What is understood, and which criteria are not: nothing is added up."""
    unsure = [one for one in found if not _sure(one)]
    head = ask.say(
        "Mình chưa rõ mức của mục {titles} nên không cộng bừa. Bà con nói rõ đang ở mức nào, mình "
        "cộng cho.",
        titles=_titles(ask, unsure),
    )
    steps = [line for one in unsure for line in ladder(ask, one.item)]
    return [head, *(_line(ask, one) for one in found if _sure(one)), *steps]


def _unknown(ask: Ask, found: Sequence[Found]) -> list[str]:
    """A criterion that is meant is not known by the name it was given."""
    head = ask.say(
        "Mình mới nhận ra mục {titles}, còn mục chưa rõ nên không cộng bừa. Bà con ghi tên từng "
        "mục như trên phiếu chấm.",
        titles=_titles(ask, found),
    )
    return [head, *(_line(ask, one) for one in found if _sure(one))]


def _titles(ask: Ask, found: Sequence[Found]) -> str:
    return ", ".join(lowered(one.item.title(ask.lang)) for one in found)
