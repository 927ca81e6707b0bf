"""What every part of SqlRecords stands on: the session of the turn and its instant."""

from __future__ import annotations

from datetime import datetime

from models.database import Unit


class RecordsBase:
    """Reads within one unit of work."""

    def __init__(self, session: Unit, now: datetime) -> None:
        self.session = session
        self.now = now
