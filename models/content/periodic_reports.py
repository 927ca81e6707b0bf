"""Periodic reports: when they are sent, and the words of their form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from models.content.reading import Row

PERIODS = ("month", "quarter", "half", "year")
SECTIONS = ("stars", "moves", "sets", "communes", "cases", "targets")


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What reports.yaml holds. Texts are Vietnamese only: a report is an official paper."""

    at: time  # of the first working day after the period
    late_days: int
    periods: tuple[str, ...]
    age_days: tuple[int, ...]
    motto: tuple[str, ...]
    commune_office: str
    number: str
    dated: str
    title: str
    subject: str
    opening: str
    sections: dict[str, str]  # by table id, in order
    closing: str
    receivers: tuple[str, ...]
    signed: str
    sign_here: str


def reports(row: Row) -> ReportForm:
    send, sections = row.row("send"), row.row("sections")
    unknown = set(sections.data) - set(SECTIONS)
    if unknown:
        raise sections.fail(f"unknown section {', '.join(sorted(unknown))}")
    if wrong := set(send.texts("periods")) - set(PERIODS):
        raise send.fail(f"unknown period {', '.join(sorted(wrong))}")
    ages = row.wholes("age_days")
    if not ages or list(ages) != sorted(set(ages)):
        raise row.fail("'age_days' must be growing numbers of days")
    return ReportForm(
        at=send.clock("at"),
        late_days=send.whole("late_days"),
        periods=send.texts("periods"),
        age_days=ages,
        motto=row.texts("motto"),
        commune_office=row.text("commune_office"),
        number=row.text("number"),
        dated=row.text("dated"),
        title=row.text("title"),
        subject=row.text("subject"),
        opening=row.text("opening"),
        sections={key: sections.text(key) for key in sections.data},
        closing=row.text("closing"),
        receivers=row.texts("receivers"),
        signed=row.text("signed"),
        sign_here=row.text("sign_here"),
    )
