"""Telegram's two bots in the process: households on aiogram, officers on python-telegram-bot.

With one token, everyone is served on that bot: a conversation knows who is an officer, a bot does
not. PUBLIC_URL set: webhooks on the web chat's port; unset: long polling.
"""

from __future__ import annotations

import asyncio
import hmac
import importlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import clock
from bot.channels import CannotServe, Parts, Wire
from bot.log import get_logger
from bot.pace_machine import paced
from bot.parts import PARTS
from bot.settings import Settings
from bot.telegram_kept import KeptFiles
from bot.telegram_profile import introduce
from handlers.telegram_answering import Answering
from handlers.telegram_api import ALLOWED, Api, BotWire, Me, NoAnswer, Pace, Refused
from handlers.telegram_webhook import Webhook
from models.codes import fingerprint
from models.files import FileStore, MissingFile
from models.messages import Channel, Never

if TYPE_CHECKING:
    from bot.web import App
    from handlers.wire import Reception

UNKNOWN = (401, 404)  # Telegram's answers to a token, and to a method, that it does not know
TOKEN_TRIES = 3
AGAIN = 15.0  # seconds until a bot that stopped is started again
CONNECTIONS = 100  # webhook requests at once
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One bot of this installation."""

    name: str  # in the webhook's address, and as a part of the assistant (bot/parts.py)
    module: str  # the library behind it: loaded when its token is set
    channel: Channel
    token: str
    hook: Webhook = field(default_factory=Webhook)


def lines(settings: Settings, only: frozenset[str] = PARTS) -> list[Line]:
    """The bots that have a token and are among this process's parts."""
    household = settings.telegram_household_token.get_secret_value()
    officer = settings.telegram_officer_token.get_secret_value()
    every = (
        Line("households", "telegram_households", Channel.TELEGRAM, household),
        Line("officers", "telegram_officers", Channel.TELEGRAM_OFFICER, officer),
    )
    return [line for line in every if line.token and line.name in only]


def _named(line: Line) -> str:
    """The bot, the same in every process that has its token."""
    return f"{line.name}:{fingerprint(line.token)[:16]}"


class TelegramPlug:
    """Telegram as a channel of the process (bot/channels.py)."""

    def __init__(self, settings: Settings, only: frozenset[str] = PARTS) -> None:
        self.settings = settings
        self.lines = lines(settings, only)
        self._reception: Reception | None = None

    def attach(self, app: App, reception: Reception) -> None:
        """The webhooks' routes; the libraries load beside the start of the rest."""
        self._reception = reception
        for line in self.lines:
            app.router.add_post(f"/telegram/{line.name}", line.hook.handle)
            load = partial(importlib.import_module, f"handlers.{line.module}")
            threading.Thread(target=load, daemon=True).start()

    def connect(self, parts: Parts) -> list[Wire]:
        """One wire for each bot."""
        return [self._wire(line, parts) for line in self.lines]

    def _wire(self, line: Line, parts: Parts) -> Wire:
        from handlers.telegram_files import TelegramFiles
        from handlers.telegram_sender import TelegramSender

        bot = self._bot(line)
        pacer = self._pacer(line, parts)
        base = self.settings.telegram_api_base
        files = TelegramFiles(bot, f"{base}/file/bot{line.token}")
        secret = hmac.digest(parts.key, f"telegram {line.name}".encode(), "sha256").hex()
        answering = Answering(bot)
        line.hook.open(answering, secret)

        async def close() -> None:
            answering.stop()
            await files.close()
            await bot.close()

        kept = KeptFiles(parts.db, _named(line))
        sender = TelegramSender(line.channel, bot, pacer, partial(read, parts.files), kept)
        serve = partial(self._serve, line, answering, secret)
        beat = getattr(bot, "keep_beat", None)  # the officers' bot has a JobQueue
        return Wire(sender, files.fetch, serve=serve, close=close, beat=beat)

    def _pacer(self, line: Line, parts: Parts) -> Pace:
        rate = self.settings.telegram_messages_per_second
        return paced(parts.db, _named(line), rate)

    def _bot(self, line: Line) -> BotWire:
        base, reception = self.settings.telegram_api_base, self._reception
        if reception is None:
            raise RuntimeError("attach comes before connect")
        made = importlib.import_module(f"handlers.{line.module}")
        bot: BotWire = made.Bot(line.token, base, line.channel, clock.now, reception)
        return bot

    async def _serve(self, line: Line, answering: Answering, secret: str) -> None:
        """Run the bot until cancelled, whatever happens to it. Raises CannotServe when Telegram
        does not know its token at the start; one that is revoked later is tried again."""
        answering.bot.me = await introduced(line, answering.bot)
        while True:
            try:
                await self._hear(line, answering, secret)
            except Refused as no:
                log.error("bot stopped", channel=line.channel, reason=no.description)
            except Exception:  # we are wrong: told, tried again
                log.exception("bot stopped", channel=line.channel)
            await asyncio.sleep(AGAIN)

    async def _hear(self, line: Line, answering: Answering, secret: str) -> None:
        """Say where updates go, then take them; an unreachable Telegram is waited for."""
        bot = answering.bot
        alone = not self.settings.telegram_officer_token.get_secret_value()
        officers = alone or line.channel is Channel.TELEGRAM_OFFICER
        profile = introduce(partial(insist, bot, but=UNKNOWN), line.channel, officers=officers)
        introducing = asyncio.create_task(profile)
        try:
            if self.settings.public_url:
                await self._hook(line, bot, secret)
                await asyncio.Event().wait()
            else:
                await insist(bot, "deleteWebhook", {})
                await self._poll(answering)
        finally:
            introducing.cancel()

    async def _hook(self, line: Line, bot: BotWire, secret: str) -> None:
        try:
            await insist(bot, "setWebhook", self._webhook(line, secret))
        except Refused:
            log.error("PUBLIC_URL takes an https address on port 443, 80, 88 or 8443 for webhooks")
            raise

    async def _poll(self, answering: Answering) -> None:
        from handlers.telegram_polling import poll

        bot = answering.bot
        await poll(bot.updates, answering.take, partial(waiting, bot))

    def _webhook(self, line: Line, secret: str) -> dict[str, Any]:
        return {
            "url": f"{self.settings.public_url}/telegram/{line.name}",
            "secret_token": secret,
            "allowed_updates": list(ALLOWED),
            "max_connections": CONNECTIONS,
        }


async def waiting(bot: Api) -> int:
    """How many updates nobody has taken yet."""
    return int((await bot.call("getWebhookInfo", {})).pending_update_count)


async def introduced(line: Line, bot: BotWire) -> Me:
    """The bot itself, as Telegram knows it. Raises CannotServe when it does not, again and again:
    a wrong token is a wrong setting."""
    for tried in range(1, TOKEN_TRIES + 1):
        try:
            me = await insist(bot, "getMe", {}, but=UNKNOWN)
            return Me(me.id, me.username or "")
        except Refused as no:
            if tried == TOKEN_TRIES or no.code not in UNKNOWN:
                name = f"TELEGRAM_{line.name.removesuffix('s').upper()}_TOKEN"
                raise CannotServe(
                    f"{name} takes a token that Telegram knows; it answers {no.code} "
                    f"{no.description}. Ask @BotFather for the bot's token, or for a new one."
                ) from None
        await asyncio.sleep(tried)
    raise RuntimeError("no tries")


async def insist(
    bot: Api, method: str, params: Mapping[str, Any], but: tuple[int, ...] = ()
) -> Any:
    """Call until Telegram does it. Raises Refused when it never will, or with one of `but`."""
    wait = 0.5
    while True:
        try:
            return await bot.call(method, params)
        except NoAnswer as none:
            log.warning("Telegram does not answer", method=method, reason=none.reason)
        except Refused as no:
            if no.code == 400 or no.code in but:
                raise
            log.warning("Telegram refuses", method=method, reason=no.description)
            wait = max(wait, no.retry_after or 0.0)
        await asyncio.sleep(wait)
        wait = min(wait * 2, 60.0)


async def read(files: FileStore, key: str) -> bytes:
    """The bytes of a file that leaves."""
    try:
        return await asyncio.to_thread(files.get, key)
    except MissingFile:
        raise Never("its file is gone") from None
