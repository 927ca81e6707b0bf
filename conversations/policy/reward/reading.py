"""What products a message about rewards tells of: a plain grammar over its tokens.

The message is taken piece by piece, in order. A piece names new products ("hai món 3 sao"), moves
products up ("cái 3 sao lên 4"), or says more of those named ("đã lĩnh 100 triệu"). What the grammar
cannot place makes the whole story unclear: no sum is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.reward import vocabulary
from conversations.policy.reward.past import more
from conversations.policy.reward.pieces import Piece
from conversations.policy.reward.rises import moved, step
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
    told.shared |= piece.says(*vocabulary.SHARED)
    told.per_owner |= piece.says(*vocabulary.PER_OWNER)
    told.owners = max(told.owners, *(t.value for t in piece.of(Kind.OWNERS)), 1)
    if told.per_owner:
        told.owners = max(told.owners, piece.couple)
    ranks = [t for t in piece.ranks if not piece.likened(t, vocabulary.LIKE)]
    if piece.steps_up:
        step(told, piece)
    elif not ranks:
        more(told, piece)
    elif (piece.climbs and not piece.says(*vocabulary.FRESH)) or (
        piece.pronoun and told.groups and len(ranks) == 1 and ranks[0].value > told.groups[-1].rank
    ):
        moved(told, piece, [t.value for t in ranks])
    else:
        named(told, piece, [t.value for t in ranks])
    told.paying = bool(piece.amounts) and (told.paying or piece.says(*vocabulary.RECEIVED))
