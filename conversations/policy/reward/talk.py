"""The products told of in a message, and in the messages before when it leans on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from conversations.policy.reading import Reader
from conversations.policy.reward.cuts import pieces
from conversations.policy.reward.pieces import SCORED, Piece
from conversations.policy.reward.reading import heard
from conversations.policy.reward.story import Group, Story, Told
from conversations.policy.reward.vocabulary import TAKES, TOGETHER
from conversations.policy.reward.words import Kind, Token, scan

_ADDS = ("them", "nua", "another", "more", "add", "plus", "moi", "new")
_TURNS = re.compile(
    r"(?i)^\W*(?:(?:rồi|à|ừ|uh|thế|vậy|rứa|còn|nếu|the|vay|rua|con|neu|and|so|then|ok|dạ|now) )*"
    r"(?:còn|thế|vậy|rứa|nếu|giả sử|con|the|vay|rua|neu|gia su|and|what|how about|so|if|\+)"
)
#: "A thì tôi biết rồi. Thế B?": A was told of before.
_KNOWN = re.compile(
    r"(?i)^(.{4,}?(?:rồi|roi|hiểu|hieu|biết|biet|rõ|got it|i know|understand|ok))\s*[.!;,]\s*"
    r"(?=(?:thế|vậy|rứa|còn|the|vay|rua|con|so|and|then|now)\b)"
)
_WEIGHS = ("hon", "kem", "gap", "chenh", "lech", "than", "exceed", "exceeds", "how much more",
           "times")  # fmt: skip
_LONGEST = 4  # messages that may lean on each other


#: What a message is read with: the words people use, and the stars that points give.
RankOf = Callable[[float], int]


@lru_cache(maxsize=8)  # one message is looked at several times before it is answered
def story(
    reader: Reader, said: str, lang: str, rank_of: RankOf, talk: tuple[str, ...] = ()
) -> Story:
    """What `said` tells of, with what it leans on in `talk` (oldest first).

    `rank_of` gives the stars of a score.
    """
    known = _KNOWN.match(said)
    if known:
        talk, said = (*talk, known[1]), said[known.end() :]
    told = pieces([_in_stars(token, rank_of) for token in scan(reader, said, lang)])
    own = heard(told)
    weighed = any(p.says(*_WEIGHS) for p in told)
    if not talk or len(talk) > _LONGEST * 5:
        return _finished(own, weighed)
    if _asks_all(told, own):
        both = _both(reader, talk, lang, rank_of)
        counted = tuple(replace(group, counted=True) for group in both.groups)
        return replace(both, groups=counted, leans=True)
    other = weighed and len(own.groups) == 1 and not own.moves
    if not other and not _leans(said, told, own):
        return _finished(own)
    before = story(reader, talk[-1], lang, rank_of, talk[-_LONGEST:-1])
    if not before.groups:
        return _finished(own)
    if other and not before.moves and not own.groups[0].owner:
        return _against(own, before)
    return replace(_finished(_on(before, told, own)), leans=True)


def _against(own: Story, before: Story) -> Story:
    """ "5 sao hơn bao nhiêu?": held against what was asked before."""
    openers = (*own.openers, "so", *before.openers[1:])
    return replace(own, groups=(*own.groups, *before.groups), openers=openers, leans=True)


def _in_stars(token: Token, rank_of: RankOf) -> Token:
    """Points as the stars they give."""
    return Token(Kind.RANK, SCORED, rank_of(token.value)) if token.kind is Kind.SCORE else token


def _finished(told: Story, weighed: bool = False) -> Story:
    """Stars without products count only where nothing else is told, or they are weighed."""
    if weighed or any(opener in ("so", "than") for opener in told.openers):
        return told
    counted = [p for p, g in enumerate(told.groups) if g.counted or g.later]
    if not counted or len(counted) == len(told.groups):
        return told
    if any(told.groups[p].later for p in counted) or len(counted) < 1:
        return told
    return replace(
        told, groups=tuple(told.groups[p] for p in counted),
        openers=tuple(told.openers[p] for p in counted),
    )  # fmt: skip


def _asks_all(told: Sequence[Piece], own: Story) -> bool:
    """ "cả hai cái cộng lại?": of everything asked before."""
    return (
        not own.groups
        and any(p.says(*TOGETHER) for p in told)
        and not any(p.says(*TAKES, *_ADDS) or p.one_of for p in told)
    )


def _both(reader: Reader, talk: tuple[str, ...], lang: str, rank_of: RankOf) -> Story:
    last = story(reader, talk[-1], lang, rank_of, talk[:-1][-_LONGEST:])
    if len(last.groups) > 1 or len(talk) < 2:
        return last
    before = story(reader, talk[-2], lang, rank_of, talk[:-2][-_LONGEST:])
    groups = (*before.groups, *last.groups)
    return replace(
        last, groups=groups, openers=(*before.openers, *last.openers),
        unclear=last.unclear or before.unclear,
    )  # fmt: skip


def _leans(said: str, told: Sequence[Piece], own: Story) -> bool:
    """Whether the message says too little alone, or adds to what was told before."""
    turns = _TURNS.match(said) is not None
    if any(p.one_of for p in told) or not own.groups:
        return (
            turns
            or bool(own.left)
            or own.sharers > 1
            or any(p.one_of or p.says(*TAKES) for p in told)
        )
    if any(g.order > 1 for g in own.groups):
        return any(p.says("cong", *TOGETHER) for p in told)
    if all(not g.counted for g in own.groups):
        return turns
    if all(g.later for g in own.groups):
        return any(p.says("them", "nua", "another", "more", "add", "plus") for p in told) or (
            said.lstrip().startswith("+")
        )
    return said.lstrip().startswith("+") or (turns and own.moves and len(own.groups) == 1)


def _on(before: Story, told: Sequence[Piece], own: Story) -> Story:
    """What was told before with what the message changes of it."""
    groups = before.groups
    takes = any(p.says(*TAKES) for p in told)
    rises = [one for one in (groups, own.groups) if len(one) == 1 and one[0].moves]
    if len(rises) == 2 and not any(p.says(*_ADDS, *TOGETHER) for p in told):
        return own  # "3 sao lên 4?", "thế 4 lên 5?": another rise in its place
    if not own.groups and own.left and len(groups) == 1 and not takes:
        if own.owners > 1:  # "nếu là của 5 hộ, mỗi hộ một sản phẩm"
            return replace(before, groups=(replace(groups[0], count=own.left),), owners=own.owners)
        adds = any(p.says(*_ADDS) for p in told)
        count = own.left + (groups[0].count if adds else 0)
        return replace(before, groups=(replace(groups[0], count=count, counted=True),), left=0)
    if len(groups) == 1 and _bare(own) and not any(p.climbs for p in told):
        return replace(before, groups=(_instead(groups[0], own.groups[0]),), left=0)
    ear = Told(
        groups=[replace(g, counted=True) for g in groups], openers=list(before.openers),
        owners=before.owners, per_owner=before.owners > 1, unclear=before.unclear,
        before=len(groups),
    )  # fmt: skip
    return heard(told, ear)


def _bare(own: Story) -> bool:
    """ "thế còn 5 sao?"."""
    return len(own.groups) == 1 and not own.groups[0].counted and not own.groups[0].added


def _instead(group: Group, other: Group) -> Group:
    """The same products with other stars."""
    return replace(group, path=other.path, received=None, held=False)
