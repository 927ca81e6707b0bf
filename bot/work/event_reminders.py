"""Reminds those who signed up: the day before, and the same morning."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from conversations.letters import announcements as letters
from models.database import Unit
from models.tables import Event, Signup

# Columns: SQLModel types them as plain values.
_SIGNUP: Any = Signup


@job("event_reminder")
def event_reminder(works: Works, due: Due) -> Write:
    """Once each, however often the job is done; nothing about what was called off or is over."""
    number, which = int(due.payload["event"]), str(due.payload["which"])

    def write(unit: Unit, post: Post) -> None:
        row = unit.get(Event, number)
        if row is None or row.cancelled_at is not None or row.starts_at <= due.now:
            return
        event = SqlRecords(unit, due.now).event_view(row)
        letter = letters.reminder(event, today=which == "today")
        going = select(_SIGNUP.person_id).where(
            _SIGNUP.event_id == number, _SIGNUP.state == "going"
        )
        for person_id in unit.scalars(going.order_by(_SIGNUP.id)):
            once = f"remind:{number}:{which}:{person_id}"
            post.to_person(person_id, letter, priority=5, dedupe=once)

    return write
