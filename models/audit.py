"""The audit log, read for whoever has to account for it. Written by bot/apply/officers.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.database import Unit
from models.tables import AuditEntry, Officer

_AUDIT: Any = AuditEntry
_OFFICER: Any = Officer
PAGE = 1000


def entries(
    unit: Unit, after: int, since: datetime | None, until: datetime | None
) -> Sequence[Any]:
    """The next `PAGE` lines above id `after`, oldest first: (entry, the officer's name and role).

    `since` counts, `until` does not.
    """
    query = (
        select(AuditEntry, _OFFICER.name, _OFFICER.role)
        .outerjoin(Officer, _OFFICER.id == _AUDIT.officer_id)
        .where(_AUDIT.id > after)
        .order_by(_AUDIT.id)
        .limit(PAGE)
    )
    if since is not None:
        query = query.where(_AUDIT.at >= since)
    if until is not None:
        query = query.where(_AUDIT.at < until)
    return unit.execute(query).all()
