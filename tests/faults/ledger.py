"""What the database says afterwards, beside what households were told was accepted."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot import moving
from models import copying
from models.database import DatabaseError
from tests.faults.household import Household
from tests.faults.process import Process


async def ledger_of(process: Process) -> Ledger:
    """Of an installation that has stopped; one in PostgreSQL is copied into a file first."""
    if process.url.startswith("sqlite"):
        return Ledger(process.database, process.files)
    copy = process.folder / "copy.sqlite3"
    for _ in range(100):
        try:
            await asyncio.to_thread(moving.move, process.url, f"sqlite:///{copy}", copying.nobody)
            break
        except DatabaseError as wrong:
            assert "in use" in str(wrong), wrong  # a killed process's connections end soon
            await asyncio.sleep(0.1)
    return Ledger(copy, process.files)


class Ledger:
    """Reads one database file and the files beside it."""

    def __init__(self, database: Path, files: Path) -> None:
        self.database, self.files = database, files

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, values).fetchall()

    def check(self, household: Household) -> None:
        """Every accepted message is there once, heard, answered, and did what it does once."""
        self._heard_once(household)
        self._answered(household.chat)
        owner = "WHERE p.person_id = (SELECT person_id FROM address WHERE external_id = ?)"
        for table, expected in (("producer", 1), ("consent_entry", 1)):
            assert self._count(f"SELECT 1 FROM {table} p {owner}", household.chat) == expected
        self._each_product_once(household, owner)

    def check_whole(self) -> None:
        """The file is sound, nothing waits or failed, and files are what their names say."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        assert self.rows("SELECT id, state, trace FROM inbound WHERE state != 'done'") == []
        waiting = "status = 'waiting' AND due_at < datetime('now') AND kind = 'send'"
        assert self.rows(f"SELECT id, error FROM outbound WHERE {waiting}") == []
        assert self.rows("SELECT id, error FROM outbound WHERE status = 'failed'") == []
        assert self.rows("SELECT id, error FROM job WHERE status = 'failed'") == []
        named = {key for (key,) in self.rows("SELECT DISTINCT file_key FROM page")}
        kept = [file for file in self.files.glob("??/*") if not file.name.startswith(".")]
        assert named <= {file.name for file in kept}
        for file in kept:  # one that no row names may be left behind, but never half of one
            assert sha256(file.read_bytes()).hexdigest() == file.name

    def _count(self, query: str, *values: object) -> int:
        return len(self.rows(query, *values))

    def _heard_once(self, household: Household) -> None:
        kept = self.rows("SELECT external_id FROM inbound WHERE address = ?", household.chat)
        nonces = Counter(stored.partition("/")[2] for (stored,) in kept)
        assert nonces == Counter(dict.fromkeys(household.accepted, 1))

    def _answered(self, chat: str) -> None:
        """Our line stands between any two of the person's, and after the last.

        A photo's answer waits a moment for the rest of a burst, so it may be said with the next.
        """
        said = [
            (at, "photo" if json.loads(payload).get("files") else "words")
            for at, payload in self.rows(
                "SELECT received_at, payload FROM inbound WHERE address = ? ORDER BY 1", chat
            )
        ]
        ours = sorted(
            at
            for (at,) in self.rows(
                "SELECT sent_at FROM outbound WHERE address = ? AND status = 'sent'", chat
            )
        )
        for (at, what), (until, _) in zip(said, [*said[1:], ("9", "")], strict=True):
            later = [one for one in ours if at < one and (one < until or what == "photo")]
            assert later, f"what was said at {at} was never answered"

    def _each_product_once(self, household: Household, owner: str) -> None:
        products = self.rows(
            "SELECT r.name, count(DISTINCT d.id), count(DISTINCT g.id) FROM product r "
            "JOIN producer p ON p.id = r.producer_id LEFT JOIN dossier d ON d.product_id = r.id "
            "LEFT JOIN evidence_item e ON e.dossier_id = d.id LEFT JOIN page g ON g.item_id = e.id "
            f"{owner} GROUP BY r.id ORDER BY r.id",
            household.chat,
        )
        assert products == [(name, 1, 1) for name in household.products]
