"""A listed producer and a household of the same name and commune are joined by the commune."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.apply import apply
from conversations import events as e
from models.database import Unit
from models.messages import Channel
from tests.flows.household import COMMUNE, _env, _person_id, pressed
from tests.flows.office import OTHER, appointed
from tests.flows.talk import Talker, Town, town
from tests.flows.test_register import HONEY, brought


async def registers(here: Town, product: str = "Mật ong Cường") -> Talker:
    """Somebody registers the name that the list has, with one product."""
    lan = here.person("lan")
    await lan.say("/start")

    def register(unit: Unit) -> None:
        env = _env(here, unit, _person_id(unit, lan))
        apply(env, e.ConsentGiven(here.house.content.privacy.version))
        fields: dict[str, object] = {"type": "ho", "name": HONEY[1], "commune_code": COMMUNE}
        apply(env, e.ProducerRegistered(fields, ""))
        apply(env, e.ProductRegistered(2, {"name": product, "set_number": 4}, "first", 3))
        env.post.deliver()

    await here.db.run(register)
    await lan.letters()
    return lan


@pytest.mark.parametrize("product", ["Mật ong Cường", "Mứt gừng"])
async def test_yes_joins_products_and_certificates_without_doubling(
    tmp_path: Path, product: str
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        far = await appointed(here, "Xa", communes=(OTHER,))
        await brought(here, tmp_path, HONEY)
        lan = await registers(here, product)
        assert "Có phải một cơ sở không" in await minh.letters()
        assert await far.letters() == ""
        for stranger in (far, lan):
            await pressed(here, stranger, "joining:yes=1.2")
        assert (await here.rows("SELECT erased_at FROM producer WHERE id = 1"))[0] == {
            "erased_at": None
        }
        assert "Đã nhập làm một" in await minh.press("Phải, nhập làm một")
        assert "nối *Hộ Nguyễn Văn Cường*" in await lan.letters()
        names = await here.rows("SELECT name, producer_id FROM product ORDER BY name")
        assert {row["producer_id"] for row in names} == {2}
        assert sorted(str(row["name"]) for row in names) == sorted({"Mật ong Cường", product})
        held = await here.rows(
            "SELECT p.producer_id FROM certificate c JOIN product p ON p.id = c.product_id"
        )
        assert held == [{"producer_id": 2}]
        again = await brought(here, tmp_path, HONEY)  # the list is brought in again
        assert (again.added, again.same) == (0, 1)


async def test_no_keeps_them_apart(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await brought(here, tmp_path, HONEY)
        await registers(here)
        await minh.letters()
        assert "để riêng" in await minh.press("Không phải")
        rows = await here.rows("SELECT erased_at FROM producer ORDER BY id")
        assert rows == [{"erased_at": None}] * 2


# -- asked later, by either side -------------------------------------------------------------------
async def code_of(here: Town) -> str:
    return str((await here.rows("SELECT code FROM certificate"))[0]["code"])


async def owner_of_certificate(here: Town) -> object:
    (row,) = await here.rows(
        "SELECT p.producer_id FROM certificate c JOIN product p ON p.id = c.product_id"
    )
    return row["producer_id"]


async def under_another_name(here: Town, folder: Path) -> tuple[Talker, Talker, Talker, str]:
    """The list knows the honey under a name that nobody compares; two officers, its household."""
    minh = await appointed(here, "Minh")
    far = await appointed(here, "Xa", communes=(OTHER,))
    await brought(here, folder, [HONEY[0], "Ong Cường", *HONEY[2:]])
    lan = await registers(here)
    assert await minh.letters() == ""
    return minh, far, lan, await code_of(here)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM])
async def test_the_household_says_so_and_the_officer_confirms(
    tmp_path: Path, channel: Channel
) -> None:
    async with town(tmp_path) as here:
        minh, far, lan, code = await under_another_name(here, tmp_path)
        mai = here.person("mai", channel)
        await mai.say(f"/start p-{code}")
        assert "Đây là sản phẩm của tôi" not in mai.labels
        await pressed(here, mai, f"same_producer:ask={code}.2")
        await lan.say(f"/start p-{code}")
        await lan.press("Đây là sản phẩm của tôi")
        assert "cán bộ xã xác nhận" in await lan.press("Hộ Nguyễn Văn Cường")
        assert "đang chờ bên kia" in await pressed(here, lan, f"same_producer:ask={code}.2")
        for other in (lan, far, mai):
            await pressed(here, other, "same_producer:yes=1")
        assert await owner_of_certificate(here) == 1, "nobody but the commune confirms"
        assert "là cơ sở của họ" in await minh.letters()
        assert "Đã nhập làm một" in await minh.press("Đúng, nhập làm một")
        assert await owner_of_certificate(here) == 2
        assert "Cán bộ đã nối" in await lan.letters()
        actions = [r["action"] for r in await here.rows("SELECT action FROM audit_entry")]
        assert actions.count("join_asked") == 1 and actions.count("join_joined") == 1
        assert "đã xong rồi" in await pressed(here, minh, "same_producer:no=1")


async def test_an_officer_says_so_and_the_household_confirms(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far, lan, code = await under_another_name(here, tmp_path)
        await far.say(f"/start p-{code}")
        assert "Nối với cơ sở đã đăng ký" not in far.labels
        await pressed(here, far, f"same_producer:ask={code}.2")
        await minh.say(f"/start p-{code}")
        await minh.press("Nối với cơ sở đã đăng ký")
        assert "chưa thấy cơ sở nào" in await minh.say("hoa sen")
        await minh.say("nguyen van cuong")
        assert "Mình đã hỏi cơ sở" in await minh.press("Hộ Nguyễn Văn Cường")
        await pressed(here, minh, "same_producer:yes=1")
        assert await owner_of_certificate(here) == 1, "not by who asked"
        assert "Cán bộ thấy *Ong Cường*" in await lan.letters()
        assert "Đã nhập làm một" in await lan.press("Đúng, nhập làm một")
        assert await owner_of_certificate(here) == 2
        assert "đã nối" in await minh.letters()


async def test_the_other_side_says_no(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, _, lan, code = await under_another_name(here, tmp_path)
        await lan.say(f"/start p-{code}")
        await lan.press("Đây là sản phẩm của tôi")
        await lan.press("Hộ Nguyễn Văn Cường")
        await minh.letters()
        assert "để riêng" in await minh.press("Không phải")
        assert await owner_of_certificate(here) == 1
        assert "vẫn để riêng" in await lan.letters()
