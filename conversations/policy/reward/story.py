"""What a message about rewards tells of: products with their stars, and what is unclear."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Group:
    """`count` products; `path` are their stars in order: (3,), or (3, 4) when they go up.

    `received` is what each of them was rewarded with so far, in million dong (None: not said);
    `held` says that they were rewarded before. `order` is the place of one among the owner's.
    """

    count: int
    path: tuple[int, ...]
    received: tuple[int, ...] | None = None
    held: bool = False
    order: int = 0
    names: frozenset[str] = frozenset()
    counted: bool = True  # False: stars without a product, "3 sao thì sao"
    later: bool = False  # set apart by time: "năm nay", "nữa"
    added: bool = False  # "thêm", "mới": beside those told before
    stays: bool = False  # left as it was when others like it went up

    @property
    def rank(self) -> int:
        return self.path[-1]

    @property
    def moves(self) -> bool:
        return len(self.path) > 1


@dataclass(frozen=True, slots=True)
class Story:
    """The products told of. `unclear`: something told is not explained by the groups."""

    groups: tuple[Group, ...] = ()
    aside: tuple[Group, ...] = ()  # asked apart: "riêng hai cái 3 sao"
    owners: int = 1  # producers that have these products each
    unclear: bool = False
    sharers: int = 0  # how many share the sum, when it is to be shared
    openers: tuple[str, ...] = ()  # the word before each group: "hay", "với"
    left: int = 0  # a number of products told without stars
    leans: bool = False  # on a message before

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def several(self) -> bool:
        """Whether there is something to add up."""
        return self.count * self.owners > 1 and any(group.counted for group in self.groups)

    @property
    def moves(self) -> bool:
        """Whether a product goes up."""
        return any(group.moves for group in self.groups)


@dataclass(slots=True)
class Told:
    """What the pieces heard so far tell of."""

    groups: list[Group] = field(default_factory=list)
    openers: list[str] = field(default_factory=list)
    aside: list[Group] = field(default_factory=list)
    total: int = 0  # a number of products whose stars come later, or that sums up others
    used: bool = False  # the total was given stars
    names: list[frozenset[str]] = field(default_factory=list)  # products named without stars yet
    orders: list[int] = field(default_factory=list)
    first: frozenset[str] = frozenset()  # the name of the owner's first product
    owners: int = 1
    per_owner: bool = False
    shared: bool = False  # one sum that the owners share
    unclear: bool = False
    doubtful: bool = False  # whether a piece is of new products only their total can say
    elsewhere: bool = False  # of the province, not of the one who asks
    past: bool = False  # what is told is over
    paying: bool = False  # amounts that go on from the piece before
    before: int = 0  # how many of the groups were told of in a message before

    def add(self, group: Group, opener: str) -> None:
        """One more group, in the order told."""
        self.groups.append(group)
        self.openers.append(opener)

    def of(self, rank: int) -> list[Group]:
        """The groups that have or had these stars."""
        return [group for group in self.groups if rank in group.path]

    def part(self, place: int, mine: Group, rest: Group | None) -> None:
        """`mine` and the rest instead of the group at a place."""
        self.groups[place : place + 1] = [mine, rest] if rest else [mine]
        self.openers[place : place + 1] = [self.openers[place]] * (2 if rest else 1)

    def settle(self) -> None:
        """What was named, but had no stars yet, has them now."""
        self.orders.clear()
        self.names.clear()

    def story(self) -> Story:
        counted = sum(group.count for group in self.groups)
        known = {counted, sum(g.count for g in self.groups if not g.held)}
        left = self.total if self.total and not self.used else 0
        unclear = self.unclear or bool(left and self.groups and left not in known)
        unclear |= self.doubtful and self.total != counted
        each = self.per_owner and not self.shared
        if (self.owners > 1 and not (each or self.shared)) or (each and self.owners < 2):
            unclear = True
        several = len(self.groups) > 1
        if several and (all(g.names for g in self.groups) or self.total == len(self.groups)):
            self.groups = [replace(group, counted=True) for group in self.groups]
        return Story(
            tuple(self.groups), tuple(self.aside), self.owners if each else 1, unclear,
            self.owners if self.shared else 0, tuple(self.openers), left,
        )  # fmt: skip


def parted(group: Group, count: int, order: int) -> tuple[Group, Group | None]:
    """`count` products of a group and the rest, each with its part of what was received."""
    if count >= group.count:
        return group, None
    got = group.received or ()
    shared = len(got) == group.count
    start = min(max(order - 1, 0), group.count - count)
    mine = got[start : start + count] if shared else None
    left = (*got[:start], *got[start + count :]) if shared else None
    return (
        replace(group, count=count, order=order, received=mine),
        replace(group, count=group.count - count, received=left,
                order=0 if order == 0 else 2),
    )  # fmt: skip
