"""The window of each person on a Zalo OA: asked before a message leaves, counted after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import clock, zalo_quota
from bot.log import get_logger
from bot.zalo_counts import alarm, day, month
from handlers import zalo_oa_quota
from models import windows
from models.messages import Address, Channel, Closed, Never, Outbound, Sent

if TYPE_CHECKING:
    from bot.zalo_templates import Templates
    from handlers.zalo_oa_send import OaSender
    from models.database import Database, Unit
    from models.windows import Window

CHANNEL = Channel.ZALO_OA
FREE, FREE_FOR = 8, timedelta(hours=48)  # messages after each act of the person
CLOSES = timedelta(days=7)  # after that only templates
FAILED = 6  # messages of a day that Zalo will never take, and admins hear of it
FEW = 3  # free ones left: from here on notices that wait together leave as one


class Windowed:
    """Asks before each message whether the person's window takes it; counts what became of it."""

    channel = CHANNEL

    def __init__(self, db: Database, sender: OaSender, templates: Templates) -> None:
        self.db, self.sender, self.templates = db, sender, templates

    async def send(self, out: Outbound) -> Sent:
        now = clock.now()
        try:
            if out.kind == "template":
                return await self.templates.send(out)
            if await self.db.read(partial(closed, address=out.address, now=now)):
                raise Closed("nothing heard for seven days")
            return await self.sender.send(out)
        except Closed:
            await self.db.run(partial(_refused, now=now))
            raise
        except Never:
            await self.db.run(partial(_failed, now=now))
            raise


def closed(unit: Unit, address: Address, now: datetime) -> bool:
    """Was the person silent for so long that Zalo takes nothing but templates?"""
    acted = windows.window(unit, address).acted_at
    return acted is None or now - acted >= CLOSES


def few(unit: Unit, address: Address, now: datetime) -> bool:
    """Are the free messages to this person nearly used up?"""
    return left(windows.window(unit, address), now) <= FEW


def left(window: Window, now: datetime) -> int:
    """Free messages left, as we reckon."""
    fresh = window.acted_at is not None and now - window.acted_at < FREE_FOR
    return (FREE if window.free_left is None else window.free_left) if fresh else 0


async def told(db: Database, address: Address, quota: Mapping[str, Any]) -> None:
    """Count an accepted message. The message is gone: a failure here must not send it again."""
    try:
        await db.run(partial(_count, address=address, quota=quota, now=clock.now()))
    except Exception:
        get_logger(__name__).exception("a message was not counted", channel=CHANNEL)


def _count(unit: Unit, address: Address, quota: Mapping[str, Any], now: datetime) -> None:
    """Free as Zalo says it, else as we reckon; how many free ones are left likewise."""
    window = windows.window(unit, address)
    free = left(window, now)
    kind = str(quota.get("quota_type") or ("reply" if free > 0 else "paid"))
    free = max(free - 1, 0)
    if kind == "reply":
        free = _whole(quota.get("remain"), free)
    windows.sent(unit, address, window.acted_at, free)
    windows.count(unit, CHANNEL, month(now), "free" if kind == "reply" else "paid")
    pot = zalo_oa_quota.read(quota) if kind != "reply" else None
    if pot is not None:  # the plan's own messages, before money
        zalo_quota.keep(unit, [pot], now)


def _whole(value: object, otherwise: int) -> int:
    return int(str(value)) if str(value).isdigit() else otherwise


def _refused(unit: Unit, now: datetime) -> None:
    windows.count(unit, CHANNEL, month(now), "refused")


def _failed(unit: Unit, now: datetime) -> None:
    """Our mistake, or a rule of Zalo we do not know: one is a line of the log, several are news."""
    if windows.count(unit, CHANNEL, day(now), "failed") == FAILED:
        alarm(unit, CHANNEL, "failed", FAILED, 0, now, day(now))
