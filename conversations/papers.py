"""The checklist of a dossier as a household meets it: each paper with the state of its line.

The only place where the household's flows read `content.checklist`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conversations.context import Ctx
from conversations.records import EDITABLE, GIVEN, DossierView, ItemState, ItemView
from models.content import RulesNotHeld
from models.content.dossier import ChecklistItem


class Need(StrEnum):
    """What a paper is for."""

    ENTRY = "entry"  # without it the dossier cannot be handed in
    STARS = "stars"  # a starred minimum of the rank aimed at
    POINTS = "points"  # only adds points


MARKS = {
    ItemState.MISSING: "○",
    ItemState.HAVE: "◐",
    ItemState.OPEN: "…",
    ItemState.UPLOADED: "…",
    ItemState.FIXED: "…",
    ItemState.ACCEPTED: "✓",
    ItemState.RETURNED: "!",
    ItemState.EXCUSED: "–",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the reader's language. Empty text = the content says nothing about it."""

    id: str
    name: str
    need: Need
    why: str = ""
    issuer: str = ""
    how: str = ""
    photo: str = ""  # a good photo in words
    validity: str = ""
    condition: str = ""  # needed only if this is so; else it does not apply
    doubt: str = ""
    source: str = ""
    rank: int | None = None  # lowest star rank that needs it
    form: str = ""  # the form we fill in: mau_01, mau_02
    expires: bool = False
    on_paper: bool = False  # handed in at the commune, never collected in chat

    @property
    def short(self) -> str:
        """A name that fits a button: up to 26 characters, whole words."""
        words, short = self.name.split(), ""
        for word in words:
            if len(short) + len(word) > 25:
                return f"{short.strip()}…" if short else word[:25]
            short += word + " "
        return short.strip()


@dataclass(frozen=True, slots=True)
class Line:
    """A paper and where it stands."""

    paper: Paper
    item: ItemView

    @property
    def mark(self) -> str:
        return MARKS[self.item.state]

    @property
    def given(self) -> bool:
        """Counts as handed in: open pages do, and what is handed in on paper once it is there."""
        if self.item.state is ItemState.OPEN:
            return bool(self.item.pages)
        if self.paper.on_paper and self.item.state is ItemState.HAVE:
            return True
        return self.item.state in GIVEN

    def why_back(self, ctx: Ctx, *, short: bool = False) -> str:
        """Why the officer sent it back, in the reader's words; `short` for a line of the board."""
        known = next((r for r in ctx.content.return_reasons if r.id == self.item.reason), None)
        if known is None:
            return self.item.reason
        return known.name(ctx.lang) if short else known.tell(ctx.lang)

    @property
    def returned(self) -> bool:
        return self.item.state is ItemState.RETURNED


@dataclass(frozen=True, slots=True)
class Checklist:
    """The lines of one dossier, in the order of the content."""

    lines: tuple[Line, ...]

    def of(self, need: Need) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.paper.need is need)

    def line(self, evidence: str) -> Line | None:
        return next((line for line in self.lines if line.paper.id == evidence), None)

    @property
    def needed(self) -> tuple[Line, ...]:
        """What blocks, then what the star needs: the part that is counted."""
        return (*self.of(Need.ENTRY), *self.of(Need.STARS))

    @property
    def done(self) -> int:
        return sum(line.given for line in self.needed)

    @property
    def blocking(self) -> tuple[Line, ...]:
        """What keeps the dossier from being handed in: sent back, or needed to enter."""
        entry = (line for line in self.of(Need.ENTRY) if not line.given and not line.returned)
        return (*(line for line in self.lines if line.returned), *entry)

    @property
    def costing(self) -> tuple[Line, ...]:
        """What is missing for the star aimed at; the dossier may be handed in without it."""
        return _missing(self.of(Need.STARS))

    @property
    def missing(self) -> tuple[Line, ...]:
        """Needed lines with something left to do."""
        seen = {line.paper.id for line in self.blocking}
        return (*self.blocking, *(ln for ln in self.costing if ln.paper.id not in seen))

    @property
    def next(self) -> Line | None:
        """What to do next: first what blocks, then what the star needs."""
        return next(iter(self.missing), None)

    @property
    def pages(self) -> int:
        return sum(len(line.item.pages) for line in self.lines)


def _missing(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not line.given and not line.returned)


def checklist(ctx: Ctx, dossier: DossierView) -> Checklist:
    """The dossier's checklist: its type, set, kind and star, under the rules it follows."""
    day = dossier.submitted_at.astimezone(ctx.local.tzinfo).date() if dossier.submitted_at else None
    wanted = papers(
        ctx,
        dossier.producer.type,
        dossier.product.set_number,
        dossier.case_kind,
        dossier.stars_aimed,
        day or ctx.today,
    )
    known = {paper.id for paper in wanted}
    lines = [Line(paper, dossier.item(paper.id)) for paper in wanted]
    lines += [
        _kept(ctx, item) for item in dossier.items if item.evidence not in known and item.pages
    ]
    return Checklist(tuple(lines))


def _kept(ctx: Ctx, item: ItemView) -> Line:
    """Pages of a paper that the changed star or set no longer asks for stay visible."""
    known = ctx.content.evidence.get(item.evidence)
    name = known.name(ctx.lang) if known else item.evidence
    return Line(Paper(item.evidence, name, Need.POINTS), item)


def papers(
    ctx: Ctx, producer_type: str, set_number: int, case_kind: str, stars: int, on: date
) -> tuple[Paper, ...]:
    """The papers asked of such a producer and product on that day, most needed first.

    Empty for a day whose rules are known by name only.
    """
    try:
        listed = ctx.content.checklist(producer_type, set_number, case_kind, stars, on)
    except RulesNotHeld:
        return ()
    return tuple(_paper(ctx.lang, item) for item in listed)


def _paper(lang: str, item: ChecklistItem) -> Paper:
    need = Need.ENTRY if item.blocks else Need.STARS if item.needed else Need.POINTS
    return Paper(
        id=item.id,
        name=item.name(lang),
        need=need,
        why=item.why(lang),
        issuer=item.issuer(lang),
        how=item.how(lang),
        photo=item.photo_hint(lang),
        validity=item.validity(lang) if item.validity else "",
        condition=item.condition(lang) if item.condition else "",
        doubt=item.doubt(lang) or "",
        source=item.source,
        rank=item.required_for,
        form=item.form or "",
        expires=item.expires,
        on_paper=item.personal,
    )


def mine(ctx: Ctx, dossier_id: object) -> DossierView | None:
    """The person's own dossier `dossier_id` (as a button or the talk holds it), or None."""
    text = str(dossier_id or "")
    return ctx.records.dossier(ctx.person.id, int(text)) if text.isdecimal() else None


def submitted(dossier: DossierView) -> bool:
    """Handed in, with nothing for the household to do now."""
    return dossier.state not in EDITABLE


def may_change(dossier: DossierView, line: Line) -> bool:
    """May the household add or replace pages of this line now?"""
    accepted = line.item.state is ItemState.ACCEPTED
    return dossier.state in EDITABLE and not line.paper.on_paper and not accepted
