"""Sends one message of the outbox through a Zalo bot: text, choices by letter, photos by address.

No buttons, no edits, no uploads: documents leave as short-lived links.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from handlers.plain import lettered, parts, unmarked
from handlers.zalo_bot_api import BotApi, Empty
from models.messages import Channel, Later, Never, Outbound, Say, Sent, SentFile

IMAGES = ("image/jpeg", "image/png")
MEMORY = 500  # messages of which accepted parts are remembered


@dataclass(slots=True)
class BotSender:
    """`link` makes a short-lived address of a file ("" without a public address); `told` is called
    after each accepted message."""

    api: BotApi
    link: Callable[[SentFile], str]
    told: Callable[[], Awaitable[None]]
    channel: Channel = Channel.ZALO_BOT
    _done: dict[int, list[str]] = field(default_factory=dict)

    async def send(self, out: Outbound) -> Sent:
        """Deliver one row; a second try goes on behind the parts that were accepted."""
        done = self._done.setdefault(out.id, [])
        while len(self._done) > MEMORY:
            self._done.pop(next(iter(self._done)))
        for method, body in self._messages(out.say)[len(done) :]:
            try:
                result = await self.api.call(method, {"chat_id": out.address.id, **body})
            except Empty:
                raise Later("408", unknown=True) from None
            done.append(str(result.get("message_id") or "-"))
            await self.told()
        self._done.pop(out.id, None)
        return Sent(tuple(done))

    def _messages(self, say: Say) -> list[tuple[str, dict[str, Any]]]:
        """(method, body) of each message, photos first so that the choices stay in sight."""
        made: list[tuple[str, dict[str, Any]]] = []
        lines = []
        for file in say.files:
            url = self.link(file)
            if url.startswith("https://") and file.mime in IMAGES:  # Zalo fetches no other
                caption = {"caption": unmarked(file.caption)[:1800]} if file.caption else {}
                made.append(("sendPhoto", {"photo": url, **caption}))
            else:
                lines.append(f"{file.name}: {url}" if url else file.name)
        text, _ = lettered(say, 0)
        text = "\n".join((text, *lines)).strip()
        made += [("sendMessage", {"text": part}) for part in (parts(text) if text else [])]
        if not made:
            raise Never("nothing to send")
        return made
