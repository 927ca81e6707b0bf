"""The main path, consent to certificate, on both sides of the table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.running import invitations
from tests.faults.process import Process
from tests.play.pictures import document, photo

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")
from selenium.common.exceptions import WebDriverException

from tests.web.browser import CHROMIUM, DRIVER, Page

NEWEST = ""
#: What the newest message says.
SAID = "return [...document.querySelectorAll('.msg.bot .bubble')].at(-1)?.innerText ?? ''"
#: The button of this label on the newest message that has buttons, in view.
CHOICE = """
const last = [...document.querySelectorAll('.choice')].at(-1)?.closest('.msg');
const found = [...(last?.querySelectorAll('.choice') ?? [])].find(
  (one) => one.innerText.includes(arguments[0]));
found?.scrollIntoView({block: 'center'});
return found ?? null;
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, DEMO="true")
    process.start()
    yield process
    process.kill()
    print("".join(process.printed))  # pytest shows it when the test failed


class Phone(Page):
    """A person's phone; keeps numbered pictures of what it showed when asked to."""

    def __init__(self, who: str, folder: Path, assistant: Process, pictures: Path | None) -> None:
        super().__init__(folder / f"profile-{who}")
        self.who, self.folder, self.assistant = who, folder, assistant
        self.pictures, self.taken = pictures, 0
        self.size(360, 740)

    def goes(self, path: str = "/") -> None:
        self.driver.get(f"http://127.0.0.1:{self.assistant.port}{path}")

    def sees(self, words: str, selector: str = NEWEST, seconds: float = 15) -> None:
        """The newest message says so: an older one does not count."""

        if selector != NEWEST:
            super().sees(words, selector, seconds)
        else:
            self.until(lambda: words in self.newest(), f"never said {words!r}", seconds)

    def newest(self) -> str:
        return str(self.driver.execute_script(SAID))

    def presses(self, label: str) -> None:
        """A button of the newest message that has any."""

        def pressed() -> bool:
            try:
                node = self.driver.execute_script(CHOICE, label)
                if node is not None:
                    node.click()
                return node is not None
            except WebDriverException:  # drawn anew or still moving: look again
                return False

        self.until(pressed, f"the newest message has no button {label!r}")

    def follows(self, link: str) -> None:
        self.driver.get(link)

    def sends(self, data: bytes, name: str) -> None:
        path = self.folder / name
        path.write_bytes(data)
        self.chooses(path)

    def snap(self, name: str) -> None:
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        time.sleep(0.7)  # a picture of the page at rest; nothing is decided by it
        self.driver.save_screenshot(str(self.pictures / f"{self.who}-{self.taken:02}-{name}.png"))


@pytest.fixture
def phone(
    tmp_path: Path, assistant: Process, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Phone]]:
    made: list[Phone] = []
    kept = request.config.getoption("--pictures")

    def make(who: str) -> Phone:
        made.append(Phone(who, tmp_path, assistant, Path(kept) if kept else None))
        return made[-1]

    yield make
    for one in made:
        one.close()


def registers(cuong: Phone) -> None:
    cuong.goes()
    cuong.sees("trợ lý OCOP")
    cuong.snap("chao")
    cuong.presses("Đăng ký chủ thể")
    cuong.sees("Trước khi bắt đầu")
    cuong.snap("dong-y")
    cuong.presses("Tôi đồng ý")
    cuong.sees("Bà con đăng ký cho ai?")
    for words, then in (
        ("cho toi", "thuộc loại nào"),
        ("ho kinh doanh", "Đã có giấy đăng ký"),
        ("co roi", "Tên cơ sở"),
        ("Hộ Nguyễn Văn Cường", "người đại diện"),
        ("Nguyễn Văn Cường", "Chức vụ"),
        ("chủ hộ", "Số điện thoại"),
        ("0912 345 678", "xã, phường nào"),
        ("xa huong khe", "Thôn, xóm"),
        ("thôn 3", "Số giấy đăng ký"),
        ("28A8001234", "Cấp ngày nào"),
        ("12/3/2023", "email"),
        ("bo qua", "Bà con xem lại"),
    ):
        cuong.says(words)
        cuong.sees(then)
    cuong.snap("xem-lai")
    cuong.presses("Đúng rồi, lưu lại")
    cuong.sees("Sản phẩm tên là gì")
    for words, then in (
        ("Mật ong Cường", "thuộc bộ nào"),
        ("1", "Nguyên liệu lấy từ đâu"),
        ("nhà nuôi", "Lần này là gì"),
        ("lần đầu", "nhắm mấy sao"),
        ("3 sao", "Bà con xem lại"),
    ):
        cuong.says(words)
        cuong.sees(then)
    cuong.presses("Đúng rồi, mở hồ sơ")
    cuong.sees("Cần có mới nộp được")
    cuong.snap("ho-so")


def gives(cuong: Phone, paper: str, data: bytes, name: str) -> None:
    cuong.presses(paper)
    cuong.sees("Bà con chụp rồi gửi")
    cuong.sends(data, name)
    cuong.sees("Đã nhận 1 trang")
    cuong.presses("Xong")


def gathers(cuong: Phone) -> None:
    cuong.presses("Điền mẫu 01, 02")
    cuong.sees("mau_01")
    cuong.snap("mau")
    cuong.presses("Mở hồ sơ")
    gives(cuong, "○ Phiếu đăng ký", photo("phieu.jpg"), "phieu.jpg")
    cuong.sees("Đã lưu 1 trang: Phiếu đăng ký")
    cuong.presses("○ Báo cáo tự đánh giá")
    cuong.presses("Có giấy rồi")
    cuong.sees("nộp bản giấy")
    gives(cuong, "○ 5 sản phẩm mẫu", photo("mau.jpg"), "mau.jpg")
    cuong.sees("Đã lưu 1 trang: 5 sản phẩm mẫu")
    cuong.presses("○ Giấy đăng ký kinh doanh")
    cuong.sees("Bà con chụp rồi gửi")
    cuong.sends(photo("dkkd.jpg", blurred=True), "dkkd.jpg")
    cuong.sees("bị mờ")
    cuong.snap("anh-mo")
    cuong.presses("Bỏ ảnh này")
    cuong.sends(photo("dkkd-2.jpg"), "dkkd-2.jpg")
    cuong.sees("Đã nhận 1 trang")
    cuong.presses("Xong")
    cuong.sees("Đã lưu 1 trang: Giấy đăng ký kinh doanh")
    gives(cuong, "○ Giấy chứng nhận an toàn", document("attp.pdf"), "attp.pdf")
    cuong.sees("có hạn đến ngày nào")
    cuong.says("1/3/2029")
    cuong.sees("01/03/2029")
    gives(cuong, "○ Giấy tờ nguồn gốc", photo("nguon-goc.jpg"), "nguon-goc.jpg")
    cuong.sees("Nộp được rồi")
    cuong.snap("du-giay")


def submits(cuong: Phone) -> str:
    """The dossier's code, from the receipt."""
    cuong.presses("Xem lại và nộp")
    cuong.sees("Xem lại trước khi nộp")
    cuong.snap("truoc-khi-nop")
    cuong.presses("Gửi hồ sơ")
    cuong.sees("Đã nộp hồ sơ")
    cuong.snap("bien-nhan")
    found = re.search(r"Mã hồ sơ: (\S+)", cuong.newest())
    assert found
    return found[1]


def sends_back(minh: Phone) -> None:
    minh.sees("Hồ sơ mới")
    minh.snap("bao-co-ho-so")
    minh.presses("Nhận xử lý")
    minh.sees("Đã xem 0/6 mục")
    minh.sees("đã nhận hồ sơ này", ".msg.bot")  # the alert itself says who has it
    minh.snap("ho-so")
    minh.presses("Xem mục tiếp theo")
    minh.sees("Phiếu đăng ký (Mẫu 01)")
    minh.presses("Xem 1 trang")
    minh.sees("phieu_dang_ky.pdf")
    minh.snap("xem-trang")
    minh.presses("Đạt")
    for paper in ("Báo cáo tự đánh giá", "5 sản phẩm mẫu"):
        minh.sees(paper)
        minh.presses("✓ Đạt")
    minh.sees("Giấy đăng ký kinh doanh")
    minh.presses("Trả lại")
    minh.sees("Vì sao trả lại")
    minh.snap("ly-do")
    minh.presses("Thiếu trang")
    for paper in ("Giấy chứng nhận an toàn thực phẩm", "Giấy tờ nguồn gốc"):
        minh.sees(paper)
        minh.presses("✓ Đạt")
    minh.sees("Đã xem 6/6 mục")
    minh.presses("Gửi yêu cầu bổ sung")
    minh.sees("phút")
    minh.snap("yeu-cau-bo-sung")


def ten_minutes_pass(assistant: Process) -> None:
    """The power fails meanwhile: what waited is told after the start."""
    assistant.kill()
    sql = "UPDATE job SET due_at = created_at WHERE kind = 'supplement' RETURNING id"
    assert len(assistant.rows(sql)) == 1
    assistant.start()


def mends(cuong: Phone) -> None:
    cuong.sees("nhờ bà con bổ sung")
    cuong.snap("can-bo-sung")
    cuong.presses("Sửa ngay")
    cuong.sees("chờ bà con bổ sung")
    cuong.presses("! Giấy đăng ký kinh doanh")
    cuong.sees("Bà con chụp rồi gửi")
    cuong.sends(photo("dkkd-du.jpg"), "dkkd-du.jpg")
    cuong.sees("thay bản cũ")
    cuong.presses("Thay bản cũ")
    cuong.sees("Đã nhận 1 trang")
    cuong.presses("Xong")
    cuong.sees("Nộp được rồi")
    cuong.presses("Xem lại và nộp")
    cuong.sees("Gửi lại là cán bộ")
    cuong.presses("Gửi lại cho cán bộ")
    cuong.sees("Mã hồ sơ")


def passes_on(minh: Phone) -> None:
    minh.sees("Sửa xong, chờ xem lại")
    minh.presses("Xem hồ sơ")
    minh.sees("Đã xem 5/6 mục")
    minh.presses("Xem mục tiếp theo")
    minh.sees("đã sửa, chờ xem lại")
    minh.presses("✓ Đạt")
    minh.sees("Đã xem 6/6 mục")
    minh.presses("Đánh giá 4 nội dung")
    for left in ("Còn 3 nội dung", "Còn 2 nội dung", "Còn 1 nội dung", "Bốn nội dung"):
        minh.presses("Đạt")
        minh.sees(left)
    minh.presses("Chuyển lên tỉnh")
    minh.sees("mau_03")
    minh.snap("mau-03")


def records(thu: Phone, code: str) -> None:
    thu.sees("hồ sơ chờ xử lý")
    thu.presses(code)
    thu.sees("đã chuyển lên tỉnh")
    thu.presses("Nhận xử lý")
    thu.sees("tỉnh đã nhận")
    thu.presses("Đưa vào đợt đánh giá")
    thu.sees("vào đợt nào")
    thu.says("1")
    thu.sees("Đã đưa vào danh sách")
    thu.presses("Ghi kết quả Hội đồng")
    for words, then in (
        ("72,5", "xếp mấy sao"),
        ("3 sao", "Số quyết định"),
        ("1234/QĐ-UBND", "Ngày ký"),
        ("hôm nay", "xem lại kết quả"),
    ):
        thu.says(words)
        thu.sees(then)
    thu.presses("Ghi kết quả")
    thu.sees("Đã ghi kết quả")
    thu.snap("da-ghi")


def test_from_consent_to_certificate(assistant: Process, phone: Callable[[str], Phone]) -> None:
    commune, province = invitations(assistant)
    minh, cuong = phone("xa"), phone("ho")
    minh.follows(commune)
    minh.sees("cán bộ")
    registers(cuong)
    gathers(cuong)
    code = submits(cuong)
    sends_back(minh)
    ten_minutes_pass(assistant)
    mends(cuong)
    passes_on(minh)
    thu = phone("tinh")
    thu.follows(province)
    thu.says("/queue")
    records(thu, code)
    cuong.sees("Chúc mừng bà con")
    cuong.snap("giay-chung-nhan")
    assert cuong.complaints() == []
