"""A small office behind the web chat, all in memory: what a page needs to talk to."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from handlers.wire import Line
from models.messages import (
    Address,
    Attachment,
    Button,
    Channel,
    Inbound,
    Outcome,
    PhotoProblem,
    Say,
    SentFile,
)

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"%PDF": "application/pdf"}
MENU = Say(
    "Chào bà con! Mình là *trợ lý OCOP*, giúp làm hồ sơ ngay trên điện thoại.\nBà con muốn làm gì?",
    rows=(
        (Button("Đăng ký sản phẩm", "a:product", style="primary"),),
        (Button("Xem hồ sơ", "a:board"), Button("Hỏi chính sách", "a:ask")),
    ),
    key="menu",
)


@dataclass
class Office:
    """Reception as the web chat sees it. `down` makes every message fail before it is written."""

    now: datetime = NOON
    heard: list[Inbound] = field(default_factory=list)
    talks: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    chats: set[str] = field(default_factory=set)
    languages: dict[str, str] = field(default_factory=dict)
    files: dict[tuple[str, str], tuple[bytes, str, str]] = field(default_factory=dict)
    slots: dict[str, str] = field(default_factory=dict)
    slot_files: list[Attachment] = field(default_factory=list)
    askers: list[str] = field(default_factory=list)
    most_chats: int = 10
    admitted: list[tuple[str, str, str]] = field(default_factory=list)
    full: set[str] = field(default_factory=set)  # acts that are refused
    down: bool = False
    slow: float = 0.0  # seconds to keep a file
    bell: asyncio.Condition = field(default_factory=asyncio.Condition)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    async def open_chat(self, channel: Channel, asker: str, language: str | None) -> Address | None:
        self.askers.append(asker)
        if self.askers.count(asker) > self.most_chats:
            return None
        chat = f"chat-{len(self.chats):04}-secret-secret"
        self.chats.add(chat)
        self.languages[chat] = language or "vi"
        return Address(channel, chat)

    async def admits(self, act: str, asker: str, owner: str = "") -> bool:
        self.admitted.append((act, asker, owner))
        return act not in self.full

    async def knows(self, address: Address) -> bool:
        return address.id in self.chats

    async def language(self, address: Address) -> str:
        return self.languages[address.id]

    async def lines(self, address: Address, after: int, limit: int = 200) -> list[Line]:
        return [line for line in self.talks[address.id] if line.id > after][:limit]

    async def tail(self, address: Address, before: int | None, limit: int = 100) -> list[Line]:
        talk = self.talks[address.id]
        return [line for line in talk if before is None or line.id < before][-limit:]

    async def news(
        self, address: Address, after: int, seen: set[int], seconds: float
    ) -> list[Line]:
        def fresh() -> list[Line]:
            return [x for x in self.talks[address.id] if x.id > after and x.id not in seen]

        async def more() -> None:
            async with self.bell:
                await self.bell.wait_for(fresh)

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(more(), seconds)
        found = fresh()
        seen.update(line.id for line in found)
        return found

    async def receive(self, inbound: Inbound) -> Outcome:
        if self.down:
            raise ConnectionError("database is away")
        if any(one.external_id == inbound.external_id for one in self.heard):
            return Outcome.DUPLICATE
        self.heard.append(inbound)
        sent = tuple(SentFile(f.key or "", f.name, f.mime) for f in inbound.files)
        chat = inbound.address.id
        label = self._label(chat, inbound) if inbound.button else inbound.text or ""
        on = int(inbound.pressed_on) if inbound.pressed_on else None
        await self.add(
            chat,
            mine=True,
            text=label,
            files=sent,
            nonce=inbound.external_id,
            pressed=inbound.button,
            pressed_on=on,
        )
        await self._answer(chat, inbound)
        return Outcome.WRITTEN

    def _label(self, chat: str, inbound: Inbound) -> str:
        says = [line.say for line in self.talks[chat] if line.say]
        return next(b.label for say in says for b in say.buttons if b.action == inbound.button)

    async def _answer(self, chat: str, inbound: Inbound) -> None:
        text = inbound.text or ""
        if inbound.button == "a:board":
            await self.say(chat, Say("*Hồ sơ Mật ong Cường*\n○ Giấy kiểm nghiệm", key="board"))
        elif inbound.files:
            await self.say(chat, Say(f"Đã nhận {len(inbound.files)} trang."))
            await self.edit(chat, "board", Say("*Hồ sơ Mật ong Cường*\n… Giấy kiểm nghiệm"))
        elif text.startswith("/language "):
            self.languages[chat] = text.removeprefix("/language ")
            await self.say(chat, Say("Done."))
        elif text.startswith("/start"):
            await self.say(chat, MENU)
        else:
            await self.say(chat, Say(f"Mình nghe: {text or inbound.button}"))

    async def say(self, chat: str, say: Say) -> Line:
        return await self.add(chat, mine=False, say=say)

    async def edit(self, chat: str, key: str, say: Say) -> None:
        """Say it in place of the line that has this key, when there is one."""
        olds = [line for line in self.talks[chat] if line.say and line.say.key == key]
        if olds:
            replaces = olds[0].replaces or olds[0].id
            await self.add(chat, mine=False, say=replace(say, key=key), replaces=replaces)

    async def add(self, chat: str, **parts: object) -> Line:
        line = Line(id=len(self.talks[chat]) + 1, at=self.clock(), **parts)  # type: ignore[arg-type]
        async with self.bell:
            self.talks[chat].append(line)
            self.bell.notify_all()
        return line

    async def keep_file(self, address: Address, data: bytes, name: str) -> Attachment:
        await asyncio.sleep(self.slow)
        mime = next((mime for magic, mime in MAGIC.items() if data.startswith(magic)), "")
        if not mime:
            return Attachment("other", name, refused="bad_type")
        key = hashlib.sha256(data).hexdigest()
        self.files[address.id, key] = (data, mime, name)
        kind = "photo" if mime.startswith("image/") else "document"
        problems = (PhotoProblem.SMALL,) if kind == "photo" and len(data) < 2000 else ()
        return Attachment(kind, name, mime, len(data), key, problems=problems)  # type: ignore[arg-type]

    async def read_file(self, address: Address, key: str) -> tuple[bytes, str, str] | None:
        return self.files.get((address.id, key))

    async def upload_slot(self, token: str) -> str | None:
        return self.slots.get(token)

    async def keep_slot_file(self, token: str, data: bytes, name: str) -> Attachment | None:
        if token not in self.slots:
            return None
        return await self.keep_file(Address(Channel.WEB, token), data, name)

    async def fill_slot(self, token: str, files: Sequence[Attachment]) -> Outcome:
        if self.slots.pop(token, None) is None:
            return Outcome.DUPLICATE
        self.slot_files.extend(files)
        return Outcome.WRITTEN
