"""The same of PostgreSQL, with its own programs and without them."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import backup, clock
from bot.clock import Clock
from models.database import DatabaseError, open_database
from models.files import FolderStore
from models.messages import Channel
from tests.storage import postgres
from tests.storage.conftest import time
from tests.storage.test_copying import rows
from tests.storage.world import World

__all__ = ["time"]


@pytest.fixture(params=["pg_dump", "without"])
def member(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the database is called in a backup, made with PostgreSQL's programs or without."""
    there = request.param == "pg_dump"
    monkeypatch.setenv("PATH", str(postgres.programs()) if there else "/nowhere")
    return "database.dump" if there else "database.sqlite3"


@pytest.fixture
def url() -> str:
    return postgres.fresh()


@pytest.fixture
def world(tmp_path: Path, time: Clock, url: str) -> Iterator[World]:
    made = World(tmp_path, url=url)
    yield made
    made.db.close()


async def save(world: World, url: str, folder: Path, name: str = "backup.zip") -> Path:
    target = folder / name
    await asyncio.to_thread(backup.write, target, url, world.files, clock.now())
    return target


def restored(source: Path, url: str, folder: Path, *, replace: bool = False) -> backup.Kept:
    return backup.restore(source, url, FolderStore(folder / "files"), replace=replace)


def works(url: str) -> None:
    """It starts, and the audit log still refuses changes."""
    with closing(open_database(url, clock.now)) as db:
        db.store.migrate()
        db.run_now(lambda unit: unit.stamp())


async def test_what_is_restored_is_what_was_there(
    world: World, url: str, member: str, tmp_path: Path
) -> None:
    key = world.files.put(b"a photo")
    await world.says("lan", "trước")
    made = await save(world, url, tmp_path)
    before = await asyncio.to_thread(rows, url)
    await world.says("lan", "sau")
    with zipfile.ZipFile(made) as archive:
        assert member in archive.namelist()
    other = postgres.empty()
    kept = await asyncio.to_thread(restored, made, other, tmp_path / "other")
    assert (kept.files, kept.aside) == (1, None)
    assert await asyncio.to_thread(rows, other) == before
    assert FolderStore(tmp_path / "other" / "files").get(key) == b"a photo"
    again = World(tmp_path / "other", url=other)
    again.db.store.migrate()
    await again.says("lan", "vẫn đây", external_id="again")
    assert len(await again.inbox()) == 2
    again.db.close()


async def test_made_while_people_talk(world: World, url: str, member: str, tmp_path: Path) -> None:
    """Each message is in the copy with its answer, or neither is; the talking goes on."""

    async def talk(name: str) -> None:
        for number in range(40):
            await world.says(name * 20, str(number), channel=Channel.WEB)

    talking = [asyncio.create_task(talk(name)) for name in "abcd"]
    await asyncio.sleep(0.1)
    made = await save(world, url, tmp_path)
    await asyncio.gather(*talking)
    other = postgres.empty()
    await asyncio.to_thread(restored, made, other, tmp_path / "other")
    kept = await asyncio.to_thread(rows, other)
    assert len(kept["inbound"]) == len(kept["outbound"])
    assert len(await world.inbox()) == 160


async def test_what_is_replaced_is_put_aside(
    world: World, url: str, member: str, tmp_path: Path
) -> None:
    await world.says("lan", "một")
    made = await save(world, url, tmp_path)
    with pytest.raises(DatabaseError, match="in use"):
        await asyncio.to_thread(restored, made, url, tmp_path)
    await world.says("lan", "hai")
    world.db.close()
    with pytest.raises(DatabaseError, match="--replace"):
        await asyncio.to_thread(restored, made, url, tmp_path)
    for number in (1, 2):
        kept = await asyncio.to_thread(lambda: restored(made, url, tmp_path, replace=True))
        assert f"schema before_restore_{number} of" in str(kept.aside)
    assert len((await asyncio.to_thread(rows, url))["inbound"]) == 1
    aside = "SELECT count(*) FROM before_restore_1.inbound"
    assert postgres.asked(url, aside) == [(2,)]
    await asyncio.to_thread(works, url)
    again = await save(world, url, tmp_path, "again.zip")  # what was put aside is not part of it
    other = postgres.empty()
    await asyncio.to_thread(restored, again, other, tmp_path)
    assert postgres.asked(other, "SELECT to_regnamespace('before_restore_1')") == [(None,)]


async def test_a_damaged_backup_changes_nothing(
    world: World, url: str, member: str, tmp_path: Path
) -> None:
    await world.says("lan", "một")
    made = await save(world, url, tmp_path)
    world.db.close()
    with zipfile.ZipFile(made) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members[member] = members[member][: len(members[member]) // 2]
    with zipfile.ZipFile(made, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    before = await asyncio.to_thread(rows, url)
    with pytest.raises(DatabaseError) as told:
        await asyncio.to_thread(lambda: restored(made, url, tmp_path, replace=True))
    assert "\n" not in str(told.value)
    assert await asyncio.to_thread(rows, url) == before
    assert postgres.asked(url, "SELECT to_regnamespace('before_restore_1')") == [(None,)]
    await asyncio.to_thread(works, url)


async def test_a_backup_of_one_kind_in_the_other(
    world: World, url: str, member: str, tmp_path: Path
) -> None:
    """Without pg_dump it is the same on both; a dump is PostgreSQL's own, and says so."""
    await world.says("lan", "một")
    made = await save(world, url, tmp_path)
    before = await asyncio.to_thread(rows, url)
    sqlite = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    if member == "database.dump":
        with pytest.raises(DatabaseError, match="made by pg_dump"):
            await asyncio.to_thread(restored, made, sqlite, tmp_path)
        return
    await asyncio.to_thread(restored, made, sqlite, tmp_path)
    assert await asyncio.to_thread(rows, sqlite) == before
    back = tmp_path / "sqlite.zip"
    await asyncio.to_thread(backup.write, back, sqlite, world.files, clock.now())
    other = postgres.empty()
    await asyncio.to_thread(restored, back, other, tmp_path)
    assert await asyncio.to_thread(rows, other) == before


async def test_a_dump_needs_pg_restore(
    world: World, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgres.programs()))
    made = await save(world, url, tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DatabaseError, match="pg_restore of PostgreSQL 18 or later"):
        await asyncio.to_thread(restored, made, postgres.empty(), tmp_path)
