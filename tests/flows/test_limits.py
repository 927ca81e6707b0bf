"""Questions in quick succession: answered up to a point, then a rest, then again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot import limits
from tests.flows.talk import town

QUESTION = "3 sao cần bao nhiêu điểm?"


async def test_questions_faster_than_anybody_reads_answers(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan, hoa = here.person("lan" * 6), here.person("hoa" * 6)
        for _ in range(limits.QUESTIONS.times):
            assert "50" in await lan.say(QUESTION)
        assert "đợi một phút" in await lan.say(QUESTION)
        assert "50" in await hoa.say(QUESTION)
        here.clock.move(timedelta(seconds=10))
        assert "50" in await lan.say(QUESTION)


async def test_an_officers_time_is_not_spent_by_one_person(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan" * 6)
        await lan.say("/officer")
        await lan.press("Tôi đồng ý")
        for number in range(limits.TICKETS.times):
            assert "Đã chuyển câu hỏi" in await lan.say(f"Xin hỏi cán bộ việc số {number} của tôi")
            await lan.say("/officer")
            here.clock.move(timedelta(minutes=1))
        assert "đã gửi cán bộ nhiều câu hỏi" in await lan.say("Xin hỏi cán bộ thêm một việc nữa")
        tickets = await here.rows("SELECT count(*) AS n FROM ticket")
        assert tickets[0]["n"] == limits.TICKETS.times
        here.clock.move(timedelta(hours=3))
        assert "Đã chuyển câu hỏi" in await lan.say("Xin hỏi cán bộ thêm một việc nữa")
