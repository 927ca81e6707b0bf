"""Periodic reports: made when asked for, and sent when a period has ended.

On the first working day after a period, at the hour of the content, each officer gets the report
of its commune or of the province; of several communes, one each. What was missed while we were
away is sent for a few days more; nothing is sent twice (the job's name is the period and reader).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.documents.office import DOCX, XLSX
from bot.jobs import Due, Works, Write, every, job
from bot.post import Post
from bot.records import SqlRecords
from conversations import periods
from conversations.letters import stats as letters
from conversations.periodic_report import Report, span, written
from conversations.periods import Period
from conversations.records import OfficerView
from conversations.records.figures import Reach, counting
from conversations.stats_tables import scope
from models import people
from models.content import Content
from models.database import Unit
from models.messages import SentFile
from models.tables import Officer, Reminder

# Columns: SQLModel types them as plain values.
_OFFICER: Any = Officer
_REMINDER: Any = Reminder

ABOUT = "reports"  # the officer's line in `reminder`: stopped or not


def put(
    post: Post, person_id: int, period: Period, commune: str = "", *, scheduled: bool = False
) -> None:
    """Have a report made; the scheduled one of a period once for each reader."""
    asked = {
        "person": person_id,
        "period": period.key,
        "commune": commune,
        "scheduled": scheduled,
    }
    name = f"report:{period.key}:{commune}:{person_id}" if scheduled else None
    post.job("stats_report", asked, dedupe=name)


@every("reports", timedelta(minutes=30))
def reports(works: Works, due: Due) -> Write | None:
    over = just_ended(works.house.content, due.now)
    if not over:
        return None

    def plan(unit: Unit, post: Post) -> None:
        stopped = select(_REMINDER.person_id).where(
            _REMINDER.about == ABOUT, _REMINDER.stopped.is_(True)
        )
        rows = unit.scalars(
            select(Officer).where(
                _OFFICER.active.is_(True),
                _OFFICER.demo.is_(False),
                _OFFICER.person_id.not_in(stopped),
            )
        ).all()
        for row in rows:
            officer = SqlRecords(unit, due.now).officer_view(row)
            for period in over:
                for commune in _communes(officer):
                    put(post, row.person_id, period, commune, scheduled=True)

    return plan


def _communes(officer: OfficerView) -> tuple[str, ...]:
    """One report for each commune, or ("") one for the province."""
    return ("",) if officer.reach is None else tuple(sorted(officer.reach))


def just_ended(content: Content, now: datetime) -> tuple[Period, ...]:
    """Periods whose report is to be sent now, on the province's clock."""
    form, local = content.report_form, now.astimezone(content.province.zone)
    found = []
    for kind in form.periods:
        period = periods.ended(kind, local.date())
        day = content.calendar.add_working_days(period.last, 1)
        at = datetime.combine(day, form.at, content.province.zone)
        if at <= local < at + timedelta(days=form.late_days):
            found.append(period)
    return tuple(found)


@job("stats_report")
async def stats_report(works: Works, due: Due) -> Write | None:
    import asyncio

    content, asked = works.house.content, due.payload
    person_id, period = int(asked["person"]), periods.parse(str(asked["period"]))
    today = due.now.astimezone(content.province.zone).date()
    if period is None:
        raise ValueError(f"no period {asked['period']}")

    def read(unit: Unit) -> tuple[str, Reach, Report] | None:
        records = SqlRecords(unit, due.now)
        officer = records.officer_of(person_id)
        reach = _reach(officer, str(asked["commune"]))
        if officer is None or (asked["commune"] and not reach):
            return None
        report = compiled(records, content, reach, period, today)
        return people.person(unit, person_id).language, reach, report

    found = await works.db.read(read)
    if found is None:
        return None  # rights were taken back meanwhile
    lang, reach, report = found
    files = await asyncio.to_thread(_files, works, report)
    make = letters.scheduled if asked["scheduled"] else letters.report
    letter = make(scope(content, reach, lang), period.name(lang), files)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letter, priority=5 if asked["scheduled"] else 0)

    return send


def _reach(officer: OfficerView | None, commune: str) -> Reach:
    """What the report counts; nothing when the officer may not read it."""
    if officer is None:
        return frozenset()
    if not commune:
        return officer.reach
    readable = officer.reach is None or commune in officer.reach
    return frozenset({commune}) if readable else frozenset()


def compiled(
    records: SqlRecords, content: Content, reach: Reach, period: Period, today: date
) -> Report:
    """The report on the records: standing at its last day, moves within it and the one before."""
    first, last = span(period, today)
    earlier, zone = period.before(), content.province.zone
    return written(
        content,
        records.counted(reach, counting(content, last, today)),
        records.moves(reach, first, last, zone),
        records.moves(reach, earlier.first, earlier.last, zone),
        period,
    )


def _files(works: Works, report: Report) -> tuple[SentFile, ...]:
    from bot.documents.periodic_report_docx import docx
    from bot.documents.periodic_report_xlsx import xlsx

    put_file = works.house.files.put
    return (
        SentFile(put_file(docx(report)), f"{report.name}.docx", DOCX),
        SentFile(put_file(xlsx(report)), f"{report.name}.xlsx", XLSX),
    )
