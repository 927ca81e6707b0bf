"""Points and days worked out in answers, however they are asked."""

from __future__ import annotations

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
