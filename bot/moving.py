"""`copy-database`: a whole installation from one database to another, while it is stopped."""

from __future__ import annotations

from contextlib import closing

from bot import clock
from models import copying
from models.copying import Copied, Tell
from models.database import DatabaseError, open_database
from models.in_use import refuse_if_used


def move(source_url: str, target_url: str, tell: Tell) -> list[Copied]:
    """Copy everything of one database into another, whose tables are made. Blocks.

    Raises DatabaseError, one sentence, when either is in use, they are the same, or the target has
    rows already; then nothing has changed.
    """
    if source_url == target_url:
        raise DatabaseError("FROM and TO are the same database.")
    refuse_if_used(source_url, must_exist=True)
    refuse_if_used(target_url)
    opened = (closing(open_database(url, clock.now)) for url in (source_url, target_url))
    with next(opened) as source, next(opened) as target:
        target.store.migrate()
        return copying.copy(source, target, tell)
