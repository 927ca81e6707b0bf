"""A Reception that is not there yet: whoever asks early waits a moment.

The page is served while the database is still being opened; what the page then asks for waits here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from handlers.wire import Line, Reception
from models.messages import Address, Attachment, Channel, Inbound, Outcome


class LateReception:
    """Passes everything on to the Reception given to `open`, once it is."""

    def __init__(self) -> None:
        self._there: asyncio.Future[Reception] = asyncio.get_running_loop().create_future()

    def open(self, reception: Reception) -> None:
        self._there.set_result(reception)

    async def _desk(self) -> Reception:
        there = self._there
        return there.result() if there.done() else await asyncio.shield(there)

    async def receive(self, inbound: Inbound) -> Outcome:
        return await (await self._desk()).receive(inbound)

    async def notice(self, inbound: Inbound) -> str:
        return await (await self._desk()).notice(inbound)

    async def open_chat(self, channel: Channel, asker: str, language: str | None) -> Address | None:
        return await (await self._desk()).open_chat(channel, asker, language)

    async def admits(self, act: str, asker: str, owner: str = "") -> bool:
        return await (await self._desk()).admits(act, asker, owner)

    async def knows(self, address: Address) -> bool:
        return await (await self._desk()).knows(address)

    async def language(self, address: Address) -> str:
        return await (await self._desk()).language(address)

    async def lines(self, address: Address, after: int, limit: int = 200) -> list[Line]:
        return await (await self._desk()).lines(address, after, limit)

    async def tail(self, address: Address, before: int | None, limit: int = 100) -> list[Line]:
        return await (await self._desk()).tail(address, before, limit)

    async def news(
        self, address: Address, after: int, seen: set[int], seconds: float
    ) -> list[Line]:
        return await (await self._desk()).news(address, after, seen, seconds)

    async def keep_file(self, address: Address, data: bytes, name: str) -> Attachment:
        return await (await self._desk()).keep_file(address, data, name)

    async def read_file(self, address: Address, key: str) -> tuple[bytes, str, str] | None:
        return await (await self._desk()).read_file(address, key)

    async def upload_slot(self, token: str) -> str | None:
        return await (await self._desk()).upload_slot(token)

    async def keep_slot_file(self, token: str, data: bytes, name: str) -> Attachment | None:
        return await (await self._desk()).keep_slot_file(token, data, name)

    async def fill_slot(self, token: str, files: Sequence[Attachment]) -> Outcome:
        return await (await self._desk()).fill_slot(token, files)
