"""The official forms: the printed words are all there, what was told is in its place."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from docx import Document

from bot.documents import FIELDS, Form, ScoreRow, accept, fill_form
from bot.documents.forms import GAP, LINE, ROOM, SHORT
from scripts.make_forms import FORMS, build

ALL = get_args(Form)


def opened(data: bytes) -> Any:
    return Document(BytesIO(data))


def words(data: bytes) -> str:
    """All text, one line for each paragraph, tables too."""
    body = opened(data).element.body
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    for paragraph in body.iter(f"{tag}p"):
        marks = {f"{tag}tab": "\t", f"{tag}br": "\n"}
        runs = (x for run in paragraph.iter(f"{tag}r") for x in run)
        lines.append("".join(marks.get(x.tag, x.text or "") for x in runs))
    return "\n".join(lines)


def line(data: bytes, start: str) -> str:
    return next(x for x in words(data).split("\n") if x.startswith(start))


@pytest.mark.parametrize("form", ALL)
def test_a_form_nobody_told_anything_for_is_dotted(form: Form) -> None:
    text = words(fill_form(form, {}))
    assert "{" not in text
    assert "None" not in text
    assert text.count(LINE) >= 8
    assert GAP in text


@pytest.mark.parametrize("form", ALL)
def test_every_field_has_its_place(form: Form) -> None:
    fields = {name: f"chỗ của {name}" for name in FIELDS[form]}
    extra = {"case": "again"} if form == "mau_02" else {}
    text = words(fill_form(form, fields | extra))
    for name, value in fields.items():
        assert value in text, name


@pytest.mark.parametrize("form", ALL)
def test_the_same_answers_make_the_same_file_and_our_own_door_takes_it(form: Form) -> None:
    data = fill_form(form, {"product": "Cu đơ"})
    assert data == fill_form(form, {"product": "Cu đơ"})
    assert accept(data, "mau.docx").refused is None


@pytest.mark.parametrize("form", ALL)
def test_none_and_nothing_stay_blank(form: Form) -> None:
    assert fill_form(form, {"address": None, "product": " \n"}) == fill_form(form, {})


@pytest.mark.parametrize("form", ALL)
def test_ethnicity_is_never_filled_in(form: Form) -> None:
    with pytest.raises(ValueError, match="ethnicity"):
        fill_form(form, {"ethnicity": "Kinh"})


def test_the_line_for_ethnicity_is_printed_and_blank() -> None:
    gender = line(fill_form("mau_02", {"gender": "Nữ"}), "- Giới tính")
    assert gender == f"- Giới tính: Nữ\t(Nam/nữ); Dân tộc: {LINE}"


@pytest.mark.parametrize("form", ALL)
def test_signs_of_markup_survive(form: Form) -> None:
    name = 'Cu đơ <Phong & Nga> "số 1" {{ 7*7 }} {% if %} </w:t>'
    assert name in words(fill_form(form, {"product": name}))


def test_what_word_cannot_hold_is_left_out() -> None:
    text = words(fill_form("mau_01", {"product": "Cu\x00 đơ\x0b\ud800\r\nHà\tTĩnh \a"}))
    assert "2. Tên sản phẩm: Cu đơ Hà Tĩnh\n" in text


def test_long_answers_keep_their_lines() -> None:
    assert "Mía tại xã.\nĐã xem." in words(
        fill_form("mau_03", {"material": "Mía tại xã.\nĐã xem."})
    )


def test_the_registration_sheet() -> None:
    told = {
        "unit_name": "Hợp tác xã Cu đơ",
        "case": "upgrade",
        "province": "Hà Tĩnh",
        "year": 2026,
        "phone": "0912 345 678",
    }
    data = fill_form("mau_01", told)
    assert "sản phẩm OCOP của tỉnh Hà Tĩnh năm\u00a02026" in words(data)
    assert line(data, "- Điện thoại") == f"- Điện thoại: 0912 345 678\tEmail: {LINE}"
    assert line(data, "4.").endswith("Lần đầu ☐   Nâng hạng: ☑   Đánh giá lại: ☐")
    assert line(fill_form("mau_01", {}), "- Điện thoại").startswith(f"- Điện thoại: {SHORT}")


def test_the_scores_stand_in_the_table() -> None:
    rows = [
        ScoreRow("A", "Sức mạnh cộng đồng", 40, 3, heading=True),
        ScoreRow("1.1", "Nguồn gốc <tại xã>", 3, 0, ("Giấy 1", "Ảnh & giấy 2")),
        ScoreRow("1.2", "Chưa chấm", 5),
    ]
    data = fill_form("mau_02", {"rows": rows, "score_total": 3, "most_total": 8})
    table = next(t for t in opened(data).tables if t.cell(0, 0).text == "Mục")
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[1:] == [
        ["A", "Sức mạnh cộng đồng", "40", "3", ""],
        ["1.1", "Nguồn gốc <tại xã>", "3", "0", "Giấy 1; Ảnh & giấy 2"],
        ["1.2", "Chưa chấm", "5", "", ""],
        ["", "TỔNG ĐIỂM", "8", "3", ""],
    ]
    assert table.cell(1, 1).paragraphs[0].runs[0].bold
    assert not table.cell(2, 1).paragraphs[0].runs[0].bold
    blank = next(t for t in opened(fill_form("mau_02", {})).tables if t.cell(0, 0).text == "Mục")
    assert len(blank.rows) == ROOM + 2


def test_papers_are_ticked_and_a_right_ticks_its_heading() -> None:
    data = fill_form("mau_02", {"ticks": {"business", "patent"}})
    assert line(data, "a)").endswith("☑")
    assert line(data, "b)").endswith("☐")
    assert line(data, "d)").endswith("☑")
    assert line(data, "+ Bằng sáng chế").endswith("☑")


def test_what_changed_is_asked_of_the_recognised_only() -> None:
    told = {"changes": "Bao bì mới"}
    assert "Bao bì mới" not in words(fill_form("mau_02", {**told, "case": "first"}))
    assert "Bao bì mới" in words(fill_form("mau_02", {**told, "case": "upgrade"}))


@pytest.mark.parametrize("wrong", [{"tick": 1}, {"case": "third"}, {"ticks": ["gold"]}])
def test_a_name_the_form_does_not_know_is_an_error(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no place|one of|among"):
        fill_form("mau_02", wrong)


def test_the_commune_speaks_in_its_own_name() -> None:
    told = {
        "commune": "phường Vũng Áng",
        "province": "Hà Tĩnh",
        "product": "Nước mắm",
        "subject_name": "Hộ bà Lý",
    }
    text = words(fill_form("mau_03", told))
    assert "T.M ỦY BAN NHÂN DÂN PHƯỜNG VŨNG ÁNG" in text
    assert (
        "Ủy ban nhân dân phường Vũng Áng đề nghị Ủy ban nhân dân tỉnh Hà Tĩnh đánh giá, "
        "phân hạng sản phẩm OCOP cho sản phẩm Nước mắm của Hộ bà Lý." in text
    )


@pytest.mark.parametrize("form", ALL)
def test_the_templates_are_those_of_the_texts(form: Form) -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {n: archive.read(n) for n in archive.namelist() if n.startswith("word/doc")}

    text = (FORMS / f"{form}.txt").read_text(encoding="utf-8")
    assert parts((FORMS / f"{form}.docx").read_bytes()) == parts(build(text))


def test_the_printed_words_of_the_decision_are_kept() -> None:
    printed = {
        "mau_01": ["Tham gia đánh giá, phân hạng sản phẩm OCOP của tỉnh", "chúng tôi xin cam kết"],
        "mau_02": ["(Dành cho chủ thể có sản phẩm đăng ký)", "KẾ HOẠCH SẢN XUẤT, KINH DOANH"],
        "mau_03": ["II. ĐÁNH GIÁ MỘT SỐ NỘI DUNG CỦA HỒ SƠ SẢN PHẨM", "4. Bản sắc/trí tuệ"],
    }
    for form in ALL:
        text = words(fill_form(form, {}))
        assert all(part in text for part in printed[form])
        assert (
            "Times New Roman"
            in zipfile.ZipFile(BytesIO(fill_form(form, {}))).read("word/styles.xml").decode()
        )


def test_fields_of_the_texts_are_fields_we_know() -> None:
    for source in Path(FORMS).glob("*.txt"):
        named = set(re.findall(r"{{ (\w+) }}", source.read_text(encoding="utf-8")))
        known = set(FIELDS[source.stem]) | {"blank", "short_blank", "commune_capitals"}
        known |= {"product_inline", "subject_inline"}
        assert {n for n in named if not n.startswith(("tick_", "case_"))} <= known
        assert set(FIELDS[source.stem]) <= named
