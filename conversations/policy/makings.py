"""What is done to a raw product, dried, candied, kept for show, and the set it then belongs to.

The names of the sets in Phụ lục I tell raw food (1 to 4) from what is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conversations.policy.draft import Ask
from conversations.policy.understand import plain
from models.content.sets import Making, ProductWord

_BETWEEN = 3  # words between a product and what is done to it: "cam nhà em sấy dẻo"
#: Words that end what is said of a product.
_ENDS = frozenset(
    "hay hoac va voi tuoi song thi thuoc vao vo la khong nhom bo phieu co con de nen or and is "  # noqa: SIM905
    "belongs fresh".split()
)
#: Parts of a plant: "mứt vỏ cam", "tinh dầu lá bưởi".
_PARTS = frozenset("vo la hat hoa cu qua trai re nu than ngon bup nuoc".split())  # noqa: SIM905
Found = tuple[str, ProductWord, int]  # its name, where it belongs, how many words it has


def made(ask: Ask, found: Mapping[int, tuple[str, ProductWord]]) -> dict[int, Found]:
    """The products by the word they begin at, each raw one with what is done to it: "mứt" and
    "cam" are one."""
    every: dict[int, Found] = {}
    for start in sorted(found):
        before, one = _made(ask, start, *found[start])
        every[start - before] = one
    return every


def _made(ask: Ask, start: int, say: str, word: ProductWord) -> tuple[int, Found]:
    """One product, and how many words before it belong to it."""
    size = len(plain(say))
    makings = [making for making in ask.matter.makings if word.sets[0] in making.of]
    before = _longest(
        (m, h) for m in makings for h in _said(ask, m.before) if _ends_at(ask, h, start)
    )
    if before:
        making, how = before
        more = len(plain(how))
        return more, (f"{how} {say}", making.gives, more + size)
    behind = _longest(
        (m, h) for m in makings for h in _said(ask, m.behind) if _follows(ask, h, start + size)
    )
    if behind:
        making, how = behind
        return 0, (f"{say} {how}", making.gives, size)
    return 0, (say, word, size)


def _said(ask: Ask, hows: Iterable[str]) -> Iterable[str]:
    return (how for how in hows if ask.reading.names(how))


def _longest(found: Iterable[tuple[Making, str]]) -> tuple[Making, str] | None:
    return max(found, key=lambda one: len(one[1]), default=None)


def _ends_at(ask: Ask, how: str, start: int) -> bool:
    """Whether `how` stands right before the product, or before the part of it that is used."""
    ends = {span.stop for span in ask.reading.places(how)}
    return start in ends or (start - 1 in ends and ask.reading.words[start - 1] in _PARTS)


def _follows(ask: Ask, how: str, end: int) -> bool:
    """Whether `how` stands behind the product, with nothing between that ends it."""
    words = ask.reading.words
    return any(
        0 <= span.start - end <= _BETWEEN and _ENDS.isdisjoint(words[end : span.start])
        for span in ask.reading.places(how)
    )
