"""What Zalo's plans count, by month: kept in the database, told to admins before it runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from models import jobs
from models.database import Unit
from models.messages import Channel

WARN = 0.8  # of what a plan has
LEFT, MOST = "left:", "most:"  # kinds of count that are told by Zalo, before the pot's name
SHOWN = {Channel.ZALO_OA: "Zalo OA", Channel.ZALO_BOT: "Zalo Bot"}


def month(now: datetime) -> str:
    """The month that a plan counts by, in Vietnam."""
    return f"{_local(now):%Y-%m}"


def day(now: datetime) -> str:
    return f"{_local(now):%Y-%m-%d}"


def _local(now: datetime) -> datetime:
    return now + timedelta(hours=7)


def nearly(used: int, most: int) -> bool:
    """Are four fifths of it used?"""
    return 0 < most * WARN <= used


def alarm(
    unit: Unit, channel: Channel, what: str, used: int, most: int, now: datetime, period: str
) -> None:
    """Tell the admins, once a period; `what` names the letter (bot/work/channels.py)."""
    told = {"what": what, "channel": SHOWN[channel], "used": used, "most": most}
    jobs.put(unit, "channel_alarm", told, now, now, dedupe=f"{channel}:{what}:{period}")
