"""A backup made while people talk is whole; what is restored is what was there."""

from __future__ import annotations

import asyncio
import zipfile
from pathlib import Path

import pytest

from bot import backup, clock
from bot.clock import Clock
from models.database import DatabaseError, open_database
from models.files import FolderStore
from models.messages import Channel
from tests import databases
from tests.faults.ledger import Ledger
from tests.storage.conftest import time, world
from tests.storage.world import World

__all__ = ["time", "world"]
pytestmark = databases.only_sqlite("its backup; test_backup_postgres.py is about the other")


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'world.sqlite3'}"


async def save(world: World, folder: Path, name: str = "backup.zip") -> Path:
    target = folder / name
    await asyncio.to_thread(backup.write, target, url(folder), world.files, clock.now())
    return target


def restored(source: Path, folder: Path, **how: bool) -> backup.Kept:
    return backup.restore(source, url(folder), FolderStore(folder / "files"), **{
        "replace": False, **how
    })  # fmt: skip


async def test_what_is_restored_is_what_was_there(world: World, tmp_path: Path) -> None:
    key = world.files.put(b"a photo")
    await world.says("lan", "trước")
    made = await save(world, tmp_path)
    await world.says("lan", "sau")
    other = tmp_path / "other"
    assert restored(made, other).files == 1
    texts = Ledger(other / "world.sqlite3", other).rows("SELECT payload FROM inbound")
    assert ["trước" in text for (text,) in texts] == [True]
    assert FolderStore(other / "files").get(key) == b"a photo"
    again = open_database(url(other), clock.now)
    again.store.migrate()
    again.close()


async def test_made_while_people_talk(world: World, tmp_path: Path) -> None:
    """Each message is in the copy with its answer, or neither is; the talking goes on."""

    async def talk(name: str) -> None:
        for number in range(60):
            await world.says(name * 20, str(number), channel=Channel.WEB)

    talking = [asyncio.create_task(talk(name)) for name in "abc"]
    for number in range(4):
        await asyncio.sleep(0.02)
        made = await save(world, tmp_path, f"{number}.zip")
        folder = tmp_path / f"restored-{number}"
        restored(made, folder)
        ledger = Ledger(folder / "world.sqlite3", folder)
        heard, answered = (
            ledger.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("inbound", "outbound")
        )
        assert heard == answered
        assert ledger.rows("PRAGMA integrity_check") == [("ok",)]
    await asyncio.gather(*talking)
    assert len(await world.inbox()) == 180


async def test_a_database_in_use_is_not_replaced(world: World, tmp_path: Path) -> None:
    await world.says("lan", "chào")
    made = await save(world, tmp_path)
    with pytest.raises(DatabaseError, match="--replace"):
        restored(made, tmp_path)
    with pytest.raises(DatabaseError, match="in use"):
        restored(made, tmp_path, replace=True)
    await world.says("lan", "vẫn đây")
    assert len(await world.inbox()) == 2


async def test_what_is_replaced_is_put_aside(world: World, tmp_path: Path, time: Clock) -> None:
    await world.says("lan", "một")
    made = await save(world, tmp_path)
    await world.says("lan", "hai")
    world.db.close()
    aside = restored(made, tmp_path, replace=True).aside
    assert aside is not None
    count = "SELECT count(*) FROM inbound"
    assert Ledger(Path(aside), tmp_path).rows(count) == [(2,)]
    assert Ledger(tmp_path / "world.sqlite3", tmp_path).rows(count) == [(1,)]


async def test_a_backup_is_never_written_over(world: World, tmp_path: Path) -> None:
    await save(world, tmp_path)
    with pytest.raises(DatabaseError, match="already"):
        await save(world, tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


@pytest.mark.parametrize("spoil", ["no zip", "half", "a file", "a missing file"])
async def test_a_damaged_backup_changes_nothing(world: World, tmp_path: Path, spoil: str) -> None:
    world.files.put(b"a photo")
    await world.says("lan", "chào")
    made = await save(world, tmp_path)
    if spoil == "no zip":
        made.write_bytes(b"not a backup")
    elif spoil == "half":
        made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    else:
        rewritten(made, {"files/": None if spoil == "a missing file" else b"another photo"})
    other = tmp_path / "other"
    with pytest.raises(DatabaseError) as told:
        restored(made, other)
    assert "\n" not in str(told.value)
    assert [p.name for p in other.iterdir() if p.name != "files"] == []


def rewritten(made: Path, changes: dict[str, bytes | None]) -> None:
    """The same ZIP with members whose name starts so changed, or left out."""
    with zipfile.ZipFile(made) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(made, "w") as new:
        for name, data in members.items():
            change = next((c for start, c in changes.items() if name.startswith(start)), data)
            if change is not None:
                new.writestr(name, change)
