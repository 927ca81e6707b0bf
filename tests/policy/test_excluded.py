"""What the sheets leave out: said before any points, and never counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from conversations.policy import Answerer
from models.content.sheet import Item

TODAY = date(2026, 11, 29)
LEAVES_OUT = re.compile(r"không tính|không bao gồm|không kể|trừ (?!lượng)|chỉ xét|[Cc]hỉ chấm khi")


def _texts(item: Item) -> Iterator[str]:
    yield from (text.vi for text in (item.note, item.requires) if text)
    for ladder in (item.options, *(case.options for case in item.cases)):
        yield from (option.full.vi for option in ladder)


def test_whatever_a_sheet_leaves_out_is_known(answerer: Answerer) -> None:
    matter = answerer.matter
    left_out = {
        item.id
        for number in matter.sets
        for item in matter.sheet(number).items
        if any(LEAVES_OUT.search(text) for text in _texts(item))
    }
    assert left_out == set(matter.excluded)


def test_what_does_not_count_gives_no_points(answerer: Answerer) -> None:
    asked = "Bản quyền tác giả của chính cái nhãn hiệu có được tính điểm sở hữu trí tuệ không?"
    text = answerer.answer(asked, TODAY).text
    assert text.startswith("- Không")
    assert "Mức này được 3 điểm" not in text


def test_what_counts_besides_keeps_its_points(answerer: Answerer) -> None:
    design = "Nhãn hiệu có giấy chứng nhận, có kiểu dáng công nghiệp thì được mấy điểm?"
    assert "Mức này được 3 điểm" in answerer.answer(design, TODAY).text
    mark = "Nhãn hiệu có giấy chứng nhận, thêm quyền tác giả cho chính nhãn hiệu thì mấy điểm?"
    assert "Mức này được 3 điểm" not in answerer.answer(mark, TODAY).text


def test_a_step_told_shows_the_next_one_and_keeps_the_ladder_for_later(answerer: Answerer) -> None:
    answer = answerer.answer("Nước mắm bao bì đơn giản thì được mấy điểm?", TODAY)
    assert "Mức này được 1 điểm" in answer.text
    assert "Mức trên nữa: Đóng gói sáng tạo, bao bì đẹp: 2 điểm, tối thiểu cho 3 sao" in answer.text
    assert "Không có bao bì" not in answer.text
    assert "Không có bao bì: 0 điểm" in answer.more


def test_two_steps_told_are_compared_in_one_sentence(answerer: Answerer) -> None:
    asked = "Câu chuyện có tờ rơi được mấy điểm, có cả website thì được mấy điểm?"
    lines = answerer.answer(asked, TODAY).text.splitlines()
    assert lines[0].startswith("- Tùy bà con đã tới mức nào: Có tư liệu và tờ rơi: 2 điểm; Có tờ")
    assert sum("điểm" in line for line in lines[:-1]) <= 3
