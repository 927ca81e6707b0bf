"""A policy answer that knows the person: what their product lacks, where it is, when it ends."""

from __future__ import annotations

from pathlib import Path

from tests.flows.household import gives, household
from tests.flows.office import appointed
from tests.flows.talk import town

WHAT_PAPERS = "hồ sơ OCOP gồm những giấy tờ gì?"
FOOD_SAFETY = "giấy chứng nhận an toàn thực phẩm xin ở đâu?"


async def test_an_answer_on_papers_begins_with_what_ones_own_product_lacks(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        told = await lan.say(WHAT_PAPERS)
        assert told.startswith("Với sản phẩm *Mật ong Cường*, bà con còn thiếu: ")
        assert "giấy nữa)" in told
        assert "Nguồn:" in told
        assert "Cần có mới nộp được" in await lan.press("Mở Mật ong Cường")


async def test_an_answer_on_one_paper_says_whether_it_is_there(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        assert "hồ sơ còn thiếu Giấy chứng nhận an toàn" in await lan.say(FOOD_SAFETY)
        await gives(here, lan, "giay_attp", 1)
        assert "bà con đã có Giấy chứng nhận an toàn" in await lan.say(FOOD_SAFETY)


async def test_strangers_officers_and_english(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await household(here)
        minh, tourist = await appointed(here, "Minh"), here.person("tom")
        for other in (minh, tourist):
            await other.say("/start")
            told = await other.say(WHAT_PAPERS)
            assert "Nguồn:" in told and "Cường" not in told
        lan = await household(here, "an", product="Nhung hươu An")
        told = await lan.say("What documents are in an OCOP dossier?")
        assert told.startswith("For *Nhung hươu An*")
        assert "bà con" not in told.split("Source")[0]


async def test_a_form_in_hand_keeps_its_step_below_the_answer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("đăng ký sản phẩm")
        told = await lan.say(WHAT_PAPERS)
        assert "còn thiếu" in told and "—" in told
