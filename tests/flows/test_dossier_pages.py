"""Photos sent for a paper: collected, checked, replaced, removed; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from models.messages import Attachment, PhotoProblem
from tests import databases
from tests.flows.household import gives, household, opened, photo, pressed
from tests.flows.talk import Talker, Town, town

PAGES = "SELECT name, insisted FROM page WHERE removed_at IS NULL ORDER BY position, id"


async def names(here: Town) -> list[object]:
    return [row["name"] for row in await here.rows(PAGES)]


async def acknowledgements(here: Town, talker: Talker) -> list[str]:
    """Texts of the answers to photos, as they stand in the outbox."""
    await talker.letters()
    rows = await here.rows("SELECT body FROM outbound WHERE key LIKE 'pages:%' ORDER BY id")
    return [databases.text_of(row["body"]) for row in rows]


async def test_an_album_sent_one_by_one_is_answered_once(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        for number in (1, 2, 3, 4):
            await lan.send(photo(here, number))
        said = await acknowledgements(here, lan)
        assert len(said) == 1 and "Đã nhận 4 trang" in said[0]
        assert await names(here) == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg", "anh-4.jpg"]


async def test_pages_are_one_pdf_in_order(tmp_path: Path) -> None:
    from pypdf import PdfReader

    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1), photo(here, 2), photo(here, 3))
        here.clock.move(timedelta(seconds=30))
        await lan.press("Xem trước")
        await here.jobs.drain()
        assert "3 trang" in await lan.letters()
        (file,) = lan.heard[-1].files
        assert file.mime == "application/pdf"
        assert len(PdfReader(BytesIO(here.files.get(file.key))).pages) == 3


async def test_the_same_photo_twice_is_noticed(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1))
        await lan.send(photo(here, 1, name="copy.jpg"))
        assert "đã gửi rồi" in (await acknowledgements(here, lan))[-1]
        assert await names(here) == ["anh-1.jpg"]


async def test_a_photo_of_another_paper_is_asked_about(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await gives(here, lan, "dang_ky_kinh_doanh", 1)
        await opened(here, lan, "giay_attp")
        await lan.send(photo(here, 1))
        assert "đã có ở một giấy khác" in (await acknowledgements(here, lan))[-1]
        assert len(await names(here)) == 1
        await lan.press("Vẫn dùng ảnh này")
        assert len(await names(here)) == 2


async def test_a_blurred_photo_waits_for_a_better_one_or_a_word(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1, PhotoProblem.BLURRED))
        said = (await acknowledgements(here, lan))[-1]
        assert "bị mờ" in said and "chụp gần hơn" in said
        assert await names(here) == []
        await lan.press("Vẫn dùng ảnh này")
        assert [(r["name"], r["insisted"]) for r in await here.rows(PAGES)] == [("anh-1.jpg", 1)]


async def test_a_better_photo_takes_the_place_of_the_blurred_one(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1, PhotoProblem.BLURRED))
        here.clock.move(timedelta(minutes=1))
        await lan.send(photo(here, 2))
        here.clock.move(timedelta(minutes=1))
        assert "Đã lưu 1 trang" in await lan.say("xong")
        assert await names(here) == ["anh-2.jpg"]


async def test_a_blurred_photo_in_an_album_is_not_lost(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1, PhotoProblem.DARK))
        await lan.send(photo(here, 2))
        here.clock.move(timedelta(minutes=1))
        said = await lan.say("xong")
        assert "Còn ảnh đang chờ" in said and "tối quá" in said
        await lan.press("Vẫn dùng ảnh này")
        assert sorted(map(str, await names(here))) == ["anh-1.jpg", "anh-2.jpg"]


async def test_a_photo_held_back_survives_a_walk_elsewhere(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1, PhotoProblem.GLARE))
        await lan.say("menu")
        await gives(here, lan, "san_pham_mau", 9)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.press("Vẫn dùng ảnh này")
        assert "anh-1.jpg" in await names(here)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("too_big", "lớn hơn 20 MB"),
        ("bad_type", "không phải ảnh"),
        ("corrupt", "bị lỗi"),
        ("gone", "không tải được"),
        ("unsafe", "mật khẩu"),
    ],
)
async def test_a_file_that_cannot_be_taken_gets_its_own_sentence(
    tmp_path: Path, why: str, words: str
) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(Attachment("document", "giay.exe", refused=why), photo(here, 1))
        said = (await acknowledgements(here, lan))[-1]
        assert words in said and "giay.exe" in said and "Đã nhận 1 trang" in said


async def test_again_from_the_start_keeps_the_old_pages_until_new_ones_come(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await gives(here, lan, "dang_ky_kinh_doanh", 1)
        await opened(here, lan, "dang_ky_kinh_doanh")
        assert "Bản cũ vẫn giữ" in await lan.press("Gửi lại từ đầu")
        assert await names(here) == ["anh-1.jpg"]
        await lan.send(photo(here, 2))
        await lan.send(photo(here, 3))
        assert "thay bản cũ" in (await acknowledgements(here, lan))[-1]
        assert await names(here) == ["anh-2.jpg", "anh-3.jpg"]


async def test_one_page_can_be_removed(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1), photo(here, 2))
        here.clock.move(timedelta(minutes=1))
        await lan.press("Xoá trang")
        await lan.press("Xoá trang 1")
        assert await names(here) == ["anh-2.jpg"]
        await lan.press("Xoá trang 1")
        assert await names(here) == []
        assert "○ Chưa có" in await opened(here, lan, "dang_ky_kinh_doanh")


async def test_photos_with_no_paper_open_are_kept_and_asked_about(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("menu")
        await lan.send(photo(here, 1))
        await lan.send(photo(here, 2))
        await lan.letters()
        await lan.say("giấy đăng ký kinh doanh")
        assert await names(here) == ["anh-1.jpg", "anh-2.jpg"]


async def test_files_that_wait_for_their_paper_hide_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("menu")
        await lan.send(photo(here, 1))
        board = await lan.press("Để sau")
        assert "Bước tiếp" in board and await names(here) == []
        assert "Mình đã giữ 1 tệp" in await lan.press("Xếp 1 tệp đã gửi")
        await lan.say("giấy đăng ký kinh doanh")
        assert await names(here) == ["anh-1.jpg"]


async def test_xong_without_pages_asks_for_them(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        assert "Chưa có trang nào" in await lan.say("xong")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("25-11-2028", "25/11/2028"),
        ("ngày 5 tháng 1 năm 2028", "05/01/2028"),
        ("1/2/2025", "đã hết hạn"),
        ("20/4/2027", "trước khi đợt này có kết quả"),
    ],
)
async def test_a_paper_that_ends_is_asked_until_when(tmp_path: Path, typed: str, told: str) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        assert "có hạn đến ngày nào" in await gives(here, lan, "giay_attp", 1)
        assert told in await lan.say(typed)
        assert (await here.rows("SELECT expires_on FROM evidence_item"))[0]["expires_on"]


async def test_a_date_that_is_none_is_asked_again(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await gives(here, lan, "giay_attp", 1)
        assert "có hạn đến ngày nào" in await lan.say("mình không nhớ")
        assert "nhắm 3 sao" in await lan.press("Không ghi hạn")


async def test_the_upload_link_takes_files_once(tmp_path: Path) -> None:
    from bot.bell import Bell
    from bot.reception import FrontDesk
    from models.messages import Channel, Outcome

    async with town(tmp_path) as here:
        lan = await household(here, channel=Channel.TELEGRAM)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.press("Gửi qua trang web")
        await lan.letters()
        (link,) = [b.url for said in lan.heard for b in said.buttons if b.url]
        token = link.rpartition("/")[2]
        desk = FrontDesk(here.db, here.turns, Bell(), here.files)
        assert await desk.upload_slot(token) == "Giấy đăng ký kinh doanh"
        file = photo(here, 7)
        assert await desk.fill_slot(token, [file]) is Outcome.WRITTEN
        assert await desk.fill_slot(token, [file]) is not Outcome.WRITTEN
        assert await names(here) == ["anh-7.jpg"]
        here.clock.move(timedelta(minutes=31))
        assert await desk.upload_slot(token) is None


async def test_an_old_button_of_a_removed_page_heals(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await gives(here, lan, "dang_ky_kinh_doanh", 1)
        said = await pressed(here, lan, "item:del=1.999")
        assert "đã cũ" in said
        assert await names(here) == ["anh-1.jpg"]


def test_every_problem_and_refusal_has_words() -> None:
    from conversations.pages import PROBLEMS, REFUSED

    assert set(PROBLEMS) == set(PhotoProblem)
    assert {"too_big", "bad_type", "corrupt", "gone", "unsafe"} <= set(REFUSED)
    assert replace(Attachment("photo"), refused="gone").refused in REFUSED
