"""A commune on Telegram: its household has a case, its officers have phones and a group."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot import clock
from bot.officers_admin import invite
from models.messages import Channel
from tests.flows.household import COMMUNE, household, ready
from tests.flows.talk import MORNING, Talker, Town
from tests.telegram.conftest import HOUSEHOLD, OFFICER, Running, running, telegram
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

GROUP = -900100


class Village(Town):
    """The deployment of a running assistant, as tests/flows speak with it; and its phones."""

    def __init__(self, town: Running, at: clock.Clock) -> None:
        house = town.assistant.house
        self.db, self.files, self.clock = town.db, house.files, at  # type: ignore[assignment]
        self.house, self.turns = house, town.assistant.turns
        self.jobs, self.count = town.assistant.jobs, itertools.count(1)
        self.town, self.api = town, town.api
        self.chats = itertools.count(7001)

    @property
    def office(self) -> str:
        """The token of the bot that officers talk with."""
        return OFFICER if OFFICER in self.api.bots else HOUSEHOLD

    async def settle(self, *tokens: str) -> None:
        for token in tokens or tuple(self.api.bots):
            await self.town.delivered(token)
        await self.town.settle()

    async def officer(
        self, name: str, role: str = "commune", communes: tuple[str, ...] = (COMMUNE,)
    ) -> Phone:
        """Invited, and here."""
        codes = communes if role == "commune" else ()
        made = await invite(self.db, self.house.content, role, codes, name)
        phone = self.town.phone(next(self.chats), self.office)
        await self.says(phone, f"/start {made.code}")
        return phone

    async def household(self, *, handed_in: bool = True) -> tuple[Talker, Phone]:
        """Somebody with a dossier, who may have handed it in; and the phone they hold."""
        phone = self.town.phone(next(self.chats), HOUSEHOLD)
        lan = await household(self, str(phone.chat), channel=Channel.TELEGRAM)
        if handed_in:
            await ready(self, lan)
            await lan.press("Xem lại và nộp")
            await lan.press("Gửi hồ sơ")
        await self.town.settle()
        return lan, phone

    async def says(self, phone: Phone, text: str, **more: Any) -> str:
        """Say it; what was written here since."""
        count = len(phone.got)
        phone.queue(text=text, **more)
        await self.settle()
        return "\n".join(str(m.get("text", m.get("caption", ""))) for m in phone.got[count:])

    async def presses(self, phone: Phone, label: str, chat: int | None = None) -> str:
        """Press it here or in a group; what the presser alone is told."""
        query = phone.queue_press(label, chat)
        await self.settle()
        return str(self.api.bots[phone.token].answers[query].get("text", ""))

    # -- the group -------------------------------------------------------------------------------
    def group(self, number: int = GROUP) -> dict[str, Any]:
        return {"id": number, "type": "supergroup", "title": "Cán bộ OCOP"}

    async def becomes(self, who: Phone, before: str, after: str, chat: dict[str, Any]) -> None:
        """The bot's own membership changes: in a group, or in a private chat."""
        bot = self.api.bots[who.token]
        itself = {"id": bot.id, "is_bot": True, "first_name": "Bot", "username": bot.username}
        rest = {"until_date": 0} if "kicked" in (before, after) else {}
        event = {
            "chat": chat,
            "from": who.user,
            "date": int(self.api.now()),
            "old_chat_member": {"user": itself, "status": before, **rest},
            "new_chat_member": {"user": itself, "status": after, **rest},
        }
        self.api.update(who.token, my_chat_member=event)
        await self.settle()

    async def in_group(self, who: Phone, text: str, number: int = GROUP, **more: Any) -> str:
        count = len(self.api.chats[number])
        who.queue(text=text, chat=self.group(number), **more)
        await self.settle()
        return "\n".join(m["text"] for m in self.api.chats[number][count:])

    async def bound(self, who: Phone) -> None:
        """A group that hears alerts with this officer's rights."""
        await self.becomes(who, "left", "member", self.group())
        name = self.api.bots[who.token].username
        assert "Từ giờ nhóm này" in await self.in_group(who, f"/group@{name}")


@asynccontextmanager
async def village(
    folder: Path, *, hook: bool = False, officers: bool = True
) -> AsyncIterator[Village]:
    """On a clock that stands still; `officers`: they have a bot of their own."""
    tokens = (HOUSEHOLD, OFFICER) if officers else (HOUSEHOLD,)
    with clock.stopped(MORNING) as at:
        async with (
            telegram(*tokens, now=lambda: clock.now().timestamp()) as api,
            running(
                folder, api, hook=hook, officer=OFFICER if officers else "", by_hand=True
            ) as town,
        ):
            yield Village(town, at)


def texts(api: BotApi, chat: int) -> list[str]:
    return [str(m.get("text", m.get("caption", ""))) for m in api.chats[chat]]
