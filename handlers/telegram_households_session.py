"""aiogram's session, with calls and answers in Telegram's own form.

aiogram's methods make objects of every button and of every message that comes back: half of the
time a send took. Here a call goes the same way out, written as the form aiogram would write. A
refusal comes with Telegram's own number, and what was done is never done again because the library
could not read the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InputFile
from aiohttp import BytesPayload, ClientTimeout, FormData
from yarl import URL

from handlers.telegram_api import Params, Upload, unwilling

FORM = "application/x-www-form-urlencoded"
WHOLE = orjson.OPT_PASSTHROUGH_DATACLASS  # raise for an Upload, do not write its bytes out


@dataclass(frozen=True, slots=True)
class Ask:
    """One call; stands where a TelegramMethod would, whose making and naming take longer."""

    __api_method__: str
    params: Params


@dataclass(slots=True)
class Answer:
    """In place of aiogram's Response: what came back, as JSON as it came."""

    result: Any


class Session(AiohttpSession):
    """One bot's connections to the Bot API server at `base`."""

    def __init__(self, base: str, seconds: float) -> None:
        super().__init__(
            api=TelegramAPIServer.from_base(base),
            json_loads=_loads,
            json_dumps=lambda value: orjson.dumps(value).decode(),
            timeout=seconds,
        )

    async def ask(self, bot: Bot, method: str, params: Params, seconds: ClientTimeout) -> Any:
        """One call, and what came back. Raises Refused, NoAnswer or TelegramNetworkError."""
        call: Any = Ask(method, params)
        given: Any = seconds  # passed on to aiohttp
        return await self.make_request(bot, call, given)

    def build_form_data(self, bot: Bot, method: Any) -> Any:
        """The body: a plain form, or one in parts when there are files in it."""
        if not isinstance(method, Ask):
            return super().build_form_data(bot, method)
        try:
            fields = {name: _plain(value) for name, value in method.params.items()}
            text = URL.build(query={n: v for n, v in fields.items() if v}).raw_query_string
        except TypeError:  # an Upload: no JSON
            return self._in_parts(bot, method.params)
        return BytesPayload(text.encode(), content_type=FORM)

    def check_response(self, bot: Bot, method: Any, status_code: int, content: str) -> Any:
        """What was answered. Raises Refused or NoAnswer."""
        try:
            answer = self.json_loads(content)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            raise unwilling(status_code, answer, content)
        return Answer(answer.get("result"))

    def _in_parts(self, bot: Bot, params: Params) -> FormData:
        form, files = FormData(quote_fields=False), dict[str, InputFile]()
        for name, value in params.items():
            if text := self.prepare_value(_theirs(value), bot=bot, files=files):
                form.add_field(name, text)
        for name, file in files.items():
            form.add_field(name, file.read(bot), filename=file.filename or name)
        return form


def _plain(value: Any) -> str:
    """A parameter as Telegram reads it in a form; "" for one that is not there."""
    if isinstance(value, str):
        return value
    return "" if value is None else orjson.dumps(value, option=WHOLE).decode()


def _theirs(value: Any) -> Any:
    """A parameter with our uploads as aiogram's."""
    if isinstance(value, Upload):
        return BufferedInputFile(value.data, value.name)
    if isinstance(value, list):
        return [_theirs(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _theirs(one) for name, one in value.items()}
    return value


def _loads(content: str) -> Any:
    """orjson is faster, and stricter than what a Bot API server may send (half a surrogate)."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return json.loads(content)
