"""python-telegram-bot's calls over aiohttp: its documented seam, ten times as fast as its default.

Errors say whether the call may have arrived: a send that timed out is unknown, not failed. What
was answered is kept as it came: a call that was done is done, also when the library cannot read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from handlers.telegram_api import NoAnswer, Refused, unwilling

READ, CONNECT = 20.0, 10.0  # seconds
# The result of this task's last call, as it came.
result: ContextVar[Any] = ContextVar("result", default=None)


class NeverLeft(NetworkError):
    """There was no connection: nothing arrived."""


class Unwilling(TelegramError):
    """What was answered instead of a result, in our words."""

    def __init__(self, why: Refused | NoAnswer) -> None:
        super().__init__(str(why))
        self.why = why


class AiohttpRequest(BaseRequest):
    """One pool of connections."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        """Connections are made when first needed."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request. Raises TimedOut, NeverLeft, NetworkError or Unwilling."""
        read = read_timeout if isinstance(read_timeout, int | float) else READ
        status, payload = await self._sent(method, url, _form(request_data), read)
        result.set(_result(status, payload))
        return status, payload

    async def ask(self, url: str, fields: Mapping[str, Any], seconds: float) -> Any:
        """One method's result as it came, not made into the library's objects. Raises what
        `do_request` raises."""
        form = {name: json.dumps(value) for name, value in fields.items()}
        return _result(*await self._sent("POST", url, form, seconds))

    async def _sent(self, method: str, url: str, form: Any, read: float) -> tuple[int, bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT})
        patience = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_read=read)
        try:
            async with self._session.request(method, url, data=form, timeout=patience) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise NeverLeft(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _result(status: int, payload: bytes) -> Any:
    """What an answer that is ok brings. Raises Unwilling."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer.get("result")
    raise Unwilling(unwilling(status, answer, payload.decode(errors="replace")))


def _form(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
