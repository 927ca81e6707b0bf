"""After a time when nobody listened: what was said is read back from the OA, and heard once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from bot.zalo_backfill import Backfill
from bot.zalo_oa import OaPlug
from models import people
from models.messages import Address, Channel
from models.tables import Officer
from tests import databases
from tests.play.pictures import photo
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def backfill(here: Deployed) -> Backfill:
    """What `serve` of the OA's wire runs."""
    serve: Any = here.assistant.wires[0].serve
    plug = serve.__self__
    assert isinstance(plug, OaPlug) and plug.backfill is not None
    return plug.backfill


async def test_what_was_said_while_we_were_down_is_answered_once(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, session: aiohttp.ClientSession
) -> None:
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        zalo = Zalo(oa, here.url, session)
        await zalo.say("lan", "xin chào")
        await here.settle()
        assert await backfill(here).at_start() == 0, "a new installation has no past"
    morning.move(timedelta(hours=3))
    for number in range(12):
        zalo.lost("lan", f"menu {number}")
        morning.move(timedelta(minutes=1))
    zalo.lost("hoa", "xin chào")
    oa.media["a.jpg"] = photo("giay.jpg")
    zalo.lost("hoa", "", type="photo", url=f"{oa.base}/media/a.jpg")
    morning.move(timedelta(minutes=30))
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:

        def admin(unit: Any) -> None:
            known = people.meet(unit, Address(Channel.WEB, "admin"), "vi", clock.now())
            unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

        await here.assistant.db.run(admin)
        assert await backfill(here).at_start() == 14
        await here.settle()
        here.clock.move(timedelta(seconds=6))
        await here.settle()
        rows = await here.rows("SELECT address, payload FROM inbound ORDER BY id")
        texts = [databases.text_of(row["payload"]) for row in rows if row["address"] == "lan"]
        assert len(texts) == 13
        assert [f"menu {n}" in text for n, text in enumerate(texts[1:])] == [True] * 12
        assert '"key"' in databases.text_of(
            [row["payload"] for row in rows if row["address"] == "hoa"][1]
        )
        assert {m["to"] for m in oa.sent} == {"lan", "hoa"} and not oa.refused
        assert [m["to"] for m in oa.sent].count("lan") == 2, "twelve messages, one answer"
        free = await here.rows("SELECT free_left FROM channel_window WHERE address = 'lan'")
        assert free[0]["free_left"] == 7, "of the eight since the last of them"
        told = await here.rows("SELECT body FROM outbound WHERE address = 'admin'")
        assert len(told) == 1 and "đọc lại 14 tin" in databases.text_of(told[0]["body"])
        sent = len(oa.sent)
        late = zalo.event("lan", text="menu 0")  # a webhook of the same message, sent again
        late["message"]["msg_id"] = "in2"
        url, zalo.url = zalo.url, here.url
        assert url and (await zalo.post(late, again=5))[0] == 200
        assert await backfill(here).at_start() == 0
        await here.settle()
        assert len(oa.sent) == sent, "heard once"


async def test_old_webhooks_that_come_together_are_answered_once(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, session: aiohttp.ClientSession
) -> None:
    """Zalo sends again up to an hour later what got no 200: all of it, in any order."""
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        zalo = Zalo(oa, here.url, session)
        await zalo.say("lan", "xin chào")
        await here.settle()
        kept = [zalo.event("lan", text=words) for words in ("đăng ký", "menu", "/status")]
        alone = zalo.event("hoa", text="xin chào")
        morning.move(timedelta(minutes=36))
        sent = len(oa.sent)
        for body in (*kept, alone):
            assert (await zalo.post(body, again=3))[0] == 200
            await here.settle()
        assert len(oa.sent) == sent, "others may follow"
        morning.move(timedelta(seconds=6))
        await here.settle()
        told = [(m["to"], m["text"]) for m in oa.sent[sent:]]
        assert sorted(to for to, _ in told) == ["hoa", "lan"], "once for each talk"
        assert "hồ sơ" in dict(told)["lan"], "where the last one led"
        for body in (*kept, alone):
            assert (await zalo.post(body, again=4))[0] == 200
        morning.move(timedelta(seconds=6))
        await here.settle()
        assert len(oa.sent) == sent + 2, "heard once"


async def test_a_webhook_sent_again_at_once_is_answered_at_once(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, session: aiohttp.ClientSession
) -> None:
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        zalo = Zalo(oa, here.url, session)
        body = zalo.event("lan", text="xin chào")
        morning.move(timedelta(seconds=30))
        assert (await zalo.post(body, again=1))[0] == 200
        await here.settle()
        assert [m["to"] for m in oa.sent] == ["lan"]


async def test_a_talk_goes_on_from_its_last_word_and_no_answer_is_lost(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, session: aiohttp.ClientSession
) -> None:
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        zalo = Zalo(oa, here.url, session)
        for words in ("xin chào", "đăng ký", "tôi đồng ý", "cho tôi", "hợp tác xã"):
            await zalo.say("lan", words)
            await here.settle()
        await backfill(here).at_start()
        asked = oa.sent[-1]["text"]
    morning.move(timedelta(hours=3))
    for words in ("3 sao cần bao nhiêu điểm?", "Hợp tác xã Hoa Sen"):
        zalo.lost("lan", words)
        morning.move(timedelta(minutes=1))
    zalo.lost("lan", "", type="sticker")
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        sent = len(oa.sent)
        assert await backfill(here).at_start() == 3
        here.clock.move(timedelta(seconds=6))
        await here.settle()
        said = oa.sent[sent:]
        assert len(said) == 1, "one answer"
        assert "Nguồn:" in said[0]["text"], "what was asked on the way is answered"
        assert said[0]["text"].count("Ai là người đại diện?") == 1, "and the step is shown once"
        assert "Tên cơ sở là gì?" in asked


async def test_officers_who_answered_meanwhile_have_the_talk(
    tmp_path: Path, morning: clock.Clock, oa: OaServer, session: aiohttp.ClientSession
) -> None:
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        zalo = Zalo(oa, here.url, session)
        await zalo.say("lan", "xin chào")
        await here.settle()
        assert await backfill(here).at_start() == 0, "a new installation has no past"
    morning.move(timedelta(hours=2))
    zalo.lost("lan", "cho tôi hỏi giấy an toàn thực phẩm")
    morning.move(timedelta(minutes=5))
    oa.remember(0, "lan", "hand1", "Chào chị, tôi là cán bộ xã đây")
    morning.move(timedelta(minutes=5))
    async with deployed(tmp_path, morning, **oa_settings(oa)) as here:
        assert await backfill(here).at_start() == 1
        await here.settle()
        assert len(oa.sent) == 1, "the officer answered"
        assert len(await here.rows("SELECT id FROM inbound")) == 2, "kept all the same"


async def test_a_webhook_that_was_switched_off_is_noticed(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    here.clock.move(timedelta(minutes=20))
    zalo.lost("lan", "menu")
    assert await backfill(here).look() == 0, "not yet"
    here.clock.move(timedelta(minutes=50))
    assert await backfill(here).look() == 1
    here.clock.move(timedelta(seconds=6))
    await here.settle()
    assert len(oa.sent) == 2
    assert await backfill(here).look() == 0


async def test_a_new_installation_and_a_short_stop_ask_nothing(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    assert await backfill(here).at_start() == 0
    here.clock.move(timedelta(minutes=5))
    zalo.lost("lan", "xin chào")
    assert await backfill(here).at_start() == 0
    assert not oa.renewals, "nothing was asked"


async def test_a_past_that_cannot_be_read_stops_nothing(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    here.clock.move(timedelta(hours=2))
    oa.access = "revoked elsewhere"
    assert await backfill(here).look() == 0
    zalo.lost("lan", "menu")
    assert await backfill(here).look() == 1, "with a new token"
