"""What the papers do not hold, beside what they do: the known half is told, the rest is said."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

ON = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Một năm tỉnh phải chấm ít nhất mấy đợt, có được mở thêm không?",
            ("ít nhất 2 đợt", "chưa rõ năm nay có mở không"),
        ),
        ("Nghị quyết 51 hỗ trợ mấy phần trăm, tối đa bao nhiêu?", ("50%", "trần tiền")),
        (
            "Bị thu hồi giấy 3 sao thì ai quyết định, có bị phạt tiền không?",
            ("Chủ tịch UBND tỉnh thu hồi", "chưa nêu mức phạt"),
        ),
        ("Thưởng 3 sao bao nhiêu và khi nào nhận được tiền?", ("100 triệu", "chưa nêu khi nào")),
        ("Có bao nhiêu sản phẩm 5 sao, tên là gì?", ("2 sản phẩm 5 sao", "không nêu tên")),
        ("Hà Tĩnh có bao nhiêu sản phẩm, nhóm đồ uống mấy cái?", ("268", "không nêu số liệu")),
    ],
)
def test_the_known_half_is_told(question: str, told: tuple[str, ...], answerer: Answerer) -> None:
    answer = answerer.answer(question, ON)
    assert answer.answered
    text = f"{answer.text} {answer.more}"
    assert [part for part in told if part not in text] == [], text


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2027 Hà Tĩnh có mở đợt 3 không?",
        "Lỡ đợt 2 rồi, tỉnh có mở thêm đợt không?",
        "Hà Tĩnh mình đã dùng phần mềm chấm OCOP chưa?",
        "Trang trại của tôi chưa đăng ký kinh doanh gì, có bắt buộc phải đăng ký không?",
        "Cơ sở tôi nhỏ không thuộc diện cấp giấy, hội đồng có nhận bản cam kết để xét 3 sao không?",
        "Chủ tịch hội đồng OCOP tỉnh tên gì?",
        "Phạt bao nhiêu tiền nếu dùng logo OCOP sai?",
    ],
)
def test_a_story_before_what_nobody_knows_is_no_half(question: str, answerer: Answerer) -> None:
    assert not answerer.answer(question, ON).answered


def test_what_stands_beside_a_gap_is_a_passage(answerer: Answerer) -> None:
    passages = answerer.library.passages
    for passage in passages.values():
        assert not passage.beside or passage.gap, passage.id
        assert not any(passages[name].gap for name in passage.beside), passage.id
