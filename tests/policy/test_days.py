"""What is in force on the day of asking, and days counted."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.policy import Answerer

DAY = timedelta(days=1)


def status(answerer: Answerer, passage: str, on: date) -> str:
    return answerer.passage(passage, on, "vi").sources[0].status


def test_a_lapsed_passage_is_never_given_as_in_force(answerer: Answerer) -> None:
    lapsed = [p for p in answerer.library.passages.values() if p.to]
    assert lapsed
    for passage in lapsed:
        assert passage.to is not None
        said = status(answerer, passage.id, passage.to + DAY)
        assert "đang có hiệu lực" not in said, passage.id
        for ask in passage.asks[:3]:
            answer = answerer.answer(ask, passage.to + 400 * DAY)
            for source in answer.sources:
                own = source.document == passage.cites[0].document.short
                if own and source.passage_id == passage.id:
                    assert "đang có hiệu lực" not in source.status, ask


def test_the_rule_that_ended_another_is_given_as_in_force(answerer: Answerer) -> None:
    for passage in ("qd148", "qd1489", "nd13_2023"):
        ended, by = answerer.passage(passage, date(2026, 11, 25), "vi").sources
        assert ended.status.startswith("đã hết hiệu lực"), passage
        assert by.status == "đang có hiệu lực", passage


def test_a_passage_to_come_is_not_given_as_in_force(answerer: Answerer) -> None:
    to_come = [p for p in answerer.library.passages.values() if p.from_ and not p.earlier]
    assert to_come
    for passage in to_come:
        assert passage.from_ is not None
        assert not status(answerer, passage.id, passage.from_ - DAY).startswith("đang có hiệu lực")


def test_the_decision_of_the_day_is_given(answerer: Answerer) -> None:
    question = "Ai chấm và công nhận 3 sao?"
    before = answerer.answer(question, date(2026, 3, 1))
    after = answerer.answer(question, date(2026, 11, 25))
    assert before.sources[0].document.startswith("Quyết định 148")
    assert after.sources[0].document.startswith("Quyết định 26/2026")


def test_the_parts_of_the_score_are_those_of_the_year_named(answerer: Answerer) -> None:
    parts = {"2022": ("Quyết định 1048", "phần A 35"), "2024": ("Quyết định 148", "phần A 40")}
    for year, (decision, points) in parts.items():
        question = f"Năm {year} phần A của bộ tiêu chí bao nhiêu điểm?"
        answer = answerer.answer(question, date(2026, 11, 25))
        assert answer.sources[0].document.startswith(decision)
        assert points in answer.text


def test_proposed_money_is_never_promised(answerer: Answerer) -> None:
    for question in ("4 sao thưởng bao nhiêu?", "Kinh phí OCOP 2026-2030 bao nhiêu?"):
        answer = answerer.answer(question, date(2027, 3, 1))
        assert "chưa ban hành" in answer.text, answer.text


def test_the_window_for_handing_in_again_is_counted(answerer: Answerer) -> None:
    question = "Giấy hết hạn ngày 30/06/2027 thì nộp đánh giá lại khi nào?"
    text = answerer.answer(question, date(2026, 11, 25)).text
    assert "01/01/2027" in text  # 180 days before
    assert "02/03/2027" in text  # 120 days before
    assert "còn 37 ngày nữa" in text


def test_a_certificate_ends_after_36_months(answerer: Answerer) -> None:
    text = answerer.answer(
        "Giấy chứng nhận cấp ngày 15/08/2026 hết hạn ngày nào?", date(2026, 11, 25)
    ).text
    assert "15/08/2029" in text


def test_a_round_that_is_named_is_told_though_it_is_over(answerer: Answerer) -> None:
    on = date(2026, 11, 29)
    text = answerer.answer("Đợt 2 năm nay tỉnh phải chấm xong trước ngày nào?", on).text
    assert text.startswith("- Đợt 2 năm 2026")
    assert "30/12/2026" in text
    assert "đã qua" in text


def test_whether_the_commune_is_late_is_counted(answerer: Answerer) -> None:
    asked = "Phường nhận hồ sơ của tôi hôm 10/8/2026, vẫn chưa chuyển đi, như vậy đã trễ hạn chưa?"
    assert "đã quá hạn 93 ngày" in answerer.answer(asked, date(2026, 11, 29)).text
    assert "Chưa quá hạn" in answerer.answer(asked, date(2026, 8, 20)).text


def test_once_the_time_to_hand_in_again_is_over_it_is_said_what_to_do(answerer: Answerer) -> None:
    """Ended, or soon to end, with both days gone by: no "hand in from … to …" (Điều 12 khoản 3)."""
    for asked in (
        "Giấy cấp ngày 15/08/2023 hết hạn ngày nào?",
        "Giấy chứng nhận cấp 15/01/2024, còn hạn tới bao giờ?",
    ):
        answer = answerer.answer(asked, date(2026, 11, 29))
        assert "Muốn giữ sao thì nộp" not in answer.text
        assert "Đã qua thời gian nộp đánh giá lại" in answer.text
        assert "hỏi cán bộ xã ngay" in answer.text
        assert "Điều 12 khoản 3" in answer.text.splitlines()[-1]
    before = answerer.answer("Giấy cấp ngày 15/08/2025 hết hạn ngày nào?", date(2026, 11, 29)).text
    assert "Muốn giữ sao thì nộp đánh giá lại từ 17/02/2028 đến 17/04/2028" in before


def test_a_certificate_gone_longer_than_it_may_run_on(answerer: Answerer) -> None:
    asked = "Giấy chứng nhận OCOP cấp ngày 15/01/2023 còn hạn không?"
    text = answerer.answer(asked, date(2026, 11, 29)).text
    assert "tới 14/07/2026: cũng đã qua" in text
    assert "hỏi cán bộ xã" in text


def test_a_dossier_of_the_old_decision_is_told_by_its_kind(answerer: Answerer) -> None:
    asked = "Tôi nộp {} hồi tháng 4/2026 mà chưa chấm, khi nào xong?"
    first = answerer.answer(asked.format("hồ sơ lần đầu"), date(2026, 6, 1)).text
    again = answerer.answer(asked.format("hồ sơ đánh giá lại"), date(2026, 6, 1)).text
    assert first.startswith("- Hồ sơ lần đầu, nâng hạng nộp trước đó")
    assert again.startswith("- Hồ sơ phân hạng lại nộp trước đó")


def test_a_week_or_a_number_of_months_or_years_ago_is_counted(answerer: Answerer) -> None:
    on = date(2026, 12, 1)
    told = {
        "Tuần trước em được cấp giấy, bao giờ hết hạn?": "23/11/2029 đến 29/11/2029",
        "giấy cấp ba tháng trước bao giờ hết hạn": "09/2029",
        "năm ngoái được cấp giấy, khi nào hết hạn": "2028",
        "got my certificate last week, when does it expire?": "23 November 2029",
    }
    for asked, end in told.items():
        assert end in answerer.answer(asked, on).text, asked
