"""The proposed rewards, worked out line by line. Never promised: the report only proposes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from conversations.policy.reward.story import Group


@dataclass(frozen=True, slots=True)
class Tariff:
    """Million dong by rank, and what a later product of a rank gets instead (report, section 7)."""

    first: dict[int, int]
    later: dict[int, int]

    def of(self, rank: int, *, later: bool) -> int:
        """The reward of one product; nothing for ranks the report does not name."""
        return self.later.get(rank, self.first.get(rank, 0)) if later else self.first.get(rank, 0)

    def upgrade(self, before: int, after: int, received: int | None = None) -> int:
        """Million dong added when a product goes up: the new level less what was received."""
        held = received if received is not None else self.first.get(before, 0)
        return self.first[after] - held


@dataclass(frozen=True, slots=True)
class Line:
    """`count` products of `rank` stars at `each` million dong."""

    count: int
    rank: int
    each: int
    later: bool = False

    @property
    def total(self) -> int:
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Rise:
    """`count` products that go up, `received` million dong each before."""

    count: int
    before: int
    after: int
    received: int
    level: int  # the reward of the new rank
    counts: bool = True  # what was received came before, not in the same sum
    doubt: bool = False  # the report does not say how these are counted

    @property
    def each(self) -> int:
        return self.level - self.received

    @property
    def total(self) -> int:
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Sum:
    """What comes now and what was had before, in million dong.

    `low` is the sum when the 3-star product is not the producer's first, which is not told.
    """

    lines: tuple[Line | Rise, ...]
    had: tuple[Line, ...] = ()
    low: int | None = None
    owners: int = 1

    @property
    def each(self) -> int:
        """For one producer."""
        return sum(line.total for line in self.lines)

    @property
    def total(self) -> int:
        return self.each * self.owners

    @property
    def before(self) -> int:
        """What was had before: by products that stay as they are, and by those that go up."""
        rises = [line for line in self.lines if isinstance(line, Rise) and line.counts]
        moved = sum(rise.count * rise.received for rise in rises)
        had = sum(line.total for line in self.had)
        return (had + moved) * self.owners if self.had else 0


class Unknown(ValueError):
    """What is told does not fit the rule: no sum is made."""


def worked(tariff: Tariff, groups: Sequence[Group], *, whole: bool, owners: int = 1) -> Sum:
    """The sum of the groups. `whole`: the rewards before a rise count too, "cả hai năm".

    Raises Unknown when the amounts received cannot be shared out or exceed the new level.
    """
    new = any(not group.held or group.moves for group in groups)
    lines: list[Line | Rise] = []
    had: list[Line] = []
    threes = 0  # products whose later ones get less, rewarded so far
    for group in sorted(groups, key=lambda g: not (g.held or g.moves)):
        rank = group.path[0]
        firsts = _firsts(tariff, group, threes)
        threes += group.count if rank in tariff.later else 0
        if group.moves:
            before = not (group.received or not whole)
            lines += firsts if before else []
            lines += _rises(tariff, group, firsts, counts=not before)
        elif (group.stays and not whole) or (group.held and not group.stays and new):
            had += _had(group, firsts)
        else:
            lines += firsts
    ordered = _as_told(lines, groups, rises_first=not whole)
    return Sum(tuple(ordered), tuple(had), _low(tariff, groups, ordered), owners)


def _as_told(
    lines: list[Line | Rise], groups: Sequence[Group], *, rises_first: bool
) -> list[Line | Rise]:
    """Lines in the order in which the products were named; rises before or after the others."""
    places = {group.path[0]: place for place, group in reversed(list(enumerate(groups)))}
    return sorted(
        lines,
        key=lambda x: (
            isinstance(x, Line) == rises_first,
            places.get(x.rank, 0) if isinstance(x, Line) else 0,
        ),
    )


def _firsts(tariff: Tariff, group: Group, threes: int) -> list[Line]:
    """The rewards for the stars that a group had first."""
    rank, count = group.path[0], group.count
    if rank not in tariff.later:
        return [Line(count, rank, tariff.of(rank, later=False))]
    full = 1 if not threes and group.order in (0, 1) else 0
    lines = [Line(full, rank, tariff.first[rank])] if full else []
    if count > full:
        lines.append(Line(count - full, rank, tariff.later[rank], later=True))
    return lines


def _had(group: Group, firsts: Sequence[Line]) -> list[Line]:
    """What a group was rewarded with before: as told, else by the rule."""
    got = group.received
    if got is None:
        return list(firsts)
    if len(got) == group.count:
        return [Line(1, group.path[0], amount) for amount in got]
    return [Line(1, group.path[0], got[0])] if len(got) == 1 else list(firsts)


def _rises(tariff: Tariff, group: Group, firsts: Sequence[Line], *, counts: bool) -> list[Rise]:
    """The differences of a group that goes up, step by step."""
    before, after = group.path[0], group.path[1]
    if after not in tariff.first or group.path[-1] not in tariff.first:
        raise Unknown
    level = tariff.first[after]
    rises = [
        Rise(count, before, after, amount, level, counts=counts,
             doubt=before in tariff.later and amount != tariff.first[before])
        for count, amount in _received(group, firsts)
    ]  # fmt: skip
    if any(rise.each < 0 for rise in rises):
        raise Unknown
    for step, reached in zip(group.path[1:], group.path[2:], strict=False):
        rises.append(
            Rise(
                group.count, step, reached, tariff.first[step], tariff.first[reached], counts=False
            )
        )
    return rises


def _received(group: Group, firsts: Sequence[Line]) -> list[tuple[int, int]]:
    """How many products of a group were rewarded with how much."""
    got = group.received
    if got is None:
        return [(line.count, line.each) for line in firsts]
    if len(got) == group.count:
        return [(got.count(amount), amount) for amount in dict.fromkeys(got)]
    if len(got) == 1 and got[0] == sum(line.total for line in firsts):
        return [(line.count, line.each) for line in firsts]
    if len(got) == 1 and any(got[0] == line.each for line in firsts):
        return [(line.count, line.each) for line in firsts]
    raise Unknown


def _low(tariff: Tariff, groups: Sequence[Group], lines: Sequence[Line | Rise]) -> int | None:
    """The sum when the first 3-star product is not the first product of its producer."""
    if len({rank for group in groups if (rank := group.path[0]) in tariff.first}) < 2:
        return None
    full = [x for x in lines if isinstance(x, Line) and x.rank in tariff.later and not x.later]
    if not full or any(g.order == 1 and g.path[0] in tariff.later for g in groups):
        return None
    less = sum((line.each - tariff.later[line.rank]) * line.count for line in full)
    return sum(line.total for line in lines) - less


def least_for(tariff: Tariff, rank: int, amount: int) -> int:
    """The fewest products of one producer at `rank` whose rewards reach `amount`."""
    later = tariff.of(rank, later=True)
    return max(1, 1 + ceil((amount - tariff.first[rank]) / later))


def most_for(tariff: Tariff, rank: int, amount: int) -> int:
    """The most products of one producer at `rank` whose rewards `amount` pays for."""
    later = tariff.of(rank, later=True)
    return max(0, 1 + floor((amount - tariff.first[rank]) / later))


def sum_of(tariff: Tariff, rank: int, count: int) -> int:
    """The rewards of `count` products of one producer at `rank`."""
    return tariff.first[rank] + (count - 1) * tariff.of(rank, later=True) if count else 0
