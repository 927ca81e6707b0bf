"""Questions nobody could answer: to an officer, back to the household, on to the content."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import build
from models import answers
from tests import databases
from tests.flows.household import household
from tests.flows.office import OTHER, appointed, due
from tests.flows.talk import Talker, Town, town
from tests.flows.test_officer_clocks import plan, vietnam

ASKED = "Nhà tôi nuôi dế mèn xuất sang Nhật có được hỗ trợ container không?"


async def ticket(here: Town) -> dict[str, object]:
    return (await here.rows("SELECT * FROM ticket ORDER BY id"))[0]


async def passed(here: Town) -> Talker:
    """A question with a number, waiting."""
    from bot.apply import apply
    from conversations.events import QuestionPassed
    from models.database import Unit
    from tests.flows.household import _env, _person_id

    lan = await household(here)

    def pass_on(unit: Unit) -> None:
        env = _env(here, unit, _person_id(unit, lan))
        apply(env, QuestionPassed(ASKED))
        env.post.deliver()

    await here.db.run(pass_on)
    return lan


async def test_an_officer_answers_and_the_household_reads_it_at_once(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await passed(here)
        letter = await minh.letters()
        assert "chờ cán bộ trả lời" in letter and "dế mèn" in letter
        assert "anh/chị gõ câu trả lời" in await minh.press("Trả lời")
        assert "sẽ gửi" in await minh.say("Hiện chưa có chính sách đó, bà con ạ.")
        assert await lan.letters() == ""
        await minh.press("Gửi")
        told = await lan.letters()
        assert "Cán bộ Minh trả lời câu hỏi" in told and "chưa có chính sách đó" in told
        row = await ticket(here)
        assert (row["state"], row["make_passage"]) == ("answered", 0)


async def test_an_answer_may_be_mended_before_it_is_sent(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await passed(here)
        await minh.letters()
        await minh.press("Trả lời")
        await minh.say("Chưa có chính sách nào như vậy.")
        await minh.say("Có hỗ trợ theo Nghị quyết của tỉnh, bà con hỏi xã.")
        await minh.say("gửi")
        told = await lan.letters()
        assert "Có hỗ trợ theo" in told and "Chưa có chính sách nào" not in told


async def test_an_answer_worth_keeping_is_kept_for_the_content(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await passed(here)
        await minh.letters()
        await minh.press("Trả lời")
        await minh.say("Theo Điều 6, mẫu số 01 nộp một bản giấy.")
        await minh.press("Gửi và đưa vào kho")
        assert (await ticket(here))["make_passage"] == 1


async def test_answered_once_by_whoever_is_first(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        lan = await passed(here)
        for officer in (minh, hai):
            await officer.letters()
            await officer.press("Trả lời")
            await officer.say(f"Câu trả lời thứ {officer.address.id}")
        await minh.press("Gửi")
        await hai.press("Gửi")
        assert (await lan.letters()).count("Câu trả lời thứ") == 1
        assert "đã được trả lời" in hai.seen()


async def test_the_list_of_questions_and_only_ones_own_communes(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        far = await appointed(here, "Xa", communes=(OTHER,))
        await passed(here)
        await far.say("menu")
        assert "Không có câu hỏi nào chờ" in await far.press("Câu hỏi chờ trả lời")
        await minh.say("menu")
        assert "dế mèn" in await minh.press("Câu hỏi chờ trả lời")
        assert "anh/chị gõ câu trả lời" in await minh.say("1")


async def test_an_officer_corrects_an_answer_and_the_content_writers_get_it(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await household(here)
        question = "Giấy chứng nhận OCOP có giá trị bao lâu?"
        await lan.say("menu")
        await lan.say(question)
        assert "Sửa câu trả lời này" not in lan.labels
        await minh.say("menu")
        await minh.say(question)
        assert "kèm căn cứ" in await minh.press("Sửa câu trả lời này")
        assert "gõ rõ hơn" in await minh.say("sai")
        thanks = await minh.say("36 tháng từ ngày ban hành, Điều 4.3 Quyết định 26/2026.")
        assert "người soạn nội dung" in thanks
        (kept,) = await here.db.read(answers.kept)
        assert kept.question == question and "36 tháng" in kept.answer and kept.topic
        await here.db.run(lambda unit: answers.taken(unit, [kept.id], here.clock.at))
        assert await here.db.read(answers.kept) == []


async def test_what_had_no_answer_is_told_to_the_province_by_topic(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        thu = await appointed(here, "Thu", role="province")
        tom = here.person("tom")
        await tom.say("/start")
        for _ in range(2):
            await tom.say("Nghị quyết 51 trần hỗ trợ tối đa bao nhiêu tiền?")
        await tom.say("Giá vàng hôm nay bao nhiêu?")
        await plan(here)
        here.clock.set(vietnam(26, 7, 10))
        await due(here)
        digest = await thu.letters()
        assert "2 câu hỏi 7 ngày qua chưa trả lời được" in digest
        assert "(2)" in digest and "51" in digest


async def test_kept_answers_come_out_as_passages_ready_to_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await passed(here)
        await minh.letters()
        await minh.press("Trả lời")
        await minh.say("Chưa có chính sách: chờ tỉnh ban hành.")
        await minh.press("Gửi và đưa vào kho câu trả lời")
    shown = await said(tmp_path, monkeypatch)
    row = yaml.safe_load(shown)[0]
    assert row["facts"] == [{"vi": "Chưa có chính sách: chờ tỉnh ban hành."}]
    assert row["asks"] == {"vi": [ASKED]} and row["status"] == "unknown"
    out = tmp_path / "cau-hoi.yaml"
    await said(tmp_path, monkeypatch, "--out", str(out))
    assert yaml.safe_load(out.read_text(encoding="utf-8")) == [row]
    assert "0 câu" in await said(tmp_path, monkeypatch)


async def said(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> str:
    """What `export questions` prints about the town's database."""
    monkeypatch.setenv("DATABASE_URL", databases.at(folder / "talk.db"))
    run = await asyncio.to_thread(CliRunner().invoke, build(), ["export", "questions", *more])
    assert run.exit_code == 0, run.output
    return run.output
