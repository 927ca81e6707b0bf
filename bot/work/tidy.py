"""Housekeeping that comes back: jobs long done, limits that are over, bytes that no row names."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from models import allowances, files_named, jobs, kept_files
from models.database import Unit

KEPT = timedelta(days=30)  # of jobs that are done: `inbox` and logs tell more
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
async def sweep_files(works: Works, due: Due) -> None:
    """Files that nothing names: of uploads never said, of people who were erased. They are put
    aside, and deleted two days later; what providers call them is forgotten."""
    import asyncio

    named = await works.db.read(files_named.keys)
    await asyncio.to_thread(works.house.files.sweep, named.__contains__, YOUNG)
    await works.db.run(lambda unit: kept_files.sweep(unit, named))
