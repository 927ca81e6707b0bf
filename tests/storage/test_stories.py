"""The golden talks once more, on PostgreSQL: they read exactly as they do on SQLite."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.flows.talk import town
from tests.play.stage import STORIES, Stage
from tests.play.story import parse, written
from tests.storage import postgres


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda p: p.stem)
async def test_story_on_postgres(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = random.Random(path.stem)
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    lines = parse(path)
    async with town(tmp_path, url=postgres.fresh()) as here:
        stage = Stage(here)
        for line in lines:
            line.heard = await stage.play(line)
    assert written(lines) == path.read_text(encoding="utf-8")
