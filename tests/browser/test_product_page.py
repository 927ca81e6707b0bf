"""A product's card and public page on a phone: its photo, its certificate revoked, and reported."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from models.codes import new_code
from tests.faults.process import Process
from tests.play.pictures import photo

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")

from tests.browser.running import appointed
from tests.browser.test_announcements import fits
from tests.browser.test_dashboard import LOADED
from tests.browser.test_main_path import Phone, phone, registers
from tests.web.browser import CHROMIUM, DRIVER

__all__ = ["phone"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]
#: The photos of the chat are there.
SHOWN = """
const all = [...document.querySelectorAll('.msg.bot img')];
return all.length > 0 && all.every((one) => one.complete && one.naturalWidth > 0);
"""
CODE = new_code(random.Random(5))


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    process.start()
    yield process
    process.kill()
    print("".join(process.printed))


def recognised(assistant: Process) -> None:
    """The honey was recognised: a certificate under CODE."""
    issued, ends = (clock.now().date() + timedelta(days) for days in (-30, 1000))
    assistant.rows(
        "INSERT INTO certificate (code, product_id, stars, decision_number, issued_on, valid_to)"
        f" VALUES ('{CODE}', 1, 3, '12/QĐ-UBND', '{issued}', '{ends}') RETURNING id",
    )


def gives_photo(cuong: Phone) -> None:
    cuong.says(CODE)
    cuong.sees("Còn giá trị đến hết")
    fits(cuong, "the")
    cuong.presses("Thêm ảnh sản phẩm")
    cuong.sees("gửi một ảnh chụp rõ sản phẩm")
    cuong.sends(photo("mat-ong.jpg"), "mat-ong.jpg")
    cuong.sees("Đã để ảnh lên thẻ sản phẩm")
    cuong.until(lambda: cuong.driver.execute_script(SHOWN), "the photo never came")
    fits(cuong, "the-co-anh")


def scans(one: Phone, words: str, name: str) -> None:
    """The page as a buyer finds it."""
    one.goes(f"/p/{CODE}")
    one.sees(words, "main")
    assert one.driver.execute_script(LOADED)
    fits(one, name)


def revokes(tam: Phone) -> None:
    tam.says(CODE)
    tam.sees("Mật ong Cường")
    tam.presses("Thu hồi giấy chứng nhận")
    tam.sees("Số quyết định thu hồi")
    fits(tam, "thu-hoi")
    for words, then in (
        ("77/QĐ-UBND", "Ngày ký quyết định"),
        ("hôm nay", "căn cứ nào"),
        ("Dùng nhãn hiệu OCOP sai quy định", "Lý do cụ thể"),
        ("Dán nhãn lên mật mua ở nơi khác.", "đọc được căn cứ không"),
    ):
        tam.says(words)
        tam.sees(then)
    fits(tam, "ai-doc")
    tam.presses("Có, ghi cả căn cứ")
    tam.sees("Anh/chị xem lại")
    fits(tam, "xem-lai")
    tam.presses("Ghi thu hồi")
    tam.sees("Đã ghi thu hồi")
    fits(tam, "da-thu-hoi")


def test_a_photo_a_revocation_and_a_report(
    assistant: Process, phone: Callable[[str], Phone]
) -> None:
    cuong, mai = phone("ho"), phone("nguoi-mua")
    registers(cuong)
    recognised(assistant)
    scans(mai, "Giấy chứng nhận còn giá trị", "trang")
    assert not mai.all("img.photo")
    gives_photo(cuong)
    scans(mai, "Giấy chứng nhận còn giá trị", "trang-co-anh")
    (shown,) = mai.all("img.photo")
    assert shown.is_displayed() and 0 < shown.size["width"] <= 360
    mai.dark()
    scans(mai, "Giấy chứng nhận còn giá trị", "trang-toi")
    tam = phone("tinh")
    tam.follows(appointed(assistant, "province", "Tâm"))
    tam.sees("cán bộ")
    revokes(tam)
    cuong.sees("đã bị thu hồi")
    fits(cuong, "bi-thu-hoi")
    mai.dark(False)
    scans(mai, "Căn cứ: Dùng nhãn hiệu OCOP sai quy định", "trang-thu-hoi")
    assert "mua ở nơi khác" not in mai.text("main")
    next(one for one in mai.all(".ask a") if "Phản ánh" in one.text).click()
    mai.sees("Bà con phản ánh chuyện gì")
    fits(mai, "phan-anh")
    for one in (cuong, mai, tam):
        assert one.complaints() == []
