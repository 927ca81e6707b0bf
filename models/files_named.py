"""Every file that some row still names: what a sweep must spare."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import select

from models.database import Unit
from models.files import KEY
from models.tables import CaseMessage, InboundRow, Job, OutboundRow, Page, Product, TalkRow

_COLUMNS: tuple[Any, ...] = (
    Page.file_key,
    Product.photo_key,
    CaseMessage.files,
    InboundRow.payload,
    OutboundRow.body,
    TalkRow.state,
    Job.payload,
)


def keys(unit: Unit) -> set[str]:
    """Whatever looks like a content key, in every column that may hold one."""
    found: set[str] = set()
    for column in _COLUMNS:
        for value in unit.core.execute(select(column)).scalars():
            found.update(KEY.findall(orjson.dumps(value).decode()))
    return found
