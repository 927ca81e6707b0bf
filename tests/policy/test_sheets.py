"""What the score sheets say of a product: minimums, points, and what ends the evaluation."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

TODAY = date(2026, 11, 29)

ROWS = (
    ("Cúc chậu muốn ba sao thì khâu bảo đảm chất lượng phải tới mức nào?", "kiểm soát nội bộ"),
    ("Cây sanh muốn năm sao thì tạo hình phải cỡ nào?", "tinh xảo"),
    ("Bánh đa nhà tôi giống y chang bánh nhà khác thì có được chấm không?", "Bị loại"),
    ("làm bò khô mà thịt toàn hàng nhập từ nước ngoài thì hội đồng xử lý sao", "Bị loại"),
    ("Rổ mây nhái kiểu dáng đã đăng ký thì hồ sơ ra sao?", "sở hữu trí tuệ"),
    ("nước uống đóng chai bị ngả màu thì sao", "Dừng đánh giá"),
    ("Giò lụa có tạp chất thì được mấy điểm?", "0 điểm"),
    ("Tinh dầu sả chưa làm bản công bố thì hậu quả thế nào?", "Dừng đánh giá"),
    ("Mứt gừng vị hợp đặc trưng, hấp dẫn thì được mấy điểm?", "5 điểm: Hợp đặc trưng, hấp dẫn"),
    ("Chấm mật ong mà trong hũ có lẫn mấy con kiến thì xử lý ra sao?", "Dừng đánh giá"),
    ("Phát hiện sợi tóc trong gói bột sắn thì còn chấm không?", "Dừng đánh giá"),
    ("If the jury finds an insect in the pickles, what happens?", "Evaluation stops"),
    ("trong mẫu bánh có sợi lông gà thì bị trừ mấy điểm", "Dừng đánh giá"),
    ("đang chấm mà thấy dòi trong hũ mắm thì sao", "Dừng đánh giá"),
    ("Bánh làm giống, chỉ đổi tên thôi thì sao?", "Bị loại"),
    ("Hạt điều nhập từ Campuchia toàn bộ về rang thì có được chấm không?", "Bị loại"),
    ("Nước khoáng bị 0 điểm mùi thì sao?", "Dừng đánh giá"),
    ("Chép câu chuyện của cơ sở khác thì mục bản sắc được mấy điểm?", "0 điểm"),
    ("Điểm bình quân 69,5 là mấy sao, thiếu bao nhiêu nữa?", "0,5 điểm nữa"),
)


@pytest.mark.parametrize(("question", "told"), ROWS)
def test_the_sheet_of_the_product_answers(question: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.answered
    assert told in answer.text


def test_a_product_named_before_is_still_the_one_meant(answerer: Answerer) -> None:
    before = ["Cà phê rang xay chấm theo bộ nào?"]
    asked = "Thế hạt trồng trong tỉnh phải bao nhiêu phần trăm mới được ba sao?"
    assert "bộ số 13" in answerer.answer(asked, TODAY, history=before).text


def test_minimums_are_told_as_a_household_can_picture_them(answerer: Answerer) -> None:
    told = answerer.answer("nước mắm lên 4 sao cần gì", TODAY)
    assert "nhóm tương, nước mắm" in told.text
    assert "dưới 50% nguyên liệu trong tỉnh cũng được" in told.text
    assert "HTX khá trở lên" in told.text + told.more


def test_every_item_of_every_sheet_has_words_to_ask_for_it(answerer: Answerer) -> None:
    matter = answerer.matter
    items = {item.id for number in matter.sets for item in matter.sheet(number).items}
    assert items == set(matter.items)
    for item_id, row in matter.items.items():
        assert row["words"], item_id
        assert any(item.id == item_id for item in matter.sheet(row["like"]).items), item_id


def test_every_rule_that_ends_an_evaluation_is_known_by_words_or_by_its_paper(
    answerer: Answerer,
) -> None:
    papers = {"no_cosmetic_sheet", "no_declaration_sheet"}
    assert set(answerer.matter.law.stops) == set(answerer.matter.stops) | papers


#: Without their marks these words look like ants, worms and stones.
NO_MATTER = (
    "viec cham sao lam co cong bang khong, bao lau mot lan",
    "xin xet lai sao roi thi toi da bao nhieu ngay phai xong",
    "hội đồng thấy ý kiến của xã thì làm gì",
)


@pytest.mark.parametrize("question", NO_MATTER)
def test_nothing_is_found_in_the_sample_that_is_not_told(question: str, answerer: Answerer) -> None:
    assert answerer.answer(question, TODAY).topic != "qd26_bi_loai"


def test_another_province_is_refused_only_when_it_is_asked_about(answerer: Answerer) -> None:
    asked = answerer.answer("Ở Đà Nẵng, 4 sao được thưởng bao nhiêu?", TODAY)
    assert not asked.answered
    told = answerer.answer(
        "Con gái tôi học ở Hà Nội về quê nấu xà phòng bồ kết bán cho khách quen, cả nhà vui lắm. "
        "Tôi chỉ băn khoăn là muốn đăng ký ba sao thì nộp hồ sơ ở đâu?",
        TODAY,
    )
    assert told.answered
    assert "UBND xã" in told.text


WHOLE = (
    ("mật ong chấm điểm thế nào", "bộ số 4"),
    ("các tiêu chí chấm điểm mật ong", "Phần A, 40 điểm"),
    ("tiêu chí chấm điểm của nước mắm là gì", "bộ số 9"),
    ("phieu cham nuoc mam", "bộ số 9"),
    ("tieu chi ruou", "bộ số 14"),
    ("bảng điểm gạo", "bộ số 3"),
    ("how is fish sauce scored", "Part C, 35 points"),
    ("mật ong 4 sao cần gì", "từ 70 điểm"),
)


@pytest.mark.parametrize(("question", "told"), WHOLE)
def test_what_a_product_is_scored_on_is_its_sheet(
    question: str, told: str, answerer: Answerer
) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.answered
    assert told in answer.text
