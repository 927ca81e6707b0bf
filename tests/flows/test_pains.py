"""What users of every such service complain of, each tried here as a household meets it."""

from __future__ import annotations

import asyncio
import itertools
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import clock
from bot.work.inbox import keep
from conversations import home
from conversations.context import Ctx
from models.database import Unit
from models.messages import Attachment, Inbound, Outcome
from models.tables import TalkRow
from tests import databases
from tests.flows.household import household, opened, photo, pressed
from tests.flows.office import appointed, due, handed_in
from tests.flows.talk import MORNING, Talker, Town, town
from tests.flows.test_people import HOUSEHOLD, agree, answer


async def asked_to_mend(here: Town) -> tuple[Talker, Talker]:
    """An officer who sent one paper back, and the household that was told."""
    minh = await appointed(here, "Minh")
    lan = await handed_in(here)
    await minh.letters()
    await minh.press("Nhận xử lý")
    await minh.press("… Phiếu đăng ký")
    await minh.press("↩ Trả lại")
    assert "Vì sao trả lại" in minh.heard[-1].text  # no way to send back without saying why
    await minh.press("Ảnh mờ")
    await minh.say("/case 1")
    await minh.press("Gửi yêu cầu bổ sung")
    await due(here, timedelta(minutes=10))
    return minh, lan


# 1 ----------------------------------------------------------------------------------------------
async def test_i_cannot_go_back_or_mend_one_answer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        await answer(lan, *HOUSEHOLD)
        before = lan.heard[-1].text
        await lan.say("quay lại")
        await lan.say("quay lại")
        await lan.say("tiếp")
        assert "Đang ghi:" in await lan.say("sửa 4")
        after = await lan.say("Hộ Mây Tre")
        changed = set(after.splitlines()) ^ set(before.splitlines())
        told = [line for line in changed if line[:1].isdigit()]
        assert len(told) == 2 and any("Hộ Mây Tre" in line for line in told), changed


# 2 and 8 ----------------------------------------------------------------------------------------
async def test_after_a_restart_weeks_later_everything_is_gone(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        await lan.send(photo(here, 1))
        child = here.person("child")
        await agree(child)
        await answer(child, "me", "htx", "HTX Hoa Sen")
    async with town(tmp_path, MORNING + timedelta(days=40)) as here:
        here.count = itertools.count(10_000)
        lan, child = here.person("lan"), here.person("child")
        assert "HTX Hoa Sen" not in await child.say("menu")
        assert "đại diện" in await child.say("tiếp")  # the very question
        await lan.say("menu")
        await lan.press("Mở Mật ong Cường")
        card = await opened(here, lan, "dang_ky_kinh_doanh")
        assert "1 trang" in card
        (page,) = await here.rows("SELECT name FROM page")
        assert page["name"] == "anh-1.jpg"


# 3 ----------------------------------------------------------------------------------------------
async def test_an_old_button_is_dead(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        first = lan.heard[-1].buttons[0].action
        await answer(lan, "me", "htx", "HTX Hoa Sen")
        asked = lan.heard[-1].text.splitlines()[-1]
        for data in (first, "x" * 50, "v0:gone", ""):
            assert asked in await lan.press_data(data or "?"), data
        for action in ("producer:type=ho", "no_such_room:x", "dossier:open=77.x"):
            said = await pressed(here, lan, action)
            assert asked in said and lan.labels, action


# 4 ----------------------------------------------------------------------------------------------
async def test_i_am_stuck_and_nobody_sees_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        await answer(lan, "me")
        await lan.say("zzqq")
        assert "Gặp cán bộ" not in lan.labels
        await lan.say("qqzz")
        await lan.press("Gặp cán bộ")
        said = await lan.say("Tôi không biết chọn loại nào cả")
        (ticket,) = await here.rows("SELECT code FROM ticket")
        assert str(ticket["code"]) in said and "trước" in said  # a number and a time
        await lan.say("menu")
        assert "loại nào" in await lan.press("Làm tiếp")  # and nothing is lost


# 6 ----------------------------------------------------------------------------------------------
async def test_two_messages_at_once_give_junk(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        await lan.say("me")
        said = ["htx", "HTX Hoa Sen", "Nguyễn Văn An"]
        await asyncio.gather(*(lan.say(words) for words in said))
        assert "Chức vụ" in lan.heard[-1].text  # in the order they came


async def test_a_double_tap_sends_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        await pressed(here, lan, "submit:send=1")
        rows = await here.rows("SELECT id FROM history_entry WHERE what = 'submitted'")
        assert len(rows) == 1 and "đã nộp rồi" in lan.heard[-1].text


# 7 ----------------------------------------------------------------------------------------------
async def test_an_album_is_split_and_names_are_lost(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        for number in (1, 2, 3, 4):  # a channel hands an album over one by one
            await lan.send(photo(here, number, name=f"Trang {number}.jpg"))
        waiting = await here.rows("SELECT body FROM outbound WHERE address = 'lan' ORDER BY id")
        answers = [
            databases.text_of(row["body"])
            for row in waiting
            if "trang" in databases.text_of(row["body"])
        ]
        assert sum("4 trang" in body for body in answers) == 1, answers
        names = await here.rows("SELECT name FROM page ORDER BY position")
        assert [n["name"] for n in names] == [f"Trang {n}.jpg" for n in (1, 2, 3, 4)]


async def test_a_file_that_cannot_be_taken_is_met_with_silence(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await opened(here, lan, "dang_ky_kinh_doanh")
        big = Attachment("document", "lon.pdf", "application/pdf", 25_000_000, refused="too_big")
        assert "20 MB" in await lan.send(big)
        here.clock.move(timedelta(minutes=1))
        program = keep(here.files, b"MZ\x90\x00" + bytes(2000), "anh.jpg")
        assert program.refused and await lan.send(program)
        assert await here.rows("SELECT id FROM page") == []


# 10 ---------------------------------------------------------------------------------------------
async def test_sent_back_without_a_reason_and_mended_without_being_seen(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await asked_to_mend(here)
        letter = await lan.letters()
        assert "Phiếu đăng ký" in letter and "mờ" in letter  # which paper, and why
        await opened(here, lan, "phieu_dang_ky")
        await lan.send(photo(here, 501))
        await lan.press("Thay bản cũ")
        await lan.say("xong")
        await minh.letters()
        await pressed(here, lan, "submit:send=1")
        (row,) = await here.rows("SELECT state FROM dossier")
        assert row["state"] == "fixed"
        assert "sửa xong" in (await minh.letters()).lower()


# 11 ---------------------------------------------------------------------------------------------
async def test_a_changed_form_breaks_what_is_half_done(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        await answer(lan, "me", "htx", "HTX Hoa Sen")

        # A deploy took away a choice and a question: what no longer fits is asked again, the rest
        # stays, and what nobody asks any more harms nothing.
        def taken_away(unit: Unit) -> None:
            for row in unit.exec(select(TalkRow)):
                told = json.dumps(row.state).replace('"htx"', '"no_such_type"')
                row.state = json.loads(told)

        await here.db.run(taken_away)
        here.db.store.cache.doubt()
        assert "thuộc loại nào" in await lan.say("tiếp")
        assert "đại diện" in await lan.say("htx")


# 13 ---------------------------------------------------------------------------------------------
async def test_the_assistant_stays_silent_after_the_officer_left(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await minh.press("Nhắn bà con")
        await minh.say("Bà con chờ mình nhé")
        await lan.letters()
        await minh.press("Xem hồ sơ")
        await minh.press("Xem trao đổi")
        await minh.press("Kết thúc trao đổi")
        assert "Mình lại giúp bà con đây" in await lan.letters()


# 14 ---------------------------------------------------------------------------------------------
async def test_a_reminder_comes_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await agree(lan)
        await answer(lan, "me", "htx", "HTX Hoa Sen")
        told = ""
        for _ in range(6):  # planned again and again, as every start does
            await here.db.run(here.jobs.plan)
            await here.db.run(here.jobs.plan)
            await due(here, timedelta(hours=12))
            told += await lan.letters()
        assert told.count("đang làm dở") == 1


# 15 ---------------------------------------------------------------------------------------------
async def test_where_is_my_application(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        for words in ("đến đâu rồi", "ho so den dau roi", "/status"):
            await lan.say("menu")
            said = await lan.say(words)
            assert "chờ xã nhận" in said and "từ 25/11/2026" in said, words
            assert "16/12/2026" in said, words  # until when, with nobody to ring


# 5 ----------------------------------------------------------------------------------------------
async def test_one_bad_message_stops_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as here:
        lan, minh = await household(here), await household(here, "minh")
        greeting = home.greeting

        def broken(ctx: Ctx) -> str:
            if ctx.person.id == 1:
                raise ZeroDivisionError
            return greeting(ctx)

        monkeypatch.setattr(home, "greeting", broken)
        for who, words in ((lan, "menu"), (minh, "menu"), (lan, "/privacy")):
            assert await here.turns.receive(_inbound(here, who, words)) is Outcome.WRITTEN
        assert "Mật ong Cường" in await minh.letters()
        assert "Thông tin của bà con" in await lan.letters()


def _inbound(here: Town, who: Talker, words: str) -> Inbound:
    return Inbound(who.address, str(next(here.count)), clock.now(), words)
