"""Messages a Zalo OA told nobody of, because we were down or its webhook was switched off.

Zalo sends a webhook again for less than two hours, then switches it off. So what was said since we
last heard anything is read back: at the start, and after each hour of silence. A message that came
by its webhook as well is heard once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from bot.log import get_logger
from bot.zalo_counts import SHOWN
from handlers import zalo_oa_history as history
from handlers.zalo_oa_events import ByHand
from models import jobs, marks
from models.messages import Channel, Gone, Inbound, Later, Never, Outcome

if TYPE_CHECKING:
    from handlers.zalo_oa_api import OaApi
    from models.database import Database, Unit

CHANNEL = Channel.ZALO_OA
SILENCE = timedelta(hours=1)  # without a word from anybody before we ask
SHORT = timedelta(minutes=10)  # a start after less misses nothing: the webhooks come again
BACK = timedelta(hours=48)  # what is older is not answered any more
OVERLAP = timedelta(minutes=2)  # clocks differ
LOOK = 300.0  # seconds between looks at how long it has been silent
log = get_logger(__name__)


class Backfill:
    """One OA's past. `receive` and `by_hand` are where webhooks go as well."""

    def __init__(
        self,
        db: Database,
        api: OaApi,
        receive: Callable[[Inbound], Awaitable[Outcome]],
        by_hand: Callable[[ByHand], Awaitable[None]],
    ) -> None:
        self.db, self.api, self.receive, self.by_hand = db, api, receive, by_hand
        self._heard = clock.now()  # until here nothing is missing, as far as we know

    async def serve(self) -> None:
        """Until cancelled."""
        asking = self.at_start
        while True:
            try:
                await asking()
                asking = self.look
            except Exception:  # the database is away: asked again
                log.exception("the past of the OA was not looked at")
            await asyncio.sleep(LOOK)

    def heard(self) -> None:
        """A webhook came: nothing is missing until now."""
        self._heard = clock.now()

    async def at_start(self) -> int:
        """Read back what was said while nobody listened; how many messages that brought."""
        until = await self.db.read(lambda unit: marks.marked(unit, CHANNEL))
        if until is not None and clock.now() - until >= SHORT:
            return await self._since(until)
        await self._listening()
        return 0

    async def look(self) -> int:
        """Leave a mark that somebody listens; after an hour of silence ask whether it was one."""
        if clock.now() - self._heard >= SILENCE:
            return await self._since(self._heard)
        await self._listening()
        return 0

    async def _listening(self) -> None:
        now = clock.now()
        await self.db.run(lambda unit: marks.mark(unit, CHANNEL, now))

    async def _since(self, since: datetime) -> int:
        now = clock.now()
        try:
            brought = await self._read(max(since - OVERLAP, now - BACK), now)
        except (Later, Never, Gone) as why:
            log.warning("zalo's past cannot be read", reason=str(why)[:120])
            return 0
        self._heard = now
        await self._listening()
        if brought:
            log.warning("messages came by no webhook", number=brought)
            await self.db.run(partial(_tell, number=brought, now=now))
        return brought

    async def _read(self, since: datetime, now: datetime) -> int:
        """Everybody who talked since then: first what officers wrote by hand, so that the bot
        does not answer over them, then what people said, in its order."""
        brought = 0
        talked = [
            history.person(row) async for row in history.rows(self.api, history.RECENT, since)
        ]
        for who in dict.fromkeys(filter(None, talked)):
            talk = history.rows(self.api, history.TALK, since, user_id=who)
            events = [history.event(row, now) async for row in talk]
            for event in events:
                if isinstance(event, ByHand):
                    await self.by_hand(event)
            said = [event for event in reversed(events) if isinstance(event, Inbound)]
            for one in said:  # several are answered once, together
                missed = replace(one, behind=len(said) > 1)
                brought += await self.receive(missed) is Outcome.WRITTEN
        return brought


def _tell(unit: Unit, number: int, now: datetime) -> None:
    """Admins look whether Zalo switched the webhook off; once a day."""
    told = {"what": "webhook", "channel": SHOWN[CHANNEL], "used": number, "most": 0}
    jobs.put(unit, "channel_alarm", told, now, now, dedupe=f"{CHANNEL}:webhook:{now:%Y-%m-%d}")
