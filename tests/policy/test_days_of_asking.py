"""The decision in force on the day of asking is the one that is told."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

IN_FORCE = (
    (date(2020, 9, 1), "1048"),
    (date(2024, 5, 14), "148"),
    (date(2026, 11, 29), "26/2026"),
)


@pytest.mark.parametrize(("day", "decision"), IN_FORCE)
def test_the_decision_in_force(day: date, decision: str, answerer: Answerer) -> None:
    answer = answerer.answer("Bây giờ chấm OCOP theo quyết định nào?", day)
    assert answer.answered
    assert f"Quyết định {decision}" in answer.text.split("\n")[0]


def test_nothing_is_said_to_be_over_that_is_not(answerer: Answerer) -> None:
    then = answerer.answer("Quyết định 148 là gì?", date(2024, 5, 14))
    assert "hết hiệu lực" not in then.text
    now = answerer.answer("Quyết định 148 là gì?", date(2026, 11, 29))
    assert "hết hiệu lực" in now.text


def test_who_decides_is_asked_of_a_score_by_the_rule_of_that_day(answerer: Answerer) -> None:
    answer = answerer.answer("được 64 điểm, ba sao thì huyện ký hay tỉnh ký", date(2024, 7, 10))
    assert "huyện chấm 3 sao" in answer.text
    assert "2026/QĐ-TTg" not in answer.text


def test_what_held_before_is_named_beside_a_later_rule(answerer: Answerer) -> None:
    answer = answerer.answer("Xã có mấy ngày để gửi hồ sơ lên tỉnh?", date(2025, 3, 1))
    assert "148/QĐ-TTg" in answer.text
