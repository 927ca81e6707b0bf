"""Pieces in which products go up: "3 sao lên 4 sao", "cả ba lên 5 sao", "một trong hai cái đó"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from conversations.policy.reward import vocabulary
from conversations.policy.reward.past import one_name
from conversations.policy.reward.pieces import SCORED, Piece
from conversations.policy.reward.stars import group, listed, named, number
from conversations.policy.reward.story import Group, Told, parted


def moved(told: Told, piece: Piece, path: Sequence[int]) -> None:
    rises = tuple(path)
    if len(rises) == 2 and rises[0] > rises[1] and piece.says("tu", "from"):
        rises = rises[::-1]  # "lên 5 sao từ 3 sao"
    if any(a >= b for a, b in pairwise(rises)):
        told.unclear |= not piece.says("hon", "so", "than", "kem")
        listed(told, piece, path)
        return
    if len(rises) == 1 and piece.count is None and _lists_new(told, piece):
        named(told, piece, path)
        return
    if len(rises) == 1 and told.groups and _of_all(told, piece):
        _all_move(told, piece, rises[0])
        told.settle()
        return
    if len(rises) == 2 and piece.says("cung len", "deu len", "both", "cung nhau"):
        alike = [replace(g, path=rises, counted=True) if g.path == rises[:1] else g
                 for g in told.groups]  # fmt: skip
        told.groups = alike
    place = _subject(told, piece, rises)
    if place is None:
        _new_move(told, piece, rises)
    else:
        _move(told, place, piece, rises)
    told.settle()


def _lists_new(told: Told, piece: Piece) -> bool:
    """ "cu đơ lên 4 sao": a product named before that had no stars yet."""
    named = any(piece.names & names for names in told.names)
    return named and not any(piece.names & g.names for g in told.groups)


def _new_move(told: Told, piece: Piece, rises: tuple[int, ...]) -> None:
    if len(rises) == 1 and piece.whole and told.groups:
        _all_move(told, piece, rises[0])
        return
    lower = any(g.rank < rises[0] and g.count >= (piece.count or 0) for g in told.groups)
    if len(rises) == 1 and piece.count and lower and not piece.says("gang"):
        told.doubtful = True  # some of those named before, or others?
    order = (piece.orders or told.orders or [0])[0]
    count = number(told, piece, piece.count)
    made = group(told, piece, count, rises[-1], order)
    had = made.received or told.had
    if rises == (4,) and piece.orders and piece.says(*vocabulary.MORE):
        rises = (3, 4)  # what is added is asked, and only one rank below is rewarded
        made = replace(made, received=None)
    elif len(rises) == 1 and had:
        rises = (0, *rises)  # what was paid says from which rank
        made = replace(made, received=had[:1])
    moves = len(rises) > 1
    made = replace(made, path=rises, held=moves, counted=moves or made.counted)
    told.add(made, piece.opener)


def _of_all(told: Told, piece: Piece) -> bool:
    """ "nay đều lên 5 sao", or "may jump to 5 stars" after what each of them was paid."""
    if piece.count is not None or piece.orders or piece.noun or piece.names or piece.one_of:
        return False
    batch = {g.batch for g in told.groups}
    together = batch != {0} and len(batch) == 1 and not any(g.moves for g in told.groups)
    return together or (piece.says(*vocabulary.ALL) and len(told.groups) > 1)


def _all_move(told: Told, piece: Piece, rank: int) -> None:
    """ "cả ba cùng lên 4 sao", "both move up to 5 stars"."""
    count = sum(group.count for group in told.groups)
    if piece.count not in (None, count) or any(g.rank >= rank for g in told.groups):
        told.unclear = True
        return
    told.groups = [replace(g, path=(*g.path, rank), counted=True) for g in told.groups]


def step(told: Told, piece: Piece) -> None:
    """ "tất cả lên một hạng": each to the rank above its own."""
    if len(told.groups) > 1 and not piece.whole and not piece.says(*vocabulary.EACH):
        told.unclear = True
    told.groups = [replace(g, path=(*g.path, g.rank + 1), counted=True) for g in told.groups]


def _subject(told: Told, piece: Piece, rises: tuple[int, ...]) -> int | None:
    """The place of the group that goes up; None when it is a new one."""
    if piece.whole and len(rises) == 1 and len(told.groups) > 1:
        return None
    places = [p for p, g in enumerate(told.groups) if g.rank < rises[-1]]
    if len(rises) > 1:
        return _of_rank(told, piece, places, rises[0])
    named = [p for p in places if piece.names & told.groups[p].names]
    ordered = [p for p in places if piece.orders and _may_be(told.groups[p], piece.orders[0])]
    if named or ordered:
        return (named or ordered)[-1 if named else 0]
    if piece.orders:
        return None
    if piece.count is not None and not (
        piece.one_of or piece.says(*vocabulary.THOSE) or piece.whole
    ):
        fits = [p for p in places if piece.count <= told.groups[p].count]
        return (
            fits[-1]
            if fits
            and (
                piece.says(*vocabulary.NOW)
                or told.groups[fits[-1]].held
                or piece.tokens[0].word == "co"
            )
            and not piece.says("gang")
            else None
        )
    return places[-1] if places and places[-1] == len(told.groups) - 1 else None


def _may_be(group: Group, order: int) -> bool:
    """Whether the owner's product of this order may be among these."""
    if group.count > 1:
        return not group.moves and not (order == 1 and group.order > 1)
    return group.order in (0, order)


def _of_rank(told: Told, piece: Piece, places: Sequence[int], rank: int) -> int | None:
    """ "cái 3 sao lên 4": the products of these stars named before."""
    count = piece.count
    alone = count is None and not piece.noun  # "rồi từ 4 lên 5": the same product goes on
    same = [
        p for p in places
        if told.groups[p].rank == rank and (alone or not told.groups[p].moves)
    ]  # fmt: skip
    if not same or piece.says(*vocabulary.NEW, "khac", "other", "different"):
        return None
    return same[-1] if count is None or count <= told.groups[same[-1]].count else None


def _move(told: Told, place: int, piece: Piece, rises: tuple[int, ...]) -> None:
    group = told.groups[place]
    count = group.count
    if piece.count is not None:
        count = piece.count
    elif piece.orders or (piece.noun and not piece.says(*vocabulary.EACH)) or one_name(told, piece):
        count = 1
    if count > group.count:
        told.unclear = True
        return
    order = piece.orders[0] if piece.orders else group.order
    if count < group.count and piece.says("sau cung", "cuoi", "cuoi cung", "last", "later"):
        order = group.count - count + 1
    if told.first and piece.names & told.first:
        order = 1
    mine, rest = parted(group, count, order)
    received = piece.received(vocabulary.RECEIVED, count, past=told.past)
    start = mine.path[:1] if place < told.before and mine.moves else mine.path
    moved = replace(
        mine, path=(*start, *(r for r in rises if r > start[-1])), counted=True, order=order,
        received=received if received is not None else mine.received,
    )  # fmt: skip
    told.part(place, moved, rest)
    told.groups = [g if g.moves or g.added else replace(g, stays=True) for g in told.groups]


def scored(told: Told, piece: Piece) -> bool:
    """Points that say what became of a product told of before; False when they are of another."""
    if not told.groups or piece.count is not None or piece.orders:
        return False
    rank = next(token.value for token in piece.ranks if token.word == SCORED)
    aim = next((token.value for token in piece.ranks if token.value != rank), 0)
    if told.aims and not told.groups[-1].moves:
        aim = told.groups.pop().rank  # asked for, not had
        told.openers.pop()
        if not told.groups:
            told.add(group(told, piece, 1, rank, 0), piece.opener)
            told.missed += [(aim, rank)] if rank < aim else []
            return True
    last = told.groups[-1]
    again = told.again or piece.says(*vocabulary.AGAIN)
    if last.count > 1 or not (aim or last.moves or last.held or again):
        return False
    aim = aim or (last.rank if last.moves else 0)
    had = last.path[0]
    path = (had, rank) if rank > had else (had,)
    told.groups[-1] = replace(last, path=path, held=True, counted=True, stays=rank <= had)
    if rank < aim:
        told.missed.append((aim, rank))
    return True
