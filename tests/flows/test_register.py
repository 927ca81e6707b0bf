"""The register of products: brought in from a sheet, found in words, shown, printed, scanned."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import clock
from bot.health import Health
from bot.register_sheet import COLUMNS, BadSheet, Entry, Wrong, read, template
from bot.settings import Settings
from bot.web import WebServer
from conversations.product_search import find, wanted
from conversations.records import PublicProduct
from models import register
from models.content import load
from models.content.fold import fold
from models.database import Unit
from models.messages import Channel
from tests import databases
from tests.flows.household import household, officer, pressed
from tests.flows.talk import Town, town
from tests.flows.test_ending import certified

TODAY = date(2026, 11, 25)
HEAD = [column.heading for column in COLUMNS]
HONEY = ["Mật ong Cường", "Hộ Nguyễn Văn Cường", "ho", "18484", 4, 3, "12/QĐ-UBND",
         "25/11/2024", None, "0912345678", "Chợ huyện"]  # fmt: skip
SAUCE = ["Nước mắm Phú Sáng", "HTX Phú Sáng", "Hợp tác xã", "18484", "9", "4 sao", "13/QĐ-UBND",
         "1/2/2023", None, None, None]  # fmt: skip
CANDY = ["Cu đơ Bà Hường", "Cơ sở Bà Hường", "Hộ có đăng ký kinh doanh", "18496", 7, 4,
         "14/QĐ-UBND", date(2026, 1, 5), "5-1-2029", None, None]  # fmt: skip


def sheet(folder: Path, *rows: Sequence[object], head: Sequence[object] = HEAD) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in (head, *rows):
        book.active.append(list(row))
    path = folder / "san-pham.xlsx"
    book.save(path)
    return path


def taken(folder: Path, *rows: Sequence[object]) -> tuple[list[Entry], list[Wrong], int]:
    return read(sheet(folder, *rows), load(), TODAY)


async def brought(here: Town, folder: Path, *rows: Sequence[object]) -> register.Count:
    entries, wrong, _ = taken(folder, *rows)
    assert not wrong
    return await here.db.run(lambda unit: register.add(unit, entries, fold, clock.now()))


# -- the sheet -----------------------------------------------------------------------------------
def test_the_template_is_read_back_as_empty(tmp_path: Path) -> None:
    template(tmp_path / "mau.xlsx", load())
    assert read(tmp_path / "mau.xlsx", load(), TODAY) == ([], [], 0)


def test_days_and_words_are_read_as_people_type_them(tmp_path: Path) -> None:
    entries, wrong, rows = taken(tmp_path, HONEY, SAUCE, [], CANDY)
    assert (wrong, rows) == ([], 3)
    assert [e.issued for e in entries] == [date(2024, 11, 25), date(2023, 2, 1), date(2026, 1, 5)]
    assert [e.valid_to for e in entries][1:] == [date(2026, 2, 1), date(2029, 1, 5)]
    assert (entries[0].phone, entries[1].stars, entries[2].type) == ("+84912345678", 4, "ho")


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        (0, None, "thiếu tên sản phẩm"),
        (2, "công ty lạ", "không có loại chủ thể"),
        (3, "Paris", "không thấy xã"),
        (4, "27", "số từ 1 đến 26"),
        (5, "2", "3, 4 hoặc 5"),
        (7, "31/02/2025", "không đọc được ngày"),
        (7, "1/1/2030", "không hợp lý"),
        (8, "1/1/2020", "phải sau ngày quyết định"),
        (9, "12", "số điện thoại"),
    ],
)
def test_a_bad_cell_is_named_and_its_row_left_out(
    tmp_path: Path, column: int, value: object, why: str
) -> None:
    bad = [value if at == column else cell for at, cell in enumerate(HONEY)]
    entries, wrong, rows = taken(tmp_path, SAUCE, bad)
    assert [e.product for e in entries] == ["Nước mắm Phú Sáng"] and rows == 2
    assert len(wrong) == 1 and wrong[0].cell == f"{'ABCDEFGHIJK'[column]}3" and why in wrong[0].why


def test_every_bad_cell_of_a_row_is_named(tmp_path: Path) -> None:
    bad = [*HONEY[:4], 99, 9, *HONEY[6:]]
    assert [w.cell for w in taken(tmp_path, bad)[1]] == ["E2", "F2"]


def test_another_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSheet, match="thiếu cột"):
        read(sheet(tmp_path, head=["Tên", "Xã"]), load(), TODAY)
    (tmp_path / "x.xlsx").write_bytes(b"no sheet")
    with pytest.raises(BadSheet, match="không đọc được tệp"):
        read(tmp_path / "x.xlsx", load(), TODAY)


def _more(unit: Unit, rows: list[Entry], there: register.Known) -> register.Count:
    return register.add(unit, rows, fold, clock.now(), there)


async def test_a_list_in_parts_knows_what_its_earlier_parts_brought(tmp_path: Path) -> None:
    """Read once: a row of a later part that mends an earlier one's is a change, not a second."""
    mended = [4 if at == 5 else cell for at, cell in enumerate(HONEY)]
    async with town(tmp_path) as here:
        parts = [taken(tmp_path, *rows)[0] for rows in ((HONEY, mended, SAUCE), (mended, HONEY))]
        there = await here.db.run(lambda unit: register.known(unit, fold))
        counts = [await here.db.run(partial(_more, rows=part, there=there)) for part in parts]
        assert [(c.added, c.changed, c.same) for c in counts] == [(2, 1, 0), (0, 1, 1)]
        rows = await here.rows("SELECT stars FROM certificate ORDER BY id")
        assert [row["stars"] for row in rows] == [3, 4]


async def test_the_same_sheet_twice_changes_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        first = await brought(here, tmp_path, HONEY, SAUCE)
        assert (first.added, first.changed, first.same) == (2, 0, 0)
        before = await here.rows("SELECT * FROM certificate ORDER BY id")
        again = await brought(here, tmp_path, HONEY, SAUCE)
        assert (again.added, again.changed, again.same) == (0, 0, 2)
        assert await here.rows("SELECT * FROM certificate ORDER BY id") == before
        mended = await brought(here, tmp_path, [*HONEY[:10], "Cửa hàng mới"])
        assert (mended.added, mended.changed) == (0, 1)


async def test_a_household_that_is_here_keeps_its_product(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await household(here)
        await brought(here, tmp_path, HONEY)
        assert len(await here.rows("SELECT id FROM product")) == 1
        assert len(await here.rows("SELECT id FROM producer")) == 1


def test_the_command_names_bad_rows_and_shows_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from bot.cli import build

    monkeypatch.setenv("DATABASE_URL", databases.at(tmp_path / "register.db"))
    path = sheet(tmp_path, HONEY, [*HONEY[:4], 99, *HONEY[5:]])
    with clock.stopped(clock.now().replace(year=2026, month=11, day=25)):
        run = CliRunner().invoke(build(), ["import", "products", str(path)])
        assert run.exit_code == 1 and "ô E3: bộ sản phẩm là số từ 1 đến 26" in run.output
        assert "2 dòng: thêm 1, sửa 0, đã có 0, sai 1." in run.output
        run = CliRunner().invoke(build(), ["import", "products", str(path)])
        assert "thêm 0, sửa 0, đã có 1" in run.output
    out = tmp_path / "mau.xlsx"
    assert CliRunner().invoke(build(), ["export", "template", str(out)]).exit_code == 0
    assert out.exists()


# -- search --------------------------------------------------------------------------------------
def product(name: str, stars: int = 3, commune: str = "18484", ends: date = date(2028, 1, 1),
            producer: str = "HTX An Bình") -> PublicProduct:  # fmt: skip
    return PublicProduct("ABC-DEF", name, producer, commune, 4, stars, "1", TODAY, ends)


SHELF = [
    product("Nước mắm Phú Sáng", 4),
    product("Nước mắm Luận Nghiệp", 3),
    product("Cu đơ Bà Hường", 4, "18496"),
    product("Cu đơ Phong Nga", 3),
    product("Mật ong hoa rừng", 3, producer="Hộ Nguyễn Thị Lan"),
    product("Mật ong Cường", 3, ends=date(2026, 1, 1)),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nước mắm 4 sao", ["Nước mắm Phú Sáng"]),
        ("nuoc mam", ["Nước mắm Phú Sáng", "Nước mắm Luận Nghiệp"]),
        ("tìm nước mắn luận nghiệp", ["Nước mắm Luận Nghiệp"]),
        ("mua mat ong o dau", ["Mật ong hoa rừng", "Mật ong Cường"]),
        ("4 stars", ["Nước mắm Phú Sáng", "Cu đơ Bà Hường"]),
        ("sản phẩm của nguyễn thị lan", ["Mật ong hoa rừng"]),
        ("điện thoại", []),
    ],
)
def test_words_find_products(typed: str, names: list[str]) -> None:
    want = wanted(load(), typed)
    assert [one.product for one in find(SHELF, want, TODAY)][: len(names) or None] == names


def test_a_place_narrows_the_search() -> None:
    content = load()
    commune = content.communes["18496"]
    want = wanted(content, f"cu đơ ở {commune.name}")
    assert "18496" in want.communes and want.words == "cu do"
    assert [one.product for one in find(SHELF, want, TODAY)] == ["Cu đơ Bà Hường"]


async def test_a_citizen_searches_and_sees_the_card(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await brought(here, tmp_path, HONEY, SAUCE, CANDY)
        hoa = here.person("hoa")
        await hoa.say("/start")
        listed = await hoa.say("/products nuoc mam")
        assert "Thấy 1 sản phẩm" in listed and "Nước mắm Phú Sáng, ★★★★ (đã hết hạn)" in listed
        card = await hoa.press("Nước mắm Phú Sáng")
        assert "HTX Phú Sáng" in card and "Đã hết giá trị từ sau ngày 01/02/2026" in card
        assert "Nhãn QR" not in card and "0912" not in card
        assert "Cu đơ Bà Hường" in await hoa.say("cu do 4 sao")
        assert (await here.rows("SELECT consent_version FROM person ORDER BY id DESC"))[0]


async def test_a_task_in_free_words_opens_the_search(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await brought(here, tmp_path, HONEY)
        hoa = here.person("hoa")
        await hoa.say("/start")
        await hoa.say("menu")
        assert "Mật ong Cường" in await hoa.say("tìm sản phẩm mật ong")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("cu đơ ở Hương Khê", "Cu đơ Bà Hường, ★★★★, xã Hương Khê"),
        ("cu do o Dong Loc", "Ở nơi đó mình chưa thấy. Nơi khác có 1 sản phẩm"),
        ("cu do", "Thấy 1 sản phẩm"),
        ("nước mắm 4 sao", "Nước mắm Phú Sáng"),
        ("OCOP là gì?", "Nguồn:"),
    ],
)
async def test_a_product_named_at_the_menu_is_looked_up_and_a_question_is_answered(
    tmp_path: Path, typed: str, heard: str
) -> None:
    async with town(tmp_path) as here:
        await brought(here, tmp_path, HONEY, SAUCE, CANDY)
        hoa = here.person("hoa")
        await hoa.say("/start")
        await hoa.say("menu")
        assert heard in await hoa.say(typed)


async def test_the_link_of_a_label_opens_the_card(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await brought(here, tmp_path, HONEY)
        code = (await here.rows("SELECT code FROM certificate"))[0]["code"]
        hoa = here.person("hoa")
        assert "*Mật ong Cường*" in await hoa.say(f"/start p-{code}")
        assert "*Mật ong Cường*" in await hoa.say(str(code))


# -- the label and the page ------------------------------------------------------------------------
async def test_a_label_is_for_the_household_and_its_officers(tmp_path: Path) -> None:
    from PIL import Image

    async with town(tmp_path) as here:
        lan, minh = await certified(here), await officer(here)
        hoa = here.person("hoa")
        await hoa.say("/start")
        await here.db.run(lambda unit: _coded(unit, "6MW-UTW"))
        await pressed(here, hoa, "products:label=6MW-UTW")
        assert await here.rows("SELECT id FROM job WHERE kind = 'label'") == []
        for who in (lan, minh):
            await who.letters()
            await pressed(here, who, "products:card=6MW-UTW")
            await who.press("Nhãn QR để in")
            here.clock.move(timedelta(seconds=1))
            await here.jobs.drain()
            assert "Nhãn QR của *Mật ong Cường*" in await who.letters()
        picture, paper = lan.heard[-1].files
        assert here.files.get(paper.key).startswith(b"%PDF")
        with Image.open(io.BytesIO(here.files.get(picture.key))) as drawn:
            assert drawn.width > 900


def _coded(unit: object, code: str) -> None:
    from models.tables import Certificate

    unit.get_one(Certificate, 1).code = code  # type: ignore[attr-defined]


def test_the_code_on_the_label_is_the_page(tmp_path: Path) -> None:
    import segno

    from bot.documents.label import Label, pdf, png

    label = Label(
        "https://ocop.example/p/6MW-UTW", "Mật ong", "Hộ Lan", 3, "6MW-UTW", "đến 2028", "Quét mã"
    )
    assert png(label) == png(label) and pdf(label) == pdf(label)
    assert segno.make(label.url, error="m", micro=False).version


@pytest.mark.parametrize(
    ("product", "producer"),
    [
        (
            "Bộ sản phẩm trà hoa vàng sấy thăng hoa và trà túi lọc hoa vàng đặc biệt hộp 250 g",
            "Hợp tác xã Dịch vụ nông nghiệp tổng hợp và phát triển dược liệu miền núi phía Tây",
        ),
        ("NƯỚC MẮM THƯỢNG HẠNG $x^2$", "CÔNG TY TNHH MỘT THÀNH VIÊN CHẾ BIẾN THUỶ SẢN BIỂN ĐÔNG"),
        ("W" * 60, "M" * 60),
    ],
)
def test_a_long_name_is_on_the_label_whole_and_within_its_edges(
    product: str, producer: str
) -> None:
    from PIL import Image

    from bot.documents.label import NAME, PRODUCER, Label, fitted, png

    for text, weight, sizes in ((product, "bold", NAME), (producer, "normal", PRODUCER)):
        lines, _ = fitted(text, weight, sizes)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    label = Label("https://ocop.example/p/6MW-UTW", product, producer, 5, "6MW-UTW", "", "Quét mã")
    with Image.open(io.BytesIO(png(label))) as drawn:
        wide, high = drawn.size
        margin = drawn.convert("L").crop((int(wide * 0.975), 0, wide, high))
        assert margin.getextrema() == (255, 255)  # nothing runs over the edge


def test_a_name_that_no_label_holds_ends_in_dots() -> None:
    from bot.documents.label import NAME, fitted

    lines, size = fitted("Trà hoa vàng " * 40, "bold", NAME)
    assert len(lines) == 6 and lines[-1].endswith("…") and size == 5.5


@pytest.mark.parametrize(
    ("change", "words", "status"),
    [
        ({}, "Giấy chứng nhận còn giá trị", 200),
        ({"valid_to": date(2026, 1, 1)}, "Giấy chứng nhận đã hết hạn", 200),
        ({"revoked_on": date(2026, 5, 1)}, "Giấy chứng nhận đã bị thu hồi", 200),
        (None, "Không có giấy chứng nhận nào mang mã này", 404),
    ],
)
async def test_the_public_page_says_in_words_whether_it_holds(
    tmp_path: Path, change: dict[str, date] | None, words: str, status: int
) -> None:
    from models.tables import Certificate

    async with town(tmp_path) as here:
        await brought(here, tmp_path, ["<b>Mật ong</b>", *HONEY[1:]])

        def work(unit: object) -> str:
            row = unit.get_one(Certificate, 1)  # type: ignore[attr-defined]
            for name, value in (change or {}).items():
                setattr(row, name, value)
            return str(row.code)

        code = await here.db.run(work)
        here.house = replace(here.house, links={Channel.TELEGRAM: "https://t.me/ocop_bot"})
        health = Health()
        health.assistant = here  # type: ignore[assignment]
        site = WebServer(Settings(_env_file=None), load(), None, bytearray(b"k"), health)  # type: ignore[arg-type]
        async with TestClient(TestServer(site.app)) as client:
            path = f"/p/{code if change is not None else '222-222'}"
            answer = await client.get(path)
            page = await answer.text()
        assert answer.status == status and words in page
        assert "<b>" not in page
        if status == 200:
            assert "&lt;b&gt;Mật ong" in page and "Hộ Nguyễn Văn Cường" in page
            assert "0912" not in page
            assert f'href="https://t.me/ocop_bot?start=p-{code}"' in page
        else:
            assert "t.me" not in page
