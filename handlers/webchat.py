"""The web chat on an aiohttp application: its routes, its limits, its security headers."""

from __future__ import annotations

from collections import Counter

from aiohttp import web

from handlers.webchat_chat import STREAMING, end_streams, events, get_lines, open_chat, say
from handlers.webchat_files import UPLOADING, get_file, send_file
from handlers.webchat_http import WEBCHAT, WebChat
from handlers.webchat_page import get_page
from handlers.webchat_slot import get_slot, post_slot
from handlers.webchat_static import get_static

__all__ = ["WebChat", "attach"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # addresses here may hold one-use codes
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def attach(app: web.Application, chat: WebChat) -> None:
    """Add the web chat to `app`. Other routes of `app` get the security headers too."""
    app[WEBCHAT] = chat
    app[STREAMING] = {}
    app[UPLOADING] = Counter()
    app.add_routes(
        [
            web.get("/", get_page),
            web.get("/static/{version}/{name}", get_static),
            web.post("/chat", open_chat),
            web.get("/chat/lines", get_lines),
            web.get("/chat/events", events, allow_head=False),
            web.post("/chat/say", say),
            web.post("/chat/file", send_file),
            web.get("/file/{folder}/{key}", get_file),
            web.get("/u/{token}", get_slot),
            web.post("/u/{token}", post_slot),
        ]
    )
    app.on_response_prepare.append(_protect)
    app.on_shutdown.append(end_streams)


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
