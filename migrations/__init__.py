"""The schema's history (Alembic), applied at start. Works from a wheel: no alembic.ini needed.

When the schema is current, which is every start but the first after an update, Alembic is not even
imported: that is two thirds of a second.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

import models.tables  # noqa: F401  (fills the metadata)
from models.database import DatabaseError

HEAD = "0021"  # the newest file in versions/; a test compares


def migrate(connection: Connection) -> None:
    """Bring the schema to HEAD inside the caller's transaction.

    Raises DatabaseError, one sentence, when the database is of a newer version of the product or
    its tables do not fit its version.
    """
    there = _tables(connection)
    version = _version(connection, there)
    if version is None and there:
        raise DatabaseError(
            "The database has tables but no version: it is not ours, or was only half made; "
            "start with an empty one or restore a backup."
        )
    if version != HEAD:
        _upgrade(connection, version)
        there = _tables(connection)
    missing = sorted(SQLModel.metadata.tables.keys() - there)
    if missing:
        raise DatabaseError(
            f"The database says it is at version {HEAD} but lacks the table {missing[0]}: "
            "restore a backup."
        )


def alembic_config(connection: Connection | None = None) -> Any:
    """Alembic's configuration, for migrate() and for `alembic` on the command line."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _version(connection: Connection, there: set[str]) -> str | None:
    if "alembic_version" not in there:
        return None
    version: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    there.discard("alembic_version")
    return version


def _upgrade(connection: Connection, version: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise DatabaseError(
            f"The database is at version {version}, which this program does not know: "
            "it was used by a newer one; update the program."
        )
    command.upgrade(config, "head")
