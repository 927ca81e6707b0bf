"""The page in a real browser: what a household and an officer see and do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.messages import Button, Say
from tests.web.office import Office

pytest.importorskip("selenium", reason="selenium (a development package) is not installed")
from tests.web.browser import CHROMIUM, DRIVER, Page, Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(Office())
    yield server
    server.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = Page(tmp_path_factory.mktemp("profile"))
    yield page
    page.close()


@pytest.fixture
def page(browser: Page, server: Server) -> Page:
    browser.visit(server)
    return browser


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1200, 900), "#d9c9a0")
    ImageDraw.Draw(picture).ellipse((400, 250, 800, 650), fill="#b06a2a")
    picture.save(tmp_path / "mật ong.jpg")
    return tmp_path / "mật ong.jpg"


def only_chat(server: Server) -> str:
    (chat,) = server.office.chats
    return chat


def texts(server: Server) -> list[str | None]:
    return [one.text for one in server.office.heard]


def test_a_talk_with_buttons_photos_and_an_edit_in_place(
    page: Page, server: Server, photo: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "giấy phép.pdf"
    paper.write_bytes(b"%PDF-1.7")
    page.open().sees("Chào bà con!")
    page.says("Xin chào")
    page.sees("Mình nghe: Xin chào")
    page.presses("Xem hồ sơ")
    page.sees("○ Giấy kiểm nghiệm")
    page.chooses(photo, paper)
    page.sees("Đã nhận 2 trang.")
    page.sees("… Giấy kiểm nghiệm")
    assert page.text("main").count("Hồ sơ Mật ong Cường") == 1  # the board changed in place
    assert [file.name for file in server.office.heard[-1].files] == [photo.name, paper.name]
    page.open()  # everything is there again, from the server
    page.sees("… Giấy kiểm nghiệm")
    assert page.text("main").count("Hồ sơ Mật ong Cường") == 1
    assert page.chosen() == ["Xem hồ sơ"]
    page.until(lambda: page.all(".picture img"), "no picture")
    shown = "return document.querySelector('.picture img').naturalWidth"
    page.until(lambda: page.driver.execute_script(shown) == 1200, "the picture is not shown")
    assert "giấy phép.pdf" in page.text("a.paper")
    assert page.complaints() == []


def test_a_restart_of_the_server_loses_and_doubles_nothing(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    server.stop()
    page.sees("đang nối lại", "#status")
    page.says("tin thứ nhất")
    page.says("tin thứ hai")
    page.sees("Chưa gửi được, sẽ tự gửi lại")
    server.start()
    page.sees("Mình nghe: tin thứ hai")
    server.do(server.office.say(only_chat(server), Say("Tin từ cán bộ")))
    page.sees("Tin từ cán bộ")
    page.sees("Tỉnh Ví Dụ", "#status")
    assert texts(server) == ["/start", "tin thứ nhất", "tin thứ hai"]
    assert page.text("main").count("Mình nghe: tin thứ nhất") == 1
    assert not page.all(".pending")


def test_what_opens_another_app_takes_its_code_along(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    opens = Button("Mở Zalo", url="https://zalo.example/1?text=AB2CD-EF3GH", copy="AB2CD-EF3GH")
    said = Say("Mã của bà con: *AB2CD-EF3GH*", ((opens,),))
    server.do(server.office.say(only_chat(server), said))
    page.sees("Mã của bà con: AB2CD-EF3GH")
    page.driver.execute_script(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return "
        "Promise.resolve(); }; document.addEventListener('click', (e) => e.preventDefault());"
    )
    assert page.button("Mở Zalo").get_attribute("href") == opens.url
    page.presses("Mở Zalo")
    page.until(lambda: page.driver.execute_script("return window.copied") == opens.copy)
    assert page.complaints() == []


def test_what_could_not_be_sent_outlives_the_page(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    server.office.down = True
    page.says("giữ giúp em")
    page.sees("Chưa gửi được")
    page.all("#text")[0].send_keys("đang gõ dở")
    page.open()
    page.sees("giữ giúp em")
    server.office.down = False
    page.sees("Mình nghe: giữ giúp em")
    assert texts(server) == ["/start", "giữ giúp em"]
    assert page.all("#text")[0].get_property("value") == "đang gõ dở"


def test_a_household_and_an_officer_in_two_tabs_of_one_browser(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    page.says("tôi là hộ dân")
    page.sees("Mình nghe: tôi là hộ dân")
    page.driver.switch_to.new_window("tab")
    page.open("/?invite=MOI-123").sees("Chào bà con!")
    assert "MOI-123" not in page.driver.current_url
    page.says("tôi là cán bộ")
    page.sees("Mình nghe: tôi là cán bộ")
    page.driver.refresh()
    page.sees("Mình nghe: tôi là cán bộ")
    page.driver.switch_to.new_window("tab")  # the printed links opened again, as after a restart
    page.open("/?invite=MOI-123").sees("Mình nghe: tôi là cán bộ")
    page.open("/").sees("Mình nghe: tôi là hộ dân")
    assert "cán bộ" not in page.text("main")
    assert len(server.office.chats) == 2
    assert texts(server) == ["/start", "tôi là hộ dân", "/start MOI-123", "tôi là cán bộ"]


def test_an_officer_who_comes_back_to_the_bare_address_is_asked(page: Page, server: Server) -> None:
    page.open("/?invite=MOI-123").sees("Chào bà con!")
    page.says("tôi là cán bộ")
    page.sees("Mình nghe: tôi là cán bộ")
    page.open("/").sees("đã có cuộc trò chuyện trước")
    assert len(server.office.chats) == 1
    page.presses("Tiếp tục")
    page.sees("Mình nghe: tôi là cán bộ")
    assert len(server.office.chats) == 1


def test_an_upload_can_be_cancelled(page: Page, server: Server, photo: Path) -> None:
    page.open().sees("Chào bà con!")
    server.office.slow = 3600
    page.chooses(photo, photo)
    page.says("chữ gửi sau ảnh")
    page.sees("Đang gửi tệp")
    assert page.all("progress") and page.all(".pending .picture img")
    page.all(".pending .state button")[0].click()
    page.sees("chưa gửi tệp nào")
    page.sees("Mình nghe: chữ gửi sau ảnh")  # what waited behind it goes out
    assert texts(server) == ["/start", "chữ gửi sau ảnh"]
    assert not page.all(".pending")


def test_a_link_code_is_said_once(page: Page, server: Server) -> None:
    page.open("/?p=DOT2026").sees("Chào bà con!")
    page.driver.refresh()
    page.sees("Chào bà con!")
    assert texts(server) == ["/start DOT2026"]
    assert "/start" not in page.text("main")


def test_a_double_tap_is_one_message(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    button = page.button("Hỏi chính sách")
    page.driver.execute_script("arguments[0].click(); arguments[0].click()", button)
    page.sees("Mình nghe: a:ask")
    page.says("hết")
    page.sees("Mình nghe: hết")
    assert [one.button for one in server.office.heard] == [None, "a:ask", None]


def test_a_program_named_as_a_photo_is_refused_and_the_rest_is_sent(
    page: Page, server: Server, photo: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "giấy phép.jpg"
    bad.write_bytes(b"MZ" + b"\0" * 500)
    page.open().sees("Chào bà con!")
    page.chooses(bad, photo)
    page.sees("giấy phép.jpg: Mình chỉ nhận ảnh")
    page.sees("Đã nhận 1 trang.")
    assert [file.name for file in server.office.heard[-1].files] == [photo.name]


def test_too_much_is_refused_before_it_leaves(page: Page, server: Server, tmp_path: Path) -> None:
    page.open().sees("Chào bà con!")
    big = tmp_path / "to.pdf"
    big.write_bytes(b"%PDF" + b"\0" * (21 * 1024 * 1024))
    page.chooses(big)
    page.sees("to.pdf: Tệp lớn quá 20 MB")
    fill = "const t = document.getElementById('text'); t.value = 'ă'.repeat(4097); t.focus()"
    page.driver.execute_script(fill)
    page.all("#send")[0].click()
    page.sees("Tin nhắn dài quá 4.096 ký tự")
    assert len(str(page.all("#text")[0].get_property("value"))) == 4097  # nothing typed is lost
    assert texts(server) == ["/start"]


def test_words_are_never_markup(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    page.says("<img src=x onerror=alert(1)> *a*")
    page.sees("Mình nghe: <img src=x onerror=alert(1)>")
    assert not page.all("#log img")
    assert page.text("#log .bot strong") == "trợ lý OCOP\na"
    assert not page.all("#log .mine strong")


def test_a_forgotten_chat_offers_a_new_start(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    server.office.chats.clear()
    page.sees("không còn nữa")
    page.presses("Bắt đầu lại")
    page.sees("Chào bà con!")
    assert len(server.office.chats) == 1


def test_the_page_turns_to_english(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    page.all("#language")[0].click()
    page.sees("Done.")
    page.until(lambda: page.driver.find_element("id", "language").text == "Tiếng Việt")
    assert page.all("#text")[0].get_attribute("placeholder") == "Write to the assistant…"
    assert page.all("html")[0].get_attribute("lang") == "en"
    assert page.text("#status") == "Example Province"
    page.driver.refresh()
    page.until(lambda: page.driver.find_element("id", "language").text == "Tiếng Việt")


def test_older_lines_come_when_asked_for(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    for n in range(120):
        server.do(server.office.say(only_chat(server), Say(f"tin số {n};")))
    page.open().sees("tin số 119;")
    assert "tin số 3;" not in page.text("main")
    page.all("#older")[0].click()
    page.sees("tin số 3;")
    assert not page.all("#older")[0].is_displayed()
    lines = [line for line in page.text("#log").splitlines() if line.startswith("tin số")]
    assert lines == [f"tin số {n};" for n in range(120)]


def test_news_below_are_pointed_at(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    for n in range(30):
        server.do(server.office.say(only_chat(server), Say(f"tin số {n};")))
    page.sees("tin số 29;")
    page.driver.execute_script("document.querySelector('main').scrollTop = 0")
    server.do(server.office.say(only_chat(server), Say("tin cuối")))
    page.until(lambda: page.all("#newest")[0].is_displayed(), "no pill")
    page.all("#newest")[0].click()
    page.until(lambda: not page.all("#newest")[0].is_displayed(), "the pill stays")


def test_a_long_answer_is_read_from_its_start_and_stays_so(page: Page, server: Server) -> None:
    page.open().sees("Chào bà con!")
    long = Say("\n".join(f"điều {n}" for n in range(30)), key="long")
    last = "document.querySelector('#log').lastElementChild.getBoundingClientRect()"
    main = "document.querySelector('main').getBoundingClientRect()"
    server.do(server.office.say(only_chat(server), long))
    page.sees("điều 29")
    tall, room = page.driver.execute_script(f"return [{last}.height, {main}.height]")
    page.size(360, int(740 - room + tall - 60))  # the answer is a little taller than the page
    server.do(server.office.say(only_chat(server), long))
    page.until(lambda: page.text("main").count("điều 29") == 2)
    news = Say(long.text.replace("điều 0", "đã sửa"))  # elsewhere, of the same height
    server.do(server.office.edit(only_chat(server), "long", news))
    page.sees("đã sửa")
    assert 0 <= page.driver.execute_script(f"return {last}.top - {main}.top") < 40


def test_fits_a_small_phone_with_buttons_for_thumbs(
    page: Page, server: Server, photo: Path, tmp_path: Path
) -> None:
    page.open().sees("Chào bà con!")
    page.chooses(photo)
    page.sees("Đã nhận 1 trang.")
    page.says("Tên-rất-dài-không-có-dấu-cách-" * 6)
    page.sees("Mình nghe: Tên")
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.driver.execute_script(wide) == 0
    small = [node.accessible_name for node in page.all("button") if 0 < node.size["height"] < 44]
    assert small == []
    shown = [node for node in page.all("button, textarea, a") if node.is_displayed()]
    assert [n.get_attribute("outerHTML") for n in shown if not n.accessible_name] == []
    assert page.all("#log")[0].get_attribute("role") == "log"


def test_a_one_use_link_takes_photos_with_progress(page: Page, server: Server, photo: Path) -> None:
    server.office.slots["one-use-token-of-a-link"] = "Giấy kiểm nghiệm"
    page.open("/u/one-use-token-of-a-link").sees("Giấy kiểm nghiệm")
    page.chooses(photo)
    page.until(lambda: page.all("#chosen img"), "no preview")
    page.presses("Gửi các tệp này")
    page.sees("Mình đã nhận được")
    assert [file.name for file in server.office.slot_files] == [photo.name]
    page.driver.refresh()
    page.sees("đã hết hạn")
    assert page.complaints() == []
