"""What every part of SqlRecords stands on: the session of the turn and its instant."""

from __future__ import annotations

from datetime import datetime

from bot import limits
from models import allowances
from models.database import Unit


class RecordsBase:
    """Reads within one unit of work."""

    def __init__(self, session: Unit, now: datetime) -> None:
        self.session = session
        self.now = now

    def has_left(self, person_id: int, act: str) -> bool:
        return allowances.left(self.session, limits.EACH[act], str(person_id), self.now)
