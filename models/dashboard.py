"""Who may look at the dashboard: a one-use address, then a session, both with an end.

Only hashes are kept, as one-time codes of two purposes. What is seen is decided anew at every look
by the officer's role and communes as they are then.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from models.codes import fingerprint
from models.database import Unit
from models.tables import OneTimeCode

LINK, SESSION = "stats", "stats_session"
LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=9)  # a working day
_CODE: Any = OneTimeCode.__table__  # type: ignore[attr-defined]


def invite(unit: Unit, person_id: int, now: datetime) -> tuple[str, datetime]:
    """The token of a new address and when it ends."""
    return _make(unit, LINK, person_id, now, LINK_LIVES)


def waits(unit: Unit, token: str, now: datetime) -> bool:
    """May the address still be used? Looking uses nothing up: messengers fetch links."""
    return _holder(unit, LINK, token, now) is not None


def enter(unit: Unit, token: str, now: datetime) -> tuple[str, datetime] | None:
    """Use the address up; the session it opens and when that ends. None when it is over."""
    person_id = _holder(unit, LINK, token, now)
    if person_id is None or not _end(unit, LINK, token, now):
        return None
    return _make(unit, SESSION, person_id, now, SESSION_LIVES)


def holder(unit: Unit, session: str, now: datetime) -> int | None:
    """The person whose session it is; None when there is none, or it is over."""
    return _holder(unit, SESSION, session, now)


def leave(unit: Unit, session: str, now: datetime) -> None:
    """End the session."""
    _end(unit, SESSION, session, now)


def _make(
    unit: Unit, purpose: str, person_id: int, now: datetime, lives: timedelta
) -> tuple[str, datetime]:
    token, until = secrets.token_urlsafe(24), now + lives
    unit.core.execute(
        insert(_CODE).values(
            code_hash=fingerprint(token),
            purpose=purpose,
            person_id=person_id,
            payload={},
            made_at=now,
            expires_at=until,
            tries=0,
        )
    )
    return token, until


def _holder(unit: Unit, purpose: str, token: str, now: datetime) -> int | None:
    found = unit.core.execute(
        select(_CODE.c.person_id).where(
            _CODE.c.code_hash == fingerprint(token),
            _CODE.c.purpose == purpose,
            _CODE.c.used_at.is_(None),
            _CODE.c.expires_at > now,
        )
    ).scalar_one_or_none()
    return int(found) if found is not None else None


def _end(unit: Unit, purpose: str, token: str, now: datetime) -> bool:
    """Only one of two at once sees True."""
    taken = unit.core.execute(
        update(_CODE)
        .where(
            _CODE.c.code_hash == fingerprint(token),
            _CODE.c.purpose == purpose,
            _CODE.c.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return bool(taken.rowcount == 1)
