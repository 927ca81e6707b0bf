"""Events: seats and the waiting list, reminders, who was there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.flows.announcement_scenes import TRAINING, announced, wanting
from tests.flows.household import household, pressed
from tests.flows.office import OTHER, appointed, due
from tests.flows.talk import Talker, Town, town

FIVE = timedelta(days=5)  # until the event's day


async def invited(here: Town, *names: str, **how: object) -> tuple[Talker, list[Talker]]:
    """An officer, and households that got an invitation to two seats on 30/11 at eight."""
    minh = await appointed(here, "Minh")
    people = [await wanting(here, n, registration=f"28A800{n}") for n in names]
    await announced(here, minh, event=TRAINING, **how)
    for person in people:
        await person.letters()
    await minh.letters()
    return minh, people


async def states(here: Town) -> list[object]:
    return [row["state"] for row in await here.rows("SELECT state FROM signup ORDER BY id")]


async def test_seats_then_the_waiting_list_then_a_free_seat(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        _, (lan, hoa, mai) = await invited(here, "lan", "hoa", "mai")
        assert "đã đăng ký đi" in await lan.press("Đăng ký đi")
        assert "đã đăng ký đi" in await hoa.press("Đăng ký đi")
        assert "danh sách chờ" in await mai.press("Đăng ký đi")
        assert await states(here) == ["going", "going", "waiting"]
        assert "bà con không đi" in await lan.press("Tôi không đi được")
        assert "Có chỗ rồi" in await mai.letters()
        assert await states(here) == ["left", "going", "going"]
        assert "danh sách chờ" in await lan.press("Vào danh sách chờ")


async def test_pressing_twice_takes_one_seat(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        _, (lan,) = await invited(here, "lan")
        await lan.press("Đăng ký đi")
        await pressed(here, lan, "event:join=1")
        assert await states(here) == ["going"]
        assert "Tập huấn bao bì: 8 giờ ngày 30/11/2026" in await lan.say("menu")


async def test_who_was_not_invited_cannot_sign_up(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await invited(here, "lan")
        stranger = await household(here, "hoa", registration="28A8009999")
        assert "chưa đăng ký buổi nào" in await pressed(here, stranger, "go:event=1")
        await pressed(here, stranger, "event:join=1")
        assert await states(here) == []


async def test_reminded_the_day_before_and_the_same_morning(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        _, (lan, hoa) = await invited(here, "lan", "hoa")
        await lan.press("Đăng ký đi")
        await due(here, timedelta(days=4))
        assert "Mai có *Tập huấn bao bì*" not in await lan.letters()
        await due(here, timedelta(hours=9))
        assert (
            "Mai có *Tập huấn bao bì*: 8 giờ ngày 30/11/2026, ở Hội trường" in await lan.letters()
        )
        await due(here, timedelta(hours=13))
        assert "Hôm nay có *Tập huấn bao bì*" in await lan.letters()
        assert await hoa.letters() == ""
        await due(here, timedelta(days=1))
        assert await lan.letters() == ""


async def test_the_code_at_the_door_counts_as_trained(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, (lan, _) = await invited(here, "lan", "hoa")
        shown = await pressed(here, minh, "attendance_desk:open=1")
        (event,) = await here.rows("SELECT door_code FROM event")
        code = str(event["door_code"])
        assert f"Mã ở cửa: *{code}*" in shown
        assert "chỉ dùng được ở cửa" in await lan.say(code)
        here.clock.move(timedelta(days=4, hours=23))
        await pressed(here, lan, "event:join=1")
        assert "Mã này chưa đúng" in await lan.say("7KM-9Z")
        assert "Mình đã ghi Hộ Nguyễn Văn Cường có mặt" in await lan.say(code.lower())
        await lan.say(code)
        rows = await here.rows("SELECT producer_id, topic, day, officer_id FROM attendance")
        assert [tuple(map(str, r.values())) for r in rows] == [
            ("1", "training", "2026-11-30", "None")
        ]
        assert "✓ Hộ Nguyễn Văn Cường" in await pressed(here, minh, "attendance_desk:open=1")


async def test_who_speaks_for_several_is_asked_for_which(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        _, (lan,) = await invited(here, "lan")
        await household(here, "lan", registration="28A8007777", product="Cu đơ")
        await lan.say("menu")
        await pressed(here, lan, "event:join=1")
        assert "đi cho cơ sở nào" in lan.heard[-1].text
        await pressed(here, lan, "event:join=1.2")
        assert (await here.rows("SELECT producer_id FROM signup"))[0]["producer_id"] == 2
        await pressed(here, lan, "event:leave=1")
        await pressed(here, lan, "event:join=1.99")
        assert await states(here) == ["left"]


async def test_nobody_is_marked_present_before_the_day(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, (lan,) = await invited(here, "lan")
        await lan.press("Đăng ký đi")
        shown = await pressed(here, minh, "attendance_desk:open=1")
        assert "- Hộ Nguyễn Văn Cường" in shown and "Buổi này ngày 30/11/2026 mới đến" in shown
        assert "☐ Hộ Nguyễn Văn Cường" not in minh.labels
        told = await pressed(here, minh, "attendance_desk:mark=1.1")  # a button of an older version
        assert "Buổi này ngày 30/11/2026 mới đến" in told
        assert await here.rows("SELECT id FROM attendance") == []
        here.clock.move(FIVE - timedelta(hours=8))  # the small hours of the day
        await pressed(here, minh, "attendance_desk:mark=1.1")
        assert len(await here.rows("SELECT id FROM attendance")) == 1


async def test_officers_mark_and_unmark_who_came(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, (lan, _) = await invited(here, "lan", "hoa")
        await lan.press("Đăng ký đi")
        here.clock.move(FIVE)
        await pressed(here, minh, "attendance_desk:open=1")
        await minh.press("☐ Hộ Nguyễn Văn Cường")
        assert "có mặt" in minh.heard[-1].text
        (row,) = await here.rows("SELECT officer_id FROM attendance")
        assert row["officer_id"] == 1
        await minh.press("✓ Hộ Nguyễn Văn Cường")
        assert await here.rows("SELECT id FROM attendance") == []


async def test_who_came_without_signing_up_is_found_by_name(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, _ = await invited(here, "lan")
        await here.db.run(lambda unit: unit.core.exec_driver_sql(
            "UPDATE producer SET name = 'Hợp tác xã Hoa Sen' WHERE id = 1"))  # fmt: skip
        here.clock.move(FIVE)
        await pressed(here, minh, "attendance_desk:open=1")
        assert "Hợp tác xã Hoa Sen" in await minh.say("hoa sen")
        await minh.press("✓ Hợp tác xã Hoa Sen")
        assert len(await here.rows("SELECT id FROM attendance")) == 1


async def test_a_commune_officer_marks_its_own_at_the_provinces_event(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, hoa = [await appointed(here, n, "province") for n in ("Tâm", "Hoa")]
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        lan = await wanting(here, "lan")
        await announced(here, tam, where="bỏ qua", event=TRAINING)
        await pressed(here, hoa, "announcement_desk:approve=1")
        await announced_now(here)
        await lan.letters()
        await lan.press("Đăng ký đi")
        here.clock.move(FIVE)
        assert "☐ Hộ Nguyễn" in await pressed(here, minh, "attendance_desk:open=1")
        assert "Hộ Nguyễn" not in await pressed(here, far, "attendance_desk:open=1")
        await pressed(here, far, "attendance_desk:mark=1.1")
        assert await here.rows("SELECT id FROM attendance") == []
        await pressed(here, minh, "attendance_desk:mark=1.1")
        assert len(await here.rows("SELECT id FROM attendance")) == 1
        assert "Báo không tổ chức" not in minh.labels


async def announced_now(here: Town) -> None:
    for _ in range(3):
        await due(here, timedelta(seconds=16))


async def test_called_off_everybody_who_comes_hears_of_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, (lan, hoa) = await invited(here, "lan", "hoa")
        await lan.press("Đăng ký đi")
        await pressed(here, minh, "attendance_desk:open=1")
        await minh.press("Báo không tổ chức")
        await minh.press("Báo không tổ chức")
        assert "không tổ chức nữa" in await lan.letters()
        assert await hoa.letters() == ""
        assert "không tổ chức nữa" in await pressed(here, hoa, "event:join=1")
        await due(here, timedelta(days=5))
        assert "Hôm nay có" not in await lan.letters()


async def test_joining_two_channels_keeps_one_seat(tmp_path: Path) -> None:
    from bot.apply.merging import merge

    async with town(tmp_path) as here:
        _, (lan, hoa) = await invited(here, "lan", "hoa")
        await lan.press("Đăng ký đi"), await hoa.press("Đăng ký đi")
        rows = await here.rows("SELECT person_id FROM signup ORDER BY id")
        into, come = (int(str(row["person_id"])) for row in rows)
        await here.db.run(lambda unit: merge(unit, come=come, into=into, now=unit.stamp()))
        assert await states(here) == ["going"]
        assert len(await here.rows("SELECT id FROM delivery")) == 1


async def test_erased_leaves_no_name_on_a_list(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, (lan,) = await invited(here, "lan")
        await lan.press("Đăng ký đi")
        await lan.say("/privacy")
        for label in ("Xoá thông tin", "Tôi muốn xoá", "Xoá hẳn"):
            await lan.press(label)
        assert await states(here) == [] == await here.rows("SELECT id FROM delivery")
        assert "0 người đăng ký" in await pressed(here, minh, "attendance_desk:open=1")


async def test_officers_are_trained_too(tmp_path: Path) -> None:
    """By the code at the door, or marked at the list once the door is open; each about itself."""
    async with town(tmp_path) as here:
        minh, (lan,) = await invited(here, "lan")
        far = await appointed(here, "Xa", communes=(OTHER,))
        (event,) = await here.rows("SELECT door_code FROM event")
        assert "quanh giờ bắt đầu" in await far.say(str(event["door_code"]))
        await pressed(here, minh, "attendance_desk:open=1")
        assert not any("cán bộ" in label for label in minh.labels)
        await pressed(here, minh, "attendance_desk:me=1")
        assert await here.rows("SELECT officer_id FROM officer_attendance") == []
        await due(here, timedelta(days=4, hours=22, minutes=30))  # half past seven of the day
        assert "có mặt ở *Tập huấn bao bì*" in await far.say(str(event["door_code"]))
        assert "cơ sở có mặt. 1 cán bộ có mặt." in await pressed(
            here, minh, "attendance_desk:open=1"
        )
        assert "2 cán bộ có mặt" in await minh.press("☐ Tôi có mặt (cán bộ)")
        await pressed(here, lan, "attendance_desk:me=1")
        rows = await here.rows("SELECT officer_id, topic FROM officer_attendance ORDER BY 1")
        assert [row["officer_id"] for row in rows] == [1, 2] and rows[0]["topic"] == "training"
        tam = await appointed(here, "Tâm", "province")
        assert "Cán bộ OCOP được đào tạo, tập huấn: 66,7%" in await tam.say("/stats")
        assert "tập huấn: 100%, cần 100% (1/1)" in await far.say("/stats")
        await pressed(here, minh, "attendance_desk:open=1")
        assert "1 cán bộ có mặt" in await minh.press("✓ Tôi có mặt (cán bộ)")
        kept = await here.rows("SELECT id FROM audit_entry WHERE action = 'officer_came'")
        assert len(kept) == 3
