"""A chat in a terminal: somebody types, the real turn hears, what comes back is printed.

It speaks on the simulator's channel, so what is said here is a person like any other: they can
register, send files and, with an invitation, be an officer.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import gettempdir

from bot import clock
from bot.app import Assistant
from handlers.wire import Line
from models.messages import Address, Attachment, Button, Channel, Inbound, Say

EXIT, FILE, LITERAL = "/exit", "/file", "="
LOOK = 0.5  # seconds between two looks for what arrived meanwhile
BOLD = re.compile(r"\*([^*\n]+)\*")


@dataclass(slots=True)
class Talking:
    """One person at the terminal. `show` prints; `bold` says whether it can print bold."""

    assistant: Assistant
    name: str
    show: Callable[[str], None]
    bold: bool = False
    last: int = 0
    buttons: tuple[Button, ...] = ()
    pressed_on: int = 0
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)  # each line is printed once
    saved: Path = field(default_factory=lambda: Path(gettempdir()) / "tro-ly-ocop")

    @property
    def address(self) -> Address:
        return Address(Channel.SIMULATOR, self.name)

    async def run(self, typed: AsyncIterator[str]) -> None:
        """Until /exit or the end of what is typed; prints what others cause meanwhile."""
        self.last = max((line.id for line in await self._tail()), default=0)
        async with asyncio.TaskGroup() as both:
            meanwhile = both.create_task(self._meanwhile())
            await self.hear("/start")
            async for words in typed:
                if words.strip() == EXIT:
                    break
                if words.strip():
                    await self.hear(words)
            meanwhile.cancel()

    async def hear(self, words: str) -> None:
        """One line: a button's number, /file PATH ..., or what is said ("=5" says a bare 5)."""
        inbound = await self._inbound(words.strip())
        if inbound is not None:
            await self.assistant.desk.receive(inbound)
            await self.catch_up()

    async def catch_up(self) -> None:
        """Do what is due, and print what arrived."""
        async with self.looking:
            await self.assistant.jobs.drain()
            while await self.assistant.outbox.drain(Channel.SIMULATOR):
                pass
            for line in await self.assistant.desk.lines(self.address, self.last):
                self.last = line.id
                if line.say is not None:
                    await self._print(line, line.say)

    async def _meanwhile(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self.catch_up()

    async def _tail(self) -> list[Line]:
        return await self.assistant.desk.tail(self.address, None, 1)

    async def _inbound(self, words: str) -> Inbound | None:
        said = Inbound(self.address, secrets.token_hex(8), clock.now())
        if words.split()[0] == FILE:
            files = await self._files(words.split()[1:])
            return replace(said, files=files) if files else None
        button = self._pressed(words)
        if button is not None and button.action:
            return replace(said, button=button.action, pressed_on=str(self.pressed_on))
        return replace(said, text=words.removeprefix(LITERAL))

    def _pressed(self, words: str) -> Button | None:
        if words.isascii() and words.isdigit() and 0 < int(words) <= len(self.buttons):
            return self.buttons[int(words) - 1]
        return None

    async def _files(self, paths: list[str]) -> tuple[Attachment, ...]:
        files: list[Attachment] = []
        for path in map(Path, paths):
            try:
                data = await asyncio.to_thread(path.expanduser().read_bytes)
            except OSError as error:
                self.show(f"  ({path}: {error.strerror})")
            else:
                files.append(await self.assistant.desk.keep_file(self.address, data, path.name))
        return tuple(files)

    async def _print(self, line: Line, say: Say) -> None:
        if say.rows or not line.replaces:
            self.buttons = say.buttons or self.buttons
            self.pressed_on = line.id if say.buttons else self.pressed_on
        text = BOLD.sub("\033[1m\\1\033[0m", say.text) if self.bold else say.text
        self.show("")
        self.show(("✎ " if line.replaces else "") + text)
        for file in say.files:
            self.show(f"  📎 {file.name}: {await self._save(file.key, file.name)}")
        number = 0
        for row in say.rows:
            self.show("  " + "  ".join(_label(b, number + n) for n, b in enumerate(row, 1)))
            number += len(row)

    async def _save(self, key: str, name: str) -> str:
        """Where a file that was sent to this person can be opened."""
        found = await self.assistant.desk.read_file(self.address, key)
        if found is None:
            return "?"
        path = self.saved / key[:8] / Path(name).name
        path.parent.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(path.write_bytes, found[0])
        return str(path)


def _label(button: Button, number: int) -> str:
    return f"[{number}] {button.label}" + (f": {button.url}" if button.url else "")
