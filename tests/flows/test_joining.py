"""A listed producer and a household of the same name and commune are joined by the commune."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.apply import apply
from conversations import events as e
from models.database import Unit
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
