"""The province and its communes, with the names people still use for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.content.reading import Row
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class ExtraRound:
    """A round that the province opens beyond the two of the law."""

    name: Text
    before: date
    results_before: date
    source: str


@dataclass(frozen=True, slots=True)
class Province:
    """The province this assistant serves."""

    id: str  # folder name
    code: str
    name: str
    name_en: str
    timezone: str  # IANA name
    lead: Text
    lead_doubt: Text | None
    report_over: str  # the authority over the lead, in reports; "" = none
    departments: dict[str, Text]
    extra_rounds: tuple[ExtraRound, ...]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A commune, ward or town that was merged; `part` when only a part of it came here."""

    name: str
    kind: str  # xã | phường | thị trấn
    district: str
    part: bool


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit in force."""

    code: str
    kind: str  # xã | phường
    name: str  # without kind
    name_en: str  # with kind
    old_areas: tuple[str, ...]  # "huyện ..." as people still say
    merged_from: tuple[FormerUnit, ...]
    aliases: tuple[str, ...]
    note: Text | None
    confidence: str

    def full(self, lang: str = "vi") -> str:
        """The name with its kind: "xã ..." in Vietnamese, "... commune" in English."""
        return self.name_en if lang == "en" else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that points to more than one place."""

    said: str
    means: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What communes.yaml holds. `communes` by code."""

    communes: dict[str, Commune]
    ambiguous: tuple[Ambiguous, ...]
    close_names: tuple[tuple[str, ...], ...]


def province(row: Row, folder: str) -> Province:
    name = row.both("name")
    return Province(
        id=folder,
        code=row.text("code"),
        name=name.vi,
        name_en=name.en,
        timezone=row.text("timezone"),
        lead=row.both("lead"),
        lead_doubt=row.maybe_both("lead_doubt"),
        report_over=row.maybe_text("report_over") or "",
        departments={r.text("id"): r.both("name") for r in row.rows("departments")},
        extra_rounds=tuple(_extra(r) for r in row.rows("extra_rounds")),
    )


def _extra(row: Row) -> ExtraRound:
    return ExtraRound(
        row.both("name"), row.day("requests_before"), row.day("results_before"), row.text("source")
    )


def places(row: Row) -> Places:
    units = [commune(r) for r in row.rows("units")]
    return Places(
        communes={unit.code: unit for unit in units},
        ambiguous=tuple(
            Ambiguous(r.text("said"), tuple(m.bilingual() for m in r.rows("means")))
            for r in row.rows("ambiguous")
        ),
        close_names=tuple(r.texts("names") for r in row.rows("close_names")),
    )


def commune(row: Row) -> Commune:
    name = row.both("name")
    return Commune(
        code=row.text("code"),
        kind=row.text("kind"),
        name=name.vi,
        name_en=name.en,
        old_areas=row.texts("old_area"),
        merged_from=tuple(
            FormerUnit(r.text("name"), r.text("kind"), r.text("district"), r.flag("part"))
            for r in row.rows("merged_from")
        ),
        aliases=row.texts("aliases"),
        note=row.maybe_both("note"),
        confidence=row.row("confidence").text("name"),
    )
