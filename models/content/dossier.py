"""Who may take part, the case kinds, and the checklist of a dossier in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from models.content.reading import Row
from models.content.text import Text

Rank = int | Literal["entry"]


@dataclass(frozen=True, slots=True)
class ProducerType:
    """Who may take part (Điều 2.3). `sets` None = any product set."""

    id: str
    name: str
    name_en: str
    sets: frozenset[int] | None
    needs_registration: bool
    points_for_type: int  # what the score sheets give this type (item loai_hinh)
    note: Text | None
    doubt: Text | None

    def may_make(self, set_number: int) -> bool:
        return self.sets is None or set_number in self.sets


@dataclass(frozen=True, slots=True)
class CaseKind:
    """first, upgrade or again."""

    id: str
    name: str
    name_en: str
    about: Text
    forms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Need:
    """One reason why evidence is needed: for entry, or as the starred minimum of a rank."""

    rank: Rank
    sets: frozenset[int]
    producers: frozenset[str] | None
    basis: str
    unstarred: frozenset[int]  # sets whose sheet prints no star here: needed by inference

    def speaks_of(self, producer_type: str, set_number: int) -> bool:
        who = self.producers is None or producer_type in self.producers
        return who and set_number in self.sets


@dataclass(frozen=True, slots=True)
class Term:
    """How long a paper holds from the day it was given, where that is written down.

    `passage` is the policy passage that says so; `note` what its holder should know of its end.
    """

    months: int
    source: str
    passage: str
    note: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence as the content file describes it."""

    id: str
    name: Text
    why: Text
    issuer: Text
    how: Text
    photo: Text
    proves: tuple[str, ...]
    sets: frozenset[int]
    producers: frozenset[str] | None
    cases: frozenset[str] | None
    needs: tuple[Need, ...]
    covers: tuple[str, ...]
    files: tuple[str, ...]
    expires: bool
    validity: Text | None
    term: Term | None
    personal: bool
    each_time: bool  # made anew for every case, never carried over from an earlier dossier
    form: str | None
    condition: Text | None
    effort: str
    doubt: Text | None
    note: Text | None
    confidence: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of a dossier's checklist; texts are called with a language."""

    id: str
    name: Text
    why: Text
    issuer: Text
    how: Text
    photo_hint: Text
    blocks: bool  # without it the dossier cannot be handed in
    required_for: int | None  # lowest star rank that needs it; None = it only adds points
    basis: str  # article or line of the sheet
    proves: tuple[str, ...]  # score-sheet items
    files: tuple[str, ...]  # photo, pdf
    expires: bool  # ask for the expiry date
    personal: bool  # never collected in chat; handed in on paper at the commune
    form: str | None  # the form the assistant fills in: mau_01, mau_02
    validity: Text | None
    condition: Text | None  # needed only if this is so; else "not applicable"
    effort: str  # self | office | months
    doubts: Text | None
    note: Text | None
    source: str
    confidence: str

    @property
    def needed(self) -> bool:
        """False when the item only adds points."""
        return self.blocks or self.required_for is not None

    def doubt(self, lang: str = "vi") -> str | None:
        """What is not certain about this item, to be passed on; None when nothing is."""
        return self.doubts(lang) if self.doubts else None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What dossier.yaml holds."""

    decision: str
    source: str
    producer_types: tuple[ProducerType, ...]
    case_kinds: tuple[CaseKind, ...]
    evidence: tuple[Evidence, ...]
    copies: Text
    product_code: Text


def dossier(row: Row) -> Dossier:
    return Dossier(
        decision=row.text("decision"),
        source=row.text("source"),
        producer_types=tuple(producer_type(r) for r in row.rows("producer_types")),
        case_kinds=tuple(case_kind(r) for r in row.rows("case_kinds")),
        evidence=tuple(evidence(r) for r in row.rows("evidence")),
        copies=row.row("copies").both("text"),
        product_code=row.row("product_code").both("text"),
    )


def producer_type(row: Row) -> ProducerType:
    name = row.both("name")
    return ProducerType(
        id=row.text("id"),
        name=name.vi,
        name_en=name.en,
        sets=row.sets("sets") if row.has("sets") else None,
        needs_registration=row.flag("needs_registration"),
        points_for_type=row.whole("points_3_1"),
        note=row.maybe_both("note"),
        doubt=row.maybe_both("doubt"),
    )


def case_kind(row: Row) -> CaseKind:
    name = row.both("name")
    return CaseKind(
        row.text("id"), name.vi, name.en, row.both("about"), row.texts("forms"), row.text("source")
    )


def need(row: Row) -> Need:
    rank = row.get("rank")
    if rank not in ("entry", 3, 4, 5):
        raise row.fail("'rank' must be \"entry\", 3, 4 or 5")
    return Need(
        rank=rank,
        sets=row.sets("sets"),
        producers=frozenset(row.texts("producers")) if row.has("producers") else None,
        basis=row.text("basis"),
        unstarred=row.sets("unstarred") if row.has("unstarred") else frozenset(),
    )


def term(row: Row) -> Term:
    return Term(row.whole("months"), row.text("source"), row.text("passage"), row.both("note"))


def evidence(row: Row) -> Evidence:
    return Evidence(
        id=row.text("id"),
        name=row.both("name"),
        why=row.both("why"),
        issuer=row.both("issuer"),
        how=row.both("how"),
        photo=row.both("photo"),
        proves=row.texts("proves"),
        sets=row.sets("sets"),
        producers=frozenset(row.texts("producers")) if row.has("producers") else None,
        cases=frozenset(row.texts("cases")) if row.has("cases") else None,
        needs=tuple(need(r) for r in row.rows("needs")),
        covers=row.texts("covers"),
        files=row.texts("files"),
        expires=row.flag("expires"),
        validity=row.maybe_both("validity"),
        term=term(row.row("term")) if row.has("term") else None,
        personal=row.flag("personal"),
        each_time=row.flag("each_time"),
        form=row.maybe_text("form"),
        condition=row.maybe_both("condition"),
        effort=row.text("effort"),
        doubt=row.maybe_both("doubt"),
        note=row.maybe_both("note"),
        confidence=row.text("confidence"),
    )


def checklist(
    rules: Dossier, producer_type: str, set_number: int, case_kind: str, stars: int
) -> tuple[ChecklistItem, ...]:
    """The checklist of one dossier: entry first, then by rank, then what only adds points.

    Evidence that is needed only above `stars` is left out; evidence covered by a stronger needed
    one (a trademark certificate covers the application) is left out too.
    """
    listed = [
        item
        for row in rules.evidence
        if _fits(row, producer_type, set_number, case_kind)
        for item in [_item(row, producer_type, set_number, rules.source)]
        if item.blocks or item.required_for is None or item.required_for <= stars
    ]
    covered = _covered(rules.evidence, {item.id for item in listed if item.needed})
    kept = [item for item in listed if item.id not in covered]
    return tuple(sorted(kept, key=_place))


def _covered(rows: Iterable[Evidence], needed: set[str]) -> set[str]:
    return {weaker for row in rows if row.id in needed for weaker in row.covers}


def _place(item: ChecklistItem) -> int:
    """Sorting is stable: within a rank the order of the content file holds."""
    return 0 if item.blocks else item.required_for or 9


def _fits(row: Evidence, producer_type: str, set_number: int, case_kind: str) -> bool:
    return (
        set_number in row.sets
        and (row.producers is None or producer_type in row.producers)
        and (row.cases is None or case_kind in row.cases)
    )


def _item(row: Evidence, producer_type: str, set_number: int, source: str) -> ChecklistItem:
    needs = [n for n in row.needs if n.speaks_of(producer_type, set_number)]
    blocks = any(n.rank == "entry" for n in needs)
    ranks = sorted(n.rank for n in needs if isinstance(n.rank, int))
    return ChecklistItem(
        id=row.id,
        name=row.name,
        why=row.why,
        issuer=row.issuer,
        how=row.how,
        photo_hint=row.photo,
        blocks=blocks,
        required_for=ranks[0] if ranks else None,
        basis="; ".join(dict.fromkeys(n.basis for n in needs)),
        proves=row.proves,
        files=row.files,
        expires=row.expires,
        personal=row.personal,
        form=row.form,
        validity=row.validity,
        condition=row.condition,
        effort=row.effort,
        doubts=row.doubt,
        note=row.note,
        source=source,
        confidence=row.confidence,
    )
