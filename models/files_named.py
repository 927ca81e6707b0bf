"""Every file that some row still names: what a sweep must spare."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import String, cast, select

from models.database import Unit
from models.files import KEY
from models.tables import (
    Announcement,
    CaseMessage,
    Complaint,
    ComplaintLine,
    InboundRow,
    Job,
    OutboundRow,
    Page,
    Product,
    TalkRow,
)

COLUMNS: tuple[Any, ...] = (
    Announcement.file,
    Announcement.form,
    Page.file_key,
    Product.photo_key,
    CaseMessage.files,
    Complaint.files,
    ComplaintLine.files,
    InboundRow.payload,
    OutboundRow.body,
    TalkRow.state,
    Job.payload,
)
_SOME = {"stream_results": True, "yield_per": 1000}


def keys(unit: Unit) -> set[str]:
    """Whatever looks like a content key, in every column that may hold one. Reads every row, so
    once a day; only those with a key leave the database, some at a time."""
    found: set[str] = set()
    for column in COLUMNS:
        named = select(column)
        if column in (InboundRow.payload, OutboundRow.body):  # most name no file
            named = named.where(cast(column, String).contains('"key"'))
        rows = unit.core.execute(named, execution_options=_SOME)
        for value in rows.scalars():
            found.update(KEY.findall(orjson.dumps(value).decode()))
    return found
