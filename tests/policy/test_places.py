"""Old communes and their new names: every one, without marks, with a slip, several in a message."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer
from models.content.fold import fold
from models.content.places import Commune, FormerUnit

ON = date(2026, 12, 5)


def units(answerer: Answerer) -> list[tuple[Commune, FormerUnit]]:
    communes = answerer.matter.places.communes.values()
    return [(commune, unit) for commune in communes for unit in commune.merged_from]


def swapped(name: str) -> str:
    """The name with two letters of its longest word in the wrong order."""
    word = max(name.split(), key=len)
    return name.replace(word, word[:-2] + word[-1] + word[-2])


def test_every_old_commune_is_found_with_and_without_marks(answerer: Answerer) -> None:
    lost = []
    for commune, unit in units(answerer):
        asked = f"Nhà em trước ở {unit.kind} {unit.name}, giờ nộp hồ sơ chỗ nào?"
        for said in (asked, fold(asked)):
            if commune.name not in answerer.answer(said, ON).text:
                lost.append(said)
    assert lost == []


def test_nearly_every_old_commune_is_found_with_a_slip(answerer: Answerer) -> None:
    every = [(commune, unit) for commune, unit in units(answerer) if " " in unit.name]
    found = sum(
        commune.name in answerer.answer(f"Xã {swapped(unit.name)} cũ nay là xã gì?", ON).text
        for commune, unit in every
    )
    assert found >= 0.9 * len(every)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Choa ở Hộ Độ hồi trước, chừ lên phường mô nộp hồ sơ OCOP hè?", ("Trần Phú",)),
        (
            "Hà Tĩnh nay có tất cả mấy xã, phường? Xã Thạch Trung cũ giờ thuộc phường nào",
            ("69", "Trần Phú"),
        ),
        ("Quê ngoại tôi ở Xuân Hội, bố mẹ ở Cương Gián, giờ tên là gì?", ("Đan Hải", "Cổ Đạm")),
        ("xa Thach Dai cu va xa Tuong Son cu gio thuoc dau", ("Hà Huy Tập", "Thạch Lạc")),
        ("tt nghèn cũ h là xã j v", ("xã Can Lộc",)),
        ("nha o thach quy thi nop ho so o dau", ("Thành Sen",)),
        ("Xuân Lĩnh sáp nhập về đâu rồi?", ("Nghi Xuân",)),
        ("huyện Vũ Quang cũ gồm những xã nào bây giờ", ("Vũ Quang", "Mai Hoa", "Thượng Đức")),
        ("nhà em ở tx kỳ anh thì nộp phường nào ạ", ("Vũng Áng", "Sông Trí", "Hải Ninh")),
        ("xã Sơn Kim giờ là xã nào", ("Sơn Kim 1", "Sơn Kim 2")),
        ("Which communes are in the former Can Lộc district?", ("Tùng Lộc", "Xuân Lộc")),
        ("phường Thành Sen gồm các phường cũ nào?", ("Bắc Hà", "Văn Yên")),
        ("Xã Phù Lưu hồi trước thuộc huyện Lộc Hà giờ thuộc xã nào?", ("Mai Phụ",)),
        ("quê tui là xã Thạch Hội, làm mật ong mấy chục năm ni, ra uỷ ban xã mô?", ("Đồng Tiến",)),
    ],
)
def test_where_old_communes_belong(asked: str, told: tuple[str, ...], answerer: Answerer) -> None:
    text = answerer.answer(asked, ON).text
    assert [place for place in told if place not in text] == [], text


def test_a_commune_is_not_taken_for_another_that_a_slip_was_mended_to(answerer: Answerer) -> None:
    assert "Kỳ Thọ" not in answerer.answer("Kỳ Thợưng cũ nay là xã gì?", ON).text


def test_how_many_products_a_commune_has_is_still_not_known(answerer: Answerer) -> None:
    answer = answerer.answer("Xã Cẩm Bình có bao nhiêu sản phẩm OCOP?", ON)
    assert not answer.answered
    assert answer.topic == "gap_theo_xa"


def test_the_commune_told_before_is_where_to_hand_in(answerer: Answerer) -> None:
    before = ["Nhà tôi nuôi ong ở xã Thạch Kim cũ."]
    assert "Lộc Hà" in answerer.answer("Vậy hồ sơ tôi nộp ở xã nào?", ON, history=before).text


@pytest.mark.parametrize(
    "asked",
    [
        "How many stars does the squid of Cẩm Nhượng have now?",
        "Giấy OCOP ghi tên xã Thạch Đài cũ thì có phải làm lại không?",
    ],
)
def test_a_place_named_takes_no_other_question(asked: str, answerer: Answerer) -> None:
    assert answerer.answer(asked, ON).topic != "hai_cap"


def test_words_without_marks_are_no_dialect_when_they_mostly_are_others(answerer: Answerer) -> None:
    read = answerer.finder.reader.read
    assert read("tui dang ki chu the mot san pham, nop o xa hay tinh").text == (
        "toi dang ki chu the 1 san pham nop o xa hay tinh"
    )


def test_a_name_that_ends_in_a_number_is_no_count_of_days(answerer: Answerer) -> None:
    for asked in ("xa ki hai ngay truoc gio nop dau", "hoi truoc xa xuan hai, gio nop cho ai"):
        assert "nay thuộc" in answerer.answer(asked, ON).text, asked
