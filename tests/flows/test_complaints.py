"""People report a product: to whom it goes, what comes back, and that nobody learns who it was."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock, limits
from bot.officers_admin import revoke
from bot.records import SqlRecords
from bot.work.digests import made
from bot.work.retention import FORGET
from conversations import complaint_words
from models.codes import new_code
from models.database import Unit
from models.tables import Certificate, Officer, OfficerCommune
from tests.flows.household import COMMUNE, photo, pressed
from tests.flows.office import OTHER, appointed, due
from tests.flows.talk import Talker, Town, town
from tests.flows.test_ending import certified

STORY = "Mở ra có mùi lạ, mua hôm qua."


async def reports(
    here: Town, name: str = "mai", product: str = "rượu lạ", place: str = "bỏ qua"
) -> Talker:
    """A citizen nobody knows sends a report."""
    mai = here.person(name)
    await mai.say("phản ánh chất lượng")
    for said in ("chất lượng kém", product, place, STORY, "bỏ qua", "bỏ qua", "gửi phản ánh"):
        await mai.say(said)
    return mai


CODE = new_code(random.Random(5))


async def listed(here: Town) -> Talker:
    """A household whose honey is in the register under CODE."""
    lan = await certified(here)

    def coded(unit: Unit) -> None:
        unit.get_one(Certificate, 1).code = CODE

    await here.db.run(coded)
    return lan


async def complaint(here: Town) -> dict[str, object]:
    return (await here.rows("SELECT * FROM complaint ORDER BY id"))[-1]


async def test_of_a_listed_product_it_goes_to_its_commune_and_never_to_the_producer(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        far = await appointed(here, "Xa", communes=(OTHER,))
        lan = await listed(here)
        await minh.letters(), await lan.letters()
        mai = here.person("mai")
        await mai.say(f"/start p-{CODE}")
        await mai.press("Phản ánh sản phẩm này")
        await mai.press("An toàn")
        assert "Bà con thấy ở đâu" in mai.seen()  # the product is known
        for said in ("bỏ qua", STORY, "bỏ qua", "bỏ qua", "gửi phản ánh"):
            await mai.say(said)
        letter = await minh.letters()
        assert "An toàn thực phẩm" in letter and "Mật ong Cường" in letter
        assert await far.letters() == "" and await lan.letters() == ""
        row = await complaint(here)
        assert (row["commune_code"], row["certificate_code"]) == (COMMUNE, CODE)
        card = await minh.press("Xem phản ánh")
        assert STORY in card and "Hộ Nguyễn Văn Cường" in card


async def test_one_of_several_products_is_chosen_or_none_of_them(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await listed(here)
        mai = here.person("mai")
        await mai.say("/report")
        await mai.say("1")
        assert "Mật ong Cường" in await mai.say("mat ong cuong")
        assert "Bà con thấy ở đâu" in await mai.press("Không phải các sản phẩm này")
        await mai.say("quay lại")
        await mai.say("mat ong cuong")
        await mai.press("Mật ong Cường")
        for said in ("bỏ qua", STORY, "bỏ qua", "bỏ qua", "gửi phản ánh"):
            await mai.say(said)
        assert (await complaint(here))["certificate_code"] == CODE


@pytest.mark.parametrize(("place", "told"), [("xã Hương Khê", "Minh"), ("chợ nọ", "Tâm")])
async def test_in_words_it_goes_where_the_place_is_else_to_the_province(
    tmp_path: Path, place: str, told: str
) -> None:
    async with town(tmp_path) as here:
        officers = {
            "Minh": await appointed(here, "Minh", communes=("18496",)),
            "Tâm": await appointed(here, "Tâm", "province"),
        }
        await reports(here, place=place)
        for name, officer in officers.items():
            assert bool(await officer.letters()) is (name == told), name


async def test_the_officer_who_makes_the_product_never_sees_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        (owner,) = await here.rows("SELECT person_id FROM producer")

        def appoint(unit: Unit) -> None:
            row = Officer(person_id=int(str(owner["person_id"])), role="commune", name="Lan",
                          since=clock.now())  # fmt: skip
            unit.add(row)
            unit.flush()
            unit.add(OfficerCommune(officer_id=row.id or 0, commune_code=COMMUNE))
            unit.cache.doubt()

        await here.db.run(appoint)
        tam = await appointed(here, "Tâm", "province")
        mai = here.person("mai")
        await mai.say(f"/start p-{CODE}")
        await mai.press("Phản ánh sản phẩm này")
        for said in ("1", "bỏ qua", STORY, "bỏ qua", "bỏ qua", "gửi phản ánh"):
            await mai.say(said)
        assert await lan.letters() == "" and "Mật ong" in await tam.letters()
        assert "Không có phản ánh nào" in await lan.say("/complaints")
        assert STORY not in await pressed(here, lan, "complaint_desk:open=1")
        await pressed(here, lan, "complaint_desk:claim=1")
        assert (await complaint(here))["officer_id"] is None


async def test_nothing_that_officers_see_or_the_log_keeps_tells_who_reported(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh", communes=("18496",))
        mai = here.person("mai")
        await mai.say("phản ánh")
        for said in ("1", "rượu lạ", "xã Hương Khê", STORY):
            await mai.say(said)
        await mai.send(photo(here, 1, name="Nguyen Thi Mai 0912345678.jpg"),
                       photo(here, 2, name="Mai.jpg"))  # fmt: skip
        await mai.say("gửi phản ánh")
        await minh.letters()
        for label in ("Xem phản ánh", "Xem ảnh", "Nhận xử lý"):
            await minh.press(label)
        await pressed(here, mai, "go:own_complaints=1")
        await mai.send(photo(here, 3, name="Mai.jpg"))
        await minh.letters()
        bodies = str(await here.rows("SELECT body FROM outbound WHERE address = 'officer-Minh'"))
        assert "anh-2.jpg" in bodies and "Mai" not in bodies and "0912" not in bodies
        (who,) = await here.rows("SELECT person_id FROM complaint")
        logged = await here.rows("SELECT * FROM audit_entry WHERE action LIKE 'complaint%'")
        assert logged and all(row["person_id"] != who["person_id"] for row in logged)
        assert "mùi lạ" not in str(await here.rows("SELECT * FROM audit_entry"))


async def test_asked_back_answered_and_closed(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh", communes=("18496",))
        mai = await reports(here, place="xã Hương Khê")
        await minh.letters()
        await minh.press("Xem phản ánh")
        await minh.press("Nhận xử lý")
        assert "Cán bộ Minh đã nhận" in await mai.letters()
        await minh.press("Hỏi lại")
        await minh.say("Mua ở quầy nào?")
        assert await mai.letters() == "", "nothing leaves before it is confirmed"
        await minh.press("Gửi người phản ánh")
        assert "Mua ở quầy nào?" in await mai.letters()
        await mai.press("Trả lời cán bộ")
        await mai.say("Quầy số 7.")
        assert "Quầy số 7." in await minh.letters()
        await minh.press("Trả lời kết quả")
        await minh.press("Chưa đủ căn cứ")
        await minh.say("Quầy đã nghỉ bán.")
        await minh.press("Gửi người phản ánh")
        told = await mai.letters()
        assert "Chưa đủ căn cứ" in told and "Quầy đã nghỉ bán." in told
        row = await complaint(here)
        assert (row["state"], row["outcome"]) == ("closed", "unfounded")
        before = await here.rows("SELECT * FROM complaint_line")
        await pressed(here, mai, "go:own_complaints=1")
        await mai.say("Thêm một lời nữa.")
        assert await here.rows("SELECT * FROM complaint_line") == before
        assert "Thêm một lời" not in await minh.letters()


async def test_somebody_elses_report_is_not_shown(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await reports(here)
        lan = here.person("lan")
        await lan.say("/start")
        assert STORY not in await pressed(here, lan, "go:own_complaints=1")
        assert "chưa có phản ánh" in lan.seen()


async def test_too_many_a_day_are_refused_kindly(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        for _ in range(limits.COMPLAINTS.times):
            await reports(here)
        sixth = await reports(here)
        assert "Hôm nay bà con phản ánh nhiều rồi" in sixth.seen()
        count = await here.rows("SELECT count(*) AS n FROM complaint")
        assert count[0]["n"] == limits.COMPLAINTS.times


async def test_an_officer_whose_rights_end_leaves_it_to_others(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh", communes=("18496",))
        hai = await appointed(here, "Hải", communes=("18496",))
        await reports(here, place="xã Hương Khê")
        await minh.letters()
        await minh.press("Xem phản ánh")
        await minh.press("Nhận xử lý")
        await revoke(here.db, 1)
        await due(here)
        await hai.letters()
        await hai.press("Xem phản ánh")
        assert "Anh/chị đã nhận" in await hai.press("Nhận xử lý")


async def test_it_is_counted_in_the_digest_and_the_menu(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh", communes=("18496",))
        await reports(here, place="xã Hương Khê")

        def count(unit: Unit) -> int:
            officer = SqlRecords(unit, clock.now()).officer_of(1)
            assert officer is not None
            return made(unit, here.house.content, officer, clock.now()).complaints

        assert await here.db.read(count) == 1
        assert "1 phản ánh của người dân chờ trả lời" in await minh.say("menu")


async def test_its_words_go_after_the_time_the_content_says(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh", communes=("18496",))
        await reports(here, place="xã Hương Khê")
        await minh.letters()
        for label in ("Xem phản ánh", "Nhận xử lý", "Trả lời kết quả", "Đã xử lý"):
            await minh.press(label)
        await minh.say("Xong.")
        await minh.press("Gửi người phản ánh")
        days = {one.id: one.days for one in here.house.content.privacy.retention}["complaints"]
        assert days

        def sweep(unit: Unit) -> int:
            post = here.house.post(unit, clock.now())
            return FORGET["complaints"](unit, post, clock.now() - timedelta(days=days))

        here.clock.move(timedelta(days=days - 1))
        assert await here.db.run(sweep) == 0 and (await complaint(here))["text"] == STORY
        here.clock.move(timedelta(days=2))
        assert await here.db.run(sweep) == 1
        row = await complaint(here)
        assert (row["text"], row["result"], row["about"], row["state"]) == ("", "", "", "closed")


def test_how_many_is_no_report() -> None:
    """ "bao nhiêu sản phẩm" is a question, no "báo" of a product."""
    for asked in ("Có bao nhiêu sản phẩm OCOP đã hết hạn?", "bao gio san pham toi co ket qua"):
        assert not complaint_words.meant(asked)
    assert complaint_words.meant("tôi muốn báo sản phẩm giả")
