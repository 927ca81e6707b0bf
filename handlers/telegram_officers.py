"""The officers' bot, on python-telegram-bot: its updates to the Reception, our calls through it.

The Application hears one update at a time as we hand it over, so that one counts as taken only
once its turn is committed; its JobQueue keeps the beat of what is due. Its own limiter is not used:
both bots are paced below every call (handlers.telegram_sender).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.error import NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, JobQueue, TypeHandler

from handlers.telegram_api import (
    ALLOWED,
    Me,
    NoAnswer,
    Params,
    Query,
    Refused,
    Upload,
    loosened,
)
from handlers.telegram_inbound import from_update
from handlers.telegram_officers_request import READ, AiohttpRequest, NeverLeft, Unwilling, result
from handlers.telegram_polling import MOST, WAIT
from handlers.telegram_raw import hear
from handlers.wire import Reception
from models.messages import Channel

os.environ.setdefault("PTB_TIMEDELTA", "1")  # theirs: waits as timedelta, without a warning each

Context = ContextTypes.DEFAULT_TYPE
log = logging.getLogger(__name__)


class NotWritten(Exception):
    """The update was understood and is not in the database: it must come again."""


class Bot:
    """The bot on python-telegram-bot (a handlers.telegram_api.BotWire)."""

    def __init__(
        self,
        token: str,
        base: str,
        channel: Channel,
        now: Callable[[], datetime],
        reception: Reception,
    ) -> None:
        self.channel, self.now, self.reception = channel, now, reception
        self.me: Me | None = None
        self.requests = (AiohttpRequest(), AiohttpRequest())
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token(token)
            .base_url(f"{base}/bot")
            .base_file_url(f"{base}/file/bot")
            .request(self.requests[0])
            .get_updates_request(self.requests[1])
            .job_queue(JobQueue())
            .updater(None)
            .build()
        )
        self.application.add_handler(TypeHandler(Update, self._hear))
        self.application.add_error_handler(self._failed)
        self._errors: dict[int, Exception] = {}
        self._notices: dict[int, str] = {}  # what those who pressed in groups are told
        self._ready = False

    async def close(self) -> None:
        await self._queue.stop(wait=False)
        await self.application.shutdown()
        for request in self.requests:
            await request.shutdown()

    async def keep_beat(self, beat: Callable[[], None], seconds: float) -> None:
        """Have the JobQueue call `beat` every so many seconds, from now on."""

        async def tick(_context: Context) -> None:
            beat()

        late = {"coalesce": True, "max_instances": 9}  # on a busy machine; not worth a warning
        self._queue.run_repeating(tick, seconds, name="due rows", job_kwargs=late)
        await self._queue.start()

    @property
    def _queue(self) -> JobQueue[Any]:
        queue = self.application.job_queue
        if queue is None:
            raise RuntimeError("python-telegram-bot came without its job-queue extra")
        return queue

    # -- what leaves -----------------------------------------------------------------------------
    async def call(self, method: str, params: Params) -> Any:
        """One method. Raises Refused or NoAnswer."""
        made = getattr(self.application.bot, re.sub(r"([A-Z])", r"_\1", method).lower())
        theirs = {name: _theirs(name, value) for name, value in params.items()}
        result.set(None)
        try:
            return await made(**theirs)
        except TelegramError as error:
            raise _ours(error) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            if (done := result.get()) is None:
                raise
            log.info("the library cannot read what %s answered", method)
            return loosened(done)

    async def updates(self, offset: int | None, limit: int) -> list[Any]:
        """The next updates as they came, waiting for them: one that the library cannot read must
        not hold up the others."""
        asked = {"offset": offset, "timeout": WAIT, "allowed_updates": list(ALLOWED)}
        fields = {name: value for name, value in asked.items() if value is not None}
        if limit < MOST:
            fields["limit"] = limit
        url = f"{self.application.bot.base_url}/getUpdates"
        try:
            found: list[Any] = await self.requests[1].ask(url, fields, WAIT + READ)
        except TelegramError as error:
            raise _ours(error) from None
        return found or []

    # -- what comes ------------------------------------------------------------------------------
    async def take(self, raw: Mapping[str, Any]) -> Query | None:
        """Hear one update; returns after the commit, raises when nothing was written.

        The query of a pressed button, which is still to be answered.
        """
        if not self._ready:
            await self.application.initialize()
            self._ready = True
        if self.me is None:
            raise NotWritten("an update came before getMe")
        update = self._read(raw)
        error = await self._process(update) if update is not None else None
        if isinstance(error, NotWritten):
            raise error
        if update is None or error is not None:
            return await hear(raw, self.channel, self.me, self.now(), self.reception)
        told = self._notices.pop(update.update_id, "")
        return Query(update.callback_query.id, told) if update.callback_query else None

    async def _process(self, update: Update) -> Exception | None:
        """What went wrong in the library or in our handler, if anything did."""
        try:
            await self.application.process_update(update)
        except Exception as error:
            return error
        return self._errors.pop(update.update_id, None)

    def _read(self, raw: Mapping[str, Any]) -> Update | None:
        """None when it is not as the library knows it."""
        try:
            return Update.de_json(dict(raw), self.application.bot)
        except Exception as error:
            log.info("update not read: %s", type(error).__name__)
            return None

    async def _hear(self, update: Update, _context: Context) -> None:
        if self.me is None:
            raise NotWritten("an update came before getMe")
        inbound = from_update(update, self.channel, self.me, self.now())
        if inbound is None:
            return
        try:
            await self.reception.receive(inbound)
            if inbound.group and inbound.button:
                self._notices[update.update_id] = await self.reception.notice(inbound)
        except Exception as error:
            raise NotWritten(type(error).__name__) from error

    async def _failed(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error


def _ours(error: TelegramError) -> Refused | NoAnswer:
    """Their error as ours."""
    if isinstance(error, Unwilling):
        return error.why
    if isinstance(error, NetworkError):
        return NoAnswer(type(error).__name__, unknown=not isinstance(error, NeverLeft))
    return NoAnswer("unreadable")


def _theirs(name: str, value: Any) -> Any:
    """A parameter of ours as an object of theirs."""
    if isinstance(value, Upload):
        return InputFile(value.data, filename=value.name)
    if name == "reply_markup":
        return _markup(value)
    if name == "media":
        return [_medium(**one) for one in value]
    if name == "commands":
        return [BotCommand(**one) for one in value]
    if name == "link_preview_options":
        return LinkPreviewOptions(**value)
    if name == "reply_parameters":
        return ReplyParameters(**value)
    return BotCommandScope(**value) if name == "scope" else value


def _markup(value: Mapping[str, Any]) -> InlineKeyboardMarkup | ReplyKeyboardMarkup:
    if "inline_keyboard" in value:
        return InlineKeyboardMarkup.de_json(dict(value), None)
    rows = [[KeyboardButton(**button) for button in row] for row in value["keyboard"]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def _medium(type: str, media: Upload | str, **more: Any) -> InputMediaPhoto | InputMediaDocument:
    kind = InputMediaPhoto if type == "photo" else InputMediaDocument
    if isinstance(media, str):
        return kind(media, **more)
    return kind(media.data, filename=media.name, **more)
