"""Several processes that send with one token stay below its limit together."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import clock, pace_machine
from bot.pace_shared import SharedPacer
from models import pacing
from models.database import Database, Unit, open_database
from models.messages import Later
from models.pacing import Pace, Want
from tests import databases
from tests.code_tree import ROOT

GAP, PATIENCE = 33_613, 4_000_000
CHAT = Pace(1_000_000, 3)


@pytest.fixture
def url(on_both: None, tmp_path: Path) -> str:
    return databases.at(tmp_path / "a.sqlite3")


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    with closing(open_database(url, clock.now)) as made:
        made.store.migrate()
        yield made


def reserved(db: Database, *wants: Want, gap: int = GAP) -> list[pacing.Given]:
    return db.run_now(lambda unit: pacing.reserve(unit, "bot", gap, wants, PATIENCE))


def test_places_are_one_gap_apart_whoever_asks(db: Database) -> None:
    """Asked at once, for three and for two: what one took the other does not get."""
    gap = 10_000_000  # longer than the test takes
    waits = [one.wait for one in reserved(db, *[Want(str(n), CHAT) for n in range(3)], gap=gap)]
    assert [b - a for a, b in pairwise(waits)] == [gap, gap]
    later = reserved(db, Want("9", CHAT), gap=gap)[0]
    assert later.refused and later.wait > 2 * gap  # too far ahead: asked again later


def test_a_chat_gets_a_burst_then_waits(db: Database) -> None:
    minute = Pace(60_000_000, 3)
    first, second, third, fourth = reserved(db, *[Want("5", minute)] * 4)
    assert [one.has_slot for one in (first, second, third, fourth)] == [True] * 3 + [False]
    assert fourth.refused and 50_000_000 < fourth.wait <= 60_000_000
    assert reserved(db, Want("6", minute))[0].has_slot


def test_what_is_held_waits_everywhere(db: Database) -> None:
    db.run_now(lambda unit: pacing.hold(unit, "bot", None, 60))
    given = reserved(db, Want("5", CHAT))[0]
    assert given.refused and given.wait > 50_000_000
    other = db.run_now(lambda unit: pacing.reserve(unit, "bot 2", GAP, [Want("5", CHAT)], PATIENCE))
    assert other[0].has_slot


async def test_the_pacer_bursts_marks_and_parks(db: Database) -> None:
    pacer = SharedPacer(db, "bot", 1000)
    for _ in range(3):
        await pacer.turn("5")
    assert not pacer.spare("5")
    assert pacer.spare("6")
    pacer.park("5", 60)
    await asyncio.gather(*pacer._tasks)
    with pytest.raises(Later) as why:
        await pacer.turn("5")
    assert (why.value.seconds or 0) > 50


async def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    away = open_database(f"sqlite:///{tmp_path / 'none.sqlite3'}", clock.now)  # without tables
    with pytest.raises(Later) as why:
        await SharedPacer(away, "bot").turn("5")
    assert not why.value.unknown  # nothing was sent
    away.close()


async def test_alone_with_its_token_it_keeps_the_pace_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then another comes: from there on places are the database's, what was sent is told to it."""
    monkeypatch.setattr(pace_machine, "LOOK", 0.0)
    with closing(open_database(f"sqlite:///{tmp_path / 'a.sqlite3'}", clock.now)) as db:
        db.store.migrate()
        pacer = pace_machine.paced(db, "bot", 1000)
        for _ in range(3):
            await pacer.turn("5")
        pacer.park("7", 60)
        assert not pacer.spare("5") and pacer.spare("6")
        assert await db.read(slots) == 0
        with another(tmp_path / "a.sqlite3-pace-"):
            with pytest.raises(Later):  # not before the other's last places are over
                await pacer.turn("6")
            assert await db.read(slots) == 1
            with pytest.raises(Later) as why:
                await pacer.turn("7")
            assert (why.value.seconds or 0) > 50
        with pytest.raises(Later):
            await pacer.turn("6")  # it stays so


def slots(unit: Unit) -> int:
    return int(unit.execute(text("SELECT count(*) FROM slot")).scalar() or 0)


@contextmanager
def another(start: Path) -> Iterator[None]:
    """Another process holds a seat of the file whose name begins so."""
    [seats] = start.parent.glob(f"{start.name}*")
    code = (
        "import fcntl, sys; file = open(sys.argv[1], 'ab'); "
        "fcntl.lockf(file, fcntl.LOCK_EX, 1, 1); print('here', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(seats)], stdin=pipe, stdout=pipe) as it:
        assert it.stdout and it.stdin and it.stdout.readline()
        try:
            yield
        finally:
            it.stdin.close()


def instants(told: list[str]) -> list[float]:
    lines = (line.split() for text in told for line in text.splitlines())
    return sorted(float(words[1]) for words in lines if words[0] == "sent")


def test_one_that_comes_while_another_sends_shares_with_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with closing(open_database(url, clock.now)) as db:
        db.store.migrate()
    command = [sys.executable, "-m", "tests.storage.pacing_process", url]
    first = subprocess.Popen([*command, "150", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout
    began = os.read(first.stdout.fileno(), 1000).decode()  # it sends
    assert began
    second = subprocess.Popen([*command, "45", "1"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    told = [process.communicate(timeout=120)[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0]
    sent = instants([began + told[0], told[1]])
    assert len(sent) == 195
    assert all(later - first >= 0.8 for first, later in zip(sent, sent[30:], strict=False))


def test_two_processes_share_thirty_a_second(url: str, db: Database) -> None:
    """Two real processes, each with more than the limit to send.

    A process that is put aside between deciding and sending is late, so not to the millisecond;
    two that knew nothing of each other would send thirty in half a second.
    """
    command = [sys.executable, "-m", "tests.storage.pacing_process", url, "45"]
    running = [
        subprocess.Popen([*command, str(n)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for n in range(2)
    ]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    sent = instants(told)
    assert len(sent) == 90
    assert all(later - first >= 0.8 for first, later in zip(sent, sent[30:], strict=False))
