"""A figure is asked for that nobody wrote down: what is near is not passed off as the answer."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

TODAY = date(2026, 11, 29)
UNTOLD = (
    ("Giá kiểm nghiệm một mẫu nước mắm hết bao nhiêu tiền?", ()),
    ("Quỹ đất cho khu chế biến OCOP ở phường Sông Trí rộng mấy héc-ta?", ()),
    ("Năm ngoái họ bán sang đó được mấy tấn?", ("Cu đơ Bà Hường đã xuất khẩu chưa?",)),
)
TOLD = (
    ("Nghị quyết 51 hỗ trợ bao nhiêu tiền mua máy?", "50%"),
    ("Sản phẩm 3 sao được thưởng bao nhiêu tiền?", "100 triệu"),
    ("Để lộ dữ liệu cá nhân thì phải báo trong bao nhiêu giờ?", "72 giờ"),
)


@pytest.mark.parametrize(("asked", "before"), UNTOLD)
def test_a_figure_nobody_wrote_down(
    asked: str, before: tuple[str, ...], answerer: Answerer
) -> None:
    answer = answerer.answer(asked, TODAY, history=before)
    assert not answer.answered, answer.text


@pytest.mark.parametrize(("asked", "told"), TOLD)
def test_a_figure_that_is_written(asked: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(asked, TODAY)
    assert answer.answered
    assert told in answer.text
