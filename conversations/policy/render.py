"""Turns passages into the few lines a person reads; the rest goes under "Xem thêm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from conversations.policy.dates import standing
from conversations.policy.model import Source
from conversations.policy.passages import Cite, Document, Passage
from locales import gettext

ROOM = 600  # characters of a first answer, source line aside


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an answer: its sentences, the best first in `rank`, and where they stand."""

    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    rank: tuple[int, ...] = ()  # places of `lines`, the best first; empty = as they stand
    ordered: bool = False  # steps: keep their order


def sources(passage: Passage, on: date, lang: str) -> tuple[Source, ...]:
    """Where a passage stands, with the standing of each document on the day."""
    return tuple(
        Source(
            document=cite.document.short,
            section=_section(cite.document.prefix, cite.section, lang),
            status=standing(_under(passage, cite.document), on, lang),
            passage_id=passage.id,
        )
        for cite in passage.cites
        if cite.document.short and not _to_come(cite, passage, on)
    )


def _to_come(cite: Cite, passage: Passage, on: date) -> bool:
    """Whether a document beside the passage's own is not in force yet: nothing to name."""
    own, other = passage.cites[0].document, cite.document
    return other != own and other.from_ is not None and on < other.from_


def _under(passage: Passage, document: Document) -> Passage:
    """The passage with the dates of another document it cites: a lapsed rule names the one
    that ended it, and that one is in force."""
    if document == passage.cites[0].document or document.from_ is None:
        return passage
    return replace(passage, status="in_force", from_=document.from_, to=document.to)


def _section(prefix: str, section: str, lang: str) -> str:
    if not prefix or not section:
        return section
    if lang == "en":
        return f"section {section} (mục {section})"
    return f"{prefix} {section}"


def source_line(found: Sequence[Source], lang: str) -> str:
    """ "Nguồn: document, section (standing)."; "" when there is nothing to name."""
    shown = []
    for source in found:
        place = ", ".join(p for p in (source.document, source.section) if p)
        one = f"{place} ({source.status})" if source.status else place
        if one not in shown:
            shown.append(one)
    return gettext(lang, "Nguồn: {places}.", places="; ".join(shown)) if shown else ""


def fit(parts: Sequence[Part], room: int = ROOM) -> tuple[list[str], list[str]]:
    """The lines shown first and the lines left for later, `room` shared between the parts."""
    first: list[str] = []
    rest: list[str] = []
    for part in parts:
        shown, left = _chosen(part, room // max(1, len(parts)))
        first += shown
        rest += left
    return first, rest


def _chosen(part: Part, room: int) -> tuple[list[str], list[str]]:
    places = part.rank or tuple(range(len(part.lines)))
    if sum(len(line) + 3 for line in part.lines) <= room:
        return [part.lines[p] for p in _best_first(places, part.ordered)], []
    taken: list[int] = []
    for place in places:
        used = sum(len(part.lines[p]) + 3 for p in taken)
        if not taken or used + len(part.lines[place]) + 3 <= room:
            taken.append(place)
    order = _best_first(taken, part.ordered)
    left = [line for place, line in enumerate(part.lines) if place not in taken]
    return [part.lines[p] for p in order], left


def _best_first(places: Sequence[int], ordered: bool) -> list[int]:
    """The best line first, the others as they stand; steps keep their order."""
    return sorted(places) if ordered else [places[0], *sorted(places[1:])] if places else []


def text(lines: Sequence[str], found: Sequence[Source], lang: str) -> str:
    """The lines as one message, several of them as a list, the source line last."""
    body = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    return "\n".join(part for part in (body, source_line(found, lang)) if part)
