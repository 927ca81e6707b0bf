"""Points and days worked out in answers, however they are asked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer

LINES = Path(__file__).with_name("sums.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_the_sum_is_told(row: str, answerer: Answerer) -> None:
    question, day, before, holds = (cell.strip() for cell in row.split("|"))
    history = [asked.strip() for asked in before.split("//") if asked.strip()]
    answer = answerer.answer(question, date.fromisoformat(day), history=history)
    assert answer.answered
    assert [held for held in holds.split("; ") if held not in answer.text] == [], answer.text


#: What only looks like a sum: a computed answer here would be beside the question.
NO_SUMS = (
    ("Phần C chấm những gì?", "qd26_phan_abc"),
    ("Một năm chấm mấy đợt?", "qd26_dot"),
    ("Xã có bao nhiêu ngày để xử lý hồ sơ?", "qd26_xa_15_ngay"),
    ("Giấy chứng nhận có giá trị bao lâu?", "qd26_chung_nhan"),
    ("Bao nhiêu điểm thì được 4 sao?", "qd26_diem_sao"),
)


@pytest.mark.parametrize(("question", "topic"), NO_SUMS)
def test_no_sum_where_nothing_is_given(question: str, topic: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, date(2026, 11, 29))
    assert answer.topic == topic
    told = answerer.library.passages[topic].said("vi")
    assert answer.text.splitlines()[0].removeprefix("- ") in told


#: Amounts that are no part of a whole, and criteria that are not added up.
NO_WORKING = (
    "Bán 40 tấn một năm thì quy mô được mấy điểm",
    "Hợp đồng liên kết 3 năm, mục liên kết đủ 4 sao chưa",
    "Có 8 đại lý, 5 đại lý ngoài xã thì khu vực bán được mấy điểm",
    "Một hộp 500g giá 120 nghìn, bao bì vậy được mấy điểm",
    "Nhà tôi có 3 người làm, 2 máy sấy, mục lao động mấy điểm",
    "20 tấn gạo và 10 tấn nếp, nguyên liệu được mấy điểm",
    "vài chục người làm, chừng 5 người ngoài xã thì mục lao động mấy điểm",
    "Mục bao bì đơn giản được mấy điểm?",
    "Câu chuyện sản phẩm được mấy điểm?",
)


@pytest.mark.parametrize("question", NO_WORKING)
def test_no_share_and_no_sum_of_what_is_no_part(question: str, answerer: Answerer) -> None:
    told = answerer.answer(question, date(2026, 11, 29)).text
    assert "Cộng lại" not in told
    assert not any(re.search(r"= [\d,]+%\.$", line) for line in told.splitlines()), told
