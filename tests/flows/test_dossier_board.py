"""The board: what is on it, what comes next, the star aimed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.household import gives, household, opened, photo, pressed, ready
from tests.flows.talk import town


async def test_the_board_says_what_is_needed_and_what_comes_next(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        assert "còn thiếu 13 mục" in await lan.say("menu")
        board = await lan.say("hồ sơ của tôi")
        assert "✔ 0/13 · nhắm 3 sao" in board
        entry, stars = board.index("Cần có mới nộp được"), board.index("Cần để đạt 3 sao")
        assert entry < board.index("○ Giấy đăng ký kinh doanh") < stars
        assert "Bước tiếp: *Phiếu đăng ký (Mẫu 01)*" in board
        assert await here.rows("SELECT id FROM outbound WHERE key = 'board:1'")


async def test_a_paper_sent_moves_the_board(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        board = await gives(here, lan, "dang_ky_kinh_doanh", 1)
        assert "Đã lưu 1 trang" in board
        assert "✔ 1/13" in board and "… Giấy đăng ký kinh doanh – 1 trang" in board


async def test_points_are_folded_until_asked_for(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        assert "Chỉ thêm điểm" not in await lan.say("hồ sơ của tôi")
        more = await lan.press("Thêm điểm")
        assert "Chỉ thêm điểm" in more and "Trang 2/2" in more
        assert "Chỉ thêm điểm" not in await lan.press("Ẩn phần thêm điểm")


async def test_another_star_is_another_checklist(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await gives(here, lan, "dang_ky_kinh_doanh", 1)
        await lan.press("Đổi sao")
        board = await lan.press("4 sao")
        assert "✔ 1/20 · nhắm 4 sao" in board and "Cần để đạt 4 sao" in board
        await lan.say("quay lại")
        assert "✔ 1/20" in await lan.say("/dossier")


async def test_a_paper_opens_by_name_without_diacritics(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("hồ sơ của tôi")
        card = await lan.say("giay dang ky kinh doanh")
        assert "Nơi cấp:" in card and "Ảnh tốt:" in card and "Vì sao cần:" in card
        assert "nhắm 3 sao" in await lan.say("quay lại")


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("giấy attp", "Giấy chứng nhận an toàn thực phẩm"),
        ("gửi giấy vsattp", "Giấy chứng nhận an toàn thực phẩm"),
        ("đkkd", "Giấy đăng ký kinh doanh"),
        ("gpkd", "Giấy đăng ký kinh doanh"),
        ("pkn", "Phiếu kiểm nghiệm"),
    ],
)
async def test_a_paper_opens_by_what_people_call_it(tmp_path: Path, typed: str, paper: str) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("hồ sơ của tôi")
        card = await lan.say(typed)
        assert paper in card and "Ảnh tốt:" in card and "Nguồn:" not in card


async def test_done_on_the_board_looks_over_what_is_there(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("hồ sơ của tôi")
        assert "Chưa nộp được vì" in await lan.say("xong")
        await ready(here, lan)
        await lan.say("/dossier")
        await lan.say("Xong rồi")
        assert "Gửi hồ sơ" in lan.labels


async def test_the_question_of_the_last_day_leads_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "giay_attp")
        await lan.send(photo(here, 1))
        await lan.press("Xong")
        assert "có hạn đến ngày nào" in lan.seen() and "Quay lại" in lan.labels
        assert "Ảnh tốt:" in await lan.press("Quay lại")
        await lan.press("Ghi hạn")
        assert "Đã ghi hạn" in await lan.say("25/11/2028")


async def test_have_it_on_paper_and_does_not_apply(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        board = await lan.press("Có giấy rồi, chưa chụp")
        assert "◐ Giấy đăng ký kinh doanh – có giấy, chưa chụp" in board and "✔ 0/13" in board
        await opened(here, lan, "giay_attp")
        assert "Vì sao" in await lan.press("Không áp dụng")
        board = await lan.say("Cơ sở nhỏ, không thuộc diện cấp giấy")
        assert "– Giấy chứng nhận an toàn thực phẩm – không áp dụng" in board and "✔ 1/13" in board
        assert "không thuộc diện" in await opened(here, lan, "giay_attp")
        await lan.press("Bỏ đánh dấu")
        assert "○ Giấy chứng nhận an toàn thực phẩm" in lan.seen()


async def test_personal_papers_are_never_taken_in_chat(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        card = await opened(here, lan, "bao_cao_tu_danh_gia")
        assert "không nhận qua tin nhắn" in card
        await lan.send(photo(here, 5))
        assert await here.rows("SELECT id FROM page") == []
        assert "nộp bản giấy" in await lan.press("Có giấy rồi")


async def test_nobody_opens_somebody_elses_dossier(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await household(here, "lan")
        hoa = here.person("hoa")
        await hoa.say("/start")
        for action in ("dossier:open=1.giay_attp", "item:done=1.giay_attp", "submit:send=1",
                       "dossier:star=1.5", "status:gone=1", "dossier:forms=1"):  # fmt: skip
            said = await pressed(here, hoa, action)
            assert "Mật ong" not in said and "Cường" not in said
        assert (await here.rows("SELECT stars_aimed, state FROM dossier"))[0] == {
            "stars_aimed": 3, "state": "draft"}  # fmt: skip
