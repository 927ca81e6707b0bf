"""The stories of tests/stories on Telegram: what people read is what the story says, through both
libraries, over HTTP, by polling and by webhook."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from bot import clock
from handlers.telegram_text import BOLD
from tests.flows.talk import MORNING
from tests.play.pictures import document, photo
from tests.play.stage import SETTLED, STORIES
from tests.play.story import Line, parse
from tests.telegram.conftest import HOUSEHOLD, OFFICER, Running, running
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

TOLD = ["dang-ky"]
WAYS = [(HOUSEHOLD, False), (HOUSEHOLD, True), (OFFICER, False), (OFFICER, True)]


def blocks(line: Line) -> list[str]:
    """The messages a line's golden side shows, as plain text."""
    made: list[list[str]] = [[]]
    for raw in line.heard:
        who, mark, text = raw.strip().partition(" |")
        if mark and not who.startswith(("[", "<")):
            made[-1].append(text.strip())
        elif made[-1]:
            made.append([])
    return [BOLD.sub(r"\1", "\n".join(lines)).strip() for lines in made if lines]


class Actor:
    """One person of a story, on Telegram."""

    def __init__(self, town: Running, phone: Phone, stopped: clock.Clock) -> None:
        self.town, self.phone, self.clock = town, phone, stopped

    async def plays(self, line: Line) -> None:
        if line.kind == "says":
            await self.phone.sends(text=line.what)
        elif line.kind == "presses":
            await self._press(line.what)
        else:
            for part in line.what.split(","):
                await self._send(part.strip())

    async def _press(self, label: str) -> None:
        typed = (self.phone.last["_markup"] or {}).get("keyboard") if self.phone.got else None
        if typed:
            await self.phone.sends(text=label)
        else:
            await self.phone.press(label)

    async def _send(self, what: str) -> None:
        kind, *quality, name = what.split()
        data = document(name) if kind == "tệp" else photo(name, blurred="mờ" in quality)
        self.town.api.files[name] = data
        file = {"file_id": name, "file_unique_id": name, "file_size": len(data)}
        if kind == "tệp":
            await self.phone.sends(document={**file, "file_name": name})
        else:
            await self.phone.sends(photo=[{**file, "width": 900, "height": 900}])

    async def reads(self, text: str) -> None:
        """Wait until the text stands in the chat."""
        until = time.monotonic() + 8
        while text not in self.shown():
            if time.monotonic() > until:
                raise AssertionError(f"expected\n{text}\n\nthere is\n{self.shown()[-3:]}")
            await asyncio.sleep(0.01)
            self.clock.move(SETTLED / 400)

    def shown(self) -> list[str]:
        every = (m.get("text") or m.get("caption") or "" for m in self.phone.got)
        return ["\n".join(line.strip() for line in text.splitlines()) for text in every]


@pytest.mark.slow
@pytest.mark.parametrize(("token", "hook"), WAYS)
@pytest.mark.parametrize("story", TOLD)
async def test_story(
    story: str, token: str, hook: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = random.Random(story)  # the codes of the story, as tests/test_stories.py draws them
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    monkeypatch.setattr("bot.pace.PRIVATE", (0.001, 3))  # nobody in a story waits
    api = BotApi(HOUSEHOLD, OFFICER)
    await api.start()
    with clock.stopped(MORNING) as stopped:
        async with running(tmp_path, api, hook=hook, officer=OFFICER) as town:
            actor = Actor(town, town.phone(7001, token), stopped)
            for line in parse(STORIES / f"{story}.txt"):
                if line.kind in ("says", "presses", "sends"):
                    await actor.plays(line)
                    for text in blocks(line):
                        await actor.reads(text)
    await api.stop()
