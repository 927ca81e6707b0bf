"""What SQLite and PostgreSQL call differently where a database is filled (filled.py)."""

from __future__ import annotations

from collections.abc import Iterable

NEWEST = 1_795_568_400  # 25/11/2026 08:00 in Vietnam; everything else lies before it


class Dialect:
    """Expressions of one of the two, by the name SQLAlchemy has for it."""

    def __init__(self, name: str) -> None:
        self.postgres = name == "postgresql"

    def at(self, ago: str) -> str:
        """An instant so many seconds before the newest."""
        if self.postgres:
            return f"to_timestamp({NEWEST} - ({ago}))"
        return f"strftime('%Y-%m-%d %H:%M:%f000', {NEWEST} - ({ago}), 'unixepoch')"

    def day(self, ahead: str) -> str:
        """A day so many days after the newest."""
        if self.postgres:
            return f"DATE '2026-11-25' + CAST({ahead} AS integer)"
        return f"date('2026-11-25', ({ahead}) || ' days')"

    def json(self, literal: str) -> str:
        quoted = "'" + literal.replace("'", "''") + "'"
        return f"CAST({quoted} AS json)" if self.postgres else quoted

    def one_of(self, values: Iterable[str], index: str) -> str:
        """The value at `index` modulo their number."""
        some = list(values)
        cases = " ".join(f"WHEN {n} THEN '{value}'" for n, value in enumerate(some))
        return f"CASE ({index}) % {len(some)} {cases} END"

    def numbers(self, count: int) -> str:
        if self.postgres:
            return f"generate_series(1, {count}) AS n(i)"
        counted = f"SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {count}"  # noqa: S608
        return f"(WITH RECURSIVE r(i) AS ({counted}) SELECT i FROM r) AS n"  # noqa: S608
