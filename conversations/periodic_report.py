"""A periodic report as it is written down: heading, tables, places to sign. Always Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations import stats_tables as tables
from conversations.periods import Period
from conversations.records import Figures, Moves
from conversations.records.figures import Reach
from conversations.stats_tables import Table
from locales import date_
from models.content import Content
from models.content.fold import fold

LANG = "vi"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part: its heading and its table."""

    heading: str
    table: Table


@dataclass(frozen=True, slots=True)
class Report:
    """What both files are written from. `office` and `motto` stand side by side at the top."""

    name: str  # of the files, without ending
    office: tuple[str, ...]
    motto: tuple[str, ...]
    number: str
    dated: str
    title: str
    subject: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    receivers: tuple[str, ...]
    signed: str
    sign_here: str


def written(
    content: Content, figures: Figures, moves: Moves, before: Moves, period: Period
) -> Report:
    """The report of a period that ended, or of the part of it that is over (`moves.last`)."""
    form, scope = content.report_form, tables.scope(content, figures.reach, LANG)
    told = {
        "period": period.name(LANG),
        "scope": scope,
        "first": date_(LANG, moves.first),
        "last": date_(LANG, moves.last),
    }
    return Report(
        name=f"bao-cao-ocop-{period.key}-{_slug(scope)}".lower(),
        office=_office(content, figures.reach),
        motto=form.motto,
        number=form.number,
        dated=form.dated.format(place=_place(content, figures.reach), year=moves.last.year),
        title=form.title,
        subject=form.subject.format(**told),
        opening=form.opening.format(**told),
        sections=_sections(content, figures, tables.moves(moves, before, LANG)),
        closing=form.closing,
        receivers=form.receivers,
        signed=form.signed,
        sign_here=form.sign_here,
    )


def span(period: Period, today: date) -> tuple[date, date]:
    """The days the report is about: a period still running ends today."""
    return period.first, max(period.first, min(period.last, today))


def _sections(content: Content, figures: Figures, moves: Table) -> tuple[Section, ...]:
    """In the order of the content; what says nothing here is left out."""
    found = {table.id: table for table in (*tables.tables(content, figures, LANG), moves)}
    headings = [
        (heading, found[id_])
        for id_, heading in content.report_form.sections.items()
        if id_ in found
    ]
    return tuple(
        Section(f"{_ROMAN[n]}. {heading}", table) for n, (heading, table) in enumerate(headings)
    )


def _office(content: Content, reach: Reach) -> tuple[str, ...]:
    """Who reports: the commune's committee, or the department that leads the programme."""
    if reach is not None and len(reach) == 1:
        name = tables.commune_name(content, next(iter(reach)), LANG)
        return (content.report_form.commune_office.format(commune=name),)
    province = content.province
    return tuple(filter(None, (province.report_over, province.lead(LANG))))


def _place(content: Content, reach: Reach) -> str:
    code = next(iter(reach)) if reach is not None and len(reach) == 1 else ""
    commune = content.communes.get(code)
    return commune.name if commune else content.province.name


def _slug(name: str) -> str:
    return "-".join(fold(name).replace(",", " ").split())
