"""A question for yes or no: the first line says which, where the rule knows it."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer, yes_no
from conversations.policy.passages import VERDICTS

TODAY = date(2026, 11, 29)
ROWS = (
    ("Quyết định 148 giờ còn áp dụng không?", "Không. Quyết định 148 nay hết hiệu lực"),
    ("Doanh nghiệp lớn có thuộc diện OCOP không?", "Không. Doanh nghiệp lớn không có"),
    ("San pham 2 sao co duoc nghi quyet 51 ho tro mua may khong", "Không. Phần 50% này"),
    ("Nghị quyết 51 năm nay còn hiệu lực không ạ?", "Chưa chắc."),
    ("Tôi im lặng thì có coi là đồng ý cho dùng dữ liệu cá nhân không?", "Không. Im lặng"),
    ("Tổ tư vấn có xuống xưởng xem không?", "Có. Tổ có thể đề xuất"),
    ("Nghỉ làm hẳn thì có bị thu hồi giấy không?", "Có. Không còn sản xuất thì cũng bị thu hồi"),
    ("Khu homestay của tôi có phải nộp sản phẩm mẫu không?", "Không. Nhóm du lịch không cần nộp"),
    ("Gửi ảnh căn cước vào đây được không?", "Không gửi ảnh căn cước"),
    ("Is Decision 148 still in force?", "No. Decision 148"),
)


@pytest.mark.parametrize(("asked", "told"), ROWS)
def test_yes_or_no_comes_first(asked: str, told: str, answerer: Answerer) -> None:
    text = answerer.answer(asked, TODAY).text
    assert text.removeprefix("- ").startswith(told), text


def test_a_rule_that_still_held_is_not_told_to_be_over(answerer: Answerer) -> None:
    asked = "Nghị quyết 51 còn hiệu lực không?"
    assert not answerer.answer(asked, date(2024, 5, 1)).text.startswith("- Chưa chắc")


def test_what_is_denied_is_not_what_is_asked(answerer: Answerer) -> None:
    asked = "Quyết định 148 không còn áp dụng, vậy nộp theo mẫu nào?"
    assert not answerer.answer(asked, TODAY).text.startswith(("- Không.", "- Có."))


def test_every_list_of_verdicts_has_its_word(answerer: Answerer) -> None:
    assert set(yes_no.WORDS) == set(VERDICTS)
    passages = answerer.library.passages.values()
    told = [v for p in passages for v in p.verdicts if v]
    assert len(told) > 30
