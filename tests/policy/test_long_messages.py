"""Long messages: a story first, the question last; what is asked is answered, not what is told."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

TODAY = date(2026, 11, 29)
ROWS = (
    (
        "Nhà em ba đời làm bánh khoai, năm kia được 3 sao, nay thay bao bì mới, mua thêm máy. Chị "
        "cán bộ dặn mà em quên mất. Giấy chứng nhận có giá trị trong mấy năm ạ?",
        "36 tháng",
    ),
    (
        "Anh Tùng trong xóm hay khoe biết chấm điểm, bảo quảng cáo chiếm nửa số điểm nên cứ lo "
        "quảng cáo là xong. Em nghe vô lý. Trong 100 điểm thì phần tiếp thị được tối đa mấy?",
        "25",
    ),
    (
        "Ba tôi già yếu nghỉ làm chổi đót cả năm nay, tờ giấy 4 sao vẫn treo giữa nhà. Ông buồn. "
        "Nghỉ hẳn thì có bị thu hồi giấy không?",
        "không còn sản xuất",
    ),
)


@pytest.mark.parametrize(("message", "told"), ROWS)
def test_the_question_at_the_end_is_answered(message: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(message, TODAY)
    assert answer.answered
    assert told in answer.text


def test_whose_score_is_asked_decides_not_who_is_spoken_of(answerer: Answerer) -> None:
    assert not answerer.answer("Cho tôi xem điểm hồ sơ của anh Tùng", TODAY).answered
    assert not answerer.answer("coi hộ hồ sơ của người yêu cũ nộp ở xã Đức Thọ", TODAY).answered


def test_a_clause_that_says_little_leans_on_the_message(answerer: Answerer) -> None:
    said = (
        "Nhà em làm giò me bán cho người quen, hộ kinh doanh cũng chưa đăng ký. Như vậy có nộp "
        "được không, phải làm gì trước?"
    )
    assert "xã, phường" in answerer.answer(said, TODAY).text


def test_may_the_machine_is_no_may_that_asks(answerer: Answerer) -> None:
    """ "máy, giờ" is not "mấy giờ", "máy sấy" no question."""
    reader = answerer.finder.reader
    assert not reader.read("Nhà em mua máy sấy từ đầu năm").asks
    assert reader.read("nhà em mua mấy cái").asks
    assert not reader.read("Tui không tin").asks


def test_what_stands_before_con_is_kept_where_it_is_the_condition(answerer: Answerer) -> None:
    for message, told in (
        ("Phường nhận hồ sơ ngày 10/11/2026, còn bao giờ phường phải gửi hồ sơ lên tỉnh?", "02/12"),
        ("Giấy 3 sao cấp ngày 15/08/2024, còn đánh giá lại thì nộp từ ngày nào tới ngày nào?",
         "16/02/2027"),
        ("Sản phẩm nhà em được chấm 71 điểm, còn thiếu bao nhiêu điểm nữa thì lên 5 sao?", "19"),
        ("Nhà em là hộ kinh doanh có giấy, còn đứng tên đăng ký sản phẩm thì có được không?",
         "Được: "),
        ("Nhà em 60% nguyên liệu trong tỉnh, còn 40% mua ngoài, làm bún khô 3 sao được chưa?",
         "Đủ mức tối thiểu của 3 sao"),
    ):  # fmt: skip
        text = answerer.answer(message, TODAY).text
        assert told in text, text


def test_what_stands_before_con_is_left_where_it_is_settled(answerer: Answerer) -> None:
    message = "Giấy chứng nhận cấp ngày 15/08/2024 thì biết rồi, còn 4 sao được thưởng bao nhiêu?"
    text = answerer.answer(message, TODAY).text
    assert "150 triệu" in text
    assert "15/08" not in text
