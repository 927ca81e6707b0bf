"""The households' bot, on aiogram: its updates to the Reception, our calls through its methods.

aiogram's storage, FSM and background handling are not used: the talk is in the database, and an
update counts as taken only once its turn is committed (a webhook answered in the background, or
polling as tasks, would confirm what a crash then loses).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import handlers.telegram_households_lazy  # noqa: F401 - before aiogram

# isort: split
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.exceptions import TelegramNetworkError
from aiogram.types import CallbackQuery, TelegramObject, Update
from aiohttp import ClientConnectorError, ClientTimeout
from pydantic import ValidationError

from handlers.telegram_api import ALLOWED, Me, NoAnswer, Params, Query, loosened
from handlers.telegram_households_session import Session
from handlers.telegram_inbound import from_checked
from handlers.telegram_polling import MOST, WAIT
from handlers.telegram_raw import hear
from handlers.wire import Reception
from models.messages import Channel

TIMEOUT = 20  # seconds for one call; less than the outbox gives a send
CALLED, POLLED = ClientTimeout(TIMEOUT), ClientTimeout(WAIT + TIMEOUT)


class Bot:
    """The bot on aiogram (a handlers.telegram_api.BotWire)."""

    def __init__(
        self,
        token: str,
        base: str,
        channel: Channel,
        now: Callable[[], datetime],
        reception: Reception,
    ) -> None:
        self.channel, self.now, self.reception = channel, now, reception
        self.session = Session(base, TIMEOUT)
        self.bot = AiogramBot(token, session=self.session)
        self.me: Me | None = None
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.message.register(self._hear)
        self.dispatcher.edited_message.register(self._hear)
        self.dispatcher.callback_query.register(self._press)
        self.dispatcher.my_chat_member.register(self._hear)

    async def close(self) -> None:
        await self.session.close()

    # -- what leaves -----------------------------------------------------------------------------
    async def call(self, method: str, params: Params) -> Any:
        """One method. Raises Refused or NoAnswer."""
        return loosened(await self._ask(method, params))

    async def updates(self, offset: int | None, limit: int) -> list[Any]:
        """The next updates, as they came, waiting for them."""
        asked: dict[str, Any] = {"offset": offset, "timeout": WAIT, "allowed_updates": ALLOWED}
        if limit < MOST:
            asked["limit"] = limit
        found: list[Any] | None = await self._ask("getUpdates", asked, POLLED)
        return found or []

    async def _ask(self, method: str, params: Params, seconds: ClientTimeout = CALLED) -> Any:
        try:
            return await self.session.ask(self.bot, method, params, seconds)
        except TelegramNetworkError as error:
            never_left = isinstance(error.__cause__, ClientConnectorError)
            cause = type(error.__cause__).__name__ if error.__cause__ else "timeout"
            raise NoAnswer(cause, unknown=not never_left) from None
        except UnicodeDecodeError:
            raise NoAnswer("unreadable") from None

    # -- what comes ------------------------------------------------------------------------------
    async def take(self, raw: Mapping[str, Any]) -> Query | None:
        """Hear one update; returns after the commit, raises when nothing was written.

        The query of a pressed button, which is still to be answered.
        """
        update: Update | None = None
        with suppress(ValidationError):
            update = Update.model_validate(raw, context={"bot": self.bot})
        # not update.event_type, which compares whole updates to find one it was asked for before
        known = next((kind for kind in ALLOWED if getattr(update, kind, None) is not None), "")
        if update is None or not known:
            me = self._itself()
            return await hear(raw, self.channel, me, self.now(), self.reception)
        # not by feed_update: what it puts around (users of talks, errors, times, other routers) is
        # not used here, and took a third of the time
        observer = self.dispatcher.observers[known]
        answer = await observer.trigger(getattr(update, known), event_update=update)
        return answer if isinstance(answer, Query) else None

    async def _hear(self, _event: TelegramObject, event_update: Update) -> None:
        await self._receive(event_update)

    async def _press(self, query: CallbackQuery, event_update: Update) -> Query:
        return Query(query.id, await self._receive(event_update))

    async def _receive(self, update: Update) -> str:
        """Hear it; what the one who pressed in a group is told."""
        inbound = from_checked(update, self.channel, self._itself(), self.now())
        if inbound is None:
            return ""
        await self.reception.receive(inbound)
        return await self.reception.notice(inbound) if inbound.group and inbound.button else ""

    def _itself(self) -> Me:
        if self.me is None:
            raise RuntimeError("an update came before getMe")
        return self.me
