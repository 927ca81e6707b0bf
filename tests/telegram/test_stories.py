"""Every story on Telegram, over HTTP: what people read is what the story says, what is left in the
database is what the web chat leaves. Both libraries serve both sides, by polling and webhook."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot import clock
from tests.flows.talk import MORNING
from tests.play.stage import STORIES
from tests.play.story import parse
from tests.telegram.conftest import HOUSEHOLD, OFFICER, running, telegram
from tests.telegram.replay import Player, officers_of
from tests.zalo.test_stories import LEFT, by_web

WAYS = [(HOUSEHOLD, OFFICER, False), (OFFICER, HOUSEHOLD, True)]


@pytest.mark.slow
@pytest.mark.parametrize(("home", "office", "hook"), WAYS, ids=["polling", "webhook-swapped"])
@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda p: p.stem)
async def test_story(
    path: Path,
    home: str,
    office: str,
    hook: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = random.Random(path.stem)  # the codes of the story, as tests/test_stories.py draws them
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))  # nobody in a story waits
    expected = await by_web(path, tmp_path / "web")
    drawn.seed(path.stem)
    lines, now = parse(path), lambda: clock.now().timestamp()
    with clock.stopped(MORNING) as at:
        async with (
            telegram(HOUSEHOLD, OFFICER, now=now) as api,
            running(tmp_path, api, hook=hook, officer=OFFICER, by_hand=True) as town,
        ):
            player = Player(town, at, home, office, officers_of(lines))
            await player.play(lines)
            refused = [hit for bot in api.bots.values() for hit in bot.calls if hit.status != 200]
            assert not refused
            assert not player.silent
            assert not player.unsaid
            assert [await town.rows(query) for query in LEFT] == expected
