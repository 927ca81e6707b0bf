"""The HTTP server: the web chat, and pages that say how we are."""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from aiohttp import web

from bot import clock
from bot.health import Health
from bot.settings import Settings
from handlers import webchat
from handlers.wire import Reception
from locales import LANGUAGES, N_, gettext
from models.content import Content

if TYPE_CHECKING:
    from bot.channels import Plug

TITLE = N_("Trợ lý OCOP")
GRACE = 3.0  # seconds for requests under way when we stop
IDLE = 75.0  # seconds a connection may hold without a whole request head; proxies use 60
#: Pages beside the chat: the public card of a product, the officers' dashboard.
PAGES = (
    ("GET", "/p/{code}", "bot.web_products", "get_product"),
    ("GET", "/p/{code}/photo", "bot.web_products", "get_photo"),
    ("GET", "/stats", "bot.web_stats", "get_dashboard"),
    ("GET", "/stats/chart/{name}.png", "bot.web_stats", "get_chart"),
    ("GET", "/stats/open/{token}", "bot.web_stats", "get_door"),
    ("POST", "/stats/open/{token}", "bot.web_stats", "post_door"),
    ("POST", "/stats/leave", "bot.web_stats", "post_leave"),
)
App = web.Application
HEALTH = web.AppKey("health", Health)


class CannotListen(Exception):
    """The port is taken or not ours; the text is one sentence for the operator."""


class WebServer:
    """Listens from `start` to `stop`. `key` may be filled later than that: it is only used once
    somebody sends a file, which waits for the reception anyway."""

    def __init__(
        self,
        settings: Settings,
        content: Content,
        reception: Reception,
        key: bytearray,
        health: Health,
        plugs: Iterable[Plug] = (),
    ) -> None:
        self.settings = settings
        self.app = web.Application()
        self.app[HEALTH] = health
        for path, answer in (("/healthz", _alive), ("/readyz", _ready), ("/metrics", _figures)):
            self.app.router.add_get(path, answer)
        webchat.attach(self.app, self._chat(content, reception, key))
        for method, path, module, name in PAGES:
            add = self.app.router.add_get if method == "GET" else self.app.router.add_post
            add(path, _when_asked(module, name))  # a GET's route answers HEAD too
        for plug in plugs:
            plug.attach(self.app, reception)
        self.runner = web.AppRunner(
            self.app, access_log=None, shutdown_timeout=GRACE, keepalive_timeout=IDLE
        )

    async def start(self) -> str:
        """Listen; the address to open. Raises CannotListen."""
        host, port = self.settings.http_host, self.settings.http_port
        await self.runner.setup()
        try:
            await web.TCPSite(self.runner, host, port).start()
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
            raise CannotListen(f"HTTP_PORT {port} on {host} {why}.") from None
        bound = self.runner.addresses[0][1]
        return self.settings.public_url or f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Take nothing more; finish the requests under way, end the streams."""
        await self.runner.cleanup()

    def _chat(self, content: Content, reception: Reception, key: bytearray) -> webchat.WebChat:
        province = content.province
        return webchat.WebChat(
            reception=reception,
            now=clock.now,
            translate=gettext,
            secret=cast(bytes, key),
            title={lang: gettext(lang, TITLE) for lang in LANGUAGES},
            place={"vi": province.name, "en": province.name_en},
            # An address for people outside means a proxy that ends TLS in front of us.
            proxies=1 if self.settings.public_url else 0,
        )


def _when_asked(module: str, name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A page whose code is loaded at its first request: a start stays quick."""

    async def answer(request: web.Request) -> web.StreamResponse:
        handler = getattr(import_module(module), name)
        return cast(web.StreamResponse, await handler(request))

    return answer


async def _alive(request: web.Request) -> web.Response:
    """GET /healthz: the process answers. For whoever restarts it when it does not."""
    return web.json_response({"alive": True})


async def _ready(request: web.Request) -> web.Response:
    """GET /readyz: 200 when the database answers and messages leave, else 503; JSON says why."""
    good, why = await request.config_dict[HEALTH].ready()
    return web.json_response(why, status=200 if good else 503)


async def _figures(request: web.Request) -> web.Response:
    """GET /metrics, for Prometheus; on this machine or network only, never through the proxy."""
    if "X-Forwarded-For" in request.headers:
        raise web.HTTPNotFound
    try:
        body = await request.config_dict[HEALTH].figures()
    except Exception as wrong:  # the database is away: said so, without a trace in the answer
        return web.Response(status=503, text=type(wrong).__name__)
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4"})
