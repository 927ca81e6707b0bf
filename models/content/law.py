"""Which decision holds on which day, and the rules that every score sheet shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.content.reading import Row
from models.content.text import Text


class RulesNotHeld(Exception):
    """The rules of that day are known by name only: no sheets or checklists are kept for them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the Prime Minister on OCOP; `sheets` and `dossier` name its files here."""

    number: str
    issued: date
    effective_from: date
    effective_to: date | None  # last day it held; None = in force
    status: str  # in_force | expired
    summary: Text
    replaced_by: str | None
    source: str
    confidence: str
    sheets: str | None  # folder of its 26 score sheets under national/
    dossier: str | None  # file of its dossier rules under national/

    def holds(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Star:
    """A rank, by the average total of the council (Điều 3.3). Points run 0 to 100."""

    rank: int
    minimum: int
    below: int | None
    certificate: bool  # 1 and 2 stars get neither decision nor certificate (Điều 4.1)
    level: Text | None
    recognised_by: Text | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line that rejects a dossier or stops the evaluation of a product."""

    id: str
    text: Text
    note: str | None


@dataclass(frozen=True, slots=True)
class Law:
    """What decisions.yaml and rules.yaml hold."""

    decisions: tuple[Decision, ...]  # oldest first
    stars: tuple[Star, ...]  # highest first
    rejection: dict[str, Rule]
    stops: dict[str, Rule]
    reading_notes: tuple[Text, ...]
    certificate_months: int

    def on(self, day: date) -> Decision:
        """The newest decision in force on `day`. Raises RulesNotHeld before the first one."""
        for decision in reversed(self.decisions):
            if decision.holds(day):
                return decision
        raise RulesNotHeld(f"no decision on OCOP is known for {day:%d/%m/%Y}")


def decision(row: Row) -> Decision:
    return Decision(
        number=row.text("number"),
        issued=row.day("issued"),
        effective_from=row.day("effective_from"),
        effective_to=row.maybe_day("effective_to"),
        status=row.text("status"),
        summary=row.both("summary"),
        replaced_by=row.maybe_text("replaced_by"),
        source=row.text("source"),
        confidence=row.text("confidence"),
        sheets=row.maybe_text("sheets"),
        dossier=row.maybe_text("dossier"),
    )


def star(row: Row) -> Star:
    return Star(
        rank=row.whole("rank"),
        minimum=row.whole("min"),
        below=row.maybe_whole("below"),
        certificate=row.flag("certificate"),
        level=row.maybe_both("level"),
        recognised_by=row.maybe_both("recognised_by"),
    )


def law(decisions: Row, rules: Row) -> Law:
    """The law from decisions.yaml and rules.yaml."""
    return Law(
        decisions=tuple(decision(row) for row in decisions.rows("decisions")),
        stars=tuple(star(row) for row in rules.rows("stars")),
        rejection=rule_map(rules.rows("rejection_rules")),
        stops=rule_map(rules.rows("stop_rules")),
        reading_notes=tuple(row.bilingual() for row in rules.rows("reading_notes")),
        certificate_months=rules.row("certificate").whole("months"),
    )


def rule_map(rows: tuple[Row, ...]) -> dict[str, Rule]:
    """Rules by id, in the order of the file."""
    return {
        row.text("id"): Rule(row.text("id"), row.both("text"), row.maybe_text("note"))
        for row in rows
    }
