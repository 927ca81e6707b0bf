"""A Zalo bot: its webhook or polling, its sender, and the limits of its plan."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import clock
from bot.channels import Parts, Wire
from bot.file_links import FileLinks
from bot.settings import Settings
from handlers.wire import Reception
from handlers.zalo_bot import PATH, BotWebhook, Poller, attach
from handlers.zalo_bot_api import BotApi, Empty
from handlers.zalo_http import Http
from models.codes import fingerprint
from models.messages import (
    Address,
    Attachment,
    Channel,
    Closed,
    Inbound,
    Later,
    Never,
    Outbound,
    Outcome,
    Sent,
)

if TYPE_CHECKING:
    from bot.web import App
    from handlers.zalo_bot_send import BotSender
    from models.database import Database

CHANNEL = Channel.ZALO_BOT
RATE = 5.0  # messages a second over all chats: none is published
HOLDS = timedelta(seconds=12)  # a process that polls and is not heard of for so long is gone
AGAIN = 60.0  # seconds until the webhook is set again when Zalo did not take it


class BotPlug:
    """Configured when ZALO_BOT_TOKEN is set. With PUBLIC_URL Zalo calls us, else we ask it."""

    def __init__(self, settings: Settings, links: FileLinks) -> None:
        self.settings, self.links = settings, links
        hosts = (urlsplit(settings.zalo_bot_api_base).hostname or "",)
        self.http = Http(also_from=hosts)
        token = settings.zalo_bot_token.get_secret_value()
        self.api = BotApi(self.http, settings.zalo_bot_api_base, token)
        self._reception: Reception | None = None
        self._db: Database | None = None
        self._holder = secrets.token_hex(8)
        self._asks = False

    def attach(self, app: App, reception: Reception) -> None:
        self._reception = reception
        attach(app, BotWebhook(self._secret, clock.now, self.receive, self._warn))

    def connect(self, parts: Parts) -> list[Wire]:
        from bot import zalo_plan
        from bot.pace_machine import paced
        from handlers.zalo_bot_send import BotSender

        self._db = parts.db
        sender = BotSender(self.api, self.links.url, partial(_count, parts))
        pacer = paced(parts.db, f"zalo_bot:{fingerprint(self.api.token)[:16]}", RATE)
        return [
            Wire(
                sender=Planned(parts.db, sender),
                fetch=self._fetch,
                pace=lambda out: pacer.turn(out.address.id),
                serve=self.serve,
                close=self.http.close,
                few=zalo_plan.few,
            )
        ]

    async def receive(self, inbound: Inbound) -> Outcome:
        """Hear it; a newcomer beyond the plan's number of people is pointed elsewhere instead."""
        from bot import zalo_plan

        if self._reception is None:
            raise RuntimeError("the webhook was called before it was attached")
        if self._db is not None and await zalo_plan.turned_away(
            self._db, inbound, self.settings.public_url or ""
        ):
            return Outcome.IGNORED
        return await self._reception.receive(inbound)

    async def serve(self) -> None:
        """Tell Zalo where we are; without an address it calls, ask it again and again."""
        here = self.settings.public_url
        body = {"url": f"{here}{PATH}", "secret_token": self._secret}
        if here and await self._taken("setWebhook", body, needed=here.startswith("https://")):
            return
        await self._taken("deleteWebhook", {})
        async with asyncio.TaskGroup() as both:
            both.create_task(
                Poller(self.api, clock.now, self.receive, self._warn, self._mine).run()
            )
            both.create_task(self._hold_on())

    async def _mine(self) -> bool:
        """Is it this process that asks Zalo? Of several on one database one does, until it dies."""
        from models import marks

        if self._db is None:
            raise RuntimeError("polled before it was connected")
        now = clock.now()
        name, until = f"zalo_bot:{fingerprint(self.api.token)[:16]}", now + HOLDS
        hold = partial(marks.hold, name=name, holder=self._holder, now=now, until=until)
        self._asks = await self._db.run(hold)
        return self._asks

    async def _hold_on(self) -> None:
        """While a poll waits at Zalo, nobody else begins one."""
        while True:
            await asyncio.sleep(HOLDS.total_seconds() / 3)
            try:
                if self._asks:
                    await self._mine()
            except Exception as error:  # the database is away, for the others too
                self._warn(type(error).__name__)

    async def _taken(self, method: str, body: dict[str, str], *, needed: bool = True) -> bool:
        """Call until Zalo takes it; when it is not `needed`, until it is refused."""
        while True:
            try:
                checked = (await self.api.call(method, body)).get("verification")
                if isinstance(checked, dict) and checked.get("ok") is False:
                    self._warn(f"{method}: {checked.get('outcome') or checked.get('hint')}")
                return True
            except (Later, Never, Empty) as why:
                self._warn(f"{method}: {why}")
                if isinstance(why, Never) and not needed:
                    return False
                await asyncio.sleep(AGAIN)

    @property
    def _secret(self) -> str:
        return self.settings.zalo_bot_secret.get_secret_value()

    async def _fetch(self, address: Address, file: Attachment) -> bytes:
        return await self.http.bring(file.remote or "")

    def _warn(self, why: str) -> None:
        from bot.log import get_logger

        get_logger(__name__).warning("zalo bot", reason=why)


class Planned:
    """Asks before each message whether the month's plan still has one."""

    channel = CHANNEL

    def __init__(self, db: Database, sender: BotSender) -> None:
        self.db, self.sender = db, sender

    async def send(self, out: Outbound) -> Sent:
        """Raises Closed when the plan takes no more: this month, or nobody new."""
        from bot import zalo_plan

        if await zalo_plan.used_up(self.db):
            raise Closed("the month's plan is used up")
        try:
            return await self.sender.send(out)
        except Later as why:
            if why.reason.startswith("429") and await zalo_plan.at_its_end(self.db, out.address):
                raise Closed(why.reason) from None  # not a matter of pace
            raise


async def _count(parts: Parts) -> None:
    from bot import zalo_plan

    await zalo_plan.count(parts.db)
