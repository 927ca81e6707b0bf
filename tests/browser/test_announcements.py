"""An announcement on phones: written, looked over, tried, agreed to, sent, reported, answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import clock
from models.database import Unit, open_database
from models.messages import Channel
from tests.faults.process import Process
from tests.play.crowd import crowd

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")

from tests.browser.running import appointed
from tests.browser.test_dashboard import TOO_WIDE
from tests.browser.test_main_path import Phone, phone, registers
from tests.web.browser import CHROMIUM, DRIVER

__all__ = ["phone"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]
OTHERS = 120  # households besides the one whose phone is watched


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, "tests.browser.morning")
    _neighbours(process)
    process.start()
    yield process
    process.kill()
    print("".join(process.printed))


def _neighbours(process: Process) -> None:
    """Households that wanted to hear long ago."""

    def move_in(unit: Unit) -> None:
        crowd(unit, OTHERS, clock.now(), Channel.WEB)

    database = open_database(process.url, clock.now)
    database.store.migrate()
    database.run_now(move_in)
    database.close()


def fits(one: Phone, name: str) -> None:
    """Nothing is wider than the phone."""
    assert one.driver.execute_script(TOO_WIDE) == [], name
    one.snap(name)


def writes(thu: Phone) -> None:
    thu.says("/announce")
    thu.sees("Chưa có thông báo nào")
    fits(thu, "danh-sach-trong")
    thu.presses("Soạn thông báo mới")
    thu.sees("về việc gì")
    fits(thu, "chu-de")
    thu.presses("Tập huấn")
    for words, then in (
        ("Mời bà con dự lớp tập huấn bao bì, nhãn mác. Mang theo nhãn đang dùng.", "gửi kèm"),
        ("bỏ qua", "xã, phường nào"),
        ("bỏ qua", "cơ sở nào"),
        ("Mọi cơ sở", "mời bà con đến dự"),
    ):
        thu.says(words)
        thu.sees(then)
    fits(thu, "moi-du")
    thu.presses("Có, cho đăng ký")
    for words, then in (
        ("Tập huấn bao bì, nhãn mác cho cơ sở mới", "Ở đâu?"),
        ("Nhà văn hoá trung tâm", "Ngày nào?"),
        ("1/12/2030", "Mấy giờ"),
        ("8h00", "bao nhiêu chỗ"),
        ("40", "Gửi lúc nào"),
    ):
        thu.says(words)
        thu.sees(then)
    thu.presses("Gửi ngay")
    thu.sees("xem lại trước khi xem thử")
    fits(thu, "xem-lai")
    thu.presses("Xem thử")


def tries(thu: Phone) -> None:
    """Preview, count, a copy to oneself, then a second officer is asked."""
    thu.sees(f"{OTHERS + 1} người nhận được")
    thu.sees("cần một cán bộ tỉnh thứ hai")
    fits(thu, "xem-thu")
    thu.presses("Gửi thử cho tôi")
    thu.sees("Bản gửi thử cho riêng anh/chị")
    fits(thu, "gui-thu")
    thu.says("/announce")
    thu.presses("bản nháp")
    thu.presses("Xin duyệt")
    thu.sees(f"Xin gửi cho {OTHERS + 1} người?")
    fits(thu, "xin-duyet")
    thu.presses("Xin duyệt")
    thu.sees("chờ người thứ hai duyệt")
    thu.sees("Gửi ngay khi cán bộ thứ hai đồng ý")
    fits(thu, "cho-duyet")


def agrees(ha: Phone) -> None:
    ha.sees("xin gửi thông báo")
    fits(ha, "duyet")
    ha.presses("Xem trước")
    ha.sees("Bà con đọc thấy")
    fits(ha, "duyet-xem-truoc")
    ha.presses("Đồng ý gửi")
    ha.sees("Đã đồng ý")
    fits(ha, "da-dong-y")


def comes(cuong: Phone) -> None:
    cuong.sees("Mời bà con dự lớp tập huấn bao bì")
    fits(cuong, "nhan-tin")
    cuong.presses("Đăng ký đi")
    cuong.sees("đã đăng ký đi")
    fits(cuong, "dang-ky")


def reports(thu: Phone) -> None:
    thu.sees("Đã gửi xong thông báo", seconds=40)
    fits(thu, "bao-cao")
    thu.presses("Tải bảng Excel")
    thu.sees(".xlsx")
    fits(thu, "bang-excel")
    thu.presses("Xem thông báo")
    thu.sees("đã gửi")
    thu.presses("Danh sách dự")
    thu.sees("1 người đăng ký")
    fits(thu, "danh-sach-du")
    thu.sees("mới đến: hôm đó anh/chị ghi ai có mặt")  # nobody is there years ahead


def test_written_agreed_sent_and_answered(
    assistant: Process, phone: Callable[[str], Phone]
) -> None:
    thu, ha, cuong = phone("tinh"), phone("tinh-hai"), phone("ho")
    for one, name in ((thu, "Thu"), (ha, "Hà")):
        one.follows(appointed(assistant, "province", name))
        one.sees("cán bộ")
    registers(cuong)
    cuong.says("/notices")
    cuong.sees("muốn nhận tin không")
    fits(cuong, "hoi-nhan-tin")
    cuong.presses("Có, báo cho tôi")
    cuong.sees("Bấm vào một dòng để bật hay tắt")
    fits(cuong, "tin-muon-nhan")
    writes(thu)
    tries(thu)
    agrees(ha)
    comes(cuong)
    reports(thu)
    for one in (thu, ha, cuong):
        assert one.complaints() == []
