"""A segment is written person by person: whenever the process dies, each gets it exactly once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from models.messages import Channel
from tests import databases
from tests.faults.process import ROOT
from tests.faults.sending import START
from tests.flows.talk import Town, town
from tests.play.crowd import announcement, crowd

PEOPLE = 230


async def prepared(folder: Path) -> None:
    async with town(folder, START) as here:
        await here.db.run(lambda unit: crowd(unit, PEOPLE, START, Channel.TELEGRAM))
        await here.db.run(lambda unit: announcement(unit, START))


async def written(here: Town) -> list[dict[str, object]]:
    return await here.rows(
        "SELECT d.person_id, o.id, o.address FROM delivery d JOIN outbound o "
        "ON o.id = d.outbound_id WHERE o.priority = 9"
    )


async def everybody_once(here: Town) -> None:
    """As many rows of the outbox as people, one each, and nobody left out."""
    rows = await written(here)
    assert len(rows) == PEOPLE == len({row["person_id"] for row in rows})
    (bulk,) = await here.rows("SELECT count(*) AS n FROM outbound WHERE priority = 9")
    assert bulk["n"] == PEOPLE
    (state,) = await here.rows("SELECT expanded_at FROM announcement")
    assert state["expanded_at"] is not None


def killed(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=ROOT, timeout=120, check=False, capture_output=True)


async def drained(here: Town) -> None:
    while await here.jobs.drain():
        pass


@pytest.mark.slow
async def test_killed_at_any_person_each_gets_it_once(tmp_path: Path) -> None:
    """Points 1 to 230 lie before each person's row; the kills come one after another."""
    await prepared(tmp_path)
    hours = 1
    for point in (1, 37, 101, 60, 120, 29):
        url = databases.at(tmp_path / "talk.db")
        command = [sys.executable, "-m", "tests.faults.dying", "expand", str(tmp_path), url]
        dying = await asyncio.to_thread(killed, [*command, str(hours), str(point)])
        hours += 1  # the dead process's claim has run out
        if dying.returncode == 0:
            break
        assert dying.returncode == -9, dying.stderr.decode()[-2000:]
    async with town(tmp_path, START + timedelta(hours=9)) as here:
        await drained(here)
        await everybody_once(here)


async def test_a_batch_that_fails_is_undone_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models import announcements

    await prepared(tmp_path)
    real, calls = announcements.written, 0

    def breaks(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls in (50, 170):
            raise RuntimeError("the disk is full")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(announcements, "written", breaks)
    async with town(tmp_path, START) as here:
        for _ in range(4):
            await drained(here)
            here.clock.move(timedelta(minutes=2))
        assert calls > PEOPLE
        await everybody_once(here)


async def test_the_same_job_twice_writes_nobody_twice(tmp_path: Path) -> None:
    await prepared(tmp_path)
    async with town(tmp_path, START) as here:
        await drained(here)
        await here.db.run(lambda unit: unit.core.exec_driver_sql(
            "UPDATE announcement SET reached = 0, state = 'sending', expanded_at = NULL"
        ))  # fmt: skip
        await here.db.run(lambda unit: unit.core.exec_driver_sql(
            "INSERT INTO job (kind, payload, status, due_at, attempts, created_at) VALUES "
            "('announce', '{\"announcement\": 1}', 'waiting', '2026-11-25 02:00:00', 0, "
            "'2026-11-25 02:00:00')"
        ))  # fmt: skip
        await drained(here)
        await everybody_once(here)
