"""Telegram's own ways of saying things: replies, corrections, albums, cards, presses of long ago;
news about the chat itself. Over HTTP, on the library of either side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.flows.household import opened, ready
from tests.play.pictures import document, photo
from tests.telegram.conftest import HOUSEHOLD
from tests.telegram.phone import Phone
from tests.telegram.village import Village, texts, village


@pytest.fixture(params=[False, True], ids=["polling", "webhook"])
async def here(
    tmp_path: Path, request: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Village]:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    async with village(tmp_path, hook=request.param) as made:
        yield made


def quoted(message: dict[str, Any]) -> dict[str, Any]:
    """One of our messages as a reply carries it."""
    return {k: v for k, v in message.items() if k in ("message_id", "date", "chat", "from", "text")}


def newest(phone: Phone, words: str) -> dict[str, Any]:
    return next(m for m in reversed(phone.got) if words in m.get("text", ""))


async def test_an_alert_is_answered_and_so_is_the_officer(here: Village) -> None:
    minh = await here.officer("Minh")
    _, lan = await here.household()
    words = "Bà con gửi lại trang hai giúp"
    heard = await here.says(minh, words, reply_to_message=quoted(newest(minh, "Hồ sơ mới")))
    assert "Đã gửi bà con" in heard and words in lan.last["text"]
    await here.says(lan, "Dạ, tối nay ạ", reply_to_message=quoted(newest(lan, words)))
    assert any("Dạ, tối nay ạ" in text for text in texts(here.api, minh.chat))


async def test_a_corrected_answer_is_corrected(here: Village) -> None:
    lan = here.town.phone(7100, HOUSEHOLD)
    await here.says(lan, "/register")
    for label in ("Tôi đồng ý", "Cho tôi", "Hộ có đăng ký", "Có rồi"):
        await here.presses(lan, label)
    said = lan.queue(text="Hộ Nguyễn Văn Cườg")
    await here.settle()
    step = lan.last["text"].splitlines()[0]
    for right in ("Hộ Nguyễn Văn Cường", "Hộ Nguyễn Thị Cường"):
        edited = {**said["message"], "text": right, "edit_date": int(here.api.now())}
        here.api.update(HOUSEHOLD, edited_message=edited)
        await here.settle()
        assert "Đã sửa lại" in lan.last["text"] and right in lan.last["text"]
        assert step in lan.last["text"]


async def test_an_album_is_one_answer_and_every_photo_is_kept(here: Village) -> None:
    lan_talks, lan = await here.household(handed_in=False)
    await opened(here, lan_talks, "dang_ky_kinh_doanh")
    await here.settle()
    before = len(lan.got) + sum(m.get("edits", 0) for m in lan.got)
    for number in range(5):
        name = f"trang{number}.jpg"
        here.api.files[name] = photo(name)
        size = {"file_id": name, "file_unique_id": name, "width": 900, "height": 1200}
        caption = {"caption": "giấy đăng ký"} if number == 0 else {}
        lan.queue(photo=[size], media_group_id="77", **caption)
    await here.settle()
    here.clock.move(timedelta(seconds=4))
    await here.settle()
    assert len(lan.got) + sum(m.get("edits", 0) for m in lan.got) == before + 1
    pages = await here.rows("SELECT position FROM page WHERE removed_at IS NULL ORDER BY position")
    assert len(pages) == 5
    assert "5" in lan.last["text"]


async def test_the_officer_sees_photos_as_an_album_and_the_paper_as_one_pdf(here: Village) -> None:
    minh = await here.officer("Minh")
    lan_talks, lan = await here.household(handed_in=False)
    await opened(here, lan_talks, "dang_ky_kinh_doanh")
    for number in range(3):
        name = f"trang{number}.jpg"
        here.api.files[name] = photo(name)
        size = {"file_id": name, "file_unique_id": name, "width": 900, "height": 1200}
        lan.queue(photo=[size], media_group_id="78")
    here.api.files["don.pdf"] = document("don.pdf")
    lan.queue(document={"file_id": "don.pdf", "file_unique_id": "d", "file_name": "don.pdf"})
    await here.settle()

    await ready(here, lan_talks)
    await lan_talks.press("Xem lại và nộp")
    await lan_talks.press("Gửi hồ sơ")
    await here.settle()
    await here.presses(minh, "Nhận xử lý")
    before = len(minh.got)
    await here.presses(minh, "Xem hết giấy tờ")
    got = minh.got[before:]
    albums = [m["media_group_id"] for m in got if "photo" in m and "media_group_id" in m]
    assert max(albums.count(group) for group in albums) >= 3
    assert any(m.get("document", {}).get("file_name", "").endswith(".pdf") for m in got)
    sent = here.api.bots[minh.token].calls
    assert not [hit for hit in sent if hit.status == 400]
    uploads = here.api.uploads
    await here.presses(minh, "Xem hết giấy tờ")
    assert here.api.uploads == uploads  # Telegram has them


CARDS: list[tuple[dict[str, Any], str]] = [
    ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, "Tin thoại"),
    (
        {
            "video_note": {"file_id": "v", "file_unique_id": "v", "length": 9, "duration": 3},
        },
        "Video",
    ),
    ({"location": {"latitude": 18.3, "longitude": 105.9}}, "Vị trí"),
    ({"contact": {"phone_number": "84912345678", "first_name": "X", "user_id": 9}}, "chính bà con"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "chưa đọc được"),
    (
        {
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
            }
        },
        "Bình chọn",
    ),
    ({"something_of_next_year": {"x": 1}}, "chưa đọc được"),
]


@pytest.mark.parametrize(("what", "told"), CARDS, ids=[next(iter(what)) for what, _ in CARDS])
async def test_each_kind_is_kindly_refused(here: Village, what: dict[str, Any], told: str) -> None:
    lan = here.town.phone(7101, HOUSEHOLD)
    await here.says(lan, "/start")
    lan.queue(**what)
    await here.settle()
    assert told in lan.last["text"]


async def test_telegrams_own_notices_are_not_answered(here: Village) -> None:
    lan = here.town.phone(7102, HOUSEHOLD)
    await here.says(lan, "/start")
    count = len(lan.got)
    lan.queue(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    lan.queue(pinned_message=quoted(lan.last))
    await here.settle()
    assert len(lan.got) == count


async def test_a_forwarded_message_is_heard_as_it_reads(here: Village) -> None:
    lan = here.town.phone(7103, HOUSEHOLD)
    origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
    heard = await here.says(lan, "OCOP 3 sao cần bao nhiêu điểm?", forward_origin=origin)
    assert "50" in heard


async def test_who_blocks_us_is_phoned_and_welcome_back(here: Village) -> None:
    minh = await here.officer("Minh")
    _, lan = await here.household()
    await here.presses(minh, "Nhận xử lý")
    here.clock.move(timedelta(minutes=5))
    private = {"id": lan.chat, "type": "private", "first_name": "Lan"}
    await here.becomes(lan, "member", "kicked", private)
    assert "gọi điện" in minh.last["text"]
    here.clock.move(timedelta(minutes=5))
    await here.becomes(lan, "kicked", "member", private)
    rows = await here.rows("SELECT status FROM address WHERE external_id = :a", a=str(lan.chat))
    assert rows == [{"status": "active"}]


async def test_what_does_not_reach_a_household_is_said_to_who_wrote_it(here: Village) -> None:
    minh = await here.officer("Minh")
    _, lan = await here.household()
    await here.presses(minh, "Nhận xử lý")
    here.clock.move(timedelta(minutes=5))
    here.api.blocked.add(lan.chat)
    private = {"id": lan.chat, "type": "private", "first_name": "Lan"}
    await here.becomes(lan, "member", "kicked", private)
    for told in (2, 3):
        await here.presses(minh, "Nhắn bà con")
        await here.says(minh, "Bà con chụp lại giúp")
        assert sum("gọi điện" in text for text in texts(here.api, minh.chat)) == told


async def test_who_is_gone_again_is_told_of_again(here: Village) -> None:
    minh = await here.officer("Minh")
    _, lan = await here.household()
    await here.presses(minh, "Nhận xử lý")
    private = {"id": lan.chat, "type": "private", "first_name": "Lan"}
    for told in (1, 2):
        here.clock.move(timedelta(hours=1))
        await here.becomes(lan, "member", "kicked", private)
        assert sum("gọi điện" in text for text in texts(here.api, minh.chat)) == told
        here.clock.move(timedelta(minutes=5))
        await here.becomes(lan, "kicked", "member", private)


@pytest.mark.parametrize("why", ["blocked", "deactivated", "unknown"])
async def test_whom_nothing_reaches_is_found_out_when_sending(here: Village, why: str) -> None:
    minh = await here.officer("Minh")
    _, lan = await here.household()
    getattr(here.api, why).add(lan.chat)
    await here.presses(minh, "Nhận xử lý")
    assert any("gọi điện" in text for text in texts(here.api, minh.chat))


async def test_an_update_nobody_can_read_holds_up_nothing(here: Village) -> None:
    minh = await here.officer("Minh")
    for phone in (here.town.phone(7104, HOUSEHOLD), minh):
        here.api.update(phone.token, message={"message_id": "?", "chat": 7})
        assert await here.says(phone, "/menu")


async def test_a_press_that_can_no_longer_be_answered_still_counts(here: Village) -> None:
    lan = here.town.phone(7105, HOUSEHOLD)
    await here.says(lan, "/menu")
    query = lan.queue_press("English")
    here.clock.move(timedelta(seconds=20))
    await here.settle()
    assert query not in here.api.bots[HOUSEHOLD].answers
    assert "Hello" in lan.last["text"] or "Good" in lan.last["text"]


async def test_a_file_over_20_mb_is_told_how_to_come(here: Village) -> None:
    lan_talks, lan = await here.household(handed_in=False)
    await opened(here, lan_talks, "dang_ky_kinh_doanh")
    await here.settle()
    big = {"file_id": "b", "file_unique_id": "b", "file_name": "x.pdf", "file_size": 30 << 20}
    lan.queue(document=big)
    await here.settle()
    here.clock.move(timedelta(seconds=4))
    await here.settle()
    assert "20" in lan.last["text"] or "lớn" in lan.last["text"]


async def test_the_phone_comes_by_its_button_and_only_ones_own(here: Village) -> None:
    lan = here.town.phone(7106, HOUSEHOLD)
    await here.says(lan, "/register")
    for label in ("Tôi đồng ý", "Cho tôi", "Hộ có đăng ký", "Có rồi"):
        await here.presses(lan, label)
    for text in ("Hộ Nguyễn Văn Cường", "Nguyễn Văn Cường", "bỏ qua"):
        await here.says(lan, text)
    keys = [key for row in lan.last["_markup"]["keyboard"] for key in row]
    assert [key["text"] for key in keys if key.get("request_contact")]
    lan.queue(contact={"phone_number": "84987654321", "first_name": "X", "user_id": 999})
    await here.settle()
    assert "chính bà con" in lan.last["text"]
    lan.queue(contact={"phone_number": "84912345678", "first_name": "L", "user_id": lan.chat})
    await here.settle()
    assert "Cơ sở ở xã, phường nào?" in lan.last["text"]
