"""`run`: starts everything, stops it within ten seconds.

The page is served first and the rest is loaded beside it, so that a phone that opens it sees
something at once; what it asks for waits until the database is open.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.channels import CannotServe, configured
from bot.health import Health
from bot.late import LateReception
from bot.opening import content_of
from bot.parts import JOBS, PARTS, WEB
from bot.settings import Settings
from bot.web import WebServer

if TYPE_CHECKING:
    from bot.app import Assistant
    from bot.channels import Plug
    from models.database import Database

STOPPING = 9.0  # seconds for everything; what is not done by then is due work, done later
FINISHING = 5.0  # seconds of these for what is under way
TURNS = 0.0005  # seconds a thread computes before the one that writes to the database may
GARBAGE = (5000, 10, 10)  # the collector looks after so many new objects; Python's own 700 is often
ALONE = 5.0  # seconds in which somebody whose message waited for the start is here
ANSWERED = 0.5  # seconds in which the first message is answered
RARELY = 10.0  # seconds between looks at what is due, where a clockwork looks often

Started = Callable[["Assistant", str], Awaitable[None]]


async def run(
    settings: Settings, started: Started | None = None, only: frozenset[str] = PARTS
) -> None:
    """Run until SIGTERM or SIGINT. `started` is called once with the address, when all is up.

    `only`: the parts of this process (bot/parts.py). It listens for the web chat and webhooks.

    Raises CannotListen, DatabaseError, BadAddress or CannotServe, one sentence, when it cannot
    start.
    """
    stop = _stop_signal()
    sys.setswitchinterval(TURNS)  # 5 ms else, again after every statement: answers wait for each
    gc.set_threshold(*GARBAGE)
    reception, key = LateReception(), bytearray()
    health = Health()
    plugs = configured(settings, only)
    web = WebServer(settings, content_of(settings), reception, key, health, plugs)
    listens = WEB in only or (bool(settings.public_url) and bool(plugs))
    address = await web.start() if listens else ""
    try:
        db, master = await asyncio.to_thread(_open, settings)
        health.assistant = assistant = _assemble(settings, db, master, key, plugs)
    except BaseException:
        await web.stop()
        raise
    reception.open(assistant.desk)
    services, pollers = await _begin(assistant, only)
    if started is not None:
        await started(assistant, address)
    warm = asyncio.create_task(_warm(assistant))
    wrong = await _until(stop, pollers)
    threading.Thread(target=_last_resort, daemon=True).start()
    await web.stop()
    warm.cancel()
    for poller in pollers:
        poller.cancel()
    await _finish(assistant, [*services, *pollers])
    db.close()
    if wrong is not None:
        raise wrong


async def _until(stop: asyncio.Event, pollers: list[asyncio.Task[None]]) -> CannotServe | None:
    """Until we are told to stop, or a channel cannot be served: why."""
    told = asyncio.create_task(stop.wait())
    waiting: set[asyncio.Task[Any]] = {told, *pollers}
    while not told.done():
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if isinstance(wrong := task.exception(), CannotServe):
                told.cancel()
                return wrong
    return None


def _open(settings: Settings) -> tuple[Database, bytes]:
    """Everything slow about starting, on a thread: imports, the database, its schema."""
    from bot import app, clock, log
    from models.database import open_database

    log.start(settings.log_level)
    db = open_database(settings.database_url, clock.now)
    db.store.migrate()
    return db, app.master_key(settings, db)


def _assemble(
    settings: Settings, db: Database, master: bytes, key: bytearray, plugs: list[Plug]
) -> Assistant:
    from bot import app

    key[:] = app.derived(master, "files")
    return app.assemble(settings, db, content_of(settings), master, plugs=plugs)


async def _begin(
    assistant: Assistant, only: frozenset[str]
) -> tuple[list[asyncio.Task[None]], ...]:
    """Start the workers; what is due while we were away is done now. The second are pollers."""
    assistant.calling.start()
    services = [asyncio.create_task(assistant.outbox.run(), name="outbox")]
    if JOBS in only:
        await assistant.db.run(assistant.jobs.begin)
        await keep_beat(assistant)
        services.append(asyncio.create_task(assistant.jobs.run(), name="jobs"))
    pollers = [asyncio.create_task(wire.serve()) for wire in assistant.wires]
    return services, pollers


def _freeze() -> None:
    """The collector need not walk what stays for good: fewer and shorter pauses."""
    gc.collect()
    gc.freeze()


async def keep_beat(assistant: Assistant) -> None:
    """Let the officers' bot's clockwork look for what is due; without one, the jobs look often."""
    jobs = assistant.jobs
    for wire in assistant.wires:
        if wire.beat is not None:
            await wire.beat(jobs.wake, jobs.poll)
            jobs.poll = RARELY
            return


async def _warm(assistant: Assistant) -> None:
    """Build what answers questions (50 MB) when the first person is here, before they ask; then
    freeze what stays. Neither goes before their first answer."""
    visited = assistant.desk.visited
    try:
        await asyncio.wait_for(visited.wait(), ALONE)
    except TimeoutError:  # nobody waits, and what leaves by itself need not wait for the collector
        _freeze()
        await visited.wait()
    await asyncio.sleep(ANSWERED)
    if assistant.house.answerer is not None:
        await asyncio.to_thread(assistant.house.answerer)
    _freeze()


async def _finish(assistant: Assistant, services: list[asyncio.Task[None]]) -> None:
    """Let the workers finish what they hold; what takes longer stays leased and is done later."""
    assistant.outbox.stop()
    assistant.jobs.stop()
    _, late = await asyncio.wait(services, timeout=FINISHING)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for wire in assistant.wires:
        await wire.close()
    await assistant.calling.stop()


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _last_resort() -> None:
    """A thread that still draws a chart must not keep the process: its job is done again later."""
    threading.Event().wait(STOPPING)
    sys.stderr.flush()
    os._exit(0)
