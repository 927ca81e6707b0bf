"""A rule that is asked for is no task, and what somebody wants done is no rule."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer
from conversations.policy.yes_no.rule_asked import asks_rule
from tests.policy import gold

TODAY = date(2026, 11, 30)

RULES = (
    ("ho so len toi tinh ma con thieu giay thi tinh co cho bo sung khong", "hoàn thiện"),
    ("Xã có quyền không nhận hồ sơ của tôi vì thiếu một tờ không?", "hoàn thiện"),
    ("Tôi nộp hồ sơ gần tháng rồi, xã được phép ngâm hồ sơ mấy ngày?", "15 ngày làm việc"),
    ("How many days does the commune have to pass on my file?", "15 working days"),
    ("May the province let me add a paper that is missing in my dossier?", "complete"),
)


@pytest.mark.parametrize(("question", "told"), RULES)
def test_a_rule_is_told_and_no_task_begun(question: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.kind == "fact"
    assert told in answer.text


def test_nothing_that_is_to_be_done_is_read_as_a_rule(answerer: Answerer) -> None:
    """Every example of a task, and every question of the gauge that wants one."""
    reader = answerer.finder.reader
    examples = [said for group in answerer.library.tasks.values() for said in group]
    asked = [row.question for row in gold.read(gold.FILES) if row.intents]
    assert len(asked) > 90
    assert [said for said in (*examples, *asked) if asks_rule(reader.read(said))] == []
