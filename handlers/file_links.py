"""GET /f/TOKEN/NAME: a file behind a short-lived link, for channels that cannot carry it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

Read = Callable[[str], Awaitable[tuple[bytes, str, str] | None]]
#: Opened in the browser; everything else is kept as a file.
SHOWN = ("image/jpeg", "image/png", "application/pdf")


def attach(app: web.Application, read: Read) -> None:
    """Add the route. `read` gives (data, mime, name), or None when the link is over."""

    async def get(request: web.Request) -> web.Response:
        found = await read(request.match_info["token"])
        if found is None:
            over = "Đường dẫn này đã hết hạn. / This link has expired."
            return web.Response(status=410, text=over, headers={"Cache-Control": "no-store"})
        data, mime, name = found
        way = "inline" if mime in SHOWN else "attachment"
        headers = {
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "private, no-store",
        }
        return web.Response(body=data, content_type=mime, headers=headers)

    app.router.add_get("/f/{token:[A-Za-z0-9_-]+}/{name}", get)
