"""What products a message about rewards tells of: a plain grammar over its tokens.

The message is taken piece by piece, in order. A piece names new products ("hai món 3 sao"), moves
products up ("cái 3 sao lên 4"), or says more of those named ("đã lĩnh 100 triệu"). What the grammar
cannot place makes the whole story unclear: no sum is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.reward import vocabulary
from conversations.policy.reward.owners import ME, kind_of_owner, owner, per_owner, sharers
from conversations.policy.reward.past import more
from conversations.policy.reward.pieces import Piece
from conversations.policy.reward.rises import moved, scored, step
from conversations.policy.reward.stars import named
from conversations.policy.reward.story import Story, Told
from conversations.policy.reward.words import Kind


def heard(pieces: Sequence[Piece], told: Told | None = None) -> Story:
    """What the pieces tell, in order, after what was `told` before."""
    told = told or Told()
    for piece in pieces:
        _hear(told, piece)
    return told.story()


def _hear(told: Told, piece: Piece) -> None:
    """One more piece of the message."""
    goal = not piece.ranks and piece.says(*vocabulary.GOALS)
    told.elsewhere = piece.says(*vocabulary.PROVINCE) or (
        told.elsewhere and piece.opener != "." and not piece.says("neu", "if")
    )
    if goal or told.elsewhere:
        return
    told.unclear |= bool(piece.count) and piece.says(*vocabulary.SHARES)
    told.past = (told.past and piece.opener != ".") or piece.over or piece.says(*vocabulary.PAST)
    _owned(told, piece)
    ranks = [t for t in piece.ranks if not piece.likened(t, vocabulary.LIKE)]
    values = [token.value for token in ranks]
    if piece.scored and scored(told, piece):
        pass
    elif not ranks:
        (step if piece.steps_up else more)(told, piece)
    elif _goes_up(told, piece, values):
        moved(told, piece, values)
    else:
        named(told, piece, values)
        if piece.steps_up:
            step(told, piece)
    told.same |= piece.says(*vocabulary.SAME_PRODUCT)
    told.risen = bool(ranks) and (piece.climbs or piece.scored)
    told.again = piece.says(*vocabulary.AGAIN)
    told.aims = bool(ranks) and (piece.says(*vocabulary.AIMS) or piece.climbs)
    told.paying = bool(piece.amounts) and (told.paying or piece.says(*vocabulary.RECEIVED))


def _goes_up(told: Told, piece: Piece, ranks: Sequence[int]) -> bool:
    """Whether the stars of a piece are reached by going up, from those told of before."""
    if piece.climbs and not piece.says(*vocabulary.FRESH):
        return True
    if not told.groups or len(ranks) > 1:
        return False
    last = told.groups[-1]
    higher = ranks[0] > last.rank and piece.count is None
    anew = last.held and bool(piece.names & last.names) and not piece.says("moi", "khac", "new")
    return (piece.goes_on and last.moves) or (higher and (piece.pronoun or anew))


def _owned(told: Told, piece: Piece) -> None:
    """Whose products are told of, and who shares what they bring."""
    told.shared |= piece.says(*vocabulary.SHARED)
    told.people = sharers(piece.tokens, told.people)
    told.per_owner |= per_owner(piece.text)
    told.together |= piece.says(*vocabulary.TOGETHER_OWNED)
    told.different |= piece.says("khac nhau", "different", "khac", "rieng", "separate")
    counts = [token.value for token in piece.of(Kind.OWNERS)]
    told.owners = max(told.owners, *counts, 1)
    told.crowds += bool(piece.ranks) and max(counts, default=0) > 1
    told.single += counts.count(1) if not piece.says("moi", "cung", "chung") else 0
    if told.per_owner:
        told.owners = max(told.owners, piece.couple)
    told.apart |= piece.says(*vocabulary.APART) or max(told.owners, told.single) > 1
    key = owner(piece.tokens)
    if not key and max(told.owners, told.single) > 1 and not told.per_owner:
        key = kind_of_owner(piece.tokens)
    if key and not piece.asks:
        told.keys.add(key)
        again = key == told.owner and told.groups and (counts or told.owners > 1) and key != ME
        told.owner = f"{key} {len(told.groups)}" if again else key
