"""What only several processes on one PostgreSQL can get wrong."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, select

from bot import clock
from bot.clock import Clock
from models import jobs, people
from models.claims import claim_jobs
from models.database import Database, DatabaseError, Unit, open_database
from models.messages import Address, Channel, Outbound, Sent
from models.tables import Job
from tests.storage import postgres
from tests.storage.conftest import START
from tests.storage.world import World, seconds


@pytest.fixture
def url() -> str:
    return postgres.fresh()


@pytest.fixture
def two(tmp_path: Path, time: Clock, url: str) -> Iterator[tuple[World, World]]:
    """Two processes, as far as the database can tell."""
    worlds = World(tmp_path, url=url), World(tmp_path, url=url)
    yield worlds
    for world in worlds:
        world.db.close()


def test_the_migrations_make_exactly_the_tables(url: str) -> None:
    db = open_database(url, clock.now)
    differences = db.store.read(
        lambda unit: compare_metadata(
            MigrationContext.configure(unit.core, opts={"compare_type": True}), SQLModel.metadata
        )
    )
    db.close()
    assert differences == []


@pytest.mark.parametrize("driver", ["", "+asyncpg", "+psycopg"])
def test_any_driver_name_will_do(url: str, driver: str) -> None:
    db = open_database(url.replace("postgresql", f"postgresql{driver}", 1), clock.now)
    db.store.migrate()
    assert db.run_now(lambda unit: unit.stamp())
    db.close()


async def test_two_processes_that_start_at_once_migrate_once(time: Clock) -> None:
    address = postgres.empty()
    databases = [open_database(address, clock.now) for _ in range(3)]
    await asyncio.gather(*(asyncio.to_thread(db.store.migrate) for db in databases))
    for db in databases:
        await db.run(lambda unit: people.meet(unit, Address(Channel.WEB, "x" * 20), "vi", START))
        db.close()


async def test_one_persons_messages_are_heard_one_after_the_other(
    two: tuple[World, World],
) -> None:
    """Two processes hear them at once: no answer is lost, and no person is met twice."""
    await asyncio.gather(*(two[n % 2].says("lan", f"{n}", external_id=f"x{n}") for n in range(20)))
    rows = await two[0].inbox()
    assert len({row.person_id for row in rows}) == 1
    talks = [talk.answers.get("heard", []) for world in two for talk in world.talks]
    lengths = sorted(len(heard) for heard in talks if isinstance(heard, list))
    assert lengths == list(range(20))  # each saw what all before it had left


async def test_a_second_copy_at_another_process_is_heard_once(two: tuple[World, World]) -> None:
    outcomes = await asyncio.gather(
        *(world.says("lan", "một", external_id="same") for world in (*two, *two))
    )
    assert Counter(outcomes) == {"written": 1, "duplicate": 3}
    assert len(await two[0].out()) == 1


async def test_workers_share_what_waits(two: tuple[World, World]) -> None:
    """Each message leaves once, from either; each person's in order."""
    arrived: list[tuple[str, str]] = []
    everything = asyncio.Event()

    class Slow:
        channel = Channel.TELEGRAM

        async def send(self, out: Outbound) -> Sent:
            await asyncio.sleep(0.01)
            arrived.append((out.address.id, out.say.text))
            if len(arrived) >= 40:
                everything.set()
            return Sent((str(out.id),))

    for world in two:
        world.outbox.lanes[Channel.TELEGRAM].sender = Slow()
    people_ = [f"p{n}" for n in range(8)]
    for number in range(5):
        await asyncio.gather(*(two[0].says(who, str(number)) for who in people_))
    workers = [asyncio.create_task(world.outbox.run()) for world in two]
    await asyncio.wait_for(everything.wait(), 30)
    for world in two:
        world.outbox.stop()
    await asyncio.gather(*workers)
    assert max(Counter(arrived).values()) == 1
    for who in people_:
        assert [text for to, text in arrived if to == who] == [f"You said: {n}" for n in range(5)]


async def test_what_comes_back_is_planned_once(two: tuple[World, World]) -> None:
    for world in two:
        await world.db.run(world.jobs.plan)
    planned = await two[0].db.read(lambda unit: unit.exec(select(Job.dedupe)).all())
    assert max(Counter(planned).values(), default=1) == 1


async def test_a_job_is_taken_by_one_of_them(two: tuple[World, World]) -> None:
    def put(unit: Unit) -> None:
        for number in range(12):
            jobs.put(unit, "some work", {"n": number}, clock.now(), clock.now())

    await two[0].db.run(put)
    taken = await asyncio.gather(
        *(two[n % 2].db.run(lambda unit: claim_jobs(unit, clock.now(), 4)) for n in range(6))
    )
    assert sorted(job.payload["n"] for some in taken for job in some) == list(range(12))


async def test_stamps_rise_in_each(two: tuple[World, World]) -> None:
    for world in two:
        stamps = [await world.db.run(lambda unit: unit.stamp()) for _ in range(3)]
        assert all(a < b for a, b in pairwise(stamps))


async def test_a_server_that_went_away_and_came_back(two: tuple[World, World], time: Clock) -> None:
    """Connections that were cut are opened anew; the message is sent again by its channel."""
    world = two[0]
    await world.says("lan", "một")
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'"
    )
    time.move(seconds(1))
    await world.says("lan", "hai")
    assert len(await world.inbox()) == 2


def test_a_wrong_name_is_one_sentence() -> None:
    db: Database = open_database(postgres.empty().replace("/test_", "/nothing_"), clock.now)
    with pytest.raises(DatabaseError, match="cannot be reached") as told:
        db.store.migrate()
    assert "\n" not in str(told.value)
    db.close()
