"""Housekeeping that comes back: jobs long done, limits that are over, bytes that no row names."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial

from bot.jobs import Due, Works, Write, every, job
from bot.post import Post
from models import allowances, files_named, jobs, kept_files
from models.database import Unit

KEPT = timedelta(days=30)  # of jobs that are done: `inbox` and logs tell more
ON = "sweep on"
LONGEST = 90.0  # seconds: a job has 240, the slowest request 80, and names are read before
SOME = 500  # rows of one transaction
YOUNG = 48 * 3600.0  # seconds; twice as long as a file may be said after it was sent


@every("tidy jobs", timedelta(days=1))
async def tidy_jobs(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        jobs.forget_done(unit, due.now - KEPT)

    return write


@every("tidy allowances", timedelta(hours=1))
async def tidy_allowances(works: Works, due: Due) -> Write:
    def write(unit: Unit, post: Post) -> None:
        allowances.sweep(unit, due.now)

    return write


@every("sweep files", timedelta(days=1))
async def sweep_files(works: Works, due: Due) -> Write:
    """Files that nothing names: of uploads never said, of people who were erased. They are put
    aside, and deleted two days later; what providers call them is forgotten."""
    named = await works.db.read(files_named.keys)
    gone = await works.db.read(partial(kept_files.unnamed, named=named))
    for first in range(0, len(gone), SOME):
        await works.db.run(partial(kept_files.forget, files=gone[first : first + SOME]))
    return await _swept(works, named, "")


@job(ON)
async def sweep_on(works: Works, due: Due) -> Write:
    """The rest of a store with more files than one job has time for."""
    return await _swept(works, await works.db.read(files_named.keys), str(due.payload["after"]))


async def _swept(works: Works, named: set[str], after: str) -> Write:
    import asyncio

    until = time.monotonic() + LONGEST
    swept = await asyncio.to_thread(
        works.house.files.sweep,
        named.__contains__,
        YOUNG,
        after,
        lambda: time.monotonic() > until,
    )

    def go_on(unit: Unit, post: Post) -> None:
        if swept.after:
            post.job(ON, {"after": swept.after})

    return go_on
