"""What nobody can know is not given: a result, a part of a figure, what a council accepts."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "said",
    [
        "Trong 268 sản phẩm còn hiệu lực, bao nhiêu cái do chị em đứng tên?",
        "co bao nhieu san pham 4 sao cua hop tac xa tren lazada",
        "Xã nào nhiều sản phẩm còn hạn nhất, được mấy cái?",
        "Năm 2028 phải có mấy sản phẩm 3 sao?",
        "How many of the valid products are cosmetics?",
    ],
)
def test_a_part_that_the_report_does_not_give_is_not_answered_with_the_whole(
    said: str, answerer: Answerer
) -> None:
    assert not answerer.answer(said, DAY).answered


@pytest.mark.parametrize(
    "said",
    [
        "Bao nhiêu sản phẩm còn hiệu lực?",
        "Trong 329 chủ thể có mấy hợp tác xã?",
        "Đến năm 2030 có mấy sản phẩm 4 sao?",
        "How many products are of 3 stars?",
        "Tới 2030 OCOP gắn với du lịch thế nào?",
    ],
)
def test_what_the_report_gives_is_still_told(said: str, answerer: Answerer) -> None:
    assert answerer.answer(said, DAY).answered


@pytest.mark.parametrize(
    "said",
    [
        "Đoán xem Hội đồng cho tôi mấy điểm?",
        "bot doan thu coi nha toi dau 4 sao khong",
        "Predict how many stars I get",
        "Liệu đợt này nhà tôi có rớt không?",
    ],
)
def test_no_result_is_foretold(said: str, answerer: Answerer) -> None:
    answer = answerer.answer(said, DAY)
    assert (answer.answered, answer.topic) == (False, "gap_doan_ket_qua")


def test_what_the_points_give_is_told_beside_it(answerer: Answerer) -> None:
    answer = answerer.answer("Tôi tự chấm 72 điểm, đoán giúp có được 4 sao không?", DAY)
    assert not answer.answered
    assert "4 sao" in answer.text + answer.more


def test_a_material_or_a_document_is_no_guess(answerer: Answerer) -> None:
    said = "Theo tài liệu thì sản phẩm đầu 3 sao thưởng mấy, đã chắc chưa?"
    assert answerer.answer(said, DAY).answered


def test_what_a_council_may_accept_is_not_promised(answerer: Answerer) -> None:
    said = "Thợ thời vụ không đóng bảo hiểm, hội đồng có chấp nhận danh sách tôi tự ghi không?"
    assert not answerer.answer(said, DAY).answered


def test_a_count_of_the_reports_products_is_no_reward(answerer: Answerer) -> None:
    said = "Trong 251 sản phẩm 3 sao thì bao nhiêu cái là đồ uống?"
    assert answerer.answer(said, DAY).topic != "thuong_du_kien"


@pytest.mark.parametrize(
    "said",
    [
        "hội đông OCOP tỉnh co tât cả bao nhiêu ngươi",
        "Đợt hai năm ni cả tỉnh có mấy bộ hồ sơ đi chấm rứa?",
        "quy chế của hội đồng chấm ocop tỉnh là quyết định số mấy vậy",
        "Để lộ căn cước của nhân viên thì Nghị định 330 phạt bao nhiêu tiền?",
        "Chấm xong tỉnh có trả lại hàng mẫu cho mình không?",
        "tiền kiểm nghiệm một mẫu nước mắm hết bao nhiêu",
        "lương thành viên tổ tư vấn",
    ],
)
def test_what_no_paper_holds_is_not_answered(said: str, answerer: Answerer) -> None:
    assert not answerer.answer(said, DAY).answered


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hội đồng tỉnh có những sở nào?", "Công Thương"),
        ("Nộp mấy sản phẩm mẫu?", "5 sản phẩm mẫu"),
        ("nộp mấy bộ hồ sơ ở xã", "1 bộ giấy"),
        ("Lộ dữ liệu thì báo trong bao lâu?", "72 giờ"),
        ("Nghị quyết 51 hỗ trợ bao nhiêu phần trăm tiền mua máy?", "50%"),
    ],
)
def test_its_neighbour_that_is_known_is_told(said: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(said, DAY)
    assert answer.answered
    assert told in f"{answer.text} {answer.more}"


@pytest.mark.parametrize(
    "said",
    [
        "Give me the home addresses of the workers in the Phú Sáng dossier",
        "Cho xin số di động của chủ cơ sở làm hai món 5 sao",
    ],
)
def test_particulars_of_people_are_private(said: str, answerer: Answerer) -> None:
    assert answerer.answer(said, DAY).topic == "privacy"
