"""Handing in: what blocks, what it costs, the receipt, and back again after a supplement."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from bot import clock
from locales import datetime_
from models.database import Unit
from models.tables import Dossier, EvidenceItem, Officer
from tests.flows.household import gives, household, officer, opened, photo, pressed, ready
from tests.flows.talk import Town, town


async def dossier(here: Town) -> dict[str, object]:
    return (await here.rows("SELECT * FROM dossier ORDER BY id"))[0]


async def test_the_review_says_what_blocks_and_what_costs_stars(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("hồ sơ của tôi")
        review = await lan.press("Xem lại và nộp")
        blocks = review[review.index("Chưa nộp được vì") : review.index("Thiếu thì khó đạt 3 sao")]
        assert "Giấy đăng ký kinh doanh" in blocks and "Công bố chất lượng" not in blocks
        assert "Gửi hồ sơ" not in lan.labels
        await pressed(here, lan, "submit:send=1")
        assert (await dossier(here))["state"] == "draft"


async def test_handed_in_once_however_often_it_is_tapped(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        lan = await household(here)
        await ready(here, lan)
        review = await lan.press("Xem lại và nộp")
        assert "trước hết ngày 16/12/2026" in review and "15 ngày làm việc" in review
        assert "trước 30/04/2027" in review and "5 sản phẩm mẫu" in review
        receipt = await lan.press("Gửi hồ sơ")
        row = await dossier(here)
        assert str(row["code"]) in receipt and "16/12/2026" in receipt
        assert row["state"] == "submitted" and str(row["due_on"]) == "2026-12-16"
        again = await lan.press("Gửi hồ sơ")
        assert "không gửi lần nữa" in again and str(row["code"]) in again
        history = await here.rows("SELECT what FROM history_entry WHERE what = 'submitted'")
        assert len(history) == 1
        alerts = await minh.letters()
        assert alerts.count("Hồ sơ mới") == 1 and "5 trang" in alerts
        assert "0912" not in alerts and "Nguyễn Văn Cường" not in alerts


async def test_with_no_officer_in_the_commune_the_province_is_told(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        hue = await officer(here, "hue", "province")
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        assert "Hồ sơ mới" in await hue.letters()


async def test_without_business_registration_it_waits_and_says_why(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here, registration="")
        await ready(here, lan)
        review = await lan.press("Xem lại và nộp")
        assert "chưa có đăng ký kinh doanh" in review and "bộ phận một cửa" in review
        assert "Chủ thể của tôi" in lan.labels
        await pressed(here, lan, "submit:send=1")
        assert (await dossier(here))["state"] == "draft"


async def test_what_a_helper_filled_in_waits_for_the_owner(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        con = await household(here, helping="family")
        await ready(here, con)
        review = await con.press("Xem lại và nộp")
        assert "chưa xác nhận" in review and "mã xác nhận" in review
        await pressed(here, con, "submit:send=1")
        assert (await dossier(here))["state"] == "draft"


async def test_after_handing_in_pages_are_locked(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        before = await here.rows("SELECT id FROM page")
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 55))
        assert "đã nộp nên" in lan.seen()
        await pressed(here, lan, "item:new=1.dang_ky_kinh_doanh")
        assert await here.rows("SELECT id FROM page") == before


async def test_pages_sent_without_xong_are_handed_in_too(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await ready(here, lan)
        await opened(here, lan, "cau_chuyen")
        await lan.send(photo(here, 60))
        await pressed(here, lan, "submit:send=1")
        states = await here.rows("SELECT state FROM evidence_item WHERE evidence = 'cau_chuyen'")
        assert states[0]["state"] == "uploaded"


async def asked_to_mend(here: Town, evidence: str, reason: str) -> None:
    """The commune's officer returned one paper and the household was told."""

    def write(unit: Unit) -> None:
        row = unit.get_one(Dossier, 1)
        holder = unit.get_one(Officer, 1)
        row.state, row.officer_id, row.due_on = "supplement", holder.id, date(2026, 12, 9)
        row.state_since = here.clock.at
        items = {i.evidence: i for i in unit.scalars(select(EvidenceItem))}
        items[evidence].state, items[evidence].reason = "returned", reason
        items["san_pham_mau"].state = "accepted"

    await here.db.run(write)


async def test_a_supplement_goes_back_to_the_same_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        hai = await officer(here, "hai")
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await minh.letters(), await hai.letters()
        await asked_to_mend(here, "giay_attp", "blurred")
        board = await lan.say("/dossier")
        assert "! Giấy chứng nhận an toàn thực phẩm – Ảnh mờ, khó đọc" in board
        assert "Bước tiếp: sửa *Giấy chứng nhận" in board
        card = await lan.press("! Giấy chứng nhận")
        assert "chụp lại giúp" in card
        await lan.send(photo(here, 77))
        await lan.letters()
        assert "Thay bản cũ" in lan.labels
        await lan.press("Thay bản cũ")
        here.clock.move(timedelta(days=2))
        await lan.say("xong")
        await lan.say("25/11/2028")
        review = await lan.press("Xem lại và nộp")
        assert "xem tiếp ngay" in review
        receipt = await lan.press("Gửi lại cho cán bộ")
        now = datetime_("vi", clock.now())
        assert f"Nộp lúc: {now}" in receipt  # not the first hour
        row = await dossier(here)
        assert row["state"] == "fixed" and row["officer_id"] == 1
        assert str(row["due_on"]) == "2026-12-18"  # two working days were the household's
        states = await here.rows("SELECT state FROM evidence_item WHERE evidence = 'giay_attp'")
        assert states[0]["state"] == "fixed"
        assert str(row["code"]) in await minh.letters()
        assert await hai.letters() == ""


async def test_what_came_back_must_be_mended_first(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await officer(here)
        lan = await household(here)
        await gives(here, lan, "cau_chuyen", 90)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await asked_to_mend(here, "cau_chuyen", "Thiếu phần ai làm ra")
        await pressed(here, lan, "submit:send=1")
        assert "Thiếu phần ai làm ra" in lan.seen()
        assert (await dossier(here))["state"] == "supplement"


async def test_a_paper_accepted_stays_as_it_is(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await officer(here)
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await asked_to_mend(here, "giay_attp", "blurred")
        before = await here.rows("SELECT id FROM page WHERE removed_at IS NULL")
        card = await opened(here, lan, "san_pham_mau")
        assert "✓ Cán bộ đã nhận" in card
        await lan.send(photo(here, 91))
        assert await here.rows("SELECT id FROM page WHERE removed_at IS NULL") == before


async def test_a_return_is_not_seen_before_the_household_is_told(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await officer(here)
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await asked_to_mend(here, "giay_attp", "blurred")
        await here.db.run(lambda unit: setattr(unit.get_one(Dossier, 1), "state", "reviewing"))
        board = await lan.say("/dossier")
        assert "mờ" not in board and "! " not in board


async def test_taking_the_dossier_back_asks_first(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        lan = await household(here)
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await minh.letters()
        await lan.press("Đến đâu rồi")
        assert "chắc chưa" in await lan.press("Rút hồ sơ")
        assert (await dossier(here))["state"] == "submitted"
        await lan.press("Chắc, rút hồ sơ")
        assert (await dossier(here))["state"] == "withdrawn"
        assert "đã rút hồ sơ" in await minh.letters()
