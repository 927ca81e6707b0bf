"""The words of recognised products: written whenever a name is, and looked up, misspelt ones too.

A word somebody typed is looked for among all words that are there; those few are kept in the
process and read again when there are newer ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import delete, func, insert, inspect, select
from sqlalchemy.orm import Session

from models.content.fold import words
from models.database import Store, Unit
from models.prepared import Prepared
from models.tables import Producer, Product, ProductWord

_WORDS: Any = ProductWord.__table__  # type: ignore[attr-defined]
_PRODUCT: Any = Product
LONGEST = 40
MOST = 12  # words that one typed word may mean
ENOUGH = 1000  # products that the second and later words may bring
PARTLY = 3  # letters from which a beginning or a slip is worth looking for
FRESH = timedelta(minutes=10)  # then read again: an older number may be committed after a newer one


def flushed(session: Session, _: Any = None) -> None:
    """After a flush: write the words of each product whose name, or whose producer's, is new."""
    products = {one.id: one for one in _changed(session, Product, ("name", "producer_id"))}
    for producer in _changed(session, Producer, ("name",)):
        if producer in session.new:
            continue
        theirs = select(Product).where(_PRODUCT.producer_id == producer.id)
        products |= {one.id: one for one in session.scalars(theirs)}
    if products:
        _write(session, list(products.values()))


def _changed(session: Session, table: type, columns: Sequence[str]) -> Iterator[Any]:
    yield from (one for one in session.new if isinstance(one, table))
    for one in session.dirty:
        if isinstance(one, table) and any(
            inspect(one).attrs[name].history.has_changes() for name in columns
        ):
            yield one


def _write(session: Session, products: Sequence[Product]) -> None:
    products = [one for one in products if not one.demo]  # those are in no register
    makers = {one.producer_id: session.get(Producer, one.producer_id) for one in products}
    rows = [
        {"word": word, "product_id": one.id}
        for one in products
        for word in _of(one.name, getattr(makers[one.producer_id], "name", ""))
    ]
    connection = session.connection()
    known = [one.id for one in products if one not in session.new]
    if known:
        connection.execute(delete(_WORDS).where(_WORDS.c.product_id.in_(known)))
    if rows:
        connection.execute(insert(_WORDS), rows)


def _of(product: str, producer: str) -> list[str]:
    return sorted({word[:LONGEST] for word in words(f"{product} {producer}")})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word there is, sorted, and how many products have it. `newest` is the highest number
    seen, `read_at` when."""

    newest: int
    read_at: datetime
    sorted: list[str]
    held: dict[str, int] = field(repr=False)

    def looked_for(self, typed: Sequence[str], near: bool) -> tuple[list[list[str]], int]:
        """What each typed word may mean, the rarest first, and how many are left out as common:
        those that few products have say most, and what many have is not gone through."""
        meant = [found for word in typed if (found := self.meant(word, near))]
        if near and not any(len(word) >= PARTLY and word in self.held for word in typed):
            return [], 0  # slips of unknown words are looked for anyway
        meant.sort(key=self._had)
        left = ENOUGH
        kept = meant[:1]
        for alike in meant[1:]:
            left -= self._had(alike)
            if left < 0:
                break
            kept.append(alike)
        return kept, len(meant) - len(kept)

    def _had(self, alike: Iterable[str]) -> int:
        return sum(self.held[word] for word in alike)

    def meant(self, word: str, near: bool) -> list[str]:
        """The words that `word` may mean: itself; unknown, or with `near`, what begins so, what is
        a slip of the finger away, and the two it is when the space between them is left out."""
        if word in self.held and not near:
            return [word]
        found = [word] if word in self.held else []
        if len(word) >= PARTLY:
            found += [*self._begun(word), *self._slipped(word), *self._joined(word)]
        return list(dict.fromkeys(found))[:MOST]

    def _begun(self, word: str) -> Iterator[str]:
        start = bisect_left(self.sorted, word)
        return islice((w for w in self.sorted[start : start + MOST] if w.startswith(word)), MOST)

    def _slipped(self, word: str) -> Iterable[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < 6 else 2
        near = process.extract(
            word, self.sorted, scorer=OSA.distance, score_cutoff=most, limit=MOST
        )
        return [found[0] for found in near]

    def _joined(self, word: str) -> Iterator[str]:
        for at in range(2, len(word) - 1):
            if word[:at] in self.held and word[at:] in self.held:
                yield from (word[:at], word[at:])


_NEWEST = Prepared(select(func.max(_WORDS.c.id)))
_READ: WeakKeyDictionary[Store, Vocabulary] = WeakKeyDictionary()


def vocabulary(unit: Unit, now: datetime) -> Vocabulary:
    """The words there are, as kept; read anew when there are newer ones."""
    newest = (_NEWEST.first(unit) or (0,))[0] or 0
    kept = _READ.get(unit.store)
    if kept is None or kept.newest != newest or now - kept.read_at > FRESH:
        counted = select(_WORDS.c.word, func.count()).group_by(_WORDS.c.word)
        held = {row[0]: row[1] for row in unit.core.execute(counted)}
        kept = _READ[unit.store] = Vocabulary(newest, now, sorted(held), held)
    return kept
