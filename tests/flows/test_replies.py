"""Answering a letter by "reply", correcting a message after it was sent, things we do not read, and
people who block us: each is understood or kindly met."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot import clock
from bot.leaving import How
from conversations.letters import Line, Note
from models import people
from models.database import Unit
from models.messages import Address, Channel, Inbound
from models.tables import AddressRow
from tests.flows.household import household, opened, photo, pressed
from tests.flows.office import OTHER, appointed, handed_in
from tests.flows.talk import Talker, Town, town


async def last_letter(here: Town, who: Talker, like: str = "%") -> str:
    """The id of the newest letter about a case that this person has."""
    rows = await here.rows(
        "SELECT external_id FROM outbound WHERE address = :at AND CAST(body AS TEXT) LIKE :like "
        "AND (dossier_id IS NOT NULL OR key LIKE 'ticket:%') ORDER BY id DESC",
        at=who.address.id,
        like=like,
    )
    return str(rows[0]["external_id"])


async def becomes(here: Town, who: Talker, change: str, **more: object) -> None:
    at = more.pop("at", clock.now())
    news = Inbound(who.address, f"{change}-{here.clock.at}", at, change=change, **more)  # type: ignore[arg-type]
    await here.turns.receive(news)


# -- replies ---------------------------------------------------------------------------------------
async def test_an_officer_answers_the_alert_and_the_household_answers_the_officer(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters(), await lan.letters()
        words = "Bà con chụp lại trang hai giúp"
        assert "Đã gửi bà con" in await minh.say(words, reply_to=await last_letter(here, minh))
        assert words in await lan.letters()
        back = "Tôi gửi lại ngay đây ạ"
        assert "cho cán bộ" in await lan.say(back, reply_to=await last_letter(here, lan))
        assert back in await minh.letters()


async def test_an_open_form_is_kept_while_an_alert_is_answered(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        minh = await appointed(here, "Minh")
        await minh.letters(), await lan.letters()
        await lan.say("/register")
        await lan.press("Cho tôi")
        asked = lan.heard[-1].text
        await minh.say("/case 1")
        await minh.press("Nhận xử lý")
        await minh.press("Nhắn bà con")
        await minh.say("Chào bà con")
        await lan.letters()
        await lan.say("Vâng ạ", reply_to=await last_letter(here, lan, "%Ch%o b%con%"))
        await lan.say("/menu")
        await lan.press("Làm tiếp")
        assert lan.heard[-1].text.splitlines()[-1] == asked.splitlines()[-1]


async def test_a_photo_in_answer_to_an_officer_goes_to_the_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await minh.press("Nhắn bà con")
        await minh.say("Gửi tôi xem nhãn")
        await lan.letters(), await minh.letters()
        said = Inbound(
            lan.address,
            "photo-1",
            clock.now(),
            files=(photo(here, 7),),
            reply_to=await last_letter(here, lan, "%nhãn%"),
        )
        await lan._send(said)
        here.clock.move(timedelta(seconds=4))
        await minh.letters()
        assert minh.heard[-1].files


async def test_an_officer_of_another_commune_answers_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        lan = await handed_in(here)
        await minh.letters(), await lan.letters()
        rows = await here.rows("SELECT count(*) AS n FROM case_message")
        await far.say("Chào bà con", reply_to=await last_letter(here, minh))
        assert await here.rows("SELECT count(*) AS n FROM case_message") == rows


async def test_a_question_is_answered_by_reply_and_seen_before_it_is_sent(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam = await appointed(here, "Tâm", "province")
        lan = await household(here, "lan")
        await lan.say("/officer")
        await pressed(here, lan, "officer:general")
        await lan.say("Bao giờ tỉnh mở lớp tập huấn?")
        await tam.letters()
        minh = await appointed(here, "Minh")
        answer = "Lớp mở ngày 10/12 bà con nhé"
        assert "câu trả lời sẽ gửi" in await tam.say(
            answer, reply_to=await last_letter(here, tam, "%tập huấn%")
        )
        await tam.press("Gửi")
        assert answer in await lan.letters()
        assert await minh.letters() == ""


# -- edits -----------------------------------------------------------------------------------------
async def correct(who: Talker, number: str, text: str) -> str:
    """Edit the message that ends in `number`; so does the edit."""
    named = f"{who._id()}{number}"
    return await who._send(
        Inbound(who.address, named, clock.now(), text, edited=True, edits=number)
    )


async def typed(who: Talker, text: str, number: str) -> str:
    """Say it as the message that ends in `number`."""
    said = Inbound(who.address, f"u{number}", clock.now(), text)
    return await who._send(said)


async def registering(here: Town) -> Talker:
    """Asked for the name of the household business."""
    lan = here.person("lan")
    await lan.say("/register")
    await lan.press("Tôi đồng ý")
    await lan.press("Cho tôi")
    await lan.press("Hộ có đăng ký")
    await lan.press("Có rồi")
    return lan


async def test_a_corrected_answer_corrects_the_form_and_the_step_stays(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await registering(here)
        step = (await typed(lan, "Hộ Nguyễn Văn Cườg", ".71")).splitlines()
        after = await correct(lan, ".71", "Hộ Nguyễn Văn Cường")
        assert "Đã sửa lại" in after and "Hộ Nguyễn Văn Cường" in after
        assert next(line for line in step if line.startswith("Bước")) in after
        again = await correct(lan, ".71", "Hộ Nguyễn Thị Cường")
        assert "Hộ Nguyễn Thị Cường" in again
        assert "Cườg" not in again


async def test_a_correction_that_cannot_be_read_leaves_the_answer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await registering(here)
        await typed(lan, "Hộ Nguyễn Văn Cường", ".72")
        assert "giữ như lúc đầu" in await correct(lan, ".72", "1")
        assert "giữ như lúc đầu" not in await typed(lan, "Nguyễn Văn Cường", ".73")


async def test_a_correction_of_something_long_done_is_met_kindly(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await typed(lan, "/menu", ".74")
        await typed(lan, "cảm ơn nhé", ".75")
        assert "vừa sửa một tin cũ" in await correct(lan, ".75", "cảm ơn nhiều nhé")


async def test_a_corrected_question_is_answered_anew(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await typed(lan, "OCOP mấy sao cần bao nhiêu điểm?", ".76")
        assert "50" in await correct(lan, ".76", "OCOP 3 sao cần bao nhiêu điểm?")


async def test_an_edit_of_something_never_heard_is_heard_as_it_is(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await registering(here)
        asked = lan.heard[-1].text
        heard = await correct(lan, ".77", "Hộ Nguyễn Văn Cường")
        assert "vừa sửa" not in heard and asked not in heard and "Bước" in heard


# -- what is not read ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("voice", "Tin thoại"),
        ("video_note", "Video"),
        ("sticker", "Hình dán"),
        ("poll", "Bình chọn"),
        ("contact", "số của chính bà con"),
        ("dice", "chưa đọc được"),
        ("unknown", "chưa đọc được"),
    ],
)
@pytest.mark.parametrize("where", ["menu", "form", "item"])
async def test_what_is_not_read_is_kindly_refused_everywhere(
    tmp_path: Path, kind: str, told: str, where: str
) -> None:
    async with town(tmp_path) as here:
        lan = await household(here, "lan")
        if where == "form":
            await lan.say("/register")
        elif where == "item":
            await opened(here, lan, "dang_ky_kinh_doanh")
        assert told in await lan.say("", other=kind)


async def test_a_place_and_a_number_nobody_asked_for(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here, "lan")
        assert "Vị trí" in await lan.say("", place=(18.3, 105.9))
        assert "lúc này mình chưa cần" in await lan.say("", phone="+84912345678")


# -- addresses -------------------------------------------------------------------------------------
async def test_who_blocks_us_is_phoned_by_the_officer_of_the_case(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        here.clock.move(timedelta(minutes=5))
        await becomes(here, lan, "blocked")
        assert "gọi điện" in await minh.letters()
        assert (await here.rows("SELECT status FROM address WHERE external_id = 'lan'")) == [
            {"status": "stopped"}
        ]
        here.clock.move(timedelta(minutes=5))
        await becomes(here, lan, "back")
        assert (await here.rows("SELECT status FROM address WHERE external_id = 'lan'")) == [
            {"status": "active"}
        ]


async def test_old_news_of_a_block_changes_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        before = clock.now()
        here.clock.move(timedelta(minutes=5))
        await lan.say("/menu")
        await becomes(here, lan, "blocked", at=before)
        rows = await here.rows("SELECT status FROM address WHERE external_id = 'lan'")
        assert rows == [{"status": "active"}]


async def test_notices_for_a_blocked_chat_go_where_else_the_person_is(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here, "lan")
        phone = Address(Channel.TELEGRAM, "42")

        def at_telegram(unit: Unit) -> None:
            known = people.at_address(unit, lan.address)
            assert known is not None
            people.meet(unit, phone, "vi", clock.now())
            moved = update(AddressRow).values(person_id=known.person_id)
            unit.execute(moved.where(col(AddressRow.external_id) == "42"))
            post = here.house.post(unit, clock.now())
            note = Note((Line("Tin của cán bộ"),))
            post.leaving.send(phone, known.person_id, note.say("vi"), How(clock.now()))

        await here.db.run(at_telegram)
        await here.turns.receive(Inbound(phone, "b", clock.now(), change="blocked"))
        rows = await here.rows(
            "SELECT channel FROM outbound WHERE CAST(body AS TEXT) LIKE '%Tin của cán bộ%'"
        )
        assert rows == [{"channel": "web"}]
