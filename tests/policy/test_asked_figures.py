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


FIRST = (
    ("Có bao nhiêu sản phẩm OCOP đã hết hạn giấy?", "142"),
    ("how many products have expired", "142"),
    ("bao nhieu san pham con hieu luc", "268"),
    ("Đến 2030 tỉnh muốn có bao nhiêu sản phẩm 4 sao?", "50 sản phẩm 4 sao"),
    ("How many 3-star products are aimed for by 2030?", "555"),
    ("Tỉnh có mấy hợp tác xã làm OCOP?", "69"),
)


@pytest.mark.parametrize(("asked", "told"), FIRST)
def test_the_figure_that_is_asked_for_comes_first(
    asked: str, told: str, answerer: Answerer
) -> None:
    assert told in answerer.answer(asked, TODAY).text.splitlines()[0]


def test_the_machine_is_no_how_many(answerer: Answerer) -> None:
    """ "mua máy" asks for no figure: the line on the rank stays before that on the amount."""
    text = answerer.answer("2 sao có được 50% tiền mua máy theo nghị quyết 51 không?", TODAY).text
    assert "từ 3 sao trở lên" in text
