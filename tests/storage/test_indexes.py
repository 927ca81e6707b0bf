"""No statement of a talk, of what leaves or of an officer's list goes through a whole table.

Stories are played on a database with years in it; every statement that was really issued is asked
for its plan afterwards. Both databases know by then how many rows there are.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest

from benchmarks.filled import Size, fill
from bot import clock
from bot.bell import Bell
from bot.health import _stored
from bot.lanes import PullSender
from bot.outbox import Outbox
from bot.reception import FrontDesk
from models import inbox
from models.codes import fingerprint
from models.database import open_database
from models.lines import PULLED
from models.messages import CAPABILITIES, Channel
from tests.flows.talk import Talker, Town, town
from tests.play.stage import STORIES, Stage
from tests.play.story import parse
from tests.storage import postgres
from tests.storage.plans import (
    SMALL,
    Statement,
    postgres_offence,
    postgres_statements,
    sqlite_offence,
    sqlite_statements,
)
from tests.storage.world import Phone

pytestmark = pytest.mark.slow
YEARS = Size(people=8000, products=3000, messages=30_000)
PLAYED = (
    *("tu-dau-den-cuoi", "giup-nguoi-khac", "hoi-dap", "quyen-rieng-tu"),
    *("thong-bao", "phan-anh"),
)
SWEEP = "the daily sweep reads whatever names a file"
DAILY = "the daily look for what ends soon, over all that ends in a year"
REPORT = "a report of the programme counts all of it, once a month"
NEWEST = "the newest sixty announcements, from the key's end"
RETAINED = "the daily look for what is kept no longer: a few at a time, oldest first"
ALLOWED = {
    "SELECT inbound.id, inbound.received_at FROM inbound ORDER BY inbound.id": RETAINED,
    "SELECT outbound.id, outbound.created_at FROM outbound ORDER BY outbound.id": RETAINED,
    "SELECT person.id FROM person WHERE person.consent_at IS NULL": RETAINED,
    "SELECT trace FROM inbound WHERE trace IS NOT NULL": "these tests' own look for failures",
    "SELECT max(at) FROM (SELECT max(received_at)": "at start: the newest rows, from the key's end",
    "FROM product_word GROUP BY product_word.word": "the words of the register, when one is new",
    "SELECT announcement.file FROM announcement": SWEEP,
    "SELECT announcement.form FROM announcement": SWEEP,
    "SELECT page.file_key FROM page": SWEEP,
    "SELECT DISTINCT kept_file.file": SWEEP,
    "SELECT product.photo_key FROM product": SWEEP,
    "SELECT case_message.files FROM case_message": SWEEP,
    "SELECT complaint.files FROM complaint": SWEEP,
    "SELECT complaint_line.files FROM complaint_line": SWEEP,
    "SELECT inbound.payload FROM inbound": SWEEP,
    "SELECT outbound.body FROM outbound": SWEEP,
    "SELECT talk.state FROM talk": SWEEP,
    "WHERE evidence_item.expires_on BETWEEN": DAILY,
    "AND certificate.valid_to BETWEEN": DAILY,
    "FROM dossier WHERE dossier.product_id IN (": DAILY,
    "ORDER BY announcement.id DESC LIMIT": NEWEST,
    "SELECT count(DISTINCT CASE WHEN": REPORT,
    "dossier.decision_date BETWEEN": REPORT,
    "GROUP BY producer.commune_code, certificate.stars": REPORT,
    "GROUP BY product.set_number": REPORT,
    "GROUP BY certificate.stars": REPORT,
    "WHERE certificate.revoked_on BETWEEN": REPORT,
    "dossier.submitted_at >= ": REPORT,
}


class Visitors(Stage):
    """People whose chats have other ids than those of another story's people of the same name."""

    title = ""

    def person(self, name: str) -> Talker:
        if name not in self.people:
            self.people[name] = self.town.person(fingerprint(f"{self.title} {name}")[:24])
        return self.people[name]


async def play(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in PLAYED:
        drawn = random.Random(title)
        monkeypatch.setattr("secrets.SystemRandom", lambda drawn=drawn: drawn)
        async with town(folder, url=url) as here:
            stage = Visitors(here)
            stage.title = title
            for line in parse(STORIES / f"{title}.txt"):
                await stage.play(line)
            await what_else_happens(here, next(iter(stage.people.values())))


async def what_else_happens(here: Town, who: Talker) -> None:
    """A page is opened, Telegram is served, jobs come back for some days, a monitor looks."""
    desk = FrontDesk(here.db, here.turns, Bell(), here.files)
    await desk.knows(who.address)
    await desk.lines(who.address, 0)
    await desk.tail(who.address, None)
    await desk.read_file(who.address, "a" * 64)
    await desk.upload_slot("no such link")
    phones = [Phone(c) for c in (Channel.TELEGRAM, Channel.ZALO_OA, Channel.ZALO_BOT)]
    await here.person(f"tg-{who.address.id}", Channel.TELEGRAM).say("chào")
    outbox = Outbox(here.db, here.house, [*phones, PullSender(Channel.WEB)])
    await here.db.run(here.jobs.plan)
    for _ in range(3):
        for lane in outbox.lanes:
            while await outbox.drain(lane):
                pass
        here.clock.move(timedelta(hours=27))
        await here.jobs.drain()
    await here.db.read(_stored)
    await here.db.read(inbox.listed)


def offences(found: dict[str, Statement], offence: Callable[[Statement], str]) -> list[str]:
    told = []
    for shape, statement in found.items():
        judged = statement.reads and not any(words in shape for words in ALLOWED)
        if judged and (wrong := offence(statement)):
            told.append(f"{wrong}\n    {shape[:1500]}")
    return told


async def test_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "years.sqlite3"
    url = f"sqlite:///{file}"
    await filled(url)
    with sqlite_statements() as found:
        await play(url, tmp_path, monkeypatch)
    with closing(sqlite3.connect(file)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        big = {n for (n,) in names if _rows(database.execute, n) >= SMALL}
        wrong = offences(found, lambda s: sqlite_offence(database, s, big))
    assert {"inbound", "outbound", "person", "dossier", "producer"} <= big
    assert len(found) > 200
    assert not wrong, "\n".join(wrong)


async def test_on_postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres.fresh()
    await filled(url)
    with postgres_statements(monkeypatch) as found:
        await play(url, tmp_path, monkeypatch)
    with psycopg.connect(url, autocommit=True) as database:
        names = database.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "'public'::regnamespace"
        ).fetchall()
        big = {n for (n,) in names if _rows(database.execute, n) >= SMALL}
        # as with everything in memory or on an SSD: else a few thousand rows are soon read whole
        database.execute("SET random_page_cost = 1.1")
        wrong = offences(found, lambda s: postgres_offence(database, s, big))
    assert {"inbound", "outbound", "person", "dossier", "producer"} <= big
    assert len(found) > 100
    assert not wrong, "\n".join(wrong)


async def filled(url: str) -> None:
    import asyncio

    with closing(open_database(url, clock.now)) as db:
        db.store.migrate()
        await asyncio.to_thread(partial(fill, db, YEARS))


def _rows(execute: Callable[..., object], table: str) -> int:
    count: int = execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[attr-defined]
    return count


def test_the_words_of_the_partial_index_name_every_channel_whose_page_fetches() -> None:
    pulled = sorted(channel.value for channel in Channel if CAPABILITIES[channel].pull)
    assert f"channel IN ({', '.join(map(repr, sorted(pulled, reverse=True)))})" == PULLED


def test_a_statement_without_an_index_is_noticed(tmp_path: Path) -> None:
    """The net has no hole: what is known to go through a table is an offence."""
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as database:
        database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
        whole = Statement("SELECT id FROM person WHERE name = 'Lan'")
        assert sqlite_offence(database, whole, {"person"})
        assert not sqlite_offence(
            database, Statement("SELECT * FROM person WHERE id = 1"), {"person"}
        )
