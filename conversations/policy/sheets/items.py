"""Which criteria of the score sheets a message names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from conversations.policy.draft import Ask
from conversations.policy.reading import Reading
from models.content.fold import fold
from models.content.sheet import Item

_POINTS = re.compile(
    r"(?<!dia )(?<!thoi )(?<!quan )(?<!dac )(?<!uu )\bdiem\b(?! du lich| ban| den| trung| nao| yeu)"
    r"|\bpoints?\b|\bscore\b(?! sheets?\b)"
)
_ASKS_LEVEL = (
    "phai dat may",
    "phai dat bao nhieu",
    "dat nguong",
    "nguong nao",
    "dat muc",
    "toi muc",
)
_CRITERION = frozenset({"muc", "khoan", "chi", "criterion", "item"})  # "tiêu chí" ends in "chi"
_ENDED = {"nhan": ("chung", "cong", "xac", "tiep", "thua")}  # words that a bare syllable ends
BETWEEN = 2  # other words between the words of a step
_PIECES = re.compile(r"(?:[?!;:\n]|\.(?!\d))+\s*|,\s+|\s+-\s+")


def item_named(ask: Ask, number: int | None) -> str | None:
    """The criterion a question names: what it calls one ("mục bao bì") first, then of the sheet
    `number`, by its longest wording."""
    held = {item.id: item for item in ask.matter.sheet(number).items} if number else {}
    words = [
        *ask.matter.items_said.named_in(ask.reading),
        *((title, item) for item in held for title in _called(ask, held[item])),
    ]
    said = [(_called_so(ask, word), item in held, len(word), item) for word, item in words]
    return max(said)[3] if said else None


def _called_so(ask: Ask, word: str) -> bool:
    """Whether `word` is called a criterion: "mục bao bì"."""
    places = ask.reading.places(word)
    return any(
        _CRITERION.intersection(ask.reading.words[max(0, p.start - 2) : p.start]) for p in places
    )


def _called(ask: Ask, item: Item) -> list[str]:
    """What the sheet calls the item: "vị", "mùi" alone mean it only when points are asked."""
    if not ask.once(points_named):
        return []
    titles_ = dict.fromkeys((item.title("vi"), item.title(ask.lang)))
    return [title for title in titles_ if ask.reading.names(title)]


def points_named(ask: Ask) -> bool:
    """Points, not a place (điểm du lịch) or a time (thời điểm)."""
    return _POINTS.search(ask.text) is not None or ask.reading.has(*_ASKS_LEVEL)


def like(ask: Ask, item_id: str) -> int:
    """The set whose sheet stands for most of those that have the item."""
    return int(ask.matter.items[item_id]["like"])


def pieces(ask: Ask) -> list[Reading]:
    """The clauses of a message, each read for itself; a follow-up with what it leans on is one."""
    return ask.once(_pieces)


def _pieces(ask: Ask) -> list[Reading]:
    whole = _without_names(ask)
    said = [p for p in _PIECES.split(whole) if p.strip()]
    if ask.reader is None or ask.reading.alone or (len(said) < 2 and whole == ask.reading.said):
        return [ask.reading]
    return [ask.reader.read(piece, ask.lang) for piece in said]


def _without_names(ask: Ask) -> str:
    """What is said, with every other province called what it is: another province."""
    said, another = ask.reading.said, "tỉnh khác" if ask.lang == "vi" else "another province"
    for name, _ in ask.matter.other_provinces_said.named_in(ask.reading):
        said = re.sub(rf"(?i)\b(?:{re.escape(name)}|{re.escape(fold(name))})\b", another, said)
    return said


def items_in(ask: Ask, clauses: Sequence[Reading], number: int | None) -> dict[str, list[int]]:
    """The criteria that clauses name, in the order said, each with the clauses that name it.

    With a set known only those of its sheet. A word inside a longer one does not count. Where one
    is called a criterion ("mục bao bì"), the others only tell of it.
    """
    held = {item.id: item for item in ask.matter.sheet(number).items} if number else None
    found: dict[str, list[int]] = {}
    called: set[str] = set()
    for place, clause in enumerate(clauses):
        for item, span in named_in(ask, clause, held or {}):
            if held is None or item in held:
                found.setdefault(item, []).append(place)
                if _CRITERION.intersection(clause.words[max(0, span.start - 2) : span.start]):
                    called.add(item)
    for item in list(found):
        for part in ask.matter.items[item].get("takes", ()):
            if part in found and set(found[part]) <= set(found[item]):
                del found[part]
    for item, one in (held or {}).items():  # a title of several parts goes over clauses
        if ", " in one.title(ask.lang) and ask.reading.places(one.title(ask.lang)):
            found[item] = list(range(len(clauses)))
            called.add(item)
    return {item: places for item, places in found.items() if not called or item in called}


def named_in(ask: Ask, clause: Reading, held: Mapping[str, Item]) -> list[tuple[str, range]]:
    """(item, span) of each criterion named, in the order said; those of the sheet `held` also by
    what it calls them."""
    words = [
        *ask.matter.items_said.named_in(clause),
        *((piece, item) for item in held for piece in titles(held[item], ask.lang)),
    ]
    said = [(item, span) for word, item in words for span in clause.places(word)]
    told = ask.matter.items_told.placed_in(clause, BETWEEN)
    said += [(item, span) for span, item in told if not _half(clause, span)]
    longest = [one for one in said if not any(_inside(one[1], other) for _, other in said)]
    return sorted(longest, key=lambda one: one[1].start)


def _half(clause: Reading, span: range) -> bool:
    """Whether a word typed without its marks only ends another: no label in "giay chung nhan"."""
    word, before = clause.words[span.start], clause.words[max(0, span.start - 1)]
    return len(span) == 1 and clause.marks[span.start] == word and before in _ENDED.get(word, ())


def titles(item: Item, lang: str) -> list[str]:
    """The item's title and the parts of it that say enough alone: "Màu sắc, thể chất"."""
    title = item.title(lang)
    return [title, *(part for part in title.split(", ") if " " in part)]


def _inside(span: range, other: range) -> bool:
    return len(span) < len(other) and other.start <= span.start and span.stop <= other.stop
