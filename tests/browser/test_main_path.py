"""The main path, consent to certificate, on both sides of the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.running import Process
from tests.play.pictures import document, photo

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")
from selenium.common.exceptions import WebDriverException

from tests.web.browser import CHROMIUM, DRIVER, Page

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
    process = Process(tmp_path)
    yield process
    process.kill()


class Phone(Page):
    """A person's phone; keeps numbered pictures of what it showed when asked to."""

    def __init__(self, who: str, folder: Path, assistant: Process, pictures: Path | None) -> None:
        super().__init__(folder / f"profile-{who}")
        self.who, self.folder, self.assistant = who, folder, assistant
        self.pictures, self.taken = pictures, 0
        self.size(360, 740)

    def goes(self, path: str = "/") -> None:
        self.driver.get(f"http://127.0.0.1:{self.assistant.port}{path}")

    def sees(self, words: str, selector: str = ".msg.bot:last-of-type") -> None:
        """The newest message says so: an older one does not count."""

        self.until(lambda: words in self.driver.execute_script(SAID), f"never said {words!r}")

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

    def sends(self, data: bytes, name: str) -> None:
        path = self.folder / name
        path.write_bytes(data)
        self.chooses(path)

    def snap(self, name: str) -> None:
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        self.driver.save_screenshot(str(self.pictures / f"{self.who}-{self.taken:02}-{name}.png"))


@pytest.fixture
def phone(tmp_path: Path, assistant: Process, request: pytest.FixtureRequest):
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
