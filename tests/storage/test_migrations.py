"""The schema's history ends where the tables are, and a strange database is told so."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import migrations
from bot import clock
from models.database import Database, DatabaseError, Unit, open_database
from models.tables import AuditEntry
from tests.storage.world import World


def opened(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder / 'a.sqlite3'}", clock.now)


def change(db: Database, *statements: str) -> None:
    def work(unit: Unit) -> None:
        for statement in statements:
            unit.core.execute(text(statement))

    db.run_now(work)


def test_the_migrations_make_exactly_the_tables(world: World) -> None:
    options = {"compare_type": True, "render_as_batch": True}
    differences = world.db.store.read(
        lambda unit: compare_metadata(
            MigrationContext.configure(unit.core, opts=options), SQLModel.metadata
        )
    )
    assert differences == []


def test_head_is_the_newest_file() -> None:
    scripts = ScriptDirectory.from_config(migrations.alembic_config())
    assert scripts.get_heads() == [migrations.HEAD]


def test_migrating_again_changes_nothing(world: World) -> None:
    world.db.store.migrate()


def test_every_step_goes_back_too(world: World) -> None:
    def down(unit: Unit) -> list[str]:
        command.downgrade(migrations.alembic_config(unit.core), "base")
        return inspect(unit.core).get_table_names()

    assert world.db.run_now(down) == ["alembic_version"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (("UPDATE alembic_version SET version_num = '9999'",), "used by a newer one"),
        (("DROP TABLE alembic_version",), "only half made"),
        (("DROP TABLE page",), "lacks the table page"),
    ],
)
def test_a_strange_database_is_one_sentence(
    tmp_path: Path, spoil: tuple[str, ...], sentence: str
) -> None:
    db = opened(tmp_path)
    db.store.migrate()
    change(db, *spoil)
    with pytest.raises(DatabaseError, match=sentence) as told:
        db.store.migrate()
    assert "\n" not in str(told.value)
    db.close()


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = opened(tmp_path)

    def interrupted(connection: object, version: object) -> None:
        real(connection, version)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    real = migrations._upgrade
    monkeypatch.setattr(migrations, "_upgrade", interrupted)
    with pytest.raises(KeyboardInterrupt):
        db.store.migrate()
    monkeypatch.undo()
    db.store.migrate()
    db.close()


@pytest.mark.parametrize(
    "change_it", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_audit_log_can_only_be_added_to(world: World, change_it: str) -> None:
    world.db.run_now(lambda unit: unit.add(AuditEntry(at=unit.stamp(), action="seen")))
    with pytest.raises(DBAPIError, match="append-only"):
        change(world.db, change_it)
