"""The audit log as a CSV file that spreadsheets open: who saw and did what, and when."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson

from models import audit
from models.database import Database, Unit

COLUMNS = (
    *("id", "at", "officer_id", "officer", "role", "person_id", "action", "subject", "detail"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def write(db: Database, file: Path, zone: ZoneInfo, since: date | None, until: date | None) -> int:
    """Write the lines from the day `since` to the day `until` (both count); how many there were.

    The file is new and readable by its owner only. Raises FileExistsError.
    """
    start = _midnight(since, zone)
    end = _midnight(until + timedelta(days=1) if until else None, zone)
    count = after = 0
    with _new(file) as out:
        sheet = csv.writer(out)
        sheet.writerow(COLUMNS)
        while found := db.store.read(
            partial(_page, after=after, since=start, until=end, zone=zone)
        ):
            sheet.writerows(found)
            count, after = count + len(found), int(found[-1][0])
    return count


def _page(
    unit: Unit, after: int, since: datetime | None, until: datetime | None, zone: ZoneInfo
) -> list[list[Any]]:
    return [
        [
            *(entry.id, entry.at.astimezone(zone).isoformat(timespec="seconds")),
            *(entry.officer_id or "", _plain(name or ""), role or "", entry.person_id or ""),
            *(entry.action, _plain(entry.subject), _plain(orjson.dumps(entry.detail).decode())),
        ]
        for entry, name, role in audit.entries(unit, after, since, until)
    ]


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


@contextmanager
def _new(file: Path) -> Iterator[IO[str]]:
    """A file that was not there; with the mark by which Excel knows that it is UTF-8."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
        yield out
