"""Groups of officers on Telegram, through both libraries, by polling and webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.flows.office import OTHER
from tests.telegram.phone import Phone
from tests.telegram.village import GROUP, Village, texts, village

WAYS = [(True, False), (True, True), (False, False)]


@pytest.fixture(params=WAYS, ids=["officers-polling", "officers-webhook", "one-bot"])
async def here(
    tmp_path: Path, request: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Village]:
    monkeypatch.setattr("bot.pace.PRIVATE", (0.0001, 1000))
    monkeypatch.setattr("bot.pace.GROUP", (0.0001, 1000))
    officers, hook = request.param
    async with village(tmp_path, hook=hook, officers=officers) as made:
        yield made
        refused = [hit for bot in made.api.bots.values() for hit in bot.calls if hit.status == 400]
        assert not refused


async def test_an_alert_is_taken_in_the_group_and_every_copy_says_by_whom(here: Village) -> None:
    minh, hai = await here.officer("Minh"), await here.officer("Hải")
    far = await here.officer("Xa", communes=(OTHER,))
    await here.bound(minh)
    _, lan = await here.household()
    [alert] = [m for m in here.api.chats[GROUP] if "Hồ sơ mới" in m["text"]]
    assert "0912" not in str(here.api.chats[GROUP]) and "Nguyễn Văn" not in str(alert)
    stranger = here.town.phone(9999, minh.token)
    assert "dành cho cán bộ" in await here.presses(stranger, "Nhận xử lý", GROUP)
    assert "không thuộc phạm vi" in await here.presses(far, "Nhận xử lý", GROUP)
    count = len(here.api.chats[GROUP])
    assert "đã nhận hồ sơ" in await here.presses(hai, "Nhận xử lý", GROUP)
    assert "Hải đã nhận hồ sơ này" in alert["text"] and len(here.api.chats[GROUP]) == count
    assert any("Hải đã nhận" in text for text in texts(here.api, minh.chat))
    assert "vừa mở từ nhóm" in hai.last["text"]
    assert "Hải" in lan.last["text"]
    assert "đang do Hải xử lý" in await here.presses(minh, "Nhận xử lý", GROUP)


async def test_the_case_is_opened_in_the_private_chat(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    await here.household()
    count = len(here.api.chats[GROUP])
    assert "trò chuyện riêng" in await here.presses(minh, "Xem trước", GROUP)
    assert len(here.api.chats[GROUP]) == count
    assert "vừa mở từ nhóm" in minh.last["text"]
    await here.presses(minh, "Xem hồ sơ")
    assert "Mật ong Cường" in minh.last["text"]


async def test_an_alert_is_answered_by_replying_in_the_group(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    _, lan = await here.household()
    alert = next(m for m in here.api.chats[GROUP] if "Hồ sơ mới" in m["text"])
    words = "Bà con chụp lại trang hai"
    quoted = {k: v for k, v in alert.items() if k in ("message_id", "date", "chat", "from", "text")}
    assert "Đã gửi bà con" in await here.in_group(minh, words, reply_to_message=quoted)
    assert words in lan.last["text"]


async def test_nothing_is_heard_that_was_not_meant_for_us(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    assert await here.in_group(minh, "mai họp lúc mấy giờ?") == ""
    assert await here.in_group(minh, "/help@another_bot") == ""
    somebody = {"message_id": 5, "date": 0, "chat": here.group(), "from": minh.user, "text": "x"}
    assert await here.in_group(minh, "đồng ý", reply_to_message=somebody) == ""
    name = here.api.bots[minh.token].username
    assert "50" in await here.in_group(minh, f"@{name} OCOP 3 sao cần bao nhiêu điểm?")
    for command in ("/status", "/queue", "/privacy"):
        assert "Việc riêng" in await here.in_group(minh, f"{command}@{name}")


async def test_an_anonymous_administrator_is_nobody(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.becomes(minh, "left", "member", here.group())
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    name = here.api.bots[minh.token].username
    more: dict[str, Any] = {"from": anonymous, "sender_chat": here.group()}
    assert "dành cho cán bộ" in await here.in_group(minh, f"/group@{name}", **more)


async def test_put_out_of_the_group_the_officer_hears_of_it(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    await here.becomes(minh, "member", "kicked", here.group())
    assert "không còn nhận được báo" in minh.last["text"] or any(
        "không còn nhận được báo" in text for text in texts(here.api, minh.chat)
    )
    here.api.kicked.add(GROUP)
    count = len(here.api.chats[GROUP])
    await here.household()
    assert len(here.api.chats[GROUP]) == count


async def test_put_out_and_never_told_it_is_found_out_when_sending(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    here.api.kicked.add(GROUP)
    await here.household()
    await here.settle()
    assert any("không còn nhận được báo" in text for text in texts(here.api, minh.chat))
    assert not await here.rows("SELECT * FROM officer_group")


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_that_became_a_supergroup_goes_on_there(here: Village, told: bool) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    new = -100_900_100
    here.api.moved[GROUP] = new
    if told:  # the service message; else the first send finds out
        here.api.update(minh.token, message=minh.message(chat=here.group(), migrate_to_chat_id=new))
        await here.settle()
    await here.household()
    await here.settle()
    assert any("Hồ sơ mới" in text for text in texts(here.api, new))
    for hit in [h for b in here.api.bots.values() for h in b.calls if h.status == 400]:
        hit.status = 200  # that refusal was meant
        assert not told
    assert "đã nhận hồ sơ" in await here.presses(minh, "Nhận xử lý", new)


# -- corrected words, pictures, cards: read when meant for us, else nobody's business ----
async def test_a_question_that_was_corrected_is_answered_again(here: Village) -> None:
    lan = here.town.phone(7401, here.office)
    name = here.api.bots[lan.token].username
    count = len(here.api.chats[GROUP])
    said = lan.queue(text="OCOP 3 sao cần bao nhiêu điểm?", chat=here.group())["message"]
    await here.settle()
    assert len(here.api.chats[GROUP]) == count  # between themselves
    for text, told in ((f"@{name} OCOP 3 sao cần bao nhiêu điểm?", "50"),) * 2 + (
        (f"@{name} OCOP 4 sao cần bao nhiêu điểm?", "70"),
    ):
        edited = {**said, "text": text, "edit_date": int(here.api.now())}
        here.api.update(lan.token, edited_message=edited)
        await here.settle()
        assert told in here.api.chats[GROUP][-1]["text"]
    assert len(here.api.chats[GROUP]) == count + 2  # a preview of a link changes nothing
    here.api.update(lan.token, edited_message={**said, "text": "thôi", "edit_date": 1})
    await here.settle()
    assert len(here.api.chats[GROUP]) == count + 2


async def test_what_was_sent_to_the_household_stays_sent(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    _, lan = await here.household()
    alert = next(m for m in here.api.chats[GROUP] if "Hồ sơ mới" in m["text"])
    quoted = {k: v for k, v in alert.items() if k in ("message_id", "date", "chat", "from", "text")}
    said = minh.queue(text="Gửi lại trang 2", chat=here.group(), reply_to_message=quoted)["message"]
    await here.settle()
    count = len(lan.got)
    here.api.update(minh.token, edited_message={**said, "text": "Gửi lại trang 3", "edit_date": 1})
    await here.settle()
    assert "nhắn một tin mới" in here.api.chats[GROUP][-1]["text"]
    assert len(lan.got) == count


async def test_pictures_and_papers_for_us_are_refused_once_and_never_fetched(here: Village) -> None:
    minh = await here.officer("Minh")
    await here.bound(minh)
    _, lan = await here.household()
    alert = next(m for m in here.api.chats[GROUP] if "Hồ sơ mới" in m["text"])
    quoted = {k: v for k, v in alert.items() if k in ("message_id", "date", "chat", "from", "text")}
    name = here.api.bots[minh.token].username
    size = {"file_id": "g.jpg", "file_unique_id": "g", "width": 9, "height": 9}
    count = len(here.api.chats[GROUP])
    minh.queue(photo=[size], chat=here.group())
    minh.queue(photo=[size], caption="ảnh hôm qua", chat=here.group())
    minh.queue(
        chat=here.group(), reply_to_message=quoted,
        sticker={
            "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9,
            "is_animated": False, "is_video": False,
        },
    )  # fmt: skip
    await here.settle()
    assert len(here.api.chats[GROUP]) == count  # between themselves
    for _ in range(3):
        minh.queue(photo=[size], chat=here.group(), reply_to_message=quoted, media_group_id="1")
    await here.settle()
    here.clock.move(timedelta(seconds=3))
    await here.settle()
    [refusal] = here.api.chats[GROUP][count:]
    assert "Gửi riêng" in refusal["text"]
    minh.queue(photo=[size], caption="Thiếu tờ này", chat=here.group(), reply_to_message=quoted)
    await here.settle()
    told = here.api.chats[GROUP][-1]["text"]
    assert "Đã gửi bà con" in told and "Gửi riêng" in told
    assert "Thiếu tờ này" in lan.last["text"] and "photo" not in lan.last
    minh.queue(
        document={"file_id": "g.pdf", "file_unique_id": "p", "file_name": "don.pdf"},
        caption=f"@{name} OCOP 3 sao cần bao nhiêu điểm?",
        chat=here.group(),
    )
    await here.settle()
    told = here.api.chats[GROUP][-1]["text"]
    assert "50" in told and "Gửi riêng" in told
    assert not [h for b in here.api.bots.values() for h in b.calls if h.method == "getFile"]


# -- topics of a forum -----------------------------------------------------------------------------
FORUM, TOPIC = -100_900_200, 45


def in_topic(number: int = TOPIC) -> dict[str, Any]:
    return {"message_thread_id": number, "is_topic_message": True}


async def bound_in_topic(here: Village, who: Phone) -> None:
    here.api.topics[FORUM] = {TOPIC, 46}
    name = here.api.bots[who.token].username
    await here.becomes(who, "left", "member", here.group(FORUM))
    assert "Từ giờ nhóm này" in await here.in_group(who, f"/group@{name}", FORUM, **in_topic())


def topics(here: Village) -> list[int | None]:
    return [m.get("message_thread_id") for m in here.api.chats[FORUM]]


async def test_a_topic_is_answered_and_alerted_in_the_topic(here: Village) -> None:
    minh, hai = await here.officer("Minh"), await here.officer("Hải")
    await bound_in_topic(here, minh)
    assert topics(here) == [None, TOPIC]  # the greeting is for all
    name = here.api.bots[minh.token].username
    question = f"@{name} OCOP 3 sao cần bao nhiêu điểm?"
    assert "50" in await here.in_group(minh, question, FORUM, **in_topic(46))
    await here.household()
    assert topics(here)[2:] == [46, TOPIC]
    assert "đã nhận hồ sơ" in await here.presses(hai, "Nhận xử lý", FORUM)
    assert "Hải đã nhận hồ sơ này" in here.api.chats[FORUM][-1]["text"]
    # a thread of replies has a number too, in the topic every forum has and where there are none
    assert "50" in await here.in_group(minh, question, FORUM, message_thread_id=7)
    assert "50" in await here.in_group(minh, question, FORUM, **in_topic(1))
    assert topics(here)[-2:] == [None, None]


@pytest.mark.parametrize("why", ["closed", "deleted"])
async def test_alerts_of_a_topic_that_is_no_more_go_to_all(here: Village, why: str) -> None:
    minh = await here.officer("Minh")
    await bound_in_topic(here, minh)
    if why == "closed":
        here.api.closed.add(TOPIC)
    else:
        here.api.topics[FORUM].discard(TOPIC)
    await here.household()
    assert "Hồ sơ mới" in here.api.chats[FORUM][-1]["text"] and topics(here)[-1] is None
    for hit in [h for b in here.api.bots.values() for h in b.calls if h.status == 400]:
        hit.status = 200  # that refusal was meant


async def test_put_out_of_a_forum_its_topics_are_stopped_too(here: Village) -> None:
    minh = await here.officer("Minh")
    await bound_in_topic(here, minh)
    await here.becomes(minh, "member", "kicked", here.group(FORUM))
    assert any("không còn nhận được báo" in text for text in texts(here.api, minh.chat))
    here.api.kicked.add(FORUM)
    count = len(here.api.chats[FORUM])
    await here.household()
    assert len(here.api.chats[FORUM]) == count
    assert not await here.rows("SELECT * FROM officer_group")


async def test_what_opened_a_topic_is_not_answered_by_all_that_is_said_in_it(here: Village) -> None:
    minh = await here.officer("Minh")
    await bound_in_topic(here, minh)
    bot = here.api.bots[minh.token]
    opened = {
        "message_id": TOPIC, "date": 1, "chat": here.group(FORUM),
        "from": {"id": bot.id, "is_bot": True, "first_name": "Bot"},
        "forum_topic_created": {"name": "Hồ sơ", "icon_color": 1},
    }  # fmt: skip
    more = {**in_topic(), "reply_to_message": opened}
    assert await here.in_group(minh, "mai họp lúc mấy giờ?", FORUM, **more) == ""
