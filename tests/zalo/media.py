"""What people sent to Zalo: there for an hour, then its address answers 403."""

from __future__ import annotations

from datetime import datetime, timedelta

from aiohttp import web

from bot import clock

LIVES = timedelta(hours=1)


class Media(dict[str, bytes]):
    """Files by name, each from the moment that it was put."""

    def __init__(self) -> None:
        super().__init__()
        self._put_at: dict[str, datetime] = {}

    def __setitem__(self, name: str, data: bytes) -> None:
        self._put_at[name] = clock.now()
        super().__setitem__(name, data)

    async def answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self or clock.now() - self._put_at[name] >= LIVES:
            return web.Response(status=403)
        return web.Response(body=self[name])
