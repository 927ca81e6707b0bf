"""The golden talks of tests/stories, played for real, on either database the same.

`pytest --update` writes the bot's side.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.flows.talk import town
from tests.play.stage import STORIES, Stage
from tests.play.story import parse, written


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda p: p.stem)
async def test_story(
    path: Path,
    on_both: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    # codes are drawn from the system's randomness; a story needs the same ones every time
    drawn = random.Random(path.stem)
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    lines, update = parse(path), request.config.getoption("--update")
    try:
        async with town(tmp_path) as here:
            stage = Stage(here)
            for line in lines:
                line.heard = await stage.play(line)
    finally:
        if update:  # also as far as it went: the writer of a story sees where it stopped
            path.write_text(written(lines), encoding="utf-8")
    assert update or written(lines) == path.read_text(encoding="utf-8")
