"""The officers' dashboard in a browser: a one-use link, a session that ends, readable at 360 px."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.content import load
from tests.faults.process import ROOT, Process
from tests.flows.stats import HERE, SHELF, THERE
from tests.flows.test_register import sheet

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")

from tests.browser.running import appointed, invitations
from tests.browser.test_main_path import Phone
from tests.web.browser import CHROMIUM, DRIVER

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]
#: What is wider than the page, but scrolls by itself, is fine; nothing else may be.
TOO_WIDE = """
return [...document.querySelectorAll('body *')]
  .filter((e) => !e.closest('.wide') && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.tagName + '.' + e.className);
"""
LOADED = """
const all = [...document.querySelectorAll('img')];
all.forEach((i) => { i.loading = 'eager'; });
return all.every((i) => i.complete && i.naturalWidth > 0);
"""


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, DEMO="true")
    process.start()
    _import(process, tmp_path)
    yield process
    process.kill()
    print("".join(process.printed))


def _import(process: Process, folder: Path) -> None:
    """The register, as an operator brings it in."""
    path = sheet(folder, *[[*row, None, None] for row in SHELF])
    subprocess.run(
        [sys.executable, "-m", "bot", "import", "products", str(path)],
        cwd=folder,
        env={"DATABASE_URL": process.url, "PYTHONPATH": str(ROOT)},
        check=True,
    )


@pytest.fixture
def officer(tmp_path: Path, assistant: Process, request: pytest.FixtureRequest) -> Iterator[Phone]:
    kept = request.config.getoption("--pictures")
    phone = Phone("so-lieu", tmp_path, assistant, Path(kept) if kept else None)
    phone.follows(invitations(assistant)[1])
    phone.sees("cán bộ")
    yield phone
    phone.close()


def opens(officer: Phone) -> str:
    """From the chat through the link's door to the dashboard; the link."""
    officer.says("/stats")
    officer.sees("vẽ thành hình")
    officer.snap("tro-chuyen")
    officer.says("/stats")
    return enters(officer)


def enters(officer: Phone) -> str:
    officer.sees("Sản phẩm còn hạn")
    officer.presses("Xem trên web")
    officer.sees("Đường dẫn dùng một lần")
    officer.presses("Mở bảng số liệu")
    officer.sees("Dùng một lần", "main")
    link = str(officer.driver.current_url)
    officer.snap("cua")
    officer.all("#go")[0].click()
    officer.sees("Chỉ tiêu đến 2030", "main")
    return link


def looks(officer: Phone, name: str, width: int, height: int) -> None:
    officer.size(width, height, touch=width < 800)
    officer.until(lambda: officer.driver.execute_script(LOADED), "a chart never came")
    assert officer.driver.execute_script(TOO_WIDE) == []
    officer.snap(name)


def test_the_dashboard(assistant: Process, officer: Phone) -> None:
    link = opens(officer)
    assert officer.driver.current_url.endswith("/stats")
    shown = officer.text("main")
    assert "sản phẩm còn hạn" in shown and "610" in shown and "chưa có số liệu" in shown
    for table in officer.all("table"):
        assert table.find_elements("css selector", "caption, th[scope=col], th[scope=row]")
    assert all(image.get_attribute("alt") is not None for image in officer.all("img"))
    cookie = officer.driver.get_cookie("stats")
    assert cookie and cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    long = officer.driver.execute_script("return document.querySelector('main').scrollHeight")
    looks(officer, "dien-thoai", 360, min(6000, int(long) + 200))
    looks(officer, "may-tinh", 1280, 3200)
    officer.dark()
    looks(officer, "toi", 360, 1400)
    assert officer.complaints() == []
    other = officer.driver.execute_script(
        "return fetch(arguments[0], {method: 'POST'}).then((r) => r.status)", link
    )
    assert other == 410  # used up
    officer.goes("/stats")
    officer.all(".ways button")[0].click()
    officer.sees("đã hết", "main")


def test_rights_taken_back_close_the_page_at_once(assistant: Process, officer: Phone) -> None:
    opens(officer)
    sql = "UPDATE officer SET active = false WHERE role = 'province' RETURNING id"
    assert len(assistant.rows(sql)) == 1
    officer.goes("/stats")
    officer.sees("đã hết", "main")


@pytest.fixture
def invited(
    tmp_path: Path, assistant: Process, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Phone]]:
    """Opens the chat of somebody whom the operator invites."""
    made: list[Phone] = []
    kept = request.config.getoption("--pictures")

    def invite(who: str, role: str, *communes: str) -> Phone:
        made.append(Phone(who, tmp_path, assistant, Path(kept) if kept else None))
        made[-1].follows(appointed(assistant, role, "Lê Thị Hoa", *communes))
        made[-1].sees("là cán bộ" if communes else "anh/chị")
        return made[-1]

    yield invite
    for one in made:
        one.close()


def test_a_commune_sees_its_own_figures_and_a_leader_everybodys(
    assistant: Process, invited: Callable[..., Phone]
) -> None:
    here, there = (load().communes[code].name for code in (HERE, THERE))
    hoa = invited("xa", "commune", HERE)
    opens(hoa)
    shown = hoa.text("main")
    assert here in shown and there not in shown
    assert "610 (cả tỉnh)" in shown
    assert "Cu đơ" not in shown and "Nước mắm" not in shown
    looks(hoa, "dien-thoai", 360, 6000)
    looks(hoa, "may-tinh", 1280, 3200)
    leader = invited("lanh-dao", "leader")
    enters(leader)  # the first thing a leader is shown
    assert here in leader.text("main") and there in leader.text("main")
    looks(leader, "dien-thoai", 360, 6000)
    looks(leader, "may-tinh", 1280, 3200)
