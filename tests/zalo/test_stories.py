"""Every story over both wires: the same people, producers, dossiers and papers come of it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from tests.flows.talk import MORNING, town
from tests.play.stage import STORIES, Stage
from tests.play.story import parse
from tests.zalo.bot_server import SECRET, TOKEN, BotServer, Pilot
from tests.zalo.conftest import deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo
from tests.zalo.replay import BotWire, OaWire, Player

LEFT = (
    "SELECT state, count(*) AS n FROM dossier GROUP BY state ORDER BY state",
    "SELECT evidence, state FROM evidence_item ORDER BY evidence, state",
    "SELECT name, type, commune_code FROM producer ORDER BY name",
    "SELECT name, set_number FROM product ORDER BY name",
    "SELECT role, name FROM officer ORDER BY role, name",
    "SELECT state, count(*) AS n FROM ticket GROUP BY state ORDER BY state",
    "SELECT file_key, count(*) AS n FROM page GROUP BY file_key ORDER BY file_key",
)


def played() -> list[tuple[str, Path]]:
    paths = sorted(STORIES.glob("*.txt"))
    return [(channel, path) for channel in ("oa", "bot") for path in paths]


async def by_web(path: Path, folder: Path) -> list[Any]:
    folder.mkdir()
    async with town(folder) as here:
        stage = Stage(here)
        for line in parse(path):
            await stage.play(line)
        return [await here.rows(query) for query in LEFT]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("channel", "path"), [pytest.param(*one, id=f"{one[0]}-{one[1].stem}") for one in played()]
)
async def test_a_story_over_zalo(
    path: Path,
    channel: str,
    on_both: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    oa: OaServer,
    bot: BotServer,
) -> None:
    drawn = random.Random(path.stem)
    monkeypatch.setattr("secrets.SystemRandom", lambda: drawn)
    expected = await by_web(path, tmp_path / "web")
    drawn.seed(path.stem)
    chosen = {**oa_settings(oa), "zalo_bot_token": TOKEN, "zalo_bot_secret": SECRET}
    chosen["zalo_bot_api_base"] = bot.base
    with clock.stopped(MORNING) as at:
        async with (
            deployed(tmp_path, at, **chosen) as here,
            aiohttp.ClientSession() as session,
        ):
            oa_wire, bot_wire = OaWire(Zalo(oa, here.url, session)), Pilot(bot, here.url, session)
            player = Player(here, oa_wire if channel == "oa" else BotWire(bot_wire))
            await player.play(parse(path))
            assert not player.silent
            documents = sum(line.what.count("tệp ") for line in parse(path) if line.kind == "sends")
            assert player.links == (documents if channel == "bot" else 0)
            assert not player.wire.refused()
            assert [await here.rows(query) for query in LEFT] == expected
