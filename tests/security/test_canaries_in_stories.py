"""What people say in the golden talks is in no log, whatever they do there, also when it breaks.

The talks go down every path that an officer, a household and a citizen can take; a new one is
listened to as soon as it has its talk.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bot.apply
from bot.apply import HANDLERS, Env
from conversations.events import Event
from models.messages import Inbound
from tests.flows.talk import Talker, town
from tests.play.stage import STORIES, Stage
from tests.play.story import Line, parse
from tests.security import canaries

LONG = 12  # characters: shorter words may stand in a log by chance


class Patient(Stage):
    """Waits until what failed was heard again."""

    async def _act(self, line: Line) -> None:
        await super()._act(line)
        await self._work()

    async def _officer(self, what: str) -> None:
        await super()._officer(what)
        await self._work()

    async def _work(self) -> None:
        for _ in range(2):
            await super()._work()


def said(lines: list[Line]) -> list[str]:
    """What people typed or sent, whole, and every long number in it."""
    words = [line.what for line in lines if line.kind in ("says", "sends")]
    numbers = [part for word in words for part in word.split() if part.isdigit() and len(part) > 7]
    names = [line.what.split(" là ")[0] for line in lines if line.kind == "officer"]
    return [word for word in (*words, *names) if len(word) >= LONG] + numbers


async def played(stage: Stage, lines: list[Line]) -> str:
    """Everything that was logged meanwhile."""
    with canaries.listening() as heard:
        for line in lines:
            await stage.play(line)
    return heard.text


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda p: p.stem)
async def test_a_story_in_which_everything_fails_once_is_in_no_log(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of event raises when it is first applied, quoting all it knows; then it is done."""
    drawn, lines = random.Random(path.stem), parse(path)
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    bot.apply.load()
    broken: set[type[Event]] = set()
    for kind, handler in list(HANDLERS.items()):
        monkeypatch.setitem(HANDLERS, kind, once(handler, broken))
    monkeypatch.setattr(Talker, "_send", heard_at_last)
    async with town(tmp_path) as here:
        text = await played(Patient(here), lines)
        failed = await here.rows("SELECT id FROM inbound WHERE attempts > 0")
    assert len(broken) >= len(failed) >= bool(broken) and text.count("turn failed") >= len(failed)
    assert canaries.found(text, *said(lines)) == []


def once(handler: Callable[[Env, Any], None], broken: set[type[Event]]) -> Any:
    def apply(env: Env, event: Event) -> None:
        if type(event) not in broken:
            broken.add(type(event))
            raise ValueError(f"cannot do {event!r} of {env.person!r}")
        handler(env, event)

    return apply


async def heard_at_last(talker: Talker, inbound: Inbound) -> str:
    await talker.town.turns.receive(inbound)
    return await talker._collect()
