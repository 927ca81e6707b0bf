"""The refresh token is good once: renewed at half life, never burnt, missed when it is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot import clock
from bot.zalo_tokens import Tokens
from handlers.zalo_http import Http
from handlers.zalo_oauth import OAuth
from models import people
from models.database import Database, open_database
from models.messages import Address, Channel, Later
from models.tables import Officer
from tests.zalo.conftest import Deployed
from tests.zalo.oa_server import APP, APP_SECRET, OaServer, Zalo


@pytest.fixture
async def world(tmp_path: Path, morning: clock.Clock, oa: OaServer) -> AsyncIterator[Any]:
    """Two processes on one database."""
    opened = []

    def process(secret: str = APP_SECRET, first: str = "refresh-0") -> Tokens:
        db = open_database(f"sqlite:///{tmp_path}/t.db", clock.now)
        db.store.migrate()
        http = Http()
        opened.append((db, http))
        oauth = OAuth(http, oa.base, APP, secret)
        return Tokens(db, oauth, first, "https://ocop.example")

    yield process
    for db, http in opened:
        await http.close()
        db.close()


async def alarms(db: Database) -> list[dict[str, Any]]:
    from sqlalchemy import text

    def work(unit: Any) -> list[dict[str, Any]]:
        rows = unit.execute(text("SELECT payload FROM job WHERE kind = 'channel_alarm'"))
        return [dict(row) for row in rows.mappings()]

    return await db.read(work)


async def test_renewed_at_half_life(world: Any, morning: clock.Clock, oa: OaServer) -> None:
    tokens = world()
    assert await tokens.access() == "access-1"
    morning.move(timedelta(hours=12))
    assert await tokens.access() == "access-1"
    morning.move(timedelta(minutes=31))
    assert await tokens.access() == "access-2"
    assert (oa.renewals, oa.burnt) == (2, 0)


async def test_two_processes_spend_a_token_once(
    world: Any, morning: clock.Clock, oa: OaServer
) -> None:
    one, two = world(), world()
    for _ in range(5):
        got = await asyncio.gather(*(t.access() for t in (one, two) for _ in range(4)))
        assert set(got) <= {oa.access, f"access-{oa.renewals - 1}"}
        morning.move(timedelta(hours=13))
    assert oa.burnt == 0
    assert oa.renewals == 5


async def test_the_new_pair_outlives_the_process(
    world: Any, morning: clock.Clock, oa: OaServer
) -> None:
    await world().access()
    morning.move(timedelta(hours=30))
    assert await world().access() == "access-2"
    assert oa.burnt == 0


async def test_a_lost_answer_alarms_with_the_page_to_consent(
    world: Any, morning: clock.Clock, oa: OaServer
) -> None:
    tokens = world()
    oa.lose_answer = True
    with pytest.raises(Later):
        await tokens.access()
    assert not await alarms(tokens.db), "it may still be good"
    morning.move(timedelta(minutes=2))
    with pytest.raises(Later):
        await tokens.access()
    told = await alarms(tokens.db)
    assert len(told) == 1 and "/v4/oa/permission?app_id=" in told[0]["payload"]
    burnt = oa.burnt
    for _ in range(3):
        morning.move(timedelta(hours=1))
        with pytest.raises(Later):
            await tokens.access()
    assert oa.burnt == burnt == 1, "a lost token is not tried again and again"
    oa.refresh = "consented"
    again = world(first="consented")
    assert await again.access() == oa.access


async def test_a_wrong_app_secret_does_not_lose_the_pair(
    world: Any, morning: clock.Clock, oa: OaServer
) -> None:
    wrong = world(secret="mistyped")
    with pytest.raises(Later):
        await wrong.access()
    assert len(await alarms(wrong.db)) == 1
    morning.move(timedelta(minutes=11))
    assert await world().access() == "access-1"


async def test_a_token_refused_in_use_is_renewed_and_the_message_sent(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    oa.access = "revoked elsewhere"
    await zalo.say("lan", "menu")
    await here.settle()
    assert len(oa.sent) == 2 and oa.renewals == 2 and oa.burnt == 0


async def test_admins_get_the_alarm_and_their_consent_ends_it(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin-chat"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await here.assistant.db.run(admin)
    oa.refresh = "gone"
    await zalo.say("lan", "xin chào")
    await here.settle()
    letters = await here.rows("SELECT body FROM outbound WHERE address = 'admin-chat'")
    assert len(letters) == 1 and "permission?app_id=" in letters[0]["body"]
    url = json.loads(letters[0]["body"])["rows"][0][0]["url"]
    asked = parse_qs(urlsplit(url).query)
    assert asked["redirect_uri"] == ["https://ocop.example/zalo/oa/consent"]
    oa.codes = {"the-code": asked["code_challenge"][0]}
    back = f"{here.url}/zalo/oa/consent?oa_id=oa&code=the-code&state="
    async with zalo.session.get(back + "guessed") as answer:
        assert answer.status == 400
    async with zalo.session.get(back + asked["state"][0]) as answer:
        assert answer.status == 200
    async with zalo.session.get(back + asked["state"][0]) as answer:
        assert answer.status == 400, "once only"
    here.clock.move(timedelta(minutes=11))
    await here.settle()
    assert [m["to"] for m in oa.sent] == ["lan"], "what waited leaves now"
