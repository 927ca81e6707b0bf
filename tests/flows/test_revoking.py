"""A certificate is revoked: by whom the law lets decide, told to whom it concerns, read by all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from bot import clock
from bot.health import Health
from bot.records import SqlRecords
from bot.settings import Settings
from bot.web import WebServer
from conversations.standing import Standing, standing
from models.content import load
from models.database import Unit
from models.tables import Certificate
from tests.flows.household import pressed
from tests.flows.office import OTHER, appointed
from tests.flows.talk import Talker, Town, town
from tests.flows.test_complaints import CODE, listed

GROUND, WHY = "Dùng nhãn hiệu OCOP sai quy định", "Dán nhãn lên mật mua ở nơi khác."


async def revokes(tam: Talker, number: str = "77/QĐ-UBND", day: str = "hôm nay",
                  shown: str = "Có, ghi cả căn cứ") -> str:  # fmt: skip
    """Every step of the form, confirmed; what was said to it."""
    await tam.say(f"/start p-{CODE}")
    await tam.press("Thu hồi giấy chứng nhận")
    for said in (number, day, GROUND, WHY, shown):
        await tam.say(said)
    return await tam.press("Ghi thu hồi")


async def stars(here: Town, number: int) -> None:
    def change(unit: Unit) -> None:
        unit.get_one(Certificate, 1).stars = number

    await here.db.run(change)


async def revoked_on(here: Town) -> object:
    return (await here.rows("SELECT revoked_on FROM certificate ORDER BY id"))[0]["revoked_on"]


async def page(here: Town, code: str = CODE) -> str:
    health = Health()
    health.assistant = here  # type: ignore[assignment]
    site = WebServer(Settings(_env_file=None), load(), None, bytearray(b"k"), health)  # type: ignore[arg-type]
    async with TestClient(TestServer(site.app)) as client:
        return await (await client.get(f"/p/{code}")).text()


async def test_the_province_records_it_and_everybody_concerned_is_told(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan, minh = await listed(here), await appointed(here, "Minh")
        far = await appointed(here, "Xa", communes=(OTHER,))
        tam = await appointed(here, "Tâm", "province")
        assert "Thu hồi" not in await pressed(here, minh, f"products:card={CODE}")
        await lan.letters()
        assert "từ ngày cấp giấy đến hôm nay" in await revokes(tam, day="1/1/2020")
        assert await revoked_on(here) is None
        await tam.say("hôm nay")
        assert await revoked_on(here) is None, "not before it is confirmed"
        assert "Đã ghi thu hồi" in await tam.press("Ghi thu hồi")
        told = await lan.letters()
        assert "Quyết định 77/QĐ-UBND ngày 25/11/2026 của Chủ tịch UBND tỉnh" in told
        assert GROUND in told and WHY in told
        assert "77/QĐ-UBND" in await minh.letters() and await far.letters() == ""
        one = await here.db.read(lambda unit: SqlRecords(unit, clock.now()).certified(CODE))
        assert one is not None and standing(one, clock.today()) is Standing.REVOKED
        assert await here.rows("SELECT id FROM audit_entry WHERE action = 'certificate_revoked'")
        assert "Thu hồi giấy" not in await pressed(here, tam, f"products:card={CODE}")


async def test_five_stars_are_revoked_by_the_minister_alone(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await listed(here)
        tam = await appointed(here, "Tâm", "province")
        await stars(here, 5)
        said = await revokes(tam)
        assert "Giấy 5 sao do Bộ trưởng Bộ Nông nghiệp và Môi trường thu hồi" in said
        assert "Số quyết định thu hồi" in said  # asked again, the rest is kept
        await tam.say("567/QĐ-BNNMT")
        assert await revoked_on(here) is None
        said = await tam.press("Ghi thu hồi")
        assert "567/QĐ-BNNMT của Bộ trưởng Bộ Nông nghiệp và Môi trường" in said
        assert await revoked_on(here) is not None


async def test_three_stars_are_not_revoked_by_the_minister(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await listed(here)
        tam = await appointed(here, "Tâm", "province")
        said = await revokes(tam, "567/QĐ-BNNMT")
        assert "Giấy 3 sao do Chủ tịch UBND tỉnh thu hồi" in said
        assert await revoked_on(here) is None


async def test_buyers_read_the_ground_when_it_may_be_shown_and_never_the_reason(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        tam = await appointed(here, "Tâm", "province")
        await revokes(tam)
        mai = here.person("mai")
        for read in (await mai.say(f"/start p-{CODE}"), await page(here)):
            assert "77/QĐ-UBND của Chủ tịch UBND tỉnh" in read and f"Căn cứ: {GROUND}" in read
            assert "bà con phản ánh để cán bộ xem" in read and WHY not in read
            assert "Từng đạt 3 sao" in read and "★" not in read
        assert "chuyện gì" in await mai.say(f"/start r-{CODE}")  # the page's link
        assert WHY in await lan.say(f"/start p-{CODE}")
        assert WHY in await tam.say(f"/start p-{CODE}")


async def test_else_buyers_read_the_day_and_the_decision(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        tam = await appointed(here, "Tâm", "province")
        await revokes(tam, shown="Không, chỉ ghi ngày và quyết định")
        for read in (await here.person("mai").say(f"/start p-{CODE}"), await page(here)):
            assert "77/QĐ-UBND" in read and GROUND not in read and WHY not in read
        own = await lan.say(f"/start p-{CODE}")
        assert f"Căn cứ: {GROUND}" in own and WHY in own and "phản ánh để" not in own


async def test_what_was_recorded_by_mistake_is_taken_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan, minh = await listed(here), await appointed(here, "Minh")
        tam = await appointed(here, "Tâm", "province")
        await revokes(tam)
        await lan.letters(), await minh.letters()
        assert "bỏ thu hồi" not in await pressed(here, minh, f"products:restore={CODE}")
        await tam.press("Ghi nhầm, bỏ thu hồi")
        assert await revoked_on(here) is not None, "asked once more before"
        assert "Còn giá trị đến hết" in await tam.press("Đúng, ghi nhầm")
        assert await revoked_on(here) is None
        assert "không bị thu hồi" in await lan.letters() and "ghi nhầm" in await minh.letters()
        assert await here.rows("SELECT id FROM audit_entry WHERE action = 'certificate_restored'")


async def test_an_old_label_leads_to_the_new_certificate(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await listed(here)

        def again(unit: Unit) -> None:
            old = unit.get_one(Certificate, 1)
            old.valid_to = date(2026, 11, 1)
            unit.add(Certificate(code="NEW-234", product_id=old.product_id, stars=4,
                                 decision_number="90/QĐ", issued_on=date(2026, 11, 2),
                                 valid_to=date(2029, 11, 2)))  # fmt: skip

        await here.db.run(again)
        said = await here.person("mai").say(f"/start p-{CODE}")
        assert "Đã hết giá trị" in said and "giấy chứng nhận mới: NEW-234" in said
        assert 'href="/p/NEW-234"' in await page(here)
