"""Photos on Zalo expire: they are kept in time, or asked for again."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot import clock
from tests import databases
from tests.play.pictures import photo
from tests.zalo.bot_server import BotServer, Pilot
from tests.zalo.conftest import Deployed
from tests.zalo.oa_server import OaServer, Zalo

Post = Callable[[dict[str, Any]], Awaitable[None]]


async def _in_time(here: Deployed, server: OaServer | BotServer, post: Post, event: Any) -> None:
    await post(event)
    await here.settle()
    here.clock.move(timedelta(hours=2))
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{server.base}/media/a.jpg")
        assert answer.status == 403, "it is gone there"
    (row,) = await here.rows(
        "SELECT payload FROM inbound WHERE CAST(payload AS TEXT) LIKE '%photo%'"
    )
    (file,) = json.loads(databases.text_of(row["payload"]))["files"]
    assert here.assistant.house.files.get(file["key"]).startswith(b"\xff\xd8\xff"), "it is here"


async def _too_late(here: Deployed, server: OaServer | BotServer, post: Post, event: Any) -> None:
    here.clock.move(timedelta(minutes=66))  # nobody listened
    await post(event)
    await here.settle()
    here.clock.move(timedelta(seconds=6))
    await here.settle()
    (row,) = await here.rows(
        "SELECT payload FROM inbound WHERE CAST(payload AS TEXT) LIKE '%photo%'"
    )
    (file,) = json.loads(databases.text_of(row["payload"]))["files"]
    assert file["refused"] == "gone" and not file.get("key")
    assert "gửi lại" in json.dumps(server.sent[-1], ensure_ascii=False)


WAYS = pytest.mark.parametrize("way", [_in_time, _too_late])


@WAYS
async def test_a_photo_to_the_oa(here: Deployed, zalo: Zalo, oa: OaServer, way: Any) -> None:
    oa.media["a.jpg"] = photo("giay.jpg")
    sent = {"type": "image", "payload": {"url": f"{oa.base}/media/a.jpg"}}
    event = zalo.event("lan", "user_send_image", attachments=[sent])

    async def post(body: dict[str, Any]) -> None:
        late = clock.now().timestamp() - int(body["timestamp"]) / 1000 > 60
        assert (await zalo.post(body, again=5 if late else 0))[0] == 200

    await way(here, oa, post, event)


@WAYS
async def test_a_photo_to_the_bot(there: Deployed, pilot: Pilot, bot: BotServer, way: Any) -> None:
    bot.media["a.jpg"] = photo("giay.jpg")
    event = pilot.event("lan", "image", photo_url=f"{bot.base}/media/a.jpg")

    async def post(body: dict[str, Any]) -> None:
        assert await pilot.post(body) == 200

    await way(there, bot, post, event)
