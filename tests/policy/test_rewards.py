"""Rewards worked out in words, always as a proposal."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer

LINES = Path(__file__).with_name("rewards.txt").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.rsplit(" | ", 1)) for line in LINES if not line.startswith("#")]
SUMS = [row for row in ROWS if row[1] not in ("-", "no")]
UNSAID = [question for question, told in ROWS if told == "-"]
NO_SUMS = [question for question, told in ROWS if told == "no"]
TODAY = date(2026, 11, 25)
PROPOSED = re.compile("chưa ban hành|not yet issued|not adopted")


@pytest.mark.parametrize(("asked", "sum_"), SUMS)
def test_the_sum_is_right_and_only_proposed(asked: str, sum_: str, answerer: Answerer) -> None:
    *before, question = asked.split(" >> ")
    answer = answerer.answer(question, TODAY, history=before)
    assert answer.answered
    assert answer.intent == "reward"
    assert re.search(rf"(?<![\d.]){sum_}(?!\d)", answer.text.splitlines()[0]), answer.text
    assert PROPOSED.search(answer.text)


@pytest.mark.parametrize("question", UNSAID)
def test_what_the_report_does_not_say_is_not_answered(question: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert not answer.answered, answer.text
    assert PROPOSED.search(answer.text)


@pytest.mark.parametrize("question", NO_SUMS)
def test_what_only_looks_like_a_sum_is_none(question: str, answerer: Answerer) -> None:
    assert answerer.answer(question, TODAY).intent != "reward"


@pytest.mark.parametrize(
    "question",
    [
        "HTX có 6 món, hai món 5 sao, ba món 3 sao thì cộng lại bao nhiêu tiền thưởng?",
        "Bốn sản phẩm 4 sao và ba sản phẩm 3 sao của hai công ty khác nhau thì thưởng bao nhiêu?",
        "Nhà có 3 món 3 sao, nay cả bốn món cùng lên 4 sao thì thưởng thêm bao nhiêu?",
        "Hai sản phẩm 4 sao đã nhận 700 triệu, nay cả hai lên 5 sao thì thưởng thêm bao nhiêu?",
        "toan xa co 6 ho, 4 ho co 1 san pham 3 sao, 2 ho co 1 san pham 4 sao, tong thuong may",
        "Em có 3 món 4 sao, 1 món rớt còn 3 sao, hai món kia lên 5 sao thì thưởng thêm bao nhiêu?",
    ],
)
def test_what_is_not_understood_is_not_added_up(question: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.intent == "reward"
    assert "không cộng bừa" in answer.text
    assert "chưa ban hành" in answer.text
    assert "Tổng cộng" not in answer.text


def test_what_was_had_before_stands_apart(answerer: Answerer) -> None:
    text = answerer.answer(
        "Đã có hai sản phẩm 3 sao được thưởng 150 triệu, nay thêm một sản phẩm 4 sao mới. "
        "Lần này thưởng bao nhiêu?",
        TODAY,
    ).text
    assert "150 triệu đồng" in text.splitlines()[0]
    assert "Những sản phẩm có trước: 150 triệu đồng. Tính cả trước lẫn nay: 300" in text


@pytest.mark.parametrize(
    "question",
    [
        "Món nhút nhà tôi ba sao, chấm lại vẫn giữ nguyên ba sao thì có khoản thưởng nào không?",
        "Tỉnh có 251 sản phẩm 3 sao, 15 sản phẩm 4 sao và 2 sản phẩm 5 sao, tổng bao nhiêu?",
        "HTX có 2 sản phẩm 3 sao và 1 sản phẩm 4 sao thì cần hồ sơ gì để nâng hạng?",
        "bộ hồ sơ 4 sao cần gì >> còn nếu lên 5 sao?",
    ],
)
def test_what_asks_no_reward_is_not_added_up(question: str, answerer: Answerer) -> None:
    *before, asked = question.split(" >> ")
    assert "Tổng cộng" not in answerer.answer(asked, TODAY, history=before).text


def test_where_the_rule_is_silent_it_is_said(answerer: Answerer) -> None:
    text = answerer.answer("Nâng từ 3 sao lên 4 sao được thưởng thêm bao nhiêu?", TODAY).text
    assert "báo cáo chưa nói rõ" in text


def test_the_figures_are_those_of_the_passages(answerer: Answerer) -> None:
    tariff, support = answerer.matter.tariff, answerer.matter.support
    told = " ".join(answerer.library.passages["thuong_du_kien"].said("vi"))
    for amount in (*tariff.first.values(), *tariff.later.values()):
        assert f"{amount} triệu" in told
    before = " ".join(answerer.library.passages["thuong_truoc_day"].said("vi"))
    for rank, amount in answerer.matter.former_rewards.items():
        assert f"{rank} sao {amount} triệu" in before
    shared = " ".join(answerer.library.passages[support.passage].said("vi"))
    assert f"{support.percent}%" in shared
    assert f"{support.from_stars} sao" in shared


def test_half_of_a_machine_is_counted_with_its_doubts(answerer: Answerer) -> None:
    text = answerer.answer("Mua máy sấy 200 triệu thì nghị quyết 51 hỗ trợ mấy?", TODAY).text
    assert "100 triệu đồng" in text
    assert "chưa rõ" in text
