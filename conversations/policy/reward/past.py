"""Pieces without stars: what was paid before, how many there are, what they are called."""

from __future__ import annotations

from dataclasses import replace

from conversations.policy.reward import vocabulary
from conversations.policy.reward.pieces import Piece
from conversations.policy.reward.story import Group, Told, parted


def more(told: Told, piece: Piece) -> None:
    if told.paying and piece.amounts_only and told.groups:
        _paid(told, len(told.groups) - 1, piece.amounts, add=True)
        return
    none_yet = piece.says(*vocabulary.NONE_YET)
    amounts = piece.received(vocabulary.RECEIVED, 1, past=told.past)
    held = piece.says(*vocabulary.HELD) and not piece.asks
    amounts = amounts if amounts is not None else _next_paid(told, piece)
    another = bool(told.groups) and _another(told, piece)
    if (not told.groups or another) and amounts is not None:
        told.had = amounts
    if another:
        told.orders += piece.orders
        return
    if told.groups and (none_yet or amounts is not None or held):
        _before(told, piece, none_yet, amounts)
    elif piece.orders and not piece.ranks:
        _ordered(told, piece)
    elif piece.count is not None and not piece.ranks:
        _counted(told, piece)
    elif piece.listed and not piece.ranks:
        _listed(told, piece)


def _another(told: Told, piece: Piece) -> bool:
    """Whether money is told of the owner's next product, whose stars come later."""
    last = told.groups[-1]
    orders = [group.order for group in told.groups]
    return (
        bool(piece.orders and piece.amounts)
        and last.count == 1
        and (orders[-1] > 0 and piece.orders[0] not in orders)
    )


def _next_paid(told: Told, piece: Piece) -> tuple[int, ...] | None:
    """ "the second 50 million": the verb was said of the product before."""
    return piece.amounts if told.paying and piece.orders and piece.amounts else None


def _ordered(told: Told, piece: Piece) -> None:
    """ "món thứ hai, thứ ba cũng 3 sao", "bánh gai là món thứ nhất"."""
    if piece.names and piece.orders[0] == 1:
        told.first = piece.names
        told.names.append(piece.names)
    elif piece.opener == "(" and told.groups:
        told.groups[-1] = replace(told.groups[-1], order=piece.orders[0])
    elif not piece.asks:
        told.orders += piece.orders


def _counted(told: Told, piece: Piece) -> None:
    count = piece.count or 0
    if piece.says(*vocabulary.STARLESS):
        told.total = max(0, told.total - count)
        return
    if told.per_owner and [g.count for g in told.groups] == [count * told.owners]:
        told.groups = [replace(told.groups[0], count=count)]  # "ba nhà ba món, mỗi nhà một món"
        return
    if told.groups and piece.says(*vocabulary.EACH_RANK):
        told.groups = [replace(group, count=count, counted=True) for group in told.groups]
        return
    if told.groups and piece.amounts:
        return  # "món đầu 100, hai món sau mỗi món 50": of those named
    if len(told.groups) == 1 and not told.groups[0].counted and not piece.asks:
        told.groups = [replace(told.groups[0], count=count, counted=True)]
        return
    if told.groups and piece.says(*vocabulary.TAKES):
        _less(told, count)
        return
    if piece.asks and len(told.groups) == 1 and told.groups[0].count == 1 and not piece.whole:
        told.groups = [replace(told.groups[0], count=count, counted=True)]
        return
    if piece.asks and not piece.told:
        return
    if told.groups and piece.says(*vocabulary.SAME):
        return  # "một món giữ nguyên": of those named
    if len(told.groups) == 1 and told.groups[0].moves and told.groups[0].count == 1 < count:
        told.groups = [replace(told.groups[0], count=count)]  # "từ 4 lên 5 sao cho hai sản phẩm"
        return
    if told.groups and (piece.says(*vocabulary.THOSE) or piece.whole):
        return
    if told.total and not told.used and not told.groups:
        told.unclear = True
    told.total, told.used = count, False
    told.names.clear()


def _less(told: Told, count: int) -> None:
    """ "bỏ bớt một cái"."""
    group = told.groups[0]
    if len(told.groups) > 1 or count >= group.count:
        told.unclear = True
    else:
        told.groups = [replace(group, count=group.count - count)]


def _listed(told: Told, piece: Piece) -> None:
    if piece.opener == ".":
        told.names.clear()
    told.names.append(piece.listed)


def _before(told: Told, piece: Piece, none_yet: bool, amounts: tuple[int, ...] | None) -> None:
    """What was rewarded before, said of products already named."""
    place = len(told.groups) - 1
    if piece.count is not None and piece.says("truoc", "earlier", "previous"):
        told.add(Group(piece.count, (told.groups[place].path[0],), held=True), piece.opener)
        return
    named = [p for p, g in enumerate(told.groups) if piece.names & g.names]
    if named:
        place = named[-1]
    group = told.groups[place]
    part = min(piece.count or group.count, group.count)
    one = (bool(named) and one_name(told, piece)) or (
        part < group.count and not piece.says("moi", "each")
    )
    every = piece.says(*vocabulary.EACH) and amounts is None and not piece.count
    if every and not none_yet:
        told.groups = [replace(g, held=True) for g in told.groups]
    elif none_yet:
        told.groups = [replace(g, received=(0,) * g.count, held=False) for g in told.groups]
    elif amounts is None and not one:
        told.groups[place] = replace(group, held=True)
    elif one or (piece.orders and group.count > 1):
        order = piece.orders[0] if piece.orders else 0
        mine, rest = parted(group, part if part < group.count else 1, order)
        told.part(place, replace(mine, received=amounts, held=True), rest)
    else:
        each = piece.received(vocabulary.RECEIVED, group.count, past=told.past)
        _paid(told, place, each or amounts or ())


def _paid(told: Told, place: int, amounts: tuple[int, ...], *, add: bool = False) -> None:
    group = told.groups[place]
    received = (*(group.received or ()), *amounts) if add else amounts
    told.groups[place] = replace(group, received=received, held=True)


def one_name(told: Told, piece: Piece) -> bool:
    """ "bánh gai lên 4 sao" after "bánh gai, bánh ú, bánh tét": one of them."""
    return (
        bool(piece.names)
        and not piece.whole
        and any(piece.names & g.names and not g.names <= piece.names for g in told.groups)
    )
