"""`copy-database`: everything from one database to another."""

from __future__ import annotations

import typer


def add(app: typer.Typer) -> None:
    """Put `copy-database` on the command line."""
    app.command("copy-database")(copy_database)


def copy_database(source: str, target: str) -> None:
    """Copy everything from the database SOURCE to the empty database TARGET: SQLite to PostgreSQL,
    or back. Stop the assistant first.

    Both are addresses as DATABASE_URL takes them. SOURCE is only read. Files are not copied: they
    stay where FILES_URL says.
    """
    from bot import moving

    copied = moving.move(source, target, _tell)
    rows = sum(one.rows for one in copied)
    print(f"Copied and compared: {rows} rows in {len(copied)} tables.")
    print("Now set DATABASE_URL to the new database and start the assistant.")
    print("Keep the old one until you have seen that all is there.")


def _tell(table: str, done: int, of: int) -> None:
    print(f"{table}: {done} of {of} rows", flush=True)
