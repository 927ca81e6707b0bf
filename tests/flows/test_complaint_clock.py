"""A complaint that nobody takes, begins or answers: reminded, one level up, the reporter told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.officers_admin import invite, revoke
from tests.flows.household import COMMUNE, pressed
from tests.flows.office import OTHER, appointed, due
from tests.flows.talk import Talker, Town, town
from tests.flows.test_complaints import CODE, STORY, complaint, listed, reports
from tests.flows.test_officer_clocks import HOUR, until, vietnam

HERE = "xã Đồng Lộc"  # COMMUNE


async def told(*people: Talker) -> None:
    """They read what came so far."""
    for one in people:
        await one.letters()


async def begins(here: Town) -> tuple[Talker, Talker, Talker, Talker]:
    """Two officers of a commune, one of the province; what was reported there."""
    minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
    tam = await appointed(here, "Tâm", "province")
    mai = await reports(here, place=HERE)
    assert (await complaint(here))["commune_code"] == COMMUNE
    await told(minh, hai, tam)
    return minh, hai, tam, mai


async def test_nobody_takes_it_officers_first_then_the_province(tmp_path: Path) -> None:
    async with town(tmp_path) as here:  # Wednesday, half past eight
        minh, hai, tam, mai = await begins(here)
        await until(here, vietnam(25, 14, 0))
        assert await minh.letters() == ""
        await until(here, vietnam(25, 15, 0))
        assert "đã chờ 4 giờ làm việc" in await minh.letters()
        assert "đã chờ 4 giờ làm việc" in await hai.letters()
        assert await tam.letters() == "" and await mai.letters() == ""
        await until(here, vietnam(26, 10, 0))
        assert "chưa cán bộ nào nhận" in await tam.letters()
        assert "mong bà con thông cảm" in await mai.letters()
        assert "Chưa có cán bộ nào nhận kịp" in await mai.press("Xem phản ánh của tôi")
        assert "quá giờ, chưa ai nhận" in await tam.press("Xem phản ánh")
        await tam.press("Nhận xử lý")
        assert "Tâm đã nhận xem" in await mai.letters()
        await until(here, vietnam(27, 16, 0))
        assert "chưa cán bộ nào nhận" not in await minh.letters()


async def test_of_nowhere_it_is_the_province_s_then_the_admin_s(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam = await appointed(here, "Tâm", "province")
        an = await appointed(here, "An", "admin")
        await reports(here)
        await told(tam, an)
        await until(here, vietnam(26, 10, 0))
        assert "giờ mà chưa" not in await tam.letters()
        assert "quá giờ mà chưa cán bộ nào nhận" in await an.letters()


async def test_its_producer_is_not_told_be_it_an_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await listed(here)
        minh = await appointed(here, "Minh")
        made = await invite(here.db, here.house.content, "commune", [COMMUNE], "Lan")
        await lan.say(f"/start {made.code}")
        mai = here.person("mai")
        await mai.say(f"/start r-{CODE}")
        for said in ("chất lượng kém", "bỏ qua", STORY, "bỏ qua", "bỏ qua", "gửi phản ánh"):
            await mai.say(said)
        await told(lan, minh)
        await until(here, vietnam(27, 10, 0))
        assert "đã chờ 4 giờ" in await minh.letters()
        assert await lan.letters() == ""


async def test_who_took_it_and_does_nothing_gives_it_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai, _, mai = await begins(here)
        await pressed(here, minh, "complaint_desk:claim=1")
        await told(mai, hai)
        await until(here, vietnam(25, 15, 0))
        assert "đã chờ 4 giờ" in await minh.letters() and await hai.letters() == ""
        await until(here, vietnam(26, 10, 0))
        assert "trở về danh sách chung" in await minh.letters()
        assert "Có phản ánh" in await hai.letters()
        assert "không phải gửi lại" in await mai.letters()
        row = await complaint(here)
        assert (row["state"], row["officer_id"]) == ("open", None)
        await hai.press("Xem phản ánh")
        assert "Anh/chị đã nhận" in await hai.press("Nhận xử lý")


async def test_who_asked_back_keeps_it_until_the_answer_is_late(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai, tam, mai = await begins(here)
        await pressed(here, minh, "complaint_desk:claim=1")
        await due(here, 2 * HOUR)
        await minh.press("Hỏi lại người phản ánh")
        await minh.say("Bà con mua ở đâu?")
        await minh.press("Gửi người phản ánh")
        await told(mai, minh, hai)
        await until(here, vietnam(4, 17, 0, month=12))
        assert await minh.letters() == "" and await tam.letters() == ""
        await until(here, vietnam(9, 17, 0, month=12))
        assert "nhận đã lâu mà chưa trả lời" in await minh.letters()
        assert "Minh nhận đã lâu" in await tam.letters()
        assert "cần thêm thời gian" in await mai.letters()
        assert (await complaint(here))["officer_id"] == 1


@pytest.mark.parametrize("way", ["released", "officer no more"])
async def test_given_back_its_time_begins_anew(tmp_path: Path, way: str) -> None:
    async with town(tmp_path) as here:
        minh, hai, tam, mai = await begins(here)
        await pressed(here, minh, "complaint_desk:claim=1")
        await told(mai, hai)
        await due(here, 3 * HOUR)
        if way == "released":
            await minh.press("Trả lại cho người khác")
        else:
            await revoke(here.db, 1)
        await due(here)
        assert "Có phản ánh" in await hai.letters()
        assert "không phải gửi lại" in await mai.letters()
        await until(here, vietnam(25, 17, 0))
        assert await hai.letters() == "" and await tam.letters() == ""
        await until(here, vietnam(26, 8, 0))
        assert "đã chờ 4 giờ" in await hai.letters()
        await until(here, vietnam(26, 16, 0))
        assert "chưa cán bộ nào nhận" in await tam.letters()


async def test_answered_in_time_nobody_is_reminded(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai, tam, mai = await begins(here)
        far = await appointed(here, "Xa", communes=(OTHER,))
        await pressed(here, minh, "complaint_desk:claim=1")
        await minh.press("Trả lời kết quả")
        await minh.press("Đã xử lý")
        await minh.say("Cơ sở đã đổi hàng.")
        await minh.press("Gửi người phản ánh")
        await told(mai, minh, hai)
        await until(here, vietnam(15, 10, 0, month=12))
        for one in (minh, hai, tam, mai, far):
            assert await one.letters() == ""
