"""The rules of the country: law, sets, score sheets, dossier, process and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources.abc import Traversable
from types import MappingProxyType

from models.content import dossier as dossiers
from models.content import law as laws
from models.content import periodic_reports as report_files
from models.content import process as processes
from models.content import sets as set_files
from models.content import times as time_files
from models.content.announcements import Announcements, announcements
from models.content.dossier import CaseKind, ChecklistItem, ProducerType
from models.content.forms import Form, OtherLaw, form, other_law
from models.content.law import Decision, RulesNotHeld
from models.content.privacy import Privacy, privacy
from models.content.process import CommuneContent, ReturnReason
from models.content.reading import Row, read
from models.content.sets import ProductSet, Sector
from models.content.sheet import Gap, Ranking, ScoreSheet
from models.content.sheet_reading import score_sheet
from models.content.templates import Template, template
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that would raise a product: the gap, the paper that fills it, how hard it is."""

    gap: Gap
    must: bool  # a starred minimum of the next rank
    evidence: str | None
    effort: str  # self | office | months


class National:
    """What holds in every province. Read-only; files are read on first use and kept."""

    def __init__(self, root: Traversable) -> None:
        self._root = root
        self._sheets: dict[tuple[str, int], ScoreSheet] = {}
        self._dossiers: dict[str, dossiers.Dossier] = {}

    def _national(self, name: str) -> Row:
        return read(self._root, f"national/{name}")

    # The law.

    @cached_property
    def law(self) -> laws.Law:
        return laws.law(self._national("decisions.yaml"), self._national("rules.yaml"))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.law.decisions

    def rules_on(self, on: date) -> Decision:
        """The decision that governs a dossier handed in on `on`. Raises RulesNotHeld."""
        return self.law.on(on)

    def _held(self, on: date | None) -> Decision:
        decision = self.law.on(on) if on else self.law.decisions[-1]
        if decision.sheets is None or decision.dossier is None:
            raise RulesNotHeld(f"the rules of {decision.number} are not kept here")
        return decision

    def certificate_end(self, issued: date) -> date:
        """Last day of a certificate issued on `issued` (Điều 4.3: 36 months)."""
        return processes.certificate_end(issued, self.law.certificate_months)

    # Product sets and score sheets.

    @cached_property
    def _set_row(self) -> Row:
        return self._national("sets.yaml")

    @cached_property
    def sectors(self) -> tuple[Sector, ...]:
        return tuple(
            Sector(r.text("id"), r.both("name").vi, r.both("name").en)
            for r in self._set_row.rows("sectors")
        )

    @cached_property
    def ministries(self) -> Mapping[str, set_files.Ministry]:
        """Who manages a set, by id."""
        rows = self._set_row.rows("ministries")
        return MappingProxyType(
            {
                r.text("id"): set_files.Ministry(r.text("id"), r.both("name"), r.both("department"))
                for r in rows
            }
        )

    @cached_property
    def sets(self) -> Mapping[int, ProductSet]:
        """The 26 product sets by number."""
        found = (set_files.product_set(r) for r in self._set_row.rows("sets"))
        return MappingProxyType({one.number: one for one in found})

    def score_sheet(self, number: int, on: date | None = None) -> ScoreSheet:
        """The score sheet of a set under the rules of day `on` (None = the newest).

        Raises KeyError for a number that is not 1-26, RulesNotHeld for days before the rules here.
        """
        folder = self._held(on).sheets or ""
        if number not in self.sets:
            raise KeyError(number)
        key = (folder, number)
        if key not in self._sheets:
            row = self._national(f"{folder}/set-{number:02d}.yaml")
            self._sheets[key] = score_sheet(row, self.law)
        return self._sheets[key]

    def advice(self, number: int, ranking: Ranking) -> tuple[Advice, ...]:
        """What to do for the next star, minimums first, then by ease, then by points."""
        if ranking.next is None:
            return ()
        gaps = [(g, True) for g in ranking.next.must] + [(g, False) for g in ranking.next.could]
        found = [self._advice(number, ranking.next.rank, gap, must) for gap, must in gaps]
        ease = {"self": 0, "office": 1, "months": 2}
        return tuple(sorted(found, key=lambda a: (not a.must, ease[a.effort], -a.gap.gain)))

    def _advice(self, number: int, rank: int, gap: Gap, must: bool) -> Advice:
        proving = [
            e for e in self._dossier().evidence if number in e.sets and gap.item.id in e.proves
        ]
        # The paper that the law names for this rank, else the easiest that proves the item.
        named = [e for e in proving if any(n.rank == rank and number in n.sets for n in e.needs)]
        best = next(iter(named or proving), None)
        return Advice(gap, must, best.id if best else None, best.effort if best else "office")

    # The dossier.

    def _dossier(self, on: date | None = None) -> dossiers.Dossier:
        name = self._held(on).dossier or ""
        if name not in self._dossiers:
            self._dossiers[name] = dossiers.dossier(self._national(name))
        return self._dossiers[name]

    @property
    def producer_types(self) -> tuple[ProducerType, ...]:
        return self._dossier().producer_types

    @property
    def case_kinds(self) -> tuple[CaseKind, ...]:
        return self._dossier().case_kinds

    @property
    def copies(self) -> Text:
        """How many sets of the dossier go where (Điều 7.1)."""
        return self._dossier().copies

    @property
    def evidence(self) -> Mapping[str, dossiers.Evidence]:
        """Every piece of evidence of the newest rules, by id."""
        return MappingProxyType({e.id: e for e in self._dossier().evidence})

    def checklist(
        self, producer_type: str, set_number: int, case_kind: str, stars: int, on: date
    ) -> tuple[ChecklistItem, ...]:
        """What a dossier handed in on `on` needs for `stars`, in the order to work through it.

        Raises KeyError for an unknown type, set or case kind, RulesNotHeld for older rules.
        """
        rules = self._dossier(on)
        known = {t.id for t in rules.producer_types}, self.sets, {k.id for k in rules.case_kinds}
        for value, values in zip((producer_type, set_number, case_kind), known, strict=True):
            if value not in values:
                raise KeyError(value)
        return dossiers.checklist(rules, producer_type, set_number, case_kind, stars)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Forms 01-03 with their fields, by id."""
        return MappingProxyType(
            {f.id: f for f in map(form, self._national("forms.yaml").rows("forms"))}
        )

    @cached_property
    def other_law(self) -> tuple[OtherLaw, ...]:
        """Papers that other laws demand."""
        return tuple(other_law(r) for r in self._national("other-law.yaml").rows("other_law"))

    # The process, the calendar and the clocks.

    @cached_property
    def process(self) -> processes.Process:
        return processes.process(self._national("process.yaml"))

    @property
    def return_reasons(self) -> tuple[ReturnReason, ...]:
        return self.process.return_reasons

    @property
    def commune_contents(self) -> tuple[CommuneContent, ...]:
        """The four contents the commune assesses (Điều 7.2.a)."""
        return self.process.commune_contents

    def re_evaluation_window(self, valid_to: date) -> tuple[date, date]:
        """First and last day to hand in a re-evaluation (Điều 7.6.a: 180 to 120 days before)."""
        rules = self.process
        return (
            valid_to - timedelta(days=rules.opens_days_before),
            valid_to - timedelta(days=rules.closes_days_before),
        )

    @cached_property
    def privacy(self) -> Privacy:
        """The consent text and the rules about one's data."""
        return privacy(self._national("privacy.yaml"))

    @cached_property
    def announcements(self) -> Announcements:
        """What officers may announce, and the times around an event."""
        return announcements(self._national("announcements.yaml"))

    @cached_property
    def times(self) -> time_files.Times:
        return time_files.times(self._national("times.yaml"))

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """Texts that a channel approved beforehand, by the notice they stand for."""
        rows = self._national("templates.yaml").rows("templates")
        return MappingProxyType({one.id: one for one in map(template, rows)})

    @cached_property
    def report_form(self) -> report_files.ReportForm:
        """When periodic reports are sent, and the words of their form."""
        return report_files.reports(self._national("reports.yaml"))
