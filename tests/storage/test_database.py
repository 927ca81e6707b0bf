"""Pieces of work share a commit and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot import clock
from bot.clock import Clock
from models import people
from models.database import Database, DatabaseError, Unit, open_database
from models.messages import Address, Channel, Talk
from models.tables import Person
from tests import databases
from tests.storage.world import FILE, World, seconds

LAN = Address(Channel.TELEGRAM, "lan")


async def in_one_commit(db: Database, *works: Callable[[Unit], object]) -> list[object]:
    """Run the works so that they surely share a commit: the writer is busy while they queue."""
    busy = Event()
    first = asyncio.create_task(db.run(lambda unit: busy.wait(10)))
    await asyncio.sleep(0.05)
    tasks = [asyncio.create_task(db.run(work)) for work in works]
    await asyncio.sleep(0.05)
    busy.set()
    await first
    return await asyncio.gather(*tasks, return_exceptions=True)


def add(name: str) -> Callable[[Unit], int]:
    def work(unit: Unit) -> int:
        person = Person(created_at=unit.stamp(), name=name)
        unit.add(person)
        unit.flush()
        return person.id or 0

    return work


def fail(unit: Unit) -> None:
    add("never")(unit)
    raise ValueError("no")


def fail_in_flush(unit: Unit) -> None:
    add("never")(unit)
    unit.add(Person(id=1, created_at=unit.stamp()))
    unit.add(Person(id=1, created_at=unit.stamp(), name="twice"))
    unit.flush()


def spoil_the_commit(unit: Unit) -> None:
    unit.core.execute(text("PRAGMA defer_foreign_keys = ON"))
    people.save_talk(unit, 4711, Talk(), unit.stamp())  # nobody has this number


def names(db: Database) -> list[str | None]:
    return db.store.read(lambda unit: list(unit.exec(select(Person.name).order_by("id")).all()))


@pytest.mark.parametrize("failing", [fail, fail_in_flush])
async def test_one_that_fails_undoes_itself_only(
    world: World, failing: Callable[[Unit], None]
) -> None:
    given = await in_one_commit(world.db, add("one"), failing, add("two"))
    assert isinstance(given[1], ValueError | IntegrityError)
    assert {*names(world.db)} == {"one", "two"}  # in PostgreSQL each begins when it can


@databases.only_sqlite("a commit of several pieces; in PostgreSQL each has its own")
async def test_a_commit_that_fails_is_told_to_everyone_in_it(world: World) -> None:
    given = await in_one_commit(world.db, add("one"), spoil_the_commit, add("two"))
    assert all(isinstance(result, DatabaseError) for result in given)
    assert names(world.db) == []
    await world.db.run(add("three"))
    assert names(world.db) == ["three"]


async def test_nothing_is_told_before_it_is_durable(world: World) -> None:
    heard: list[str] = []

    def work(unit: Unit) -> None:
        add("one")(unit)
        unit.after_commit.append(lambda: heard.extend(str(n) for n in names(world.db)))

    await world.db.run(work)
    await asyncio.sleep(0)
    assert heard == ["one"]


async def test_nobody_is_woken_for_what_was_undone(world: World) -> None:
    heard: list[str] = []

    def work(unit: Unit) -> None:
        unit.after_commit.append(lambda: heard.append("woken"))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await world.db.run(work)
    await asyncio.sleep(0)
    assert heard == []


async def test_a_reader_cannot_write(world: World) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        await world.db.read(add("one"))


async def test_the_cache_forgets_what_was_undone(world: World) -> None:
    """A talk saved by work that failed never happened, for the cache too."""
    known = await world.db.run(lambda unit: people.meet(unit, LAN, "vi", clock.now()))

    def save_and_fail(unit: Unit) -> None:
        people.person(unit, known.person_id)
        people.save_talk(unit, known.person_id, Talk(flow="lost"), clock.now())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await world.db.run(save_and_fail)
    assert await world.db.run(lambda u: people.talk_of(people.person(u, known.person_id))) == Talk()


async def test_the_cache_sees_what_other_means_wrote(world: World, tmp_path: Path) -> None:
    known = await world.db.run(lambda unit: people.meet(unit, LAN, "vi", clock.now()))

    def language(unit: Unit) -> str:
        return people.person(unit, known.person_id).language

    def by_orm(unit: Unit) -> None:
        person = unit.get(Person, known.person_id)
        assert person is not None
        person.language = "en"
        unit.add(person)

    assert await world.db.run(language) == "vi"
    await world.db.run(by_orm)
    assert await world.db.run(language) == "en"
    change = "UPDATE person SET language = 'vi' RETURNING id"
    assert await asyncio.to_thread(databases.rows, databases.at(tmp_path / FILE), change)
    assert await world.db.run(language) == "vi"


async def test_stamps_rise_over_restarts_and_clocks_set_back(
    world: World, time: Clock, tmp_path: Path
) -> None:
    await world.says("w" * 20, "một", channel=Channel.WEB)
    before = await world.db.run(lambda unit: unit.stamp())
    time.move(-seconds(3600))
    again = open_database(databases.at(tmp_path / FILE), clock.now)
    again.store.migrate()
    said = (await world.inbox())[0].received_at
    assert await again.run(lambda unit: unit.stamp()) > said
    assert await world.db.run(lambda unit: unit.stamp()) > before
    again.close()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(DatabaseError, match="forgets"):
        open_database("sqlite://", clock.now)


def test_any_driver_name_will_do(tmp_path: Path) -> None:
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'x' / 'a.sqlite3'}", clock.now)
    db.store.migrate()
    assert db.run_now(lambda unit: unit.stamp()) > clock.now() - seconds(10)
    db.close()


def test_an_unreachable_server_is_one_sentence() -> None:
    db = open_database("postgresql://nobody:hidden@127.0.0.1:1/x", clock.now)
    with pytest.raises(DatabaseError, match="cannot be reached") as told:
        db.store.migrate()
    assert "\n" not in str(told.value)
    assert "hidden" not in str(told.value)
    db.close()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"a photo, perhaps" * 100)
    db = open_database(f"sqlite:///{tmp_path / 'a.sqlite3'}", clock.now)
    with pytest.raises(DatabaseError, match="not a database") as told:
        db.store.migrate()
    assert "\n" not in str(told.value)
    db.close()


async def test_an_error_never_tells_what_somebody_wrote(world: World) -> None:
    def twice(unit: Unit) -> None:
        for _ in range(2):
            unit.add(Person(id=1, created_at=unit.stamp(), name="Bà Lan 0912345678"))
        unit.flush()

    with pytest.raises(IntegrityError) as told:
        await world.db.run(twice)
    assert "Lan" not in str(told.value)
    assert "0912" not in str(told.value)


async def test_a_database_that_cannot_be_opened_holds_nobody_up(tmp_path: Path) -> None:
    """Every call is answered, with what is wrong, and work goes on once it can be opened."""
    folder = tmp_path / "away"
    db = open_database(f"sqlite:///{folder / 'a.sqlite3'}", clock.now)
    db.store.migrate()
    folder.rename(tmp_path / "elsewhere")
    for _ in range(2):
        with pytest.raises(DatabaseError):
            await asyncio.wait_for(db.run(lambda unit: 1), 10)
    (tmp_path / "elsewhere").rename(folder)
    assert await asyncio.wait_for(db.run(add("one")), 10) == 1
    db.close()


@databases.only_sqlite("a commit that is shared; in PostgreSQL each has its own")
async def test_patient_work_goes_before_what_comes_next(world: World) -> None:
    order: list[str] = []
    sent = asyncio.create_task(world.db.run(lambda unit: order.append("sent"), patient=True))
    await asyncio.sleep(0)
    await world.db.run(lambda unit: order.append("answer"))
    assert order == ["sent", "answer"]
    await sent


async def test_patient_work_alone_is_done_too(world: World) -> None:
    assert await world.db.run(lambda unit: 5, patient=True) == 5


async def test_what_waits_patiently_is_written_when_the_database_is_closed(tmp_path: Path) -> None:
    db = open_database(f"sqlite:///{tmp_path / FILE}", clock.now)
    db.store.migrate()
    sent = asyncio.create_task(db.run(add("Lan"), patient=True))
    await asyncio.sleep(0)
    await asyncio.to_thread(db.close)
    assert await sent == 1
