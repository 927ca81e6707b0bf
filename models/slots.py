"""One-use upload links: a page where one paper of one dossier is sent, without a login."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from models.codes import fingerprint
from models.database import Unit
from models.tables import OneTimeCode

LIVES = timedelta(minutes=30)
PURPOSE = "upload"
_CODE: Any = OneTimeCode.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Slot:
    """A link as it was made. `used` and `over` say why it may not be used any more."""

    id: int
    person_id: int
    dossier_id: int
    evidence: str
    title: str
    used: bool
    over: bool

    @property
    def open(self) -> bool:
        return not (self.used or self.over)


def make(
    unit: Unit, person_id: int, dossier_id: int, evidence: str, title: str, now: datetime
) -> tuple[str, datetime]:
    """The token of a new link (its page is /u/TOKEN) and when it ends.

    `title` is the paper's name in the person's language, shown on the page.
    """
    token, until = secrets.token_urlsafe(24), now + LIVES
    unit.core.execute(
        insert(_CODE).values(
            code_hash=fingerprint(token),
            purpose=PURPOSE,
            person_id=person_id,
            payload={"dossier": dossier_id, "evidence": evidence, "title": title},
            made_at=now,
            expires_at=until,
            tries=0,
        )
    )
    return token, until


def find(unit: Unit, token: str, now: datetime) -> Slot | None:
    """The link, or None when there never was one."""
    row = (
        unit.core.execute(
            select(_CODE).where(_CODE.c.code_hash == fingerprint(token), _CODE.c.purpose == PURPOSE)
        )
        .mappings()
        .first()
    )
    if row is None or row["person_id"] is None:
        return None
    payload = row["payload"]
    return Slot(
        row["id"],
        row["person_id"],
        payload["dossier"],
        payload["evidence"],
        payload["title"],
        row["used_at"] is not None,
        row["expires_at"] <= now,
    )


def use_up(unit: Unit, slot: Slot, now: datetime) -> bool:
    """Use the link; False when somebody just did."""
    taken = unit.core.execute(
        update(_CODE).where(_CODE.c.id == slot.id, _CODE.c.used_at.is_(None)).values(used_at=now)
    )
    return bool(taken.rowcount == 1)
