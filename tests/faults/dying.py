"""Processes that kill themselves at a chosen point: `python -m tests.faults.dying WHAT ...`.

migrate URL N                  dies before its Nth SQL statement; prints how many there were
put FOLDER N                   dies at the Nth step of keeping a file; prints how many there were
send URL SENT HOURS N          sends what waits, as the outbox does, HOURS after the start; dies
                               at the Nth point: before, or just after, the provider has it
expand FOLDER URL HOURS N      writes an announcement for everybody, HOURS after the start; dies
                               before the Nth person's row
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot import clock
from models.database import open_database
from models.files import FolderStore
from models.messages import Channel, Outbound, Sent
from tests.faults.sending import START, outbox_on

PAPER = b"giay phep " * 100_000


class Doom:
    """Kills the process the `last`th time it comes near."""

    def __init__(self, last: int) -> None:
        self.last, self.count = last, 0

    def near(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def migrate(url: str, doom: Doom) -> None:
    @event.listens_for(Engine, "before_cursor_execute")
    def _before(*_: Any) -> None:
        doom.near()

    db = open_database(url, clock.now)
    db.store.migrate()
    db.close()
    print(doom.count)


def put(folder: str, doom: Doom) -> None:
    """Half of the bytes are written, they are flushed, renamed: it may die before each."""
    real = {name: getattr(os, name) for name in ("fdopen", "fsync", "replace")}

    def before(name: str) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            doom.near()
            made = real[name](*given)
            if name == "fdopen":
                made.write(PAPER[:300_000])
                made.flush()
                doom.near()
                made.seek(0)
            return made

        return call

    for name in real:
        setattr(os, name, before(name))
    FolderStore(Path(folder)).put(PAPER)
    print(doom.count)


class Provider:
    """Writes what it got to a file, so that it is known after the process is dead."""

    channel = Channel.TELEGRAM

    def __init__(self, sent: Path, doom: Doom) -> None:
        self.sent, self.doom = sent, doom

    async def send(self, out: Outbound) -> Sent:
        self.doom.near()
        with self.sent.open("a") as file:
            file.write(f"{out.address.id} {out.say.text} {int(out.maybe_sent)}\n")
        self.doom.near()
        return Sent((str(out.id),))


async def send(url: str, sent: str, hours: str, doom: Doom) -> None:
    with clock.stopped(START + timedelta(hours=int(hours))):
        db = open_database(url, clock.now)
        outbox = outbox_on(db, Provider(Path(sent), doom), Path(sent).with_suffix(".files"))
        while await outbox.drain(Channel.TELEGRAM):
            pass
        db.close()


async def expand(folder: str, url: str, hours: str, doom: Doom) -> None:
    from models import announcements
    from tests.flows.talk import town

    real = announcements.put

    def put(*args: Any) -> int | None:
        doom.near()
        return real(*args)

    announcements.put = put  # type: ignore[assignment]  # the same, with a doom
    async with town(Path(folder), START + timedelta(hours=int(hours)), url) as here:
        while await here.jobs.drain():
            pass


def main(what: str, *given: str) -> None:
    *rest, last = given
    doom = Doom(int(last))
    if what == "put":
        put(rest[0], doom)
    elif what == "migrate":
        migrate(rest[0], doom)
    elif what == "expand":
        asyncio.run(expand(rest[0], rest[1], rest[2], doom))
    else:
        asyncio.run(send(rest[0], rest[1], rest[2], doom))


if __name__ == "__main__":
    main(*sys.argv[1:])
