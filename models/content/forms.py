"""The three forms of Phụ lục III, and papers that other laws demand."""

from __future__ import annotations

from dataclasses import dataclass

from models.content.reading import Row
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Field:
    """A blank of a form. `sensitive`: never asked in chat, the person writes it on paper."""

    id: str
    label: Text
    personal: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form; `by` is owner or commune."""

    id: str
    name: Text
    by: str
    sections: tuple[Field, ...]
    fields: tuple[Field, ...]
    signed: Text | None


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """A paper that a law other than the OCOP decision demands."""

    id: str
    name: Text
    sets: frozenset[int]
    applies: Text
    law: tuple[str, ...]
    validity: Text | None
    issuer: Text | None
    hint: Text | None
    note: Text | None
    confidence: str


def _field(row: Row) -> Field:
    return Field(row.text("id"), row.both("label"), row.flag("personal"), row.flag("sensitive"))


def form(row: Row) -> Form:
    return Form(
        id=row.text("id"),
        name=row.both("name"),
        by=row.text("by"),
        sections=tuple(_field(r) for r in row.rows("sections")),
        fields=tuple(_field(r) for r in row.rows("fields")),
        signed=row.maybe_both("signed"),
    )


def other_law(row: Row) -> OtherLaw:
    return OtherLaw(
        id=row.text("id"),
        name=row.both("name"),
        sets=row.sets("sets"),
        applies=row.both("applies"),
        law=row.texts("law"),
        validity=row.maybe_both("validity"),
        issuer=row.maybe_both("issuer"),
        hint=row.maybe_both("hint"),
        note=row.maybe_both("note"),
        confidence=row.text("confidence"),
    )
