"""What grows by how much is told of every table, and what names a file is known of every column."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import JSON
from sqlmodel import SQLModel

import models.tables
from models import files_named
from tests.code_tree import ROOT

#: Documents of ours that hold no key of a file.
WITHOUT_FILES = {
    "announcement.segment": "communes and kinds",
    "audit_entry.detail": "numbers and words of ours",
    "history_entry.detail": "numbers and words of ours",
    "invite.communes": "codes of communes",
    "one_time_code.payload": "whom a code is about",
    "page.problems": "what a photo lacks",
    "self_assessment.answers": "points",
}


def tables() -> dict[str, Any]:
    assert models.tables.Person.__tablename__ in SQLModel.metadata.tables
    return dict(SQLModel.metadata.tables)


def test_every_table_is_in_the_table_of_what_grows() -> None:
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    told = text.split("## What grows by how much", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(set(named)), "named twice"
    assert set(named) == set(tables())


def test_a_sweep_looks_wherever_a_file_may_be_named() -> None:
    looked_at = {f"{c.class_.__tablename__}.{c.key}" for c in files_named.COLUMNS}
    may = {
        f"{name}.{column.name}"
        for name, table in tables().items()
        for column in table.columns
        if isinstance(column.type, JSON) or re.search(r"(photo|file)_key$", column.name)
    }
    assert may - looked_at == set(WITHOUT_FILES)
    assert looked_at <= may
