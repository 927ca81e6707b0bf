"""The pieces of a message about rewards: each tells of products of one kind, or of one rise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.policy.reward import vocabulary
from conversations.policy.reward.words import Kind, Token


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of tokens; `opener` is the stop or the joining word before it."""

    tokens: tuple[Token, ...]
    opener: str

    @property
    def text(self) -> str:
        return f" {' '.join(t.word for t in self.tokens)} "

    def says(self, *phrases: str) -> bool:
        """Whether one of the phrases stands in it as whole words."""
        text = self.text
        return any(f" {phrase} " in text for phrase in phrases)

    def of(self, kind: Kind) -> list[Token]:
        return [token for token in self.tokens if token.kind is kind]

    @property
    def ranks(self) -> list[Token]:
        return self.of(Kind.RANK)

    @property
    def noun(self) -> bool:
        return bool(self.of(Kind.NOUN))

    @property
    def orders(self) -> list[int]:
        return [token.value for token in self.of(Kind.ORDER)]

    @property
    def count(self) -> int | None:
        """How many products, when a number says so: of "hai trong ba món" the two."""
        counts = self.of(Kind.COUNT)
        return counts[0].value if counts else None

    @property
    def one_of(self) -> bool:
        """ "một trong ba món", "one of them"."""
        return any(
            token.kind is Kind.COUNT and self._word(place + 1) in ("trong", "of")
            for place, token in enumerate(self.tokens)
        )

    @property
    def whole(self) -> bool:
        """ "cả ba", "both": all that were named."""
        return self.says("both", "tat ca", "all of them", "they all", "ca thay") or any(
            token.kind is Kind.COUNT and self._word(place - 1) in ("ca", "all")
            for place, token in enumerate(self.tokens)
        )

    @property
    def names(self) -> frozenset[str]:
        """What products are called: content words, after the verb where somebody makes them."""
        words = self._made()
        return frozenset(
            w for w in words if w not in vocabulary.PLAIN and not w[0].isdigit() and len(w) > 1
        )

    @property
    def listed(self) -> frozenset[str]:
        """The name that a piece of a list of products is; empty when it names no product."""
        words = self._made()
        told = words != [t.word for t in self.of(Kind.WORD)]
        first = next((word for word in words if word not in vocabulary.POLITE), "")
        if not told and first in vocabulary.SOMEBODY:
            return frozenset()
        if vocabulary.POLITE.issuperset(words):
            return frozenset()
        short = (
            0 < len(words) <= vocabulary.SHORT
            and not self.asks
            and vocabulary.POLITE.isdisjoint(words)
        )
        return self.names or (frozenset(words) if short else frozenset())

    def _made(self) -> list[str]:
        """The words after "làm", "có", "bán"; all of them when there is none."""
        words = [token.word for token in self.of(Kind.WORD)]
        verbs = [place for place, word in enumerate(words) if word in vocabulary.MAKES]
        return words[verbs[-1] + 1 :] if verbs and verbs[-1] + 1 < len(words) else words

    @property
    def told(self) -> bool:
        """Whether it says that somebody has or makes something."""
        return self.says("co", "duoc", "dat", "lam", "have", "has", "got", "make", "makes", "won")

    @property
    def pronoun(self) -> bool:
        """ "nó được 5 sao", "xét lại được 4 sao": only said of what was named before."""
        if self.says(*vocabulary.AGAIN):
            return True
        return self.says("it", "no", "han", "they") and not self.noun and not self.names

    @property
    def over(self) -> bool:
        """Whether it names a year: of what was."""
        return any(2010 <= token.value <= 2030 for token in self.of(Kind.FIGURE))

    @property
    def asks(self) -> bool:
        return self.says(*vocabulary.ASKS)

    @property
    def climbs(self) -> bool:
        """Whether its stars are reached by going up."""
        up = False
        for place, token in enumerate(self.tokens):
            if token.kind is Kind.WORD and self._word(place - 1) != "tro":
                up |= token.word in vocabulary.UP or (
                    token.word in vocabulary.TO and self._rank_before(place)
                )
            if token.kind is Kind.RANK and up:
                return True
        return False

    @property
    def steps_up(self) -> bool:
        """ "lên một hạng": one rank up, whatever it was."""
        return any(
            f" {up} {one} {step} " in self.text
            for up in ("len", "tang", "nang", "up", "len them", "tang them", "nang len")
            for one in ("1", "mot", "one")
            for step in ("hang", "bac", "sao", "star", "rank", "level", "muc")
        )

    @property
    def rest(self) -> bool:
        """ "còn lại 3 sao", "the rest have 3 stars"."""
        return (self.opener == "con" and self._word(0) == "lai") or self.says("rest", "con lai")

    @property
    def couple(self) -> int:
        """ "hai vợ chồng" who have a facility each."""
        return next(
            (t.value for p, t in enumerate(self.tokens)
             if t.kind in (Kind.WORD, Kind.FIGURE) and t.value
             and self._word(p + 1) in ("vo", "anh", "chi", "me", "brothers", "sisters")),
            0,
        )  # fmt: skip

    @property
    def amounts(self) -> tuple[int, ...]:
        """Sums of money, and figures that can be nothing else."""
        return tuple(
            token.value for place, token in enumerate(self.tokens)
            if self._sum(place)
        )  # fmt: skip

    @property
    def amounts_only(self) -> bool:
        """ "50 triệu": a piece that goes on with a list of amounts."""
        return bool(self.amounts) and not self.names and not self.ranks and not self.asks

    def received(self, verbs: Sequence[str], count: int, *, past: bool) -> tuple[int, ...] | None:
        """What each of `count` products was paid before; a single sum stands for all of them.

        `past`: what is told is over, so "thưởng 30 triệu" was paid.
        """
        found = [
            token.value for place, token in enumerate(self.tokens)
            if self._sum(place) and self._paid(place, verbs, past=past)
        ]  # fmt: skip
        if not found:
            return None
        if len(found) == 1 and count > 1 and self.says(*vocabulary.EACH_ONE):
            return tuple(found) * count
        return tuple(found)

    def _sum(self, place: int) -> bool:
        """Whether there is an amount of money: said, or a figure that can be nothing else."""
        token = self.tokens[place]
        return token.kind is Kind.MONEY or (token.kind is Kind.FIGURE and 20 <= token.value <= 1000)

    def _paid(self, place: int, verbs: Sequence[str], *, past: bool) -> bool:
        before = " ".join(t.word for t in self.tokens[max(0, place - 6) : place])
        near = f" {before} "
        if any(f" {word} " in near for word in ("bao", "noi", "nghe", "dong")):
            return False
        if any(f" {verb} " in near for verb in verbs):
            return not self.says("hay", "neu duoc")
        after = self._word(place + 1)
        if " duoc " in near and (
            after == "roi" or self.says("hoi truoc", "nam ngoai", "nam truoc")
        ):
            return True
        return " thuong " in near and past and not self.asks

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def _rank_before(self, place: int) -> bool:
        return any(token.kind is Kind.RANK for token in self.tokens[max(0, place - 3) : place])

    def likened(self, rank: Token, words: Sequence[str]) -> bool:
        """ "như ba sao", "chứ không phải 3 sao": not what the products have."""
        place = next(p for p, token in enumerate(self.tokens) if token is rank)
        before = f" {' '.join(t.word for t in self.tokens[max(0, place - 3) : place])}"
        after = [t.kind for t in self.tokens[place + 1 :]]
        if before.endswith(" tu"):  # "từ 3 sao trở lên", but "từ 3 sao lên 4 sao"
            return Kind.RANK not in after
        return any(before.endswith(f" {word}") for word in words)


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """The message cut where a new piece begins."""
    found: list[Piece] = []
    held: list[Token] = []
    opener = "."
    ordered = _counts_first(tokens)
    for place, token in enumerate(ordered):
        cut = _cut(ordered, place, held)
        if cut:
            if held:
                found.append(Piece(tuple(held), opener))
                held, opener = [], token.word
            elif token.word in (".", ":") or opener == ",":
                opener = token.word
        if token.kind is not Kind.STOP and not (cut and token.word in vocabulary.JOINS):
            held.append(token)
    return [*found, Piece(tuple(held), opener)] if held else found


def _cut(tokens: Sequence[Token], place: int, held: Sequence[Token]) -> bool:
    """Whether a new piece begins at a place."""
    token = tokens[place]
    if token.kind is Kind.STOP:  # "sp 1: 3 sao" is one piece
        rank = place + 1 < len(tokens) and tokens[place + 1].kind is Kind.RANK
        return not (token.word in ":-" and rank and held and held[-1].kind is Kind.ORDER)
    after = tokens[place + 1] if place + 1 < len(tokens) else Token(Kind.STOP, ".")
    if token.word == "so" and after.word == "voi":
        return True
    if token.kind is Kind.WORD and token.word in vocabulary.JOINS:
        return not (token.word == "voi" and held and held[-1].word == "so")
    ranked = any(t.kind is Kind.RANK for t in held)
    if token.kind is Kind.WORD and token.word in vocabulary.OPENS:
        return ranked and after.kind is not Kind.STOP and token.word not in ("nay", "ma", "bay")
    if token.kind is Kind.COUNT:
        before = held[-1].word if held else ""
        told = ranked or {Kind.COUNT, Kind.NOUN} <= {t.kind for t in held}
        return told and before not in ("ca", "trong", "of", "them", "all", "roi", "rieng")
    if token.kind is Kind.NOUN and ranked and held[-1].kind is not Kind.RANK:
        last = held[-1]
        counted = last.kind is Kind.COUNT or last.word in ("them", "moi", "rieng", "may")
        return not counted and _rank_follows(tokens[place:])
    return False


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
