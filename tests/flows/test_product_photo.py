"""A product's photo on its card and page: given by its household, taken down by its officers."""

from __future__ import annotations

from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from bot.health import Health
from bot.settings import Settings
from bot.web import WebServer
from models.content import load
from tests.flows.household import photo, pressed
from tests.flows.office import OTHER, appointed
from tests.flows.talk import Town, town
from tests.flows.test_complaints import CODE, listed


async def photo_of(here: Town) -> object:
    (row,) = await here.rows("SELECT photo_key FROM product")
    return row["photo_key"]


async def test_only_its_household_gives_a_photo_and_only_when_asked(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        mai = here.person("mai")
        await mai.say(f"/start p-{CODE}")
        assert not any("ảnh" in label for label in mai.labels)
        await pressed(here, mai, f"products:photo={CODE}")
        await mai.send(photo(here, 7))
        await lan.say(f"/start p-{CODE}")
        await lan.send(photo(here, 8))  # not asked for: perhaps a paper
        assert await photo_of(here) is None
        await pressed(here, lan, f"products:card={CODE}")
        await lan.press("Thêm ảnh sản phẩm")
        sent = photo(here, 9)
        assert "Đã để ảnh" in await lan.send(sent)
        assert await photo_of(here) == sent.key
        await mai.say(f"/start p-{CODE}")
        assert [file.key for file in mai.heard[-1].files] == [sent.key]


async def test_the_public_page_shows_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        health = Health()
        health.assistant = here  # type: ignore[assignment]
        site = WebServer(Settings(_env_file=None), load(), None, bytearray(b"k"), health)  # type: ignore[arg-type]
        async with TestClient(TestServer(site.app)) as client:
            assert (await client.get(f"/p/{CODE}/photo")).status == 404
            await pressed(here, lan, f"products:photo={CODE}")
            sent = photo(here, 9)
            await lan.send(sent)
            page = await (await client.get(f"/p/{CODE}")).text()
            assert f'src="/p/{CODE}/photo?' in page
            got = await client.get(f"/p/{CODE}/photo")
            assert await got.read() == here.files.get(sent.key or "")
            assert got.content_type == "image/jpeg"


async def test_officers_of_the_commune_take_it_down_and_the_household_is_told(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        minh = await appointed(here, "Minh")
        far = await appointed(here, "Xa", communes=(OTHER,))
        await pressed(here, lan, f"products:photo={CODE}")
        await lan.send(photo(here, 9))
        await pressed(here, far, f"products:nophoto={CODE}")
        assert await photo_of(here) is not None
        await pressed(here, minh, f"products:card={CODE}")
        await minh.press("Gỡ ảnh")
        assert await photo_of(here) is None
        assert "đã gỡ ảnh của *Mật ong Cường*" in await lan.letters()
        assert await here.rows("SELECT id FROM audit_entry WHERE action = 'photo_taken_down'")
