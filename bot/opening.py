"""The settings and the database of one command, opened and closed around its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot import clock

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.database import Database


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of these settings, its schema current; closed at the end of the block.

    Raises DatabaseError, one sentence, when it cannot be used.
    """
    from models.database import open_database

    database = open_database(settings.database_url, clock.now)
    try:
        database.store.migrate()
        yield database
    finally:
        database.close()
