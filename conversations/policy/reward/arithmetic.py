"""The proposed rewards, worked out line by line. Never promised: the report only proposes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    later: bool = False  # not the first of its producer
    paid: bool = False  # before what is asked about
    stays: bool = False  # paid, and what it was paid for does not go up

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
    doubt: bool = False  # the report does not say how these are counted
    paid: bool = False  # never: a rise is what is asked about

    @property
    def each(self) -> int:
        return self.level - self.received

    @property
    def total(self) -> int:
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Sum:
    """What products bring, in million dong, line by line.

    `low` is the sum when the 3-star product is not the producer's first, which is not told.
    """

    told: tuple[Line | Rise, ...]
    whole: bool = False  # what was paid before counts too
    low: int | None = None
    owners: int = 1

    @property
    def lines(self) -> tuple[Line | Rise, ...]:
        """What counts."""
        return tuple(line for line in self.told if self.whole or not line.paid)

    @property
    def total(self) -> int:
        return self.owners * sum(line.total for line in self.lines)

    @property
    def before(self) -> int:
        """What was paid before and does not count, where some of it was for other products."""
        paid = [line for line in self.told if line.paid and not self.whole]
        apart = any(isinstance(line, Line) and line.stays for line in paid)
        return self.owners * sum(line.total for line in paid) if apart else 0


class Unknown(ValueError):
    """What is told does not fit the rule: no sum is made."""


def worked(tariff: Tariff, groups: Sequence[Group], *, whole: bool, owners: int = 1) -> Sum:
    """The sum of the groups. `whole`: what was paid before counts too, "từ đầu tới giờ".

    Raises Unknown when the amounts received cannot be shared out or exceed the new level.
    """
    groups = _paid_in_one(tariff, [_started(tariff, group) for group in groups])
    new = any(not group.held or group.moves for group in groups)
    lines: list[Line | Rise] = []
    threes = {g.owner: 0 for g in groups}  # products whose later ones get less, by owner
    for group in groups:  # the first is told of: no other one can be it
        threes[group.owner] += group.order == 1 and group.path[0] in tariff.later
    for group in sorted(groups, key=lambda g: not (g.held or g.moves)):
        rank = group.path[0]
        firsts = _firsts(tariff, group, threes[group.owner])
        threes[group.owner] += group.count if rank in tariff.later else 0
        paid = group.moves or group.stays or (group.held and new)
        had = _had(group, firsts) if paid else firsts
        lines += [replace(line, paid=paid, stays=paid and not group.moves) for line in had]
        lines += _rises(tariff, group, firsts) if group.moves else []
    ordered = _as_told(lines, groups, rises_first=not whole)
    counted = Sum(tuple(ordered), whole)
    return replace(counted, low=_low(tariff, groups, counted), owners=owners)


def _started(tariff: Tariff, group: Group) -> Group:
    """A group whose first stars are not told but follow from what it was paid for them."""
    if group.path[0]:
        return group
    got = group.received or ()
    ranks = [r for r in tariff.first if got and got[0] in (tariff.first[r], tariff.later.get(r))]
    if len(ranks) != 1 or ranks[0] >= group.rank:
        raise Unknown
    return replace(group, path=(ranks[0], *group.path[1:]))


def _paid_in_one(tariff: Tariff, groups: Sequence[Group]) -> Sequence[Group]:
    """The groups when one amount was for all of them: more than any of them is worth alone.

    Raises Unknown when it is not what they are worth together.
    """
    over = [
        group.received[0] for group in groups
        if group.received and len(group.received) == 1
        and group.received[0] > group.count * tariff.first.get(group.path[0], 0)
    ]  # fmt: skip
    if not over or any(group.path[0] not in tariff.first for group in groups):
        return groups
    first = [replace(g, path=g.path[:1], received=None, held=False) for g in groups]
    if worked(tariff, first, whole=False).total != over[0]:
        raise Unknown
    return [replace(group, received=None, held=True) for group in groups]


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
    full = 1 if group.order == 1 or not (threes or group.order) else 0
    lines = [Line(full, rank, tariff.first[rank])] if full else []
    if count > full:
        lines.append(Line(count - full, rank, tariff.later[rank], later=True))
    return lines


def _had(group: Group, firsts: Sequence[Line]) -> list[Line]:
    """What a group was rewarded with before: as told, else by the rule."""
    got = group.received
    if got is None or len(got) not in (1, group.count):
        return list(firsts)
    if len(got) == group.count:
        return [Line(count, group.path[0], amount) for amount, count in Counter(got).items()]
    fits = got[0] in (sum(line.total for line in firsts), *(line.each for line in firsts))
    return list(firsts) if fits else [Line(1, group.path[0], got[0])]


def _rises(tariff: Tariff, group: Group, firsts: Sequence[Line]) -> list[Rise]:
    """The differences of a group that goes up, step by step."""
    before, after = group.path[0], group.path[1]
    if after not in tariff.first or group.path[-1] not in tariff.first:
        raise Unknown
    level = tariff.first[after]
    rises = [
        Rise(count, before, after, amount, level,
             doubt=before in tariff.later and amount != tariff.first[before])
        for count, amount in _received(group, firsts)
    ]  # fmt: skip
    if any(rise.each < 0 for rise in rises):
        raise Unknown
    for step, reached in zip(group.path[1:], group.path[2:], strict=False):
        rises.append(Rise(group.count, step, reached, tariff.first[step], tariff.first[reached]))
    return rises


def _received(group: Group, firsts: Sequence[Line]) -> list[tuple[int, int]]:
    """How many products of a group were rewarded with how much."""
    got = group.received
    if got is None:
        return [(line.count, line.each) for line in firsts]
    if len(got) == group.count:
        return [(count, amount) for amount, count in Counter(got).items()]
    total = sum(line.total for line in firsts)
    if len(got) == 1 and (got[0] == total or any(got[0] == line.each for line in firsts)):
        return [(line.count, line.each) for line in firsts]
    raise Unknown


def _low(tariff: Tariff, groups: Sequence[Group], found: Sum) -> int | None:
    """The sum when the first 3-star product is not the first product of its producer."""
    less = sum(_less(tariff, [g for g in groups if g.owner == key], found)
               for key in {g.owner for g in groups})  # fmt: skip
    return found.total - less if less else None


def _less(tariff: Tariff, groups: Sequence[Group], found: Sum) -> int:
    """By how much the sum of one producer with products of several ranks may be lower."""
    ranks = {g.path[0] for g in groups if g.path[0] in tariff.first}
    first = any(g.order == 1 and g.path[0] in tariff.later for g in groups)
    if len(ranks) < 2 or first or not ranks & set(tariff.later):
        return 0
    full = [
        x for x in found.lines if isinstance(x, Line) and x.rank in tariff.later and not x.later
    ]
    return max((line.each - tariff.later[line.rank] for line in full), default=0)


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
