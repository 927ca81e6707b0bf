"""Zalo Official Account: its webhook, its sender within the windows, its tokens."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import clock
from bot.channels import Parts, Wire
from bot.file_links import FileLinks
from bot.settings import Settings
from handlers.wire import Reception
from handlers.zalo_http import Http
from handlers.zalo_oa import PICTURE, OaWebhook, attach
from handlers.zalo_oa_events import ByHand, Left
from models.messages import Address, Attachment, Channel, Inbound, Outcome

if TYPE_CHECKING:
    from bot.web import App
    from bot.zalo_backfill import Backfill
    from bot.zalo_quota import Quota
    from bot.zalo_templates import Templates
    from bot.zalo_tokens import Tokens
    from models.database import Database, Unit

CHANNEL = Channel.ZALO_OA
HAND_BACK = ("#bot", "#troly", "#trolyocop")  # typed by the officer in the OA's console
DOUBT = timedelta(days=2)  # for as long as a message is tried
ENOUGH = 40  # characters that tell whose words they are
RATE = 15.0  # messages a second: the app's limit is 4,000 requests a minute
ECHO = "zalo_echo"  # job: is this message ours or an officer's?


class OaPlug:
    """Configured when ZALO_OA_APP_ID is set."""

    def __init__(self, settings: Settings, links: FileLinks) -> None:
        self.settings, self.links = settings, links
        hosts = (urlsplit(settings.zalo_oa_api_base).hostname or "",)
        self.http = Http(also_from=hosts)
        self._db: asyncio.Future[Database] | None = None
        self._early: Database | None = None
        self.tokens: Tokens | None = None
        self._reception: Reception | None = None
        self.backfill: Backfill | None = None
        self.quota: Quota | None = None

    def attach(self, app: App, reception: Reception) -> None:
        from bot.log import get_logger

        log = get_logger(__name__)
        self._reception = reception
        webhook = OaWebhook(
            app_id=self.settings.zalo_oa_app_id,
            secret=self.settings.zalo_oa_secret.get_secret_value(),
            strict=self.settings.zalo_oa_signature == "strict",
            now=clock.now,
            receive=self._receive,
            left=self._left,
            by_hand=self._by_hand,
            warn=lambda why: log.warning("zalo oa webhook", reason=why),
        )
        attach(app, webhook, self._consented)

    def connect(self, parts: Parts) -> list[Wire]:
        from bot import zalo_windows
        from bot.pace_machine import paced
        from bot.zalo_backfill import Backfill
        from bot.zalo_quota import Quota
        from bot.zalo_tokens import of
        from handlers.zalo_oa_api import OaApi
        from handlers.zalo_oa_send import OaSender

        settings = parts.settings
        self._open(parts.db)
        self.tokens = tokens = of(settings, parts.db, self.http)
        api = OaApi(self.http, settings.zalo_oa_api_base, tokens, clock.now)
        self.backfill = Backfill(parts.db, api, self._receive, self._by_hand)
        self.quota = Quota(parts.db, api)
        sender = OaSender(
            api,
            file=lambda key: asyncio.to_thread(parts.files.get, key),
            link=self.links.url,
            told=partial(zalo_windows.told, parts.db),
            picture=f"{settings.public_url}{PICTURE}" if settings.public_url else "",
        )
        templates = self._templates(parts, tokens)
        pacer = paced(parts.db, f"zalo_oa:{settings.zalo_oa_app_id}"[:40], RATE)
        return [
            Wire(
                sender=zalo_windows.Windowed(parts.db, sender, templates),
                fetch=self._fetch,
                pace=lambda out: pacer.turn(out.address.id),
                serve=self._serve,
                close=self.http.close,
                few=zalo_windows.few,
                instead=templates.instead,
            )
        ]

    def _templates(self, parts: Parts, tokens: Tokens) -> Templates:
        """Template messages go to another host, with the same token."""
        from bot.zalo_templates import Templates, named
        from handlers.zalo_oa_api import OaApi
        from handlers.zalo_oa_errors import template_meaning

        base, texts = self.settings.zalo_zbs_api_base, parts.content.templates
        api = OaApi(self.http, base, tokens, clock.now, template_meaning)
        return Templates(parts.db, api, texts, named(self.settings.zalo_oa_templates, texts))

    async def _serve(self) -> None:
        """Tokens renewed, what nobody told us read back, the plan looked at each morning."""
        if self.tokens is None or self.backfill is None or self.quota is None:
            raise RuntimeError("served before it was connected")
        async with asyncio.TaskGroup() as group:
            group.create_task(self.tokens.serve())
            group.create_task(self.backfill.serve())
            group.create_task(self.quota.serve())

    async def _receive(self, inbound: Inbound) -> Outcome:
        if self._reception is None:
            raise RuntimeError("heard before it was attached")
        if self.backfill is not None:
            self.backfill.heard()
        return await self._reception.receive(inbound)

    async def _fetch(self, address: Address, file: Attachment) -> bytes:
        return await self.http.bring(file.remote or "")

    # -- what is no message of a person ----------------------------------------------------------
    async def _left(self, left: Left) -> None:
        from models import people

        db = await self._there()
        await db.run(lambda unit: people.stop(unit, left.address, "unfollowed"))

    async def _by_hand(self, event: ByHand) -> None:
        db = await self._there()
        await db.run(partial(echo, event=event, now=clock.now()))

    async def _consented(self, code: str, state: str) -> bool:
        await self._there()
        return self.tokens is not None and await self.tokens.consented(code, state)

    def _open(self, db: Database) -> None:
        self._early = db
        if self._db is not None and not self._db.done():
            self._db.set_result(db)

    async def _there(self) -> Database:
        """The database; a webhook that is early waits for it."""
        if self._early is not None:
            return self._early
        if self._db is None:
            self._db = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._db)


def echo(unit: Unit, event: ByHand, now: datetime, *, again: bool = False) -> None:
    """The OA sent this: ours, or an officer's by hand, who then has the talk to themselves.

    While something of ours is on its way there the question is asked once more, a little later.
    """
    from models import jobs, windows

    ours = windows.ours(unit, event.address, event.external_id)
    if ours or _may_be_ours(unit, event, now):
        return
    if ours is None and not again:
        told = {"address": event.address.id, "id": event.external_id, "text": event.text}
        due, name = now + timedelta(seconds=20), f"{ECHO}:{event.external_id}"
        jobs.put(unit, ECHO, told, due, now, dedupe=name[:120])
        return
    back = event.text.strip().lower().replace(" ", "") in HAND_BACK
    windows.human(unit, event.address, None if back else now)
    if not back:
        windows.stop_waiting(unit, event.address)


def _may_be_ours(unit: Unit, event: ByHand, now: datetime) -> bool:
    """Is it a message of ours whose answer was lost, with its id?"""
    from handlers.plain import unmarked
    from models import windows

    heard = unmarked(event.text.strip())
    for body in windows.doubtful(unit, event.address, now - DOUBT):
        said = unmarked(str(body.get("text", "")).strip())
        if not heard and body.get("files"):
            return True
        if said and (said[:ENOUGH] in heard or (len(heard) >= ENOUGH and heard in said)):
            return True
    return False
