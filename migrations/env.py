"""Runs the migrations: inside a connection handed over by migrate(), or offline as SQL text."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import models.tables  # noqa: F401  (fills the metadata)


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        context.configure(dialect_name="sqlite", target_metadata=SQLModel.metadata)
    else:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            transaction_per_migration=False,
            transactional_ddl=True,
        )
    context.run_migrations()


run()
