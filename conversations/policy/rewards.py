"""The proposed rewards, worked out line by line. Never promised: the report only proposes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tariff:
    """Million dong by rank, and what a later product of a rank gets instead (report, section 7)."""

    first: dict[int, int]
    later: dict[int, int]

    def upgrade(self, before: int, after: int, received: int | None = None) -> int:
        """Million dong added when a product goes up: the new level less what was received."""
        held = received if received is not None else self.first.get(before, 0)
        return self.first[after] - held


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: `count` products of `rank` stars at `each` million dong."""

    count: int
    rank: int
    each: int
    later: bool = False

    @property
    def total(self) -> int:
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Sum:
    """A total in million dong with its lines; `low` when the order of products could lower it."""

    lines: tuple[Line, ...]
    total: int
    low: int | None = None


def total(tariff: Tariff, groups: Sequence[tuple[int, int]], already: int = 0) -> Sum:
    """Rewards of (count, rank) groups; `already` products of the producer were rewarded before.

    Only 3 stars change with the order: the producer's first product gets the full amount, later
    ones the later amount. With other ranks in the sum the 3-star one may be first or not: `total`
    takes it as first, `low` as later.
    """
    lines: list[Line] = []
    for count, rank in groups:
        lines += _lines(tariff, count, rank, already)
    whole = sum(line.total for line in lines)
    mixed = len({rank for _, rank in groups}) > 1
    cut = [line for line in lines if line.rank in tariff.later and not line.later]
    low = None
    if mixed and cut:
        low = whole - sum((line.each - tariff.later[line.rank]) * line.count for line in cut)
    return Sum(tuple(lines), whole, low)


def _lines(tariff: Tariff, count: int, rank: int, already: int) -> list[Line]:
    if rank not in tariff.later:
        return [Line(count, rank, tariff.first[rank])]
    full = 0 if already else 1
    lines = [Line(full, rank, tariff.first[rank])] if full else []
    if count > full:
        lines.append(Line(count - full, rank, tariff.later[rank], later=True))
    return lines
