"""The dashboard's doors: one-use links, sessions that end, rights looked up at every request."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from bot.health import Health
from bot.officers_admin import move, revoke
from bot.settings import Settings
from bot.web import WebServer
from models import dashboard
from models.content import load
from tests.flows.office import appointed
from tests.flows.stats import HERE, THERE, shelved
from tests.flows.talk import Talker, Town, town
from tests.web.visit import Client

LIVES = dashboard.SESSION_LIVES


@asynccontextmanager
async def site(here: Town) -> AsyncIterator[Client]:
    health = Health()
    health.assistant = here  # type: ignore[assignment]
    server = WebServer(Settings(_env_file=None), load(), None, bytearray(b"k"), health)  # type: ignore[arg-type]
    async with TestClient(TestServer(server.app)) as client:
        yield client


async def link(officer: Talker) -> str:
    """The path of a fresh link, as the chat gives it."""
    await officer.say("/stats")
    await officer.press("Xem trên web")
    (url,) = [b.url for said in officer.heard[-1:] for b in said.buttons if b.url]
    assert url.startswith("https://ocop.example/stats/open/")
    return url.removeprefix("https://ocop.example")


async def enters(client: Client, path: str) -> int:
    answer = await client.post(path, allow_redirects=False)
    return answer.status


async def test_a_link_opens_once_and_looking_uses_nothing_up(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        path = await link(await appointed(here, "Tâm", "province"))
        async with site(here) as client, site(here) as other:
            assert (await client.get("/stats")).status == 401
            assert (await client.head(path)).status == 200
            for _ in range(3):  # a messenger makes its preview
                looked = await client.get(path)
                assert looked.status == 200 and "610" not in await looked.text()
            answer = await client.post(path, allow_redirects=False)
            assert answer.status == 303 and answer.headers["Location"] == "/stats"
            cookie = answer.headers["Set-Cookie"]
            assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/stats"))
            assert path.rpartition("/")[2] not in cookie
            page = await client.get("/stats")
            text = await page.text()
            assert page.status == 200 and "610" in text and "Đồng Lộc" in text
            assert page.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert await enters(other, path) == 410 and (await other.get(path)).status == 410
            assert (await other.get("/stats")).status == 401


async def test_links_and_sessions_end(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        late, fresh = await link(tam), await link(tam)
        async with site(here) as client, site(here) as left:
            assert await enters(client, fresh) == 303
            again = await link(tam)
            assert await enters(left, again) == 303
            here.clock.move(dashboard.LINK_LIVES)
            assert await enters(client, late) == 410
            assert (await left.get("/stats")).status == 200
            assert (await left.post("/stats/leave", allow_redirects=False)).status == 303
            assert (await left.get("/stats")).status == 401
            here.clock.move(LIVES - dashboard.LINK_LIVES - timedelta(seconds=1))
            assert (await client.get("/stats")).status == 200
            here.clock.move(timedelta(seconds=1))
            assert (await client.get("/stats")).status == 401


async def test_role_and_communes_are_those_of_now(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        minh = await appointed(here, "Minh")
        path = await link(minh)
        mine, theirs = load().communes[HERE].name, load().communes[THERE].name
        async with site(here) as client:
            await enters(client, path)
            text = await (await client.get("/stats")).text()
            assert mine in text and theirs not in text and ">2<" in text
            await move(here.db, load(), 1, "commune", [THERE])
            text = await (await client.get("/stats")).text()
            assert theirs in text and mine not in text
            await revoke(here.db, 1)
            assert (await client.get("/stats")).status == 401
            assert (await client.get("/stats/chart/stars.png")).status == 404


async def test_charts_are_for_the_session_alone(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        path = await link(await appointed(here, "Tâm", "province"))
        async with site(here) as client:
            assert (await client.get("/stats/chart/stars.png")).status == 404
            await enters(client, path)
            page = await (await client.get("/stats")).text()
            names = re.findall(r'src="(/stats/chart/[a-z]+\.png\?vi)"', page)
            assert [n.split("/")[3].split(".")[0] for n in names] == [
                *("stars", "targets", "communes", "sets")
            ]
            for name in names:
                answer = await client.get(name)
                assert answer.status == 200 and (await answer.read()).startswith(b"\x89PNG")
            assert (await client.get("/stats/chart/cases.png")).status == 404  # nothing to draw
            assert (await client.get("/stats/chart/..%2Fx.png")).status == 404


async def test_guesses_and_strange_tokens_open_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here, site(here) as client:
        for token in ("x", "A" * 32, "A" * 400, "%00" * 20, "a b"):
            assert (await client.get(f"/stats/open/{token}")).status == 410
            assert await enters(client, f"/stats/open/{token}") == 410
        client.session.cookie_jar.update_cookies({"stats": "A" * 32})
        assert (await client.get("/stats")).status == 401
        assert (await client.post("/stats/leave", allow_redirects=False)).status == 303


async def test_names_on_the_page_are_escaped_and_none_is_personal(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        path = await link(await appointed(here, "<b>Tâm</b>", "leader"))
        async with site(here) as client:
            await enters(client, path)
            text = await (await client.get("/stats")).text()
        assert "<b>T" not in text
        for name in ("HTX Ong Vàng", "Mật ong Cường", "Bà Hường", "Tâm"):
            assert name not in text
