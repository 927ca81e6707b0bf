"""POST /zalo/oa: the webhook of a Zalo Official Account.

Zalo wants its 200 within two seconds and sends again what did not get one. So the answer comes
after the commit; when that takes too long, the answer is 503 and the re-send finds the row there.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from aiohttp import web

from handlers.body import read_body
from handlers.zalo_http import json_object
from handlers.zalo_oa_events import ByHand, Left, read
from models.messages import Inbound

PATH = "/zalo/oa"
CONSENT = f"{PATH}/consent"  # where the OA's admin comes back to after consenting
PICTURE = f"{PATH}/form.png"
LIMIT = 1.7  # seconds, of the two that Zalo waits
RECENT = timedelta(hours=24)  # behind the newest: Zalo sends again for two hours, no longer
MOST = 512 * 1024  # bytes of one event
LATE = timedelta(minutes=2)  # a message sent again after that: its person said more since, perhaps
AGAIN = "num_retry"
HEADER, STAMP = "X-ZEvent-Signature", "X-ZEvent-Timestamp"


@dataclass(slots=True)
class OaWebhook:
    """What the webhook is given. `warn` is called with a reason when a signature is wrong."""

    app_id: str
    secret: str
    strict: bool
    now: Callable[[], datetime]
    receive: Callable[[Inbound], Awaitable[object]]
    left: Callable[[Left], Awaitable[object]]
    by_hand: Callable[[ByHand], Awaitable[object]]
    warn: Callable[[str], None]
    _late: set[asyncio.Future[object]] = field(default_factory=set)
    _newest: int = 0  # milliseconds: the latest time that Zalo signed

    async def post(self, request: web.Request) -> web.Response:
        raw = await read_body(request, MOST)
        if not raw.strip():
            return web.Response()  # a probe
        body = json_object(raw)
        if not self._signed(request.headers, raw, body):
            self.warn("wrong signature")
            if self.strict:
                return web.Response(status=401)
        if body is None:
            return web.Response(status=400)
        event = read(body, self.now())
        if isinstance(event, Inbound) and self._sent_again_late(request.headers, body):
            event = replace(event, behind=True)  # others may follow: answered once, together
        return web.Response() if event is None else await self._in_time(self._take(event))

    def _sent_again_late(self, headers: Mapping[str, str], body: Mapping[str, Any]) -> bool:
        stamp = str(body.get("timestamp") or "")
        if not headers.get(AGAIN, "").isdigit() or not (stamp.isascii() and stamp.isdigit()):
            return False
        return self.now().timestamp() - int(stamp) / 1000 >= LATE.total_seconds()

    def _take(self, event: Inbound | Left | ByHand) -> Awaitable[object]:
        if isinstance(event, Left):
            return self.left(event)
        return self.by_hand(event) if isinstance(event, ByHand) else self.receive(event)

    async def _in_time(self, work: Awaitable[object]) -> web.Response:
        """200 once the work is committed; 503 when that is late or failed. It goes on meanwhile."""
        going = asyncio.ensure_future(work)
        self._late.add(going)
        going.add_done_callback(self._late.discard)
        try:
            await asyncio.wait_for(asyncio.shield(going), LIMIT)
        except TimeoutError:
            going.add_done_callback(lambda done: done.cancelled() or done.exception())
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()

    def _signed(
        self, headers: Mapping[str, str], raw: bytes, body: Mapping[str, Any] | None
    ) -> bool:
        given = headers.get(HEADER, "").strip()
        name, equals, rest = given.partition("=")
        mac = rest.strip() if equals and name.strip().lower() == "mac" else given
        stamps = [headers.get(STAMP, ""), str((body or {}).get("timestamp") or "")]
        return any(
            hmac.compare_digest(mac.lower().encode(), signature(self.app_id, raw, at, self.secret))
            and self._recent(at)
            for at in stamps
            if at and mac
        )

    def _recent(self, timestamp: str) -> bool:
        """Not a day behind the newest that Zalo signed: that was kept by somebody and is sent
        again. By Zalo's own clock, so that ours may be wrong."""
        at = int(timestamp) if timestamp.isascii() and timestamp.isdigit() else 0
        if at < self._newest - RECENT // timedelta(milliseconds=1):
            return False
        self._newest = max(self._newest, at)
        return True


Consented = Callable[[str, str], Awaitable[bool]]


def attach(app: web.Application, webhook: OaWebhook, consented: Consented) -> None:
    """Add the routes. `consented` gets (code, state) and says whether tokens came of it."""

    async def back(request: web.Request) -> web.Response:
        code, state = request.query.get("code", ""), request.query.get("state", "")
        if code and state and await consented(code, state):
            return web.Response(text="Đã nối lại với Zalo OA. / Connected to the Zalo OA again.")
        return web.Response(
            status=400,
            text="Đường dẫn không còn dùng được. Lấy đường dẫn mới trong tin cảnh báo. / "
            "This link is over: use the one in the newest alarm.",
        )

    app.router.add_post(PATH, webhook.post)

    async def picture(request: web.Request) -> web.Response:
        """The picture on the form that asks for a number: Zalo wants one there."""
        data = (resources.files("handlers") / "static" / "form.png").read_bytes()
        return web.Response(body=data, content_type="image/png")

    app.router.add_get(CONSENT, back)
    app.router.add_get(PICTURE, picture)


def signature(app_id: str, raw: bytes, timestamp: str, secret: str) -> bytes:
    """The sign of a webhook: SHA-256 over the four joined, in lower-case hex."""
    joined = app_id.encode() + raw + timestamp.encode() + secret.encode()
    return hashlib.sha256(joined).hexdigest().encode()
