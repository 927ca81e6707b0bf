"""Brings what people sent: getFile, then the bytes, going on where a broken connection stopped.

Sources: Bot API, getFile (20 MB; a path is good for an hour).
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import aiohttp
from yarl import URL

from handlers.telegram_api import Api, NoAnswer, Refused
from handlers.telegram_inbound import FILE_BYTES
from models.messages import Address, Attachment, Later, Never

TRIES = 4  # connections for one file
AGAIN = 5.0  # seconds: a file Telegram cannot find is asked of the person soon
PATIENCE = aiohttp.ClientTimeout(total=180, connect=15, sock_read=30)
VANISHED = ("wrong file_id", "file is temporarily unavailable", "invalid file_id")


class TelegramFiles:
    """A channel's fetcher on one bot. `url` is the place of its files, without the path."""

    def __init__(self, api: Api, url: str) -> None:
        self.api, self.url = api, url
        self._session: aiohttp.ClientSession | None = None

    async def fetch(self, _address: Address, file: Attachment) -> bytes:
        """The bytes. Later when they may come another time, Never("too_big") when they cannot."""
        try:
            found = await self.api.call("getFile", {"file_id": file.remote})
        except Refused as no:
            if no.says("file is too big"):
                raise Never("too_big") from None
            wait = AGAIN if no.says(*VANISHED) else no.retry_after
            raise Later(no.description, wait) from None
        except NoAnswer as none:
            raise Later(none.reason) from None
        if not found.file_path:
            raise Later("no path")
        return await self._download(found.file_path, found.file_size)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _download(self, path: str, size: int | None) -> bytes:
        got = bytearray()
        for _ in range(TRIES):
            try:
                await self._more(path, got)
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            if not size or len(got) >= size:
                return bytes(got)
        raise Later("the download broke off")

    def _place(self, path: str) -> URL:
        """Where the bytes are: a path may hold any name; python-telegram-bot completes it."""
        path = path.removeprefix(f"{self.url}/")
        whole = path if "://" in path else f"{self.url}/{quote(path)}"
        return URL(whole, encoded=True)

    async def _more(self, path: str, got: bytearray) -> None:
        """Append what is missing to `got`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=PATIENCE)
        headers = {"Range": f"bytes={len(got)}-"} if got else {}
        async with self._session.get(self._place(path), headers=headers) as answer:
            if answer.status == 416:
                return  # there is no more
            if answer.status not in (200, 206):
                raise Later(f"file answered {answer.status}")
            if answer.status == 200:
                got.clear()  # it does not resume: from the start
            async for chunk in answer.content.iter_chunked(64 * 1024):
                got += chunk
                if len(got) > FILE_BYTES:
                    raise Never("too_big")
