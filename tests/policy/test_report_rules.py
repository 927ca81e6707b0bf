"""What the report says yes or no to, whom and what it names; what is not its matter is refused."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer
from conversations.policy.understand import language

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Món 4 sao thứ nhì nhà em có bị cắt nửa tiền thưởng không?", "- Không."),
        ("thuong 5 sao cai thu 2 co bi giam 50% nhu 3 sao ko ad", "- Không."),
        ("Có phải chỉ 3 sao mới bị giảm nửa từ món thứ hai?", "- Đúng."),
        ("Giảm nửa là chỉ 3 sao thôi hay cả 4 sao từ cái thứ hai?", "- Báo cáo chỉ nêu"),
        ("Is a second 4-star product rewarded with half?", "- No."),
        ("đã phát tiền thưởng cho ai chưa ad", "- Chưa thấy"),
        ("Have any rewards been paid yet?", "- The report does not say that any reward"),
    ],
)
def test_halves_and_payments_are_told_first(said: str, first: str, answerer: Answerer) -> None:
    told = answerer.answer(said, DAY)
    assert told.answered and told.text.startswith(first), told.text
    assert "dự kiến" in told.text or "proposed" in told.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hỗ trợ OCOP sắp tới ghép với những chương trình nào?", "giảm nghèo bền vững"),
        ("Name the programmes OCOP support is to be integrated with", "poverty reduction"),
        ("mấy xã làm ocop bị chê chi rứa, chỉ đạo yếu à", "chưa quyết liệt"),
        ("Một số địa phương có theo kịp yêu cầu OCOP không?", "Không. Một số địa phương"),
        ("Món ngon trong xóm nỏ ai hay, cấp mô đi tìm để mần OCOP?", "Xã, phường"),
    ],
)
def test_who_and_what_the_report_names(said: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(said, DAY)
    assert answer.answered and told in answer.text, answer.text


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("Documents required?", "en"),
        ("One 5-star product gets 300 million, right?", "en"),
        ("Second product, half reward?", "en"),
        ("sanpham ocop", "vi"),
        ("deadline nop hs", "vi"),
        ("san pham ocop 5 sao", "vi"),
    ],
)
def test_a_few_english_words_without_small_ones_are_english(said: str, lang: str) -> None:
    assert language(said) == lang


@pytest.mark.parametrize(
    "said",
    [
        "Nhà tôi có con bò đẻ khó, thú y nói chờ tới sáng mà tôi sốt ruột quá, nó cứ rặn mà không "
        "ra. Bot chỉ giúp cách đỡ đẻ cho bò với, có phải kéo dây không?",
        "Con dâu tôi mới sinh cháu thứ hai, nghe nói có chế độ thai sản, mà nó làm công nhân được "
        "tám tháng thì nghỉ. Vậy nó được lĩnh bao nhiêu, nộp giấy cho ai?",
    ],
)
def test_a_story_that_is_nothing_of_ours_is_refused(said: str, answerer: Answerer) -> None:
    assert not answerer.answer(said, DAY).answered


def test_a_story_of_neighbours_that_asks_for_oneself_is_answered(answerer: Answerer) -> None:
    said = (
        "Xóm tôi cãi nhau chuyện sáp nhập, chừ chưa biết gọi là xã gì, tôi ở Cẩm Nhượng cũ. Vậy "
        "muốn nộp hồ sơ OCOP thì tôi phải ra xã nào?"
    )
    assert "Thiên Cầm" in answerer.answer(said, DAY).text
