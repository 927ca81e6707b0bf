"""What cannot start says in one sentence what to do, and exits; an older database is brought up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

import migrations
from bot import clock
from models.database import Unit, open_database
from tests import databases
from tests.faults.ledger import Ledger
from tests.faults.process import Process

pytestmark = [pytest.mark.slow, databases.only_sqlite("its file, spoilt")]
SCRIPTS = ScriptDirectory.from_config(migrations.alembic_config())
REVISIONS = sorted(script.revision for script in SCRIPTS.walk_revisions())


def sql(*statements: str) -> Callable[[Process], None]:
    def spoil(process: Process) -> None:
        with sqlite3.connect(process.database) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return spoil


def no_database(process: Process) -> None:
    process.database.write_bytes(b"this is no database" * 100)


def no_folder(process: Process) -> None:
    process.files.write_bytes(b"a file where the folder should be")


CASES: dict[str, tuple[Callable[[Process], None], str]] = {
    "newer": (sql("UPDATE alembic_version SET version_num = '9999'"), "update the program"),
    "half made": (sql("DROP TABLE alembic_version"), "restore a backup"),
    "a table is gone": (sql("DROP TABLE page"), "restore a backup"),
    "not ours": (no_database, "cannot be used"),
    "no folder for files": (no_folder, "FILES_URL"),
}


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """An installation with a sound, empty database."""
    made = Process(tmp_path)
    db = open_database(f"sqlite:///{made.database}", clock.now)
    db.store.migrate()
    db.close()
    return made


@pytest.mark.parametrize("case", CASES)
def test_one_sentence_and_exit_code_2(process: Process, case: str) -> None:
    spoil, sentence = CASES[case]
    spoil(process)
    process.spawn()
    assert process.wait() == 2
    told = "".join(process.printed)
    assert sentence in told and told.count("\n") == 1 and "Traceback" not in told


def test_a_setting_that_is_wrong_or_a_file_of_it_that_is_missing(tmp_path: Path) -> None:
    for name, value in (("HTTP_PORT", "eighty"), ("SECRET_KEY_FILE", str(tmp_path / "none"))):
        process = Process(tmp_path, **{name: value})
        process.spawn()
        assert process.wait() == 2
        assert "".join(process.printed).startswith(name)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_any_older_version_is_brought_up(tmp_path: Path, revision: str) -> None:
    """From each step of the schema's history, with somebody already in it."""
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    db = open_database(f"sqlite:///{old}", clock.now)

    def as_it_was(unit: Unit) -> None:
        command.upgrade(migrations.alembic_config(unit.core), revision)
        unit.core.exec_driver_sql(
            "INSERT INTO person (language, created_at, demo) VALUES ('vi', '2026-01-01', 0)"
        )

    db.run_now(as_it_was)
    db.store.migrate()
    db.close()
    whole = open_database(f"sqlite:///{new}", clock.now)
    whole.store.migrate()
    whole.close()
    assert schema(old) == schema(new)
    assert Ledger(old, old).rows("SELECT language FROM person") == [("vi",)]


def schema(database: Path) -> list[tuple[object, ...]]:
    return Ledger(database, database).rows("SELECT type, name, sql FROM sqlite_master ORDER BY 2")
