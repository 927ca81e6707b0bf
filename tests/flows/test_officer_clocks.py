"""What happens when nobody does anything: reminders, back to the pool, up; days that come near."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.flows.office import appointed, dossier, due, handed_in
from tests.flows.talk import Town, town

HOUR = timedelta(hours=1)


async def plan(here: Town) -> None:
    """Put the jobs that come back, as a start does."""
    await here.db.run(here.jobs.plan)


async def until(here: Town, at: datetime) -> None:
    """Let the hours pass one by one, doing what is due in each."""
    while here.clock.at + HOUR < at:
        await due(here, HOUR)
    await due(here, at - here.clock.at)


def vietnam(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour - 7, minute, tzinfo=UTC)


async def test_a_case_nobody_takes_is_reminded_of_and_goes_up(tmp_path: Path) -> None:
    async with town(tmp_path) as here:  # Wednesday, half past eight
        minh = await appointed(here, "Minh")
        tam = await appointed(here, "Tâm", "province")
        await handed_in(here)
        await minh.letters()
        await until(here, vietnam(25, 14, 0))  # less than four working hours: noon is no work
        assert await minh.letters() == ""
        await until(here, vietnam(25, 15, 0))
        assert "đã chờ 4 giờ làm việc" in await minh.letters()
        assert await tam.letters() == ""
        await until(here, vietnam(26, 10, 0))
        assert "chưa cán bộ xã nào nhận" in await tam.letters()


async def test_a_claim_nobody_acts_on_goes_back_to_the_pool(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        lan = await handed_in(here)
        await minh.letters(), await hai.letters()
        await minh.press("Nhận xử lý")
        assert "Minh đã nhận hồ sơ này" in await hai.letters()
        await lan.letters()
        await until(here, vietnam(26, 10, 0))
        assert "trở về danh sách chung" in await minh.letters()
        assert "Hồ sơ mới" in await hai.letters() and "chờ cán bộ khác" in await lan.letters()
        row = await dossier(here)
        assert (row["state"], row["officer_id"]) == ("submitted", None)
        await hai.press("Nhận xử lý")
        assert (await dossier(here))["officer_id"] == 2


async def test_whoever_has_begun_keeps_the_case(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await due(here, 2 * HOUR)
        await minh.press("Xem mục tiếp theo")
        await minh.press("✓ Đạt")
        await until(here, vietnam(1, 12, month=12))
        assert (await dossier(here))["officer_id"] == 1
        assert "giờ làm việc" not in await minh.letters()


async def test_the_day_to_review_by_comes_near_and_goes_up_when_it_is_over(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        tam = await appointed(here, "Tâm", "province")
        await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await minh.press("Xem mục tiếp theo")
        await minh.press("✓ Đạt")
        await plan(here)
        here.clock.set(vietnam(9, 9, month=12))  # due on the 16th
        await due(here)
        assert "còn 5 ngày làm việc" in await minh.letters()
        await due(here, HOUR)
        assert "còn 5" not in await minh.letters()  # once
        here.clock.set(vietnam(17, 9, month=12))
        await due(here)
        assert "đã quá hạn xem" in await minh.letters()
        assert "đã quá hạn xem" in await tam.letters()


async def test_the_household_is_reminded_of_what_to_mend(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await minh.press("Xem mục tiếp theo")
        await minh.press("↩ Trả lại")
        await minh.press("Ảnh mờ")
        await minh.say("/case 1")
        await minh.press("Gửi yêu cầu bổ sung")
        await due(here, timedelta(minutes=10))
        await lan.letters(), await minh.letters()
        await plan(here)
        here.clock.set(vietnam(2, 9, month=12))  # ten working days end on the 9th
        await due(here)
        assert "còn 5 ngày làm việc để bổ sung, đến hết 09/12/2026" in await lan.letters()
        here.clock.set(vietnam(10, 9, month=12))
        await due(here)
        assert "đã quá ngày hẹn bổ sung" in await lan.letters()
        assert "bà con chưa bổ sung" in await minh.letters()


async def test_a_digest_at_seven_and_five_on_working_days_only(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        idle = await appointed(here, "Nhàn", communes=("18073",))
        await handed_in(here)
        await minh.letters()
        await plan(here)
        here.clock.set(vietnam(26, 7, 10))
        await due(here)
        digest = await minh.letters()
        assert "Việc hôm nay" in digest and "1 hồ sơ mới, chưa ai nhận" in digest
        await due(here, timedelta(minutes=15))
        assert "Việc hôm nay" not in await minh.letters()
        here.clock.set(vietnam(26, 17, 10))
        await due(here)
        assert "Việc hôm nay" in await minh.letters()
        here.clock.set(vietnam(28, 7, 10))  # Saturday
        await due(here)
        assert "Việc hôm nay" not in await minh.letters()
        assert "Việc hôm nay" not in await idle.letters()


async def test_looks_that_come_late_do_nothing_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await handed_in(here)
        await minh.letters()
        here.clock.set(vietnam(27, 9))  # the process was away for two days
        await due(here)
        told = await minh.letters()
        assert told.count("giờ làm việc") == 1
        assert (await dossier(here))["state"] == "submitted"
