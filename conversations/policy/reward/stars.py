"""Pieces that give products their stars: "hai món 3 sao", "đều 4 sao", "còn lại 5 sao"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conversations.policy.reward import vocabulary
from conversations.policy.reward.past import more
from conversations.policy.reward.pieces import IS, Piece
from conversations.policy.reward.story import Group, Told, parted


def named(told: Told, piece: Piece, ranks: Sequence[int]) -> None:
    rank, count = ranks[0], piece.count
    if len(ranks) > 1:
        listed(told, piece, ranks)
        return
    if piece.says(*vocabulary.ASIDE) and told.of(rank):
        told.aside.append(Group(count or told.of(rank)[-1].count, (rank,)))
        return
    if told.missed and count is None and [g.rank for g in told.groups] == [rank]:
        told.groups[-1] = replace(told.groups[-1], held=True, stays=True)
        return  # "xin lên 5 sao mà được 89 điểm, đang 4 sao"
    if count is None and piece.says(*vocabulary.BEFORE) and _started(told, piece, rank):
        return
    if piece.one_of and _instead(told, rank, count or 1):
        return
    if _again(told, piece, rank, count):
        if piece.opener != "(" or piece.amounts:
            more(told, piece)
        return
    orders = [*told.orders, *piece.orders]
    if orders and (count is None or len(orders) > 1):
        for order in orders:
            told.add(group(told, piece, 1, rank, order), piece.opener)
    else:
        many = number(told, piece, count)
        order = piece.orders[0] if piece.orders else 0
        told.add(group(told, piece, many, rank, order), piece.opener)
    told.settle()


def _started(told: Told, piece: Piece, rank: int) -> bool:
    """ "xin lên 4 sao được 71 điểm, trước đó 3 sao lĩnh 100": where the last one came from."""
    last = told.groups[-1] if told.groups else None
    if last is None or last.moves or last.count > 1 or last.rank <= rank or not told.risen:
        return False
    received = piece.received(vocabulary.RECEIVED, 1, past=True)
    told.groups[-1] = replace(last, path=(rank, last.rank), held=True, received=received)
    return True


def listed(told: Told, piece: Piece, ranks: Sequence[int]) -> None:
    """ "lần lượt 3 sao, 3 sao, 5 sao": a product each, or levels that are only asked about."""
    many, each = piece.count or 1, piece.says(*vocabulary.EACH_RANK)
    told.unclear |= many > 1 and many != len(ranks) and not each
    products = each or many == len(ranks) or len(set(ranks)) < len(ranks)
    for rank, order in zip(ranks, piece.rank_orders[-len(ranks) :], strict=True):
        told.add(Group(many if each else 1, (rank,), order=order, counted=products), piece.opener)
    told.settle()


def _instead(told: Told, rank: int, count: int) -> bool:
    """ "giả sử một trong ba món đó đạt 4 sao": stars that these have instead of others."""
    place = next((p for p, g in enumerate(told.groups) if g.count > count), None)
    if place is None:
        return False
    mine, rest = parted(told.groups[place], count, 0)
    changed = replace(mine, path=(rank,), received=None, held=False, counted=True)
    told.groups[place : place + 1] = [rest or mine, changed]
    told.openers[place : place + 1] = [told.openers[place]] * 2
    return True


def number(told: Told, piece: Piece, count: int | None) -> int:
    """How many products a piece with stars is about."""
    each = piece.says(*vocabulary.EACH) and not piece.says(*vocabulary.SHARED)
    if count is not None:
        told.used |= each and count == told.total
        return count
    if piece.rest and told.total and not told.used:
        told.used = True
        return told.total - sum(group.count for group in told.groups)
    if each and told.total and not told.used:
        told.used = True
        return told.total - sum(g.count for g in told.groups) or told.total
    if piece.says("both"):
        return 2
    near = piece.opener != "." or piece.says("tat ca", "ca", "all", "both")
    if told.names and near and (each or (piece.opener in ("va", "voi", "and") and piece.names)):
        return len(told.names) + bool(piece.listed if each else piece.names)
    return 1


def group(told: Told, piece: Piece, count: int, rank: int, order: int) -> Group:
    own = piece.names or piece.listed
    names = frozenset().union(*told.names, own) if told.names else own
    received = piece.received(vocabulary.RECEIVED, count, past=told.past)
    if received is None and told.had and order:
        received = told.had  # "the second was paid 50 million (3 stars)"
    rule = count == 1 and piece.amounts and received is None and piece.says(*vocabulary.RULE)
    named = piece.noun or piece.rest or piece.count is not None or piece.says(IS) or told.names
    mine = named or order or count > 1 or (names and (piece.told or told.total))
    return Group(
        count, (rank,), received,
        held=(received is not None or piece.says(*vocabulary.HELD)) and not _fresh(piece),
        order=order, names=names, counted=bool(mine) and not rule,
        later=piece.says(*vocabulary.NEW, *vocabulary.NOW), added=piece.says(*vocabulary.NEW),
    )  # fmt: skip


def _fresh(piece: Piece) -> bool:
    return (
        piece.says(*vocabulary.NEW)
        or piece.says(*vocabulary.NONE_YET)
        or piece.says("nam nay", "gio", "now")
    )


def _again(told: Told, piece: Piece, rank: int, count: int | None) -> bool:
    """Whether the piece points back at products named before with these stars."""
    those = piece.says(*vocabulary.THOSE)
    same = [g for g in told.of(rank) if not g.moves or g.path[0] == rank or those]
    if not same or piece.orders or told.orders or piece.says(IS):
        return False
    if count is None and (piece.opener == "(" or piece.says(*vocabulary.SAME)):
        return True
    if count == same[-1].count and piece.says(*vocabulary.SAME):
        return True
    if piece.says(*vocabulary.NEW):
        return False
    if count is None:
        names = piece.names or piece.listed
        known = bool(names & same[-1].names)
        return known or (not names and (piece.noun or not piece.told))
    return count == same[-1].count and (those or piece.whole or piece.says("hon", "kem", "more"))
