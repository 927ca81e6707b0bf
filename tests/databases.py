"""Where a test keeps its database: a file in its folder, or a PostgreSQL database of its own.

`DATABASE=postgresql make test` runs everything on PostgreSQL but what is about SQLite itself. A
test that asks for the fixture `on_both` runs on either in any case.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

KINDS = ("sqlite", "postgresql")
#: What tests run on that do not say it themselves.
CHOSEN = os.environ.get("DATABASE", "") or "sqlite"
BOTH = KINDS if CHOSEN == "sqlite" else (CHOSEN,)
if CHOSEN not in KINDS:
    raise pytest.UsageError(f"DATABASE takes {' or '.join(KINDS)}, not {CHOSEN!r}")


def only_sqlite(what: str) -> pytest.MarkDecorator:
    """For what is about SQLite itself: its locks, its file, its backup."""
    return pytest.mark.skipif(CHOSEN != "sqlite", reason=f"about SQLite itself: {what}")


_kind = CHOSEN
_made: dict[Path, str] = {}


@contextmanager
def kept_in(kind: str) -> Iterator[None]:
    """Databases are of this kind meanwhile; those in PostgreSQL are gone afterwards."""
    global _kind
    before, _kind = _kind, kind
    made_before = dict(_made)
    try:
        yield
    finally:
        _kind = before
        for path in [path for path in _made if path not in made_before]:
            _dropped(_made.pop(path))


def at(path: Path) -> str:
    """The address of the database that is called `path`; asked again, it is the same one."""
    if _kind == "sqlite":
        return f"sqlite:///{path}"
    if path not in _made:
        from tests.storage import postgres

        _made[path] = postgres.fresh()
    return _made[path]


def empty(path: Path) -> str:
    """As `at`, but without tables; for a path that was not asked for before."""
    if _kind == "sqlite":
        return at(path)
    from tests.storage import postgres

    _made[path] = postgres.empty()
    return _made[path]


def driven(url: str) -> str:
    """As SQLAlchemy takes it."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """What another program reads there, or changes (RETURNING)."""
    if not url.startswith("sqlite"):
        from tests.storage import postgres

        return postgres.asked(url, query)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(query).fetchall()


def document(value: Any) -> Any:
    """A JSON column as a plain query gives it: text in SQLite, read already in PostgreSQL."""
    return json.loads(value) if isinstance(value, str) else value


def text_of(value: Any) -> str:
    """A JSON column as text, the same of both."""
    return orjson.dumps(document(value)).decode()


def _dropped(url: str) -> None:
    from tests.storage import postgres

    postgres.drop(url)
