"""The refresh token is good once: renewed at half life, never burnt, missed when it is lost."""

from __future__ import annotations

import asyncio
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
from tests import databases
from tests.zalo.conftest import Deployed
from tests.zalo.oa_server import APP, APP_SECRET, OaServer, Zalo


@pytest.fixture
async def world(tmp_path: Path, morning: clock.Clock, oa: OaServer) -> AsyncIterator[Any]:
    """Two processes on one database."""
    opened = []

    def process(secret: str = APP_SECRET, first: str = "refresh-0") -> Tokens:
        db = open_database(databases.at(tmp_path / "t.db"), clock.now)
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
    assert len(told) == 1 and "/v4/oa/permission?app_id=" in databases.text_of(told[0]["payload"])
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
    asked = await lost(here, zalo, oa)
    assert asked["redirect_uri"] == ["https://ocop.example/zalo/oa/consent"]
    code = oa.consent(asked["code_challenge"][0])
    back = f"{here.url}/zalo/oa/consent?oa_id=oa&code={code}&state="
    async with zalo.session.get(back + "guessed") as answer:
        assert answer.status == 400
    async with zalo.session.get(back + asked["state"][0]) as answer:
        assert answer.status == 200
    async with zalo.session.get(back + asked["state"][0]) as answer:
        assert answer.status == 400, "once only"
    await here.settle()
    assert [m["to"] for m in oa.sent] == ["lan"], "what waited leaves now"


async def test_a_code_that_came_too_late_brings_a_new_page(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    asked = await lost(here, zalo, oa)
    code = oa.consent(asked["code_challenge"][0])
    here.clock.move(timedelta(minutes=11))
    back = f"{here.url}/zalo/oa/consent?code={code}&state={asked['state'][0]}"
    async with zalo.session.get(back) as answer:
        assert answer.status == 400
    await here.settle()
    again = pages(await letters(here))[-1]
    assert again["state"] != asked["state"], "the old page is good once"
    code = oa.consent(again["code_challenge"][0])
    back = f"{here.url}/zalo/oa/consent?code={code}&state={again['state'][0]}"
    async with zalo.session.get(back) as answer:
        assert answer.status == 200
    await here.settle()
    assert [m["to"] for m in oa.sent] == ["lan"], "what waited leaves at once"


async def test_the_page_of_an_alarm_stays_good_while_zalo_goes_on_refusing(
    world: Any, morning: clock.Clock, oa: OaServer
) -> None:
    """The app's secret is wrong: tried every ten minutes, told once, and that page must work."""
    wrong = world(secret="mistyped")
    for _ in range(4):
        with pytest.raises(Later):
            await wrong.access()
        morning.move(timedelta(minutes=11))
    told = await alarms(wrong.db)
    assert len(told) == 1
    asked = parse_qs(urlsplit(databases.document(told[0]["payload"])["url"]).query)
    code = oa.consent(asked["code_challenge"][0])
    assert await world().consented(code, asked["state"][0])


async def lost(here: Deployed, zalo: Zalo, oa: OaServer) -> dict[str, list[str]]:
    """Lan waits for an answer, an admin has the page: what the page asks."""

    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin-chat"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await here.assistant.db.run(admin)
    oa.refresh = "gone"
    await zalo.say("lan", "xin chào")
    await here.settle()
    return pages(await letters(here))[0]


async def letters(here: Deployed) -> list[dict[str, Any]]:
    query = "SELECT body FROM outbound WHERE address = 'admin-chat' ORDER BY id"
    return [databases.document(row["body"]) for row in await here.rows(query)]


def pages(letters: list[dict[str, Any]]) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(body["rows"][0][0]["url"]).query) for body in letters]
