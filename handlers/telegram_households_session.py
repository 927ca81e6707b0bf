"""aiogram's session, as we need its answers: a refusal with Telegram's own number; a result also
when the library cannot read it (what was done is not done again); updates as they came.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from pydantic import ValidationError

from handlers.telegram_api import loosened, unwilling

log = logging.getLogger(__name__)


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates without reading them: one that cannot be read must not hold up the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Session(AiohttpSession):
    """One bot's connections to the Bot API server at `base`."""

    def __init__(self, base: str, seconds: float) -> None:
        super().__init__(
            api=TelegramAPIServer.from_base(base),
            json_loads=_loads,
            json_dumps=lambda value: orjson.dumps(value).decode(),
            timeout=seconds,
        )

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        """What was answered. Raises Refused or NoAnswer."""
        try:
            answer = self.json_loads(content)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            raise unwilling(status_code, answer, content)
        if isinstance(method, RawUpdates):
            return Response.model_construct(ok=True, result=answer.get("result") or [])
        kind = Response[method.__returning__]  # type: ignore[name-defined]  # aiogram's own way
        try:
            return kind.model_validate(answer, context={"bot": bot})
        except ValidationError:
            log.info("the library cannot read what %s answered", method.__api_method__)
            return Response.model_construct(ok=True, result=loosened(answer.get("result")))


def _loads(content: str) -> Any:
    """orjson is faster, and stricter than what a Bot API server may send (half a surrogate)."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return json.loads(content)
