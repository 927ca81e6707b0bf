"""A piece of a message about rewards: it tells of products of one kind, or of one rise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from conversations.policy.reward import vocabulary
from conversations.policy.reward.words import Kind, Token

IS = "="  # the colon of "mật ong: 4 sao"
SCORED = "diem"  # the word of stars that points gave


def is_amount(token: Token) -> bool:
    """An amount of money: said, or a figure that can be nothing else."""
    return token.kind is Kind.MONEY or (token.kind is Kind.FIGURE and 20 <= token.value <= 1000)


_STEP = re.compile(
    r" (?:len|tang|nang|up|them)(?: them| len)? (?:1|mot|one) (?:hang|bac|sao|star|rank|level|muc) "
)


@dataclass(frozen=True)
class Piece:
    """A stretch of tokens; `opener` is the stop or the joining word before it."""

    tokens: tuple[Token, ...]
    opener: str

    @cached_property
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
    def scored(self) -> bool:
        """Whether its stars are told by points."""
        return any(token.word == SCORED for token in self.ranks)

    @property
    def noun(self) -> bool:
        return bool(self.of(Kind.NOUN))

    @property
    def orders(self) -> list[int]:
        return [token.value for token in self.of(Kind.ORDER)]

    @property
    def rank_orders(self) -> list[int]:
        """For each of its stars which product they are of: "3 sao thứ hai"; 0 when not said."""
        places = [p for p, token in enumerate(self.tokens) if token.kind is Kind.RANK]
        near = [self.tokens[max(0, p - 1) : p + 3] for p in places]
        return [next((t.value for t in n if t.kind is Kind.ORDER), 0) for n in near]

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
        return self.says("both", "tat ca", "all of them", "thei all", "ca thay") or any(
            token.kind is Kind.COUNT and self._word(place - 1) in ("ca", "all")
            for place, token in enumerate(self.tokens)
        )

    @property
    def names(self) -> frozenset[str]:
        """What products are called: content words, after the verb where somebody makes them."""
        words = self._made()
        return frozenset(
            w
            for w in words
            if w not in vocabulary.PLAIN | vocabulary.UP and not w[0].isdigit() and len(w) > 1
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
        return self.says("it", "no", "han", "thei") and not self.noun and not self.names

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
                to = token.word in vocabulary.TO and self._rank_before(place)
                at = token.word == "at" and self._word(place - 1) == "them"
                up |= token.word in vocabulary.UP or to or at
            if token.kind is Kind.RANK and up:
                return True
        return False

    @property
    def goes_on(self) -> bool:
        """ "then to 5 stars", "rồi 5 sao": said of a product that was going up already."""
        size = next((p for p, t in enumerate(self.tokens) if t.kind is Kind.RANK), 0)
        return 0 < size < 3 and all(t.word in vocabulary.THEN for t in self.tokens[:size])

    @property
    def steps_up(self) -> bool:
        """ "lên một hạng": one rank up, whatever it was."""
        return _STEP.search(self.text) is not None

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
             and self._word(p + 1) in vocabulary.RELATIVES),
            0,
        )  # fmt: skip

    @property
    def amounts(self) -> tuple[int, ...]:
        """Sums of money, and figures that can be nothing else."""
        return tuple(
            token.value for place, token in enumerate(self.tokens)
            if is_amount(token)
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
            if is_amount(token) and self._paid(place, verbs, past=past)
        ]  # fmt: skip
        if not found or (self.says(*vocabulary.CLAIMS) and not self.says("da", "roi", "alreadi")):
            return None
        if len(found) == 1 and count > 1 and self.says(*vocabulary.EACH_ONE):
            return tuple(found) * count
        return tuple(found)

    def _paid(self, place: int, verbs: Sequence[str], *, past: bool) -> bool:
        while place and is_amount(self.tokens[place - 1]):
            place -= 1  # a list of amounts: what is said stands before the first
        before = " ".join(t.word for t in self.tokens[max(0, place - 6) : place])
        near = f" {before} "
        if any(f" {word} " in near for word in ("bao", "noi", "nghe", "dong")):
            return False
        if near.endswith((" them ", " bu ", " chenh ")):
            return False  # "được thưởng thêm 300 triệu hả?"
        if any(f" {verb} " in near for verb in verbs):
            return not self.says("hay", "neu duoc")
        after = next((t.word for t in self.tokens[place:] if not is_amount(t)), "")
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
            return Kind.RANK not in after and not self.climbs and not self.steps_up
        if before.endswith(" len not"):
            return False  # "lên nốt 5 sao"
        return any(before.endswith(f" {word}") for word in words)
