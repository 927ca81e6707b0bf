"""How a verdict on criteria of the score sheet is said, the verdict first."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.draft import Ask, lowered
from conversations.policy.lack_answers import ranges
from conversations.policy.sets import group_of_set, known_set
from conversations.policy.sheets.found import Found, Kind
from conversations.policy.sheets.items import like
from conversations.policy.sheets.steps import at_least, gives, ladder, step_up, whose
from locales import N_
from models.content.sheet import Option

_RANKS = (3, 4, 5)
_OF_ASKED: tuple[Kind, ...] = ("needed", "more", "less")  # of a step that is only asked for
_FEW = 2  # sheets that may be named one by one
_SAID: dict[Kind, str] = {
    "short": N_("Chưa đủ {rank} sao ở mục này: cần mức {what}."),
    "open": N_("Chưa chắc đủ {rank} sao ở mục này: cần mức {what}."),
    "more": N_("Không bắt buộc: {rank} sao chỉ cần mức {what}."),
    "less": N_("Chưa đủ: {rank} sao cần hơn thế, mức {what}."),
}
_GOOD: tuple[Kind, ...] = ("enough", "free", "more")


def of_one(ask: Ask, rows: Sequence[Found], rank: int) -> tuple[list[str], list[str]]:
    """The verdict on one criterion, found on one sheet or on several; and the whole ladder, which
    is shown at once only when no step of it is told."""
    shown = _shown(ask, rows)
    sheet, one = ask.matter.sheet(shown.number), shown.told
    steps = [*ladder(ask, shown.item), *(r.text(ask.lang) for r in sheet.ends_at(shown.item))]
    lines = [
        *(_by_sheet(ask, rows, rank) if rank else _up_to(ask, shown)),
        *gives(ask, one.steps[-1:] or [one.held] if one.held else []),
        *([ask.say("Chưa tới mức nào của mục này nên 0 điểm.")] if one.nothing else []),
    ]
    if one.held:
        return [*lines, *step_up(ask, shown.item, one.held), whose(ask, sheet)], steps
    return [*lines, *steps, whose(ask, sheet)], []


def _shown(ask: Ask, rows: Sequence[Found]) -> Found:
    """The sheet whose steps are shown: the one that stands for most sets, else one with a
    minimum."""
    best = like(ask, rows[0].item.id)
    ruled = (one for one in rows if one.item.minimum(_RANKS[-1]))
    return next((one for one in rows if one.number == best), next(ruled, rows[0]))


def _by_sheet(ask: Ask, rows: Sequence[Found], rank: int) -> list[str]:
    """One verdict when every sheet agrees; else which sheets say what."""
    by_kind: dict[bool, list[int]] = {}
    for one in rows:
        by_kind.setdefault(one.kind(rank) in _GOOD, []).append(one.number)
    shown = _shown(ask, rows)
    said = _verdict(ask, shown, rank)
    if len(by_kind) == 1:
        return _doubt(ask, shown, rank) or said
    asked = shown.kind(rank) in _OF_ASKED
    good = shown.kind(rank) in _GOOD
    if len(by_kind[not good]) <= _FEW:
        return [*said, _except(ask, by_kind[not good], rank, good=not good, asked=asked)]
    if asked:
        return [
            ask.say(
                "Tùy nhóm sản phẩm: {rank} sao của bộ {bad} cần mức này, của bộ {good} thì không.",
                good=ranges(by_kind[True]), bad=ranges(by_kind[False]), rank=rank,
            )
        ]  # fmt: skip
    return [
        ask.say(
            "Tùy nhóm sản phẩm: bộ {good} thì đủ {rank} sao ở mục này, bộ {bad} thì chưa.",
            good=ranges(by_kind[True]), bad=ranges(by_kind[False]), rank=rank,
        ),
        ask.say("Bà con cho biết sản phẩm gì, mình nói chắc hơn."),
    ]  # fmt: skip


def _doubt(ask: Ask, one: Found, rank: int) -> list[str]:
    """That the sheet may be printed wrongly: on others a higher step is the minimum."""
    points = one.told.held.points if one.told.held else 0
    missed = [
        option
        for option in one.item.ladder()
        if option.doubt_min_for and option.doubt_min_for <= rank and option.points > points
    ]
    if one.kind(rank) not in _GOOD or not missed:
        return []
    what = lowered(missed[-1].short(ask.lang))
    return [
        ask.say("Chưa chắc đủ {rank} sao ở mục này, bà con hỏi cán bộ.", rank=rank),
        ask.say("Phiếu này không đòi hơn, nhưng các phiếu khác cần mức {what}.", what=what),
    ]


def _except(ask: Ask, numbers: Sequence[int], rank: int, *, good: bool, asked: bool) -> str:
    """The few sheets of which the verdict is not true."""
    groups = "; ".join(group_of_set(ask, number) for number in numbers)
    if asked and good:
        return ask.say("Riêng {groups}: phiếu không đòi mức này.", groups=groups)
    if asked:
        return ask.say("Riêng {groups}: phải có mức này.", groups=groups)
    if good:
        return ask.say("Riêng {groups}: như vậy đã đủ {rank} sao.", groups=groups, rank=rank)
    return ask.say("Riêng {groups}: chưa đủ {rank} sao.", groups=groups, rank=rank)


def _verdict(ask: Ask, one: Found, rank: int) -> list[str]:
    kind, needed = one.kind(rank), one.item.minimum(rank)
    if needed is None:
        return [_without_minimum(ask, kind, rank)]
    what = at_least(ask, needed) if one.told.nothing else lowered(needed.short(ask.lang))
    if kind == "enough":
        return [
            ask.say("Đủ mức tối thiểu của {rank} sao ở mục này.", rank=rank),
            ask.say("Hạng {rank} sao còn xét tổng điểm và các mục có dấu sao khác.", rank=rank),
        ]
    if kind == "needed":
        return [_needed(ask, one, rank, needed)]
    return [ask.say(_SAID[kind], rank=rank, what=what)]


def _without_minimum(ask: Ask, kind: Kind, rank: int) -> str:
    if kind == "free":
        return ask.say(
            "Được: mục này không có mức tối thiểu của {rank} sao, chỉ cộng điểm.", rank=rank
        )
    return ask.say(
        "Không bắt buộc: mục này không có mức tối thiểu của {rank} sao, chỉ cộng điểm.", rank=rank
    )


def _needed(ask: Ask, one: Found, rank: int, needed: Option) -> str:
    """ "Có", unless the step can be reached in several ways: "siêu thị hoặc xuất khẩu"."""
    title, what = lowered(one.item.title(ask.lang)), lowered(needed.short(ask.lang))
    if "hoặc" in needed.short.vi:
        return ask.say(
            "Một trong các cách là đủ {rank} sao ở mục {title}: {what}.",
            rank=rank, title=title, what=what,
        )  # fmt: skip
    return ask.say("Có: {rank} sao cần mức này ở mục {title}.", rank=rank, title=title)


def _up_to(ask: Ask, one: Found) -> list[str]:
    """No rank is named: up to which one it is enough, and what the next one needs."""
    next_rank = next((r for r in _RANKS if one.kind(r) not in _GOOD), None)
    if next_rank is None:
        minimum = any(one.item.minimum(rank) for rank in _RANKS)
        return [
            ask.say("Đủ: mục này đã đạt mức tối thiểu của mọi hạng sao.")
            if minimum
            else ask.say("Được: mục này không có mức tối thiểu, chỉ cộng điểm.")
        ]
    if next_rank == _RANKS[0]:
        return _verdict(ask, one, next_rank)
    needed = one.item.minimum(next_rank)
    return [
        ask.say(
            "Đủ cho {rank} sao ở mục này; {next} sao cần mức {what}.",
            rank=next_rank - 1, next=next_rank,
            what=lowered(needed.short(ask.lang)) if needed else "",
        )
    ]  # fmt: skip


def of_several(ask: Ask, found: Sequence[Sequence[Found]], rank: int) -> list[str]:
    """A line for each criterion told, under one verdict on all of them."""
    rank = rank or _RANKS[0]
    shown = [_shown(ask, rows) for rows in found]
    short = [one for one in shown if one.kind(rank) not in _GOOD]
    head = (
        ask.say("Chưa đủ {rank} sao: còn {n} mục chưa đạt.", rank=rank, n=len(short))
        if short
        else ask.say("Đủ mức tối thiểu của {rank} sao ở các mục này.", rank=rank)
    )
    return [head, *(_line(ask, one, rank) for one in shown), whose_first(ask, shown)]


def rest(ask: Ask, number: int, told: Sequence[str], rank: int) -> list[str]:
    """The criteria of the sheet with a minimum of `rank` that are not among those told; none when
    the product, and so the sheet, is not known."""
    if known_set(ask) != number:
        return []
    items = [item for item in ask.matter.sheet(number).items if item.minimum(rank)]
    names = [lowered(item.title(ask.lang)) for item in items if item.id not in told]
    return [ask.say("Còn phải đạt ở các mục: {items}.", items="; ".join(names))] if names else []


def whose_first(ask: Ask, shown: Sequence[Found]) -> str:
    return whose(ask, ask.matter.sheet(shown[0].number))


def _line(ask: Ask, one: Found, rank: int) -> str:
    title, needed = one.item.title(ask.lang), one.item.minimum(rank)
    if needed is None:
        return ask.say("{title}: không có mức tối thiểu, chỉ cộng điểm.", title=title)
    what = lowered(needed.short(ask.lang))
    if one.kind(rank) in _GOOD:
        return ask.say("{title}: đủ.", title=title)
    return ask.say("{title}: chưa đủ, cần mức {what}.", title=title, what=what)
