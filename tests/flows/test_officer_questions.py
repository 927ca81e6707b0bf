"""Questions nobody could answer: to an officer, back to the household, on to the content."""

from __future__ import annotations

from pathlib import Path

from models import answers
from tests.flows.household import household
from tests.flows.office import OTHER, appointed
from tests.flows.talk import Talker, Town, town

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
