"""Somebody with Telegram on their phone: says, presses, sends; sees what came back."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

from tests.telegram.server import HIDDEN, BotApi

PATIENCE = 40.0  # seconds until an answer counts as missing
QUERIES = itertools.count(1)


class Phone:
    """One account that talks with one bot."""

    def __init__(self, api: BotApi, token: str, chat: int, language: str = "vi") -> None:
        self.api, self.token, self.chat, self.language = api, token, chat, language
        self.seen = 0
        self.hooked = False  # updates are pushed to a webhook, not fetched

    @property
    def user(self) -> dict[str, Any]:
        return {
            "id": abs(self.chat),
            "is_bot": False,
            "first_name": "Lan",
            "language_code": self.language,
        }

    @property
    def got(self) -> list[dict[str, Any]]:
        """Everything the bot wrote here."""
        return self.api.chats[self.chat]

    @property
    def last(self) -> dict[str, Any]:
        return self.got[-1]

    def message(self, **what: Any) -> dict[str, Any]:
        number = self.api.number()
        here = {"id": self.chat, "type": "private", "first_name": "Lan"}
        return {
            "message_id": number,
            "date": int(self.api.now()),
            "chat": what.pop("chat", here),
            "from": self.user,
            **what,
        }

    def queue(self, **what: Any) -> dict[str, Any]:
        """Write one message of any kind; the update."""
        return self.api.update(self.token, message=self.message(**what))

    async def sends(self, **what: Any) -> dict[str, Any]:
        """Send one message of any kind; the update."""
        made = self.queue(**what)
        await self._push()
        return made

    async def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Correct a message that was sent."""
        edited = {**update["message"], "text": text, "edit_date": int(self.api.now())}
        made = self.api.update(self.token, edited_message=edited)
        await self._push()
        return made

    async def says(self, text: str, **more: Any) -> str:
        """Say it and wait for the answer: its text."""
        await self.sends(text=text, **more)
        return await self.hears()

    async def presses(self, label: str) -> str:
        """Press the newest button whose label starts so; what came of it."""
        await self.press(label)
        return await self.hears()

    async def press(self, label: str) -> None:
        self.queue_press(label)
        await self._push()

    def queue_press(self, label: str, chat: int | None = None) -> str:
        """Press the newest button of that label here (or in a group); the query's id."""
        message, data = self.button(label, chat)
        number = str(next(QUERIES))
        query: dict[str, Any] = {
            "id": number,
            "from": self.user,
            "chat_instance": "1",
            "data": data,
            "message": {k: v for k, v in message.items() if k not in HIDDEN},
        }
        self.api.bots[self.token].queries[number] = self.api.now()
        self.api.update(self.token, callback_query=query)
        return number

    def button(self, label: str, chat: int | None = None) -> tuple[dict[str, Any], str]:
        """The newest button of that label; one that was there before an edit, when none is now:
        a phone shows it until it has heard of the edit."""
        here = chat or self.chat
        now = [(m, m.get("reply_markup") or {}) for m in self.api.chats[here]]
        for message, markup in [*reversed(now), *reversed(self.api.ever[here])]:
            for row in markup.get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label) and "callback_data" in button:
                        return message, button["callback_data"]
        raise AssertionError(f"no button {label!r}; the last message: {self.last}")

    async def hears(self) -> str:
        """The next message (or edit) that was not heard yet."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            marks = [(m["message_id"], m.get("edits", 0)) for m in self.got]
            if sum(1 + edits for _, edits in marks) > self.seen:
                self.seen = sum(1 + edits for _, edits in marks)
                changed = max(self.got, key=lambda m: m.get("changed", m["message_id"]))
                return str(changed.get("text") or changed.get("caption") or "")
            await asyncio.sleep(0.01)
        raise AssertionError(f"nothing came; seen: {[m.get('text') for m in self.got][-3:]}")

    async def _push(self) -> None:
        if self.hooked:
            await self.api.push(self.token)
