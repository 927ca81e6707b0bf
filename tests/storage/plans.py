"""Which statements the assistant really issues, and whether each finds its rows by an index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine, event

SMALL = 1000  # rows: smaller tables may be read whole
_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_LISTS = re.compile(r"\((?:\?,? ?)+\)")
_SQLITE_SCAN = re.compile(r"^SCAN (?P<name>\w+)(?: USING (?:COVERING )?INDEX (?P<index>\w+))?")
#: Indexes that hold only what is under way: reading one whole is reading what waits.
PARTIAL = frozenset(
    {
        *("ix_outbound_next", "ix_outbound_line", "ix_job_due", "ix_inbound_open"),
        "ix_complaint_open",
    }
)


@dataclass(frozen=True)
class Statement:
    """One statement as it was issued, with its values."""

    sql: str
    values: Any = None

    @property
    def shape(self) -> str:
        """The same for the same statement with other values."""
        plain = _VALUE.sub("?", self.sql) if self.values is None else self.sql
        return " ".join(_LISTS.sub("(?)", plain).split())

    @property
    def reads(self) -> bool:
        return self.sql.lstrip().split(None, 1)[0].upper() in ("SELECT", "UPDATE", "DELETE", "WITH")


@contextmanager
def sqlite_statements() -> Iterator[dict[str, Statement]]:
    """Every statement of connections opened meanwhile, the first of each shape."""
    found: dict[str, Statement] = {}

    def heard(sql: str) -> None:
        statement = Statement(sql)
        if not sql.startswith("--"):  # a trigger's own
            found.setdefault(statement.shape, statement)

    def connected(driver: sqlite3.Connection, _: Any) -> None:
        driver.set_trace_callback(heard)

    event.listen(Engine, "connect", connected)
    try:
        yield found
    finally:
        event.remove(Engine, "connect", connected)


@contextmanager
def postgres_statements(monkeypatch: Any) -> Iterator[dict[str, Statement]]:
    """The same of PostgreSQL."""
    found: dict[str, Statement] = {}
    execute = psycopg.Cursor.execute

    def heard(self: Any, query: Any, params: Any = None, **how: Any) -> Any:
        if isinstance(query, str):
            statement = Statement(query, params or ())
            found.setdefault(statement.shape, statement)
        return execute(self, query, params, **how)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", heard)
        yield found


def sqlite_offence(database: sqlite3.Connection, statement: Statement, big: set[str]) -> str:
    """What is read whole that should not be; "" when nothing is."""
    steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement.sql}")]
    names = _aliases(statement.sql)
    for step in steps:
        found = _SQLITE_SCAN.match(step)
        if found is None or names.get(found["name"], found["name"]) not in big:
            continue
        if found["index"] not in PARTIAL:
            return str(step)
    return ""


def _aliases(sql: str) -> dict[str, str]:
    return {b: a for a, b in re.findall(r"\b(?:FROM|JOIN|,) *(\w+) AS (\w+)", sql)}


def postgres_offence(database: psycopg.Connection, statement: Statement, big: set[str]) -> str:
    """The same of PostgreSQL, which knows how many rows there are and chooses by it."""
    row = database.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.values).fetchone()
    assert row is not None
    for node in _nodes(row[0][0]["Plan"]):
        if node.get("Relation Name") not in big:
            continue
        kind, index = node["Node Type"], node.get("Index Name", "")
        whole = "Scan" in kind and "Bitmap" not in kind and "Index Cond" not in node
        limited = node["Plan Rows"] <= 1 or "Filter" not in node
        if kind == "Seq Scan" or (whole and index not in PARTIAL and not limited):
            told = f"{kind} on {node['Relation Name']} {index} {node.get('Filter', '')}"
            return f"{told}, {node['Plan Rows']} rows"
    return ""


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
