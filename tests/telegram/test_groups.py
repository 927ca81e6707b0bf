"""Groups of officers on Telegram, through both libraries, by polling and webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.flows.office import OTHER
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
