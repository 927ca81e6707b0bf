"""Looks whether messages still leave, and tells the admins when they do not."""

from __future__ import annotations

from datetime import timedelta

from bot.health import STUCK
from bot.jobs import Due, Works, Write, every
from bot.post import Post
from conversations.letters.running import messages_wait
from models import figures
from models.database import Unit


@every("watch outbox", timedelta(minutes=1))
async def watch_outbox(works: Works, due: Due) -> Write:
    """An admin hears of a channel that is stuck within minutes, and once an hour while it lasts."""
    zone = works.house.content.province.zone

    def write(unit: Unit, post: Post) -> None:
        for channel, number, oldest in figures.late(unit, due.now - STUCK):
            letter = messages_wait(channel, number, oldest.astimezone(zone))
            name = f"late:{channel}:{due.now:%Y-%m-%dT%H}"
            post.to_officers(None, "admin", letter, dedupe=name)

    return write
