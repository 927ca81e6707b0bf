"""What a person told before counts for the next question, and no more than it should."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

DAY = date(2027, 2, 8)
#: What was told, what is asked then, and what the person sees.
TOLD = (
    ("Giấy 3 sao nhà em hết hạn ngày 15/11/2027.",
     "Rứa sớm nhất hôm mô nộp lại được?", "19/05/2027"),
    ("Our certificate ends on 15/11/2027.",
     "So when can we hand in again at the earliest?", "19 May 2027"),
    ("nha toi o xa thach kim cu", "the gio nop ho so o xa nao", "xã Lộc Hà"),
    ("Phần A em chấm 28 điểm, phần B 15 điểm.",
     "Phần C 24 điểm nữa thì tổng mấy, mấy sao?", "67 điểm"),
)  # fmt: skip
OWN = (
    ("Sản phẩm 4 sao ghi nhãn sai thì có bị thu hồi giấy không?",
     "Thế ai là người ký quyết định thu hồi?", "Chủ tịch UBND tỉnh thu hồi"),
    ("Được 75 điểm thì ai ký công nhận?",
     "Thế còn được từ 90 điểm trở lên thì tỉnh làm gì tiếp?", "Bộ Nông nghiệp và Môi trường"),
)  # fmt: skip


@pytest.mark.parametrize(("told", "asked", "sees"), TOLD)
def test_what_was_told_is_counted_with(
    told: str, asked: str, sees: str, answerer: Answerer
) -> None:
    assert sees in answerer.answer(asked, DAY, history=[told]).text


@pytest.mark.parametrize(("before", "asked", "sees"), OWN)
def test_a_question_that_says_enough_is_answered_by_itself(
    before: str, asked: str, sees: str, answerer: Answerer
) -> None:
    assert sees in answerer.answer(asked, DAY, history=[before]).text.splitlines()[0]


def test_what_was_told_is_not_forced_on_another_matter(answerer: Answerer) -> None:
    told = "Giấy 3 sao nhà em hết hạn ngày 15/11/2027."
    asked = "Xã có bao nhiêu ngày để xem hồ sơ?"
    assert answerer.answer(asked, DAY, history=[told]).text == answerer.answer(asked, DAY).text


def test_that_paper_is_the_one_spoken_of(answerer: Answerer) -> None:
    talk = ["Hộ gia đình có được làm OCOP không?", "Phải đăng ký hộ kinh doanh trước à?"]
    said = answerer.answer("Rồi, vậy cái giấy đó thì em ra đâu làm?", DAY, history=talk).text
    assert "UBND xã, phường" in said and "hộ kinh doanh" in said


@pytest.mark.parametrize("asked", ["giấy hết hạn làm sao", "giay ocop het han roi, mần răng chừ"])
def test_a_certificate_that_has_ended_is_told_to_be_handed_in_at_once(
    asked: str, answerer: Answerer
) -> None:
    assert "nộp ngay hồ sơ đánh giá lại" in answerer.answer(asked, DAY).text.splitlines()[0]
