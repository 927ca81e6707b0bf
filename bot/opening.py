"""What the settings name, opened: the database around the work of a command, the file store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot import clock

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.content import Content
    from models.database import Database
    from models.files import FileStore


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


def content_of(settings: Settings) -> Content:
    """The content of these settings' province."""
    from models.content import load

    return load(settings.province, settings.content_folder)


def files_of(settings: Settings) -> FileStore:
    """The file store of these settings. Raises BadAddress, one sentence, when it cannot be used."""
    from models.files import Bucket, open_store

    bucket = Bucket(
        settings.s3_endpoint or "",
        settings.s3_region,
        settings.s3_access_key.get_secret_value(),
        settings.s3_secret_key.get_secret_value(),
    )
    return open_store(settings.files_url, bucket)
