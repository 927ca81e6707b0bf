"""A message about rewards cut into its pieces: each with products of one kind, or one rise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conversations.policy.reward import vocabulary
from conversations.policy.reward.pieces import IS, SCORED, Piece, is_amount
from conversations.policy.reward.words import Kind, Token

_SHORT = 3  # words of the name of a product before its stars


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """The message cut where a new piece begins."""
    found: list[Piece] = []
    held: list[Token] = []
    opener = "."
    ordered = _counts_first(tokens)
    for place, token in enumerate(ordered):
        if _lists_on(ordered, place, held):
            continue
        cut = _cut(ordered, place, held)
        if cut:
            begun = [held.pop()] if token.kind is Kind.COUNT and _has(held) else []
            if held:
                found.append(Piece(tuple(held), opener))
                held, opener = begun, token.word
            elif token.word in (".", ":") or opener == ",":
                opener = token.word
        if token.kind is Kind.STOP and not cut:
            held.append(Token(Kind.WORD, IS))
        if token.kind is not Kind.STOP and not (cut and token.word in vocabulary.JOINS):
            held.append(token)
    return [*found, Piece(tuple(held), opener)] if held else found


def _cut(tokens: Sequence[Token], place: int, held: Sequence[Token]) -> bool:
    """Whether a new piece begins at a place."""
    token = tokens[place]
    if token.kind is Kind.STOP:
        rank = place + 1 < len(tokens) and tokens[place + 1].kind is Kind.RANK
        return not (token.word in ":-" and rank and _names_one(held))
    after = tokens[place + 1] if place + 1 < len(tokens) else Token(Kind.STOP, ".")
    if token.word == "so" and after.word == "voi":
        return True
    if token.kind is Kind.WORD and token.word in vocabulary.JOINS:
        before = held[-1].word if held else ""
        return (before, token.word) not in vocabulary.NOT_JOINS
    ranked = any(t.kind is Kind.RANK for t in held)
    if token.kind is Kind.RANK and token.word == SCORED:
        return ranked and held[-1].word != SCORED
    if token.word == "them" and not any(
        t.kind in (Kind.COUNT, Kind.NOUN, Kind.RANK) for t in tokens[place + 1 : place + 3]
    ):
        return False  # "all of them", "thưởng thêm mấy"
    if token.kind is Kind.WORD and token.word in vocabulary.OPENS:
        return ranked and after.kind is not Kind.STOP and token.word not in ("nay", "ma", "bay")
    if token.kind is Kind.COUNT:
        before = held[-1].word if held else ""
        if " ".join(t.word for t in held if t.kind is Kind.WORD).startswith(vocabulary.EACH_RANK):
            return False  # "3, 4, 5 sao mỗi hạng hai món"
        told = ranked or {Kind.COUNT, Kind.NOUN} <= {t.kind for t in held}
        return told and before not in ("ca", "trong", "of", "them", "all", "roi", "rieng")
    if token.kind is Kind.NOUN and ranked and held[-1].kind is not Kind.RANK:
        last = held[-1]
        counted = last.kind is Kind.COUNT or last.word in ("them", "moi", "rieng", "may")
        return not counted and _rank_follows(tokens[place:])
    return False


def _has(held: Sequence[Token]) -> bool:
    """ "ba sản phẩm 4 sao có một sản phẩm lên 5 sao": "có" goes with what follows."""
    return len(held) > 1 and held[-1].word == "co"


def _names_one(held: Sequence[Token]) -> bool:
    """ "sp 1: 3 sao", "mật ong: 4 sao": a product and its stars are one piece."""
    if not held or len(held) > _SHORT:
        return False
    return held[-1].kind is Kind.ORDER or all(t.kind is Kind.WORD for t in held)


def _lists_on(tokens: Sequence[Token], place: int, held: Sequence[Token]) -> bool:
    """Whether a stop or "và" stands inside a list: of amounts, or of stars without products."""
    if tokens[place].kind is not Kind.STOP and tokens[place].word not in vocabulary.LISTS:
        return False
    following = next((t for t in tokens[place + 1 :] if t.kind is not Kind.STOP), None)
    if not held or following is None or tokens[place].word in ".(":
        return False
    if is_amount(held[-1]):
        return is_amount(following)
    after = tokens[tokens.index(following, place) + 1 :]
    rises = any(t.word in vocabulary.UP for t in (*held, *after[:1]))
    return held[-1].kind is following.kind is Kind.RANK and not rises


def _rank_follows(tokens: Sequence[Token]) -> bool:
    for token in tokens:
        if token.kind is Kind.STOP:
            return False
        if token.kind is Kind.RANK:
            return True
    return False


def _counts_first(tokens: Sequence[Token]) -> list[Token]:
    """ "3 sao có 2 món, 4 sao 1 món" with each number before its stars."""
    told = [t for t in tokens if t.kind in (Kind.RANK, Kind.COUNT)]
    kinds = [token.kind for token in told]
    if not told or kinds != [Kind.RANK, Kind.COUNT] * (len(told) // 2):
        return list(tokens)
    return list(_turned(tokens))


def _turned(tokens: Sequence[Token]) -> Iterator[Token]:
    held: list[Token] = []
    for token in tokens:
        if token.kind is Kind.RANK or held:
            held.append(token)
        else:
            yield token
        if (held and token.kind is Kind.NOUN) or (held and token.kind is Kind.STOP):
            yield from (t for t in held if t.kind in (Kind.COUNT, Kind.NOUN))
            yield from (t for t in held if t.kind not in (Kind.COUNT, Kind.NOUN))
            held = []
    yield from held
