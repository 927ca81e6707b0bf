"""Several questions in one message: each keeps the subject of the first, no line is told twice."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer
from conversations.policy.render import ROOM
from conversations.policy.talk import several
from conversations.policy.talk.together import dealt

TODAY = date(2026, 11, 29)
#: A message, and what its answer must say of each of its questions.
TOGETHER = (
    (
        "Sản phẩm 4 sao bị phát hiện giả mạo hồ sơ thì có bị thu hồi không, ai ký, trong mấy ngày?",
        ("giả mạo hồ sơ", "Chủ tịch UBND tỉnh", "15 ngày"),
    ),
    (
        "thưởng dự kiến cho hàng 3 sao bao nhiêu, 4 sao bao nhiêu, 5 sao bao nhiêu",
        ("100 triệu", "150 triệu", "300 triệu"),
    ),
    (
        "Giấy chứng nhận OCOP dùng được mấy năm, sắp hết thì nộp lại lúc nào?",
        ("36 tháng", "180"),
    ),
    (
        "Giấy OCOP của nhà tôi cấp ngày 5/5/2025, bao giờ hết hạn và ai là người ký giấy đó?",
        ("05/05/2028", "Chủ tịch UBND tỉnh"),
    ),
    (
        "em duoc 66 diem thi may sao, xa xu li ho so trong may ngay",
        ("3 sao", "15 ngày"),
    ),
    (
        "Báo tôi cần ba con số: số chủ thể OCOP; số sản phẩm còn hiệu lực; kinh phí dự kiến.",
        ("329", "268", "20 tỷ"),
    ),
    (
        "I keep bees. My certificate is dated 5 May 2025. When does it end, and who signs 5 stars?",
        ("5 May 2028", "Ministry"),
    ),
    (
        "Em cần đăng ký mã vạch, chị em thì muốn đem hàng đi hội chợ quốc tế. Mỗi việc hỏi sở nào?",
        ("Sở Khoa học và Công nghệ", "Sở Công Thương"),
    ),
    (
        "How many sample products go with a dossier, and how long may the commune keep it?",
        ("5 samples", "15 working days"),
    ),
)


@pytest.mark.parametrize(("message", "told"), TOGETHER)
def test_every_question_is_answered(
    message: str, told: tuple[str, ...], answerer: Answerer
) -> None:
    answer = answerer.answer(message, TODAY)
    assert answer.answered
    assert [one for one in told if one not in answer.text] == []


@pytest.mark.parametrize(("message", "told"), TOGETHER)
def test_no_line_and_no_source_is_told_twice(
    message: str, told: tuple[str, ...], answerer: Answerer
) -> None:
    lines = answerer.answer(message, TODAY).text.split("\n")
    said = [line for line in lines if line]
    assert len(said) == len(set(said))
    body = [line for line in said if not line.startswith(("Nguồn:", "Source:"))]
    assert sum(map(len, body)) <= ROOM


def test_an_and_inside_a_name_or_a_verb_cuts_nothing(answerer: Answerer) -> None:
    said = "Sở Nông nghiệp và Môi trường làm gì, cơ quan nào chấm và công nhận 5 sao?"
    assert several.asked(answerer.finder.reader, said, "vi") == [
        "Sở Nông nghiệp và Môi trường làm gì",
        "cơ quan nào chấm và công nhận 5 sao?",
    ]


def test_what_nobody_can_answer_is_named_beside_what_is(answerer: Answerer) -> None:
    said = "Hồ sơ OCOP nộp ở đâu? Mẫu gửi mấy sản phẩm? Con mèo nhà em mấy tuổi rồi?"
    answer = answerer.answer(said, TODAY)
    assert answer.answered
    assert "UBND xã, phường" in answer.text
    assert "5 sản phẩm mẫu" in answer.text


def test_lines_are_dealt_in_turn() -> None:
    assert dealt([["a", "b"], ["a", "c"]], 100) == [["a", "b"], ["c"]]
    assert dealt([["a" * 60, "b"], ["c" * 60, "d"]], 50) == [["a" * 60], ["c" * 60]]
