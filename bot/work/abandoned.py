"""A flow left for a day is offered again, once for each time it was left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from conversations.forms import Form
from conversations.letters import Note
from conversations.letters import people as letters
from conversations.registry import ROOMS
from models.codec import talk_of
from models.database import Unit
from models.messages import Talk
from models.tables import TalkRow

# Columns: SQLModel types them as plain values.
_TALK: Any = TalkRow

LEFT = timedelta(hours=24)
WEEK = timedelta(days=8)  # what is older was looked at already
AT_ONCE = 200  # people a look; the next look takes the next ones


@every("abandoned", timedelta(minutes=30))
def abandoned(works: Works, due: Due) -> Write | None:
    """Nothing in quiet hours: the next look after them finds the same people."""
    local = due.now.astimezone(works.house.content.province.zone).time()
    if works.house.content.times.is_quiet(local):
        return None

    def offer(unit: Unit, post: Post) -> None:
        for person_id, state in left_for_a_day(unit, due.now):
            if flow := open_form(talk_of(state)):
                post.to_person(person_id, letter(flow), priority=5)
            mark_offered(unit, person_id, due.now)

    return offer


def left_for_a_day(unit: Unit, now: datetime) -> list[Any]:
    """Talks nobody touched for a day and that were not offered since they were left."""
    updated: Any = _TALK.updated_at
    return list(
        unit.execute(
            select(_TALK.person_id, _TALK.state)
            .where(
                updated <= now - LEFT,
                updated > now - WEEK,
                _TALK.offered_at.is_(None),
            )
            .order_by(updated)
            .limit(AT_ONCE)
        )
    )


def open_form(talk: Talk) -> str:
    """The form that was left: the open one, else the last one parked; "" when there is none."""
    keys = [talk.flow] if talk.flow and talk.answers else []
    keys += reversed(talk.parked)
    return next((key for key in keys if isinstance(ROOMS.get(key), Form)), "")


def letter(flow: str) -> Note:
    return letters.offered_again(ROOMS.rooms[flow].title, flow)


def mark_offered(unit: Unit, person_id: int, now: datetime) -> None:
    """Until the person says something, this talk is not looked at again."""
    which: Any = _TALK.person_id == person_id
    unit.execute(update(TalkRow).where(which).values(offered_at=now))
