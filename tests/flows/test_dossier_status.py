"""“Đến đâu rồi”, talking to an officer, and the checklist for anyone."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.letters import household as letters
from locales import gettext
from models.content.text import Text
from tests.flows.household import household, officer, opened, photo, pressed, ready
from tests.flows.talk import Talker, Town, town


async def handed_in(here: Town, talker: Talker) -> str:
    """The code of the dossier handed in."""
    await ready(here, talker)
    await talker.press("Xem lại và nộp")
    await talker.press("Gửi hồ sơ")
    return str((await here.rows("SELECT code FROM dossier"))[0]["code"])


async def test_the_timeline_says_stage_since_when_and_until_when(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        code = await handed_in(here, lan)
        said = await lan.say("/status")
        assert code in said and "Đã nộp, chờ xã nhận*, từ 25/11/2026" in said
        assert "trước hết ngày 16/12/2026" in said and "Nộp cho xã" in said


@pytest.mark.parametrize("typed", ["{code}", "/status {code}", "mã {low} ạ"])
async def test_a_stranger_learns_the_stage_and_no_names(tmp_path: Path, typed: str) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        code = await handed_in(here, lan)
        hoa = here.person("hoa")
        await hoa.say("/start")
        await hoa.say("/status")
        said = await hoa.say(typed.format(code=code, low=code.lower().replace("-", " ")))
        assert "đã nộp, chờ xã nhận" in said and "25/11/2026" in said
        assert "Mật ong" not in said and "Cường" not in said


async def test_a_wrong_code_is_said_to_be_wrong(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        hoa = here.person("hoa")
        await hoa.say("/start")
        assert "chưa đúng" in await hoa.say("/status abc")


async def test_messages_go_to_the_officer_without_a_number(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        lan = await household(here)
        code = await handed_in(here, lan)
        await minh.letters()
        await lan.say("gặp cán bộ")
        assert "Đã chuyển 1 tin" in await lan.say("Bao giờ xã xem hồ sơ ạ?")
        await lan.say("Nhà đang cần gấp")
        told = await minh.letters()
        assert "Bao giờ xã xem hồ sơ ạ?" in told and "Nhà đang cần gấp" in told and code in told
        assert "0912" not in told
        await lan.say("menu")
        assert "Mật ong Cường" in lan.seen()
        await lan.say("chào buổi sáng nhé cả nhà")
        assert "chào buổi sáng" not in await minh.letters()


async def test_photos_are_relayed_too(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        lan = await household(here)
        await handed_in(here, lan)
        await minh.letters()
        await lan.say("gặp cán bộ")
        sent = photo(here, 200)
        await lan.send(sent)
        await minh.letters()
        assert minh.heard[-1].files[0].key == sent.key


async def test_a_question_becomes_a_ticket_with_a_number_and_a_time(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await officer(here)
        lan = await household(here)
        await lan.say("hồ sơ của tôi")
        await pressed(here, lan, "officer:general")
        said = await lan.say("Rượu nếp có thi OCOP được không ạ")
        row = (await here.rows("SELECT code, state, commune_code FROM ticket"))[0]
        assert str(row["code"]) in said and "trước" in said and row["commune_code"] == "18484"
        assert "Rượu nếp có thi" in await minh.letters()


async def test_a_strangers_question_goes_to_the_province(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        hue = await officer(here, "hue", "province")
        hoa = here.person("hoa")
        await hoa.say("/start")
        await hoa.say("gặp cán bộ")
        await hoa.press("Tôi đồng ý")
        await hoa.say("Cho tôi hỏi về đợt chấm tới")
        assert "đợt chấm tới" in await hue.letters()


async def test_the_checklist_is_open_to_anyone_and_keeps_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        hoa = here.person("hoa")
        await hoa.say("/start")
        await hoa.say("xem cần giấy gì")
        await hoa.say("hộ có đăng ký kinh doanh")
        await hoa.say("mật ong")
        await hoa.say("1")
        listed = await hoa.say("3 sao")
        assert "Giấy chứng nhận an toàn thực phẩm" in listed and "Cần để đạt 3 sao" in listed
        card = await hoa.say("giấy đăng ký kinh doanh")
        assert "Nơi cấp:" in card
        assert "Giấy tờ cần có" in await hoa.say("quay lại")
        person = (await here.rows("SELECT consent_at, name, phone FROM person"))[0]
        assert person == {"consent_at": None, "name": None, "phone": None}
        assert await here.rows("SELECT id FROM producer") == []


async def test_english_all_the_way(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await lan.say("tiếng Anh")
        board = await lan.say("/dossier")
        assert "Needed before you can hand in" in board and "Business registration" in board
        card = await opened(here, lan, "giay_attp")
        assert "Why it is needed:" in card and "Bà con" not in card


def test_letters_are_read_in_each_language() -> None:
    letter = letters.supplement(1, "HT-1", "Mật ong", [(Text("Giấy", "Paper"), "mờ")], "gấp", None)
    assert "! Giấy: mờ" in letter.say("vi").text and "! Paper: mờ" in letter.say("en").text
    assert letter.say("en").buttons[0].label == gettext("en", "Sửa ngay") != "Sửa ngay"
