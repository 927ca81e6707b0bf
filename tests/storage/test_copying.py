"""A whole database is copied into another: every row, and what is counted goes on above them."""

from __future__ import annotations

import asyncio
import random
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from bot import clock, moving
from bot.cli import build
from models import copying
from models.database import Database, DatabaseError, Unit, open_database
from models.messages import Address, Channel
from models.people import meet
from models.tables import Producer
from tests.flows.talk import Town, town
from tests.play.stage import STORIES, Stage
from tests.play.story import parse, written
from tests.storage import postgres
from tests.storage.conftest import START

STORY = STORIES / "tu-dau-den-cuoi.txt"


def sqlite(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}"


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as both kinds of database give it."""

    def work(unit: Unit) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: [
                tuple(row) for row in unit.core.execute(select(table).order_by(*table.primary_key))
            ]
            for table in copying.tables()
        }

    with closing(open_database(url, clock.now)) as db:
        return db.store.read(work)


@pytest.mark.parametrize("middle", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("way", ["to postgres", "to sqlite"])
async def test_a_story_begun_on_one_goes_on_on_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, middle: float, way: str
) -> None:
    drawn = random.Random(STORY.stem)
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    urls = [sqlite(tmp_path, "a.sqlite3"), postgres.empty()]
    before, after = urls if way == "to postgres" else urls[::-1]
    lines = parse(STORY)
    half = int(len(lines) * middle)
    async with town(tmp_path, url=before) as here:
        stage = Stage(here)
        for line in lines[:half]:
            line.heard = await stage.play(line)
        stopped_at = clock.now()
    await asyncio.to_thread(moving.move, before, after, copying.nobody)
    assert rows(after) == rows(before)
    async with town(tmp_path, at=stopped_at, url=after) as there:
        stage = moved(stage, there)
        for line in lines[half:]:
            line.heard = await stage.play(line)
    assert written(lines) == STORY.read_text(encoding="utf-8")


def moved(stage: Stage, there: Town) -> Stage:
    """The same people, at another installation."""
    there.count = stage.town.count
    for who in stage.people.values():
        who.town = there
    return Stage(there, stage.people, stage.told)


def filled(url: str) -> Database:
    """A database with one person in it."""
    db = open_database(url, clock.now)
    db.store.migrate()
    db.run_now(lambda unit: meet(unit, Address(Channel.WEB, "w" * 20), "vi", START))
    return db


def test_numbers_go_on_above_what_was_copied(tmp_path: Path) -> None:
    source, target = sqlite(tmp_path, "a.sqlite3"), postgres.empty()
    filled(source).close()
    moving.move(source, target, copying.nobody)
    with closing(open_database(target, clock.now)) as db:
        known = db.run_now(lambda unit: meet(unit, Address(Channel.WEB, "x" * 20), "vi", START))
        assert (known.id, known.person_id) == (2, 2)


def test_a_database_with_something_in_it_is_refused(tmp_path: Path) -> None:
    source, target = sqlite(tmp_path, "a.sqlite3"), postgres.fresh()
    filled(source).close()
    filled(target).close()
    with pytest.raises(DatabaseError, match="has rows already"):
        moving.move(source, target, copying.nobody)


def test_a_database_in_use_is_refused(tmp_path: Path) -> None:
    mine, theirs = sqlite(tmp_path, "a.sqlite3"), postgres.fresh()
    for used, ways in ((mine, [(mine, theirs)]), (theirs, [(mine, theirs), (theirs, mine)])):
        with closing(filled(used)):
            for way in ways:
                with pytest.raises(DatabaseError, match="is in use: stop the assistant first"):
                    moving.move(*way, copying.nobody)


def test_what_does_not_fit_is_named_and_nothing_is_kept(tmp_path: Path) -> None:
    source, target = sqlite(tmp_path, "a.sqlite3"), postgres.fresh()

    def too_long(unit: Unit) -> None:
        unit.add(
            Producer(person_id=1, type="coop", name="Đ" * 201, commune_code="1", created_at=START)
        )

    with closing(filled(source)) as db:
        db.run_now(too_long)
    with pytest.raises(DatabaseError, match="row 1 of producer: name has 201 characters") as told:
        moving.move(source, target, copying.nobody)
    assert "\n" not in str(told.value)
    assert not any(rows(target).values())


def test_an_older_source_is_brought_up_to_date_first(tmp_path: Path) -> None:
    source = sqlite(tmp_path, "a.sqlite3")
    with closing(filled(source)) as db:
        db.run_now(lambda u: u.core.execute(text("UPDATE alembic_version SET version_num = '0'")))
    with pytest.raises(DatabaseError, match="python -m bot migrate"):
        moving.move(source, postgres.empty(), copying.nobody)


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("sqlite:///{0}/none.db", "sqlite:///{0}/b.db", "There is no database at"),
        ("sqlite:///{0}/a.db", "sqlite:///{0}/a.db", "are the same"),
        ("sqlite:///{0}/a.db", "mysql://u@h/d", "DATABASE_URL takes"),
        ("what", "sqlite:///{0}/b.db", "DATABASE_URL takes"),
    ],
)
def test_a_wrong_address_is_one_sentence(
    tmp_path: Path, source: str, target: str, sentence: str
) -> None:
    filled(sqlite(tmp_path, "a.db")).close()
    with pytest.raises(DatabaseError, match=sentence):
        moving.move(source.format(tmp_path), target.format(tmp_path), copying.nobody)


def test_the_command_says_how_far_it_is_and_what_to_do_next(tmp_path: Path) -> None:
    source, target = sqlite(tmp_path, "a.sqlite3"), sqlite(tmp_path, "b.sqlite3")
    filled(source).close()
    told = CliRunner().invoke(build(), ["copy-database", source, target])
    assert told.exit_code == 0, told.output
    assert "person: 1 of 1 rows" in told.output
    assert "set DATABASE_URL" in told.output
    assert rows(target) == rows(source)
