"""Calls to Zalo over one connection pool. No retry here: the outbox owns those.

Addresses may carry a token, so they are never logged and never part of an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from handlers.body import parsed
from models.messages import Gone, Later, Never

MEDIA = aiohttp.ClientTimeout(total=60, connect=8)
MEDIA_HOSTS = ("zdn.vn", "zalo.me", "zaloapp.com", "zadn.vn", "zaloplatforms.com", "zapps.me")
MOST = 25 * 1024 * 1024  # bytes of one file somebody sent
CHUNK = 64 * 1024


class Http:
    """One client for everything that goes to Zalo; opened by the first call."""

    def __init__(self, also_from: tuple[str, ...] = ()) -> None:
        """`also_from`: hosts that media may come from besides Zalo's own."""
        self.hosts = also_from
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self,
        url: str,
        *,
        body: object | None = None,
        form: Mapping[str, str] | aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
        within: float = 20.0,
    ) -> tuple[int, dict[str, Any] | None]:
        """(status, the JSON object of the answer or None when it is none).

        Raises Later: `unknown` when the request may have arrived.
        """
        return await self._ask("POST", url, within, json=body, data=form, headers=headers)

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, within: float = 20.0
    ) -> tuple[int, dict[str, Any] | None]:
        """As `post`, for what only reads."""
        return await self._ask("GET", url, within, headers=headers)

    async def _ask(
        self, method: str, url: str, within: float, **how: Any
    ) -> tuple[int, dict[str, Any] | None]:
        limit = aiohttp.ClientTimeout(total=within, connect=8)
        try:
            asking = self._open().request(method, url, timeout=limit, allow_redirects=False, **how)
            async with asking as answer:
                return answer.status, json_object(await answer.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise Later("cannot connect") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Later(type(error).__name__, unknown=True) from None

    async def bring(self, url: str) -> bytes:
        """The bytes of a file somebody sent. Raises Gone when it is no longer there, Never when it
        is too big or not Zalo's, else Later."""
        if not self._trusted(url):
            raise Never("not from Zalo")
        try:
            async with self._open().get(url, timeout=MEDIA, allow_redirects=False) as answer:
                if answer.status in (401, 403, 404, 410):
                    raise Gone("media expired")
                if answer.status != 200:
                    raise Later(f"media answered {answer.status}")
                return await _limited(answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Later(type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def _trusted(self, url: str) -> bool:
        """Only hosts of Zalo's: a webhook must not make us call a machine of ours."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host in self.hosts:
            return True
        ours = any(host == h or host.endswith(f".{h}") for h in MEDIA_HOSTS)
        return parts.scheme in ("http", "https") and ours


async def _limited(answer: aiohttp.ClientResponse) -> bytes:
    if (answer.content_length or 0) > MOST:
        raise Never("too_big")
    data = bytearray()
    async for part in answer.content.iter_chunked(CHUNK):
        data += part
        if len(data) > MOST:
            raise Never("too_big")
    return bytes(data)


def json_object(raw: bytes) -> dict[str, Any] | None:
    """A JSON object; None when it is something else, or no JSON."""
    try:
        found = parsed(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
