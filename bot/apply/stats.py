"""The programme's figures: pictures, reports and the dashboard asked for; what officers record."""

from __future__ import annotations

from typing import Any

from bot.apply import Env, Stale, on
from bot.apply.casework import me, reader
from bot.apply.officers import audit
from bot.records import SqlRecords
from bot.records.shares import SOURCES
from bot.work import ending, periodic_reports
from conversations import events as e
from conversations import periods
from conversations.letters import stats as letters
from conversations.records.figures import counting
from models import dashboard
from models.messages import Channel
from models.tables import Producer, Product


@on(e.StatsPictureAsked)
def picture_asked(env: Env, event: e.StatsPictureAsked) -> None:
    reader(env)
    env.post.job("stats_picture", {"person": env.person.id})


@on(e.StatsLinkAsked)
def link_asked(env: Env, event: e.StatsLinkAsked) -> None:
    """Used once; inside the web chat the page is next door, whatever its address outside."""
    officer = reader(env)
    if not env.public_url and env.channel is not Channel.WEB:
        raise Stale
    token, until = dashboard.invite(env.session, env.person.id, env.now)
    audit(env, "dashboard_link", f"officer:{officer.id}")
    url = f"{env.public_url.rstrip('/')}/stats/open/{token}"
    env.post.to_person(env.person.id, letters.link(url, until), priority=0)


@on(e.ReportAsked)
def report_asked(env: Env, event: e.ReportAsked) -> None:
    officer, period = reader(env), periods.parse(event.period)
    if period is None or (event.commune and not _reads(officer.reach, event.commune)):
        raise Stale
    periodic_reports.put(env.post, env.person.id, period, event.commune)


def _reads(reach: frozenset[str] | None, commune: str) -> bool:
    return reach is None or commune in reach


@on(e.ReportsChosen)
def reports_chosen(env: Env, event: e.ReportsChosen) -> None:
    reader(env)
    choice = ending.remembered(env.session, env.person.id, periodic_reports.ABOUT, env.now)
    choice.stopped, choice.at = not event.wanted, env.now
    env.session.add(choice)


@on(e.FactRecorded)
def fact_recorded(env: Env, event: e.FactRecorded) -> None:
    """Within the officer's communes, of a product or producer that is counted today."""
    officer = me(env)
    how = counting(env.content, env.now.astimezone(env.content.province.zone).date())
    records = SqlRecords(env.session, env.now)
    if records.recordable(officer, how, event.measure, event.subject_id) is None:
        raise Stale
    made = SOURCES[event.measure](how)
    table: Any = Product if made.table is Product else Producer
    row = env.session.get_one(table, event.subject_id)
    setattr(row, made.column or "", event.holds)
    env.session.add(row)
    audit(env, f"recorded:{event.measure}"[:40], f"{table.__tablename__}:{row.id}",
          holds=event.holds)  # fmt: skip
