"""Rewards worked out in words, always as a proposal."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer

ROWS = Path(__file__).with_name("rewards.txt").read_text(encoding="utf-8").splitlines()[1:]
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("row", ROWS)
def test_the_sum_is_right_and_only_proposed(row: str, answerer: Answerer) -> None:
    question, sum_ = row.split(" | ")
    answer = answerer.answer(question, TODAY)
    assert answer.answered
    assert re.search(rf"(?<![\d.]){sum_}(?!\d)", answer.text.splitlines()[0]), answer.text
    assert "chưa ban hành" in answer.text or "not yet issued" in answer.text


def test_where_the_rule_is_silent_it_is_said(answerer: Answerer) -> None:
    text = answerer.answer("Nâng từ 3 sao lên 4 sao được thưởng thêm bao nhiêu?", TODAY).text
    assert "báo cáo chưa nói rõ" in text


def test_the_figures_are_those_of_the_passages(answerer: Answerer) -> None:
    tariff, support = answerer.matter.tariff, answerer.matter.support
    told = " ".join(answerer.library.passages["thuong_du_kien"].said("vi"))
    for amount in (*tariff.first.values(), *tariff.later.values()):
        assert f"{amount} triệu" in told
    shared = " ".join(answerer.library.passages[support.passage].said("vi"))
    assert f"{support.percent}%" in shared
    assert f"{support.from_stars} sao" in shared


def test_half_of_a_machine_is_counted_with_its_doubts(answerer: Answerer) -> None:
    text = answerer.answer("Mua máy sấy 200 triệu thì nghị quyết 51 hỗ trợ mấy?", TODAY).text
    assert "100 triệu đồng" in text
    assert "chưa rõ" in text
