"""What a message about rewards tells of: products with their stars, and what is unclear."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from conversations.policy.reward.owners import ME, personal


@dataclass(frozen=True, slots=True)
class Group:
    """`count` products; `path` are their stars in order: (3,), or (3, 4) when they go up.

    `received` is what each of them was rewarded with so far, in million dong (None: not said);
    `held` says that they were rewarded before. `order`: 1 when the owner's first product is among
    them, more when it is not, 0 when that is not said.
    """

    count: int
    path: tuple[int, ...]
    received: tuple[int, ...] | None = None
    held: bool = False
    order: int = 0
    names: frozenset[str] = frozenset()
    owner: str = ""  # whose they are, where several own products
    counted: bool = True  # False: stars without a product, "3 sao thì sao"
    later: bool = False  # set apart by time: "năm nay", "nữa"
    added: bool = False  # "thêm", "mới": beside those told before
    batch: int = 0  # told of together, then one by one: the place where they were
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
    missed: tuple[tuple[int, int], ...] = ()  # the rank aimed at and the one its points gave
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
    def tells(self) -> bool:
        """Whether what is told can be about nothing but what it is worth."""
        shared = self.sharers > 1 and bool(self.groups)
        return self.several or self.moves or bool(self.missed) or shared or self.kept

    @property
    def kept(self) -> bool:
        """Whether all that is told is that products keep their stars."""
        return bool(self.groups) and all(group.stays for group in self.groups)

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
    had: tuple[int, ...] = ()  # paid for a product whose stars are not told
    first: frozenset[str] = frozenset()  # the name of the owner's first product
    owner: str = ""  # whose products are told of
    owners: int = 1
    single: int = 0  # owners told of one by one: "vợ một cơ sở, chồng một cơ sở"
    apart: bool = False  # persons named have producers of their own
    keys: set[str] = field(default_factory=set)  # owners named
    crowds: int = 0  # pieces with products of a number of owners: "4 hộ có 1 sản phẩm"
    per_owner: bool = False
    together: bool = False  # several people, one producer
    different: bool = False  # as many producers as products
    shared: bool = False  # one sum that the owners share
    people: int = 0  # who share it
    missed: list[tuple[int, int]] = field(default_factory=list)
    unclear: bool = False
    doubtful: bool = False  # whether a piece is of new products only their total can say
    elsewhere: bool = False  # of the province, not of the one who asks
    past: bool = False  # what is told is over
    risen: bool = False  # the stars told of last were reached by going up, or by points
    same: bool = False  # all stars are of one product
    again: bool = False  # looked at anew: "chấm lại"
    aims: bool = False  # at the stars told of last: not yet had
    paying: bool = False  # amounts that go on from the piece before
    before: int = 0  # how many of the groups were told of in a message before

    def add(self, group: Group, opener: str) -> None:
        """One more group, in the order told."""
        self.groups.append(replace(group, owner=self.owner))
        self.openers.append(opener)

    def of(self, rank: int) -> list[Group]:
        """The groups that have or had these stars."""
        return [g for g in self.groups if rank in g.path and g.owner == self.owner]

    def part(self, place: int, mine: Group, rest: Group | None) -> None:
        """`mine` and the rest instead of the group at a place."""
        batch = mine.batch or place + 1
        parts = [replace(g, batch=batch) for g in (mine, rest) if g] if rest else [mine]
        self.groups[place : place + 1] = parts
        self.openers[place : place + 1] = [self.openers[place]] * (2 if rest else 1)

    def settle(self) -> None:
        """What was named, but had no stars yet, has them now."""
        self.orders.clear()
        self.had = ()
        self.names.clear()

    def story(self) -> Story:
        """What was told, as a whole."""
        counted = sum(group.count for group in self.groups)
        known = {counted, sum(g.count for g in self.groups if not g.held)}
        left = self.total if self.total and not self.used else 0
        unclear = self.unclear or bool(left and self.groups and left not in known)
        unclear |= self.doubtful and self.total != counted
        if self.same:
            self._join()
        owners, sure = self._owners()
        unclear |= not sure
        several = len(self.groups) > 1
        if several and (all(g.names for g in self.groups) or self.total == len(self.groups)):
            self.groups = [replace(group, counted=True) for group in self.groups]
        return Story(
            tuple(self.groups), tuple(self.aside), owners, unclear,
            (self.people or self.owners) if self.shared else 0, tuple(self.missed),
            tuple(self.openers), left,
        )  # fmt: skip

    def _join(self) -> None:
        """ "3 sao, rồi 4 sao, rồi 5 sao cho cùng một sản phẩm": one product that goes up."""
        path = tuple(g.rank for g in self.groups)
        if (
            len(path) > 1
            and path == tuple(sorted(set(path)))
            and not any(g.moves for g in self.groups)
        ):
            self.groups = [replace(self.groups[0], path=path, counted=True)]
            self.openers = self.openers[:1]
            self.total = 0

    def _owners(self) -> tuple[int, bool]:
        """How many producers have what was told each, and whether that is sure."""
        named = self._name_owners()
        many = max(self.owners, self.single, len(self.keys) if self.per_owner else 1)
        if (
            self.together and self.per_owner and not self.shared and many > 1
        ):  # each makes some, all of one producer
            self.groups = [replace(g, count=g.count * many, counted=True) for g in self.groups]
        if named or self.shared or self.together:
            return 1, not (named and self.crowds)
        if self.per_owner:
            return many, many > 1
        if self.different and len(self.groups) == 1 and self.groups[0].count == self.owners:
            self.groups = [replace(self.groups[0], count=1)]
            return self.owners, True
        return 1, self.owners == 1

    def _name_owners(self) -> bool:
        """Whether several producers are told of; else the products are all of one."""
        keys = {group.owner or ME for group in self.groups}
        named = len(keys) > 1 and (self.apart or not any(map(personal, keys)))
        self.groups = [replace(g, owner=(g.owner or ME) if named else "") for g in self.groups]
        return named


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
                order=_rest_order(group, order)),
    )  # fmt: skip


def _rest_order(group: Group, order: int) -> int:
    """The order of what is left when the product of this order is taken out."""
    if order == 0:
        return group.order
    return 2 if order == 1 or group.order > 1 else 1
