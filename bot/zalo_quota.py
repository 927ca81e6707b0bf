"""What the OA's plan has left: read each morning, and kept as messages tell of it in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from bot.log import get_logger
from bot.zalo_counts import LEFT, MOST, alarm, month, nearly
from handlers import zalo_oa_quota
from handlers.zalo_oa_quota import Pot
from models import marks, windows
from models.messages import Channel, Gone, Later, Never

if TYPE_CHECKING:
    from handlers.zalo_oa_api import OaApi
    from models.database import Database, Unit

CHANNEL = Channel.ZALO_OA
NAME = "zalo_quota"
LOOK = 600.0  # seconds between looks whether it is morning
MORNING = timedelta(hours=6)  # before the officers' digest
VIETNAM = timedelta(hours=7)
log = get_logger(__name__)


class Quota:
    """One OA's plan."""

    def __init__(self, db: Database, api: OaApi) -> None:
        self.db, self.api = db, api

    async def serve(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:  # the database is away: looked again
                log.exception("the plan of the OA was not read")
            await asyncio.sleep(LOOK)

    async def look(self) -> bool:
        """Read it when it is morning and no other process has; whether that was done."""
        now = clock.now()
        if not await self.db.run(partial(_mine, now=now)):
            return False
        try:
            pots = await zalo_oa_quota.pots(self.api)
        except (Later, Never, Gone) as why:
            log.warning("zalo does not tell the plan", reason=str(why)[:120])
            return False
        await self.db.run(partial(keep, pots=pots, now=now))
        return True


def keep(unit: Unit, pots: Iterable[Pot], now: datetime) -> None:
    """Remember what is left; admins hear once four fifths are used."""
    for pot in pots:
        windows.stand(unit, CHANNEL, month(now), f"{LEFT}{pot.kind}"[:20], pot.left)
        windows.stand(unit, CHANNEL, month(now), f"{MOST}{pot.kind}"[:20], pot.most)
        used = pot.most - pot.left
        if nearly(used, pot.most):
            alarm(unit, CHANNEL, "plan", used, pot.most, now, f"{pot.kind}:{month(now)}")


def _mine(unit: Unit, now: datetime) -> bool:
    """Is it this process that reads today? The first day only leaves a mark."""
    local = now + VIETNAM
    morning = local.replace(hour=0, minute=0, second=0, microsecond=0) + MORNING - VIETNAM
    if marks.marked(unit, NAME) is None:
        marks.mark(unit, NAME, now)
        return False
    return now >= morning and marks.take(unit, NAME, morning, now)
