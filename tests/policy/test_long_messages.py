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
        "Ngừng sản xuất",
    ),
)


#: Not refused as somebody else's, as a guess, or as a place that nobody named.
PASSING = (
    (
        "Chị hỏi chút nhé em, hồ sơ nhà chị xã gửi lên tỉnh ngày 6/11/2026 thì rơi vào đợt nào?",
        "đợt 1 năm 2027",
    ),
    (
        "Mấy đứa ngồi đoán mãi không ra xã cũ đổi tên gì, cãi nhau cả buổi chiều ở quán nước đầu "
        "ngõ mà chẳng ai chịu ai. Xã Cẩm Nhượng giờ nhập vào xã nào vậy?",
        "Thiên Cầm",
    ),
)


@pytest.mark.parametrize(("message", "told"), (*ROWS, *PASSING))
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


STORIES = (
    (
        "Con ở Sài Gòn làm công nhân, mẹ ở quê đem giấy tờ món bánh đa vừng lên xã đã gần tháng "
        "nay mà không thấy ai trả lời. Nhờ bot xem giúp hồ sơ của mẹ con tới bước nào rồi với",
        "status",
    ),
    (
        "Tui làm nhút Thanh Chương, à không, nhút quê tui, bấm tới bấm lui trên máy mãi mà không "
        "ra chi hết, mắt mũi kèm nhèm. Thôi cho tui nói chuyện với cán bộ cho xong",
        "officer",
    ),
)


@pytest.mark.parametrize(("story", "task"), STORIES)
def test_a_place_told_in_passing_is_no_other_province(
    story: str, task: str, answerer: Answerer
) -> None:
    assert answerer.answer(story, TODAY).intent == task


def test_another_province_that_is_asked_of_is_refused(answerer: Answerer) -> None:
    said = (
        "Anh họ tôi làm miến ngoài đó khoe suốt từ Tết tới giờ, nghe mà ham, nhà tôi cũng tính "
        "làm theo. Vậy tỉnh Nghệ An thưởng sản phẩm 4 sao bao nhiêu tiền?"
    )
    assert answerer.answer(said, TODAY).topic == "other_province"


def test_a_rule_that_is_asked_in_a_story_is_no_task(answerer: Answerer) -> None:
    said = (
        "toi nop ho so o xa ba tuan roi ma hoi mai khong thay noi nang gi, can bo moi ve chua "
        "quen viec. toi muon biet theo quy dinh thi xa giu ho so toi da may ngay lam viec"
    )
    assert "15 ngày làm việc" in answerer.answer(said, TODAY).text


def test_what_is_announced_is_what_is_asked(answerer: Answerer) -> None:
    said = (
        "Hội phụ nữ xã tôi họp hôm qua bàn mãi chuyện làm OCOP, người một câu ta một câu, rốt "
        "cuộc tôi được giao hỏi cho rõ: giấy chứng nhận có giá trị trong mấy năm"
    )
    assert "36 tháng" in answerer.answer(said, TODAY).text


def test_a_day_of_the_story_is_not_what_is_asked(answerer: Answerer) -> None:
    told = (
        "Chào admin, bên em làm miến dong, xã gửi hồ sơ lên tỉnh hôm đầu tháng rồi. Xưởng đang sửa "
        "lại nền, bề bộn lắm. Vậy tổ tư vấn của tỉnh có khi nào về tận cơ sở khảo sát không ạ?"
    )
    assert "khảo sát thực tế" in answerer.answer(told, date(2027, 4, 23)).text
