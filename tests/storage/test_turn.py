"""One message, one transaction: remembered once, heard once, answered through the outbox."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.clock import Clock
from models.messages import Attachment, Channel, Inbound, Outcome
from tests.storage.world import World, seconds

pytestmark = pytest.mark.usefixtures("on_both")


async def test_a_stranger_is_answered_and_known_from_then_on(world: World) -> None:
    assert await world.says("lan", "chào") is Outcome.WRITTEN
    await world.says("lan", "lại là tôi")
    await world.deliver()
    assert world.phone.texts("lan") == ["You said: chào", "You said: lại là tôi"]
    assert world.talks[1].answers == {"heard": ["chào"]}
    assert len({row.person_id for row in await world.inbox()}) == 1


async def test_a_second_copy_is_heard_by_nobody(world: World) -> None:
    await world.says("lan", "một", external_id="7")
    assert await world.says("lan", "một", external_id="7") is Outcome.DUPLICATE
    await world.deliver()
    assert world.phone.texts() == ["You said: một"]


async def test_what_no_database_keeps_is_left_out(world: World) -> None:
    """NUL, and half of an emoji: in words, in names, in a provider's ids."""
    paper = Attachment("document", "giay\x00.pdf", refused="too_big")
    more: dict[str, Any] = {"name": "Lan\ud83d", "external_id": "7\x00", "files": (paper,)}
    assert await world.says("lan\x00", "chào\x00 bạn\ud83d", **more) is Outcome.WRITTEN
    await world.says("lan", "lại là tôi")
    await world.deliver()
    assert world.phone.texts("lan") == ["You said: chào bạn", "You said: lại là tôi"]
    assert [row.trace for row in await world.inbox()] == [None, None]


async def test_an_id_without_end_is_still_one_id(world: World) -> None:
    long = "9" * 400
    assert await world.says(long, "một", external_id=long) is Outcome.WRITTEN
    assert await world.says(long, "một", external_id=long) is Outcome.DUPLICATE
    assert await world.says(long, "hai", external_id=long + "1") is Outcome.WRITTEN
    assert len({row.person_id for row in await world.inbox()}) == 1


async def test_copies_that_arrive_together_are_heard_once(world: World) -> None:
    sent = [world.says("lan", "một", external_id="7") for _ in range(20)]
    outcomes = await asyncio.gather(*sent)
    assert sorted(outcomes) == sorted([Outcome.WRITTEN] + [Outcome.DUPLICATE] * 19)


async def test_two_pages_may_count_their_messages_alike(world: World) -> None:
    for who in ("a" * 20, "b" * 20):
        said = await world.says(who, "một", channel=Channel.WEB, external_id="nonce-01")
        assert said is Outcome.WRITTEN


async def test_a_burst_of_one_person_is_heard_in_order(world: World) -> None:
    await asyncio.gather(*(world.says("lan", str(n)) for n in range(30)))
    await world.deliver()
    assert world.phone.texts() == [f"You said: {n}" for n in range(30)]
    assert world.talks[-1].answers == {"heard": [str(n) for n in range(29)]}


async def test_a_button_works_for_its_person_only(world: World) -> None:
    await world.says("lan", "chào")
    await world.deliver()
    button = world.phone.got[0].say.buttons[0]
    assert len(button.action.encode()) <= 64
    await world.says("lan", button=button.action)
    await world.says("minh", button=button.action)
    await world.says("minh", button="a made up button")
    await world.deliver()
    assert world.phone.texts("lan")[-1] == "Board now"
    assert world.phone.texts("minh") == ["You said: nav:old"] * 2


async def test_what_was_pressed_is_replaced_in_place(world: World) -> None:
    await world.says("lan", "board one")
    await world.deliver()
    board = world.phone.got[0]
    pressed: dict[str, Any] = {"button": board.say.buttons[0].action, "pressed_on": "100"}
    await world.says("lan", **pressed)
    await world.says("lan", "board typed")
    await world.deliver()
    edit, anew = world.phone.got[1:]
    assert (edit.kind, edit.edits, edit.say.text) == ("edit", "100", "Board pressed")
    assert (anew.kind, anew.edits) == ("send", None)


async def test_a_channel_without_edits_gets_a_new_message(world: World) -> None:
    world.phone.channel = Channel.ZALO_OA
    world.outbox.lanes[Channel.ZALO_OA] = world.outbox.lanes.pop(Channel.TELEGRAM)
    await world.says("lan", "board one", channel=Channel.ZALO_OA)
    await world.deliver()
    action = world.phone.got[0].say.buttons[0].action
    await world.says("lan", button=action, pressed_on="100", channel=Channel.ZALO_OA)
    await world.deliver()
    assert [o.kind for o in world.phone.got] == ["send", "send"]


async def test_an_album_is_answered_once(world: World, time: Clock) -> None:
    for n in range(1, 5):
        await world.says("lan", f"album {n}")
        time.move(seconds(0.3))
    await world.deliver()
    assert world.phone.texts() == []
    time.move(seconds(2))
    await world.deliver()
    assert world.phone.texts() == ["Got 4"]


async def test_an_answer_that_waits_goes_before_the_next_one(world: World) -> None:
    for channel, who in ((Channel.TELEGRAM, "lan"), (Channel.WEB, "w" * 20)):
        await world.says(who, "album 1", channel=channel)
        await world.says(who, "xong", channel=channel)
        await world.deliver()
        sent = [r for r in await world.out() if r.address == who and r.sent_at]
        texts = [r.body["text"] for r in sorted(sent, key=lambda r: r.sent_at or r.due_at)]
        assert texts == ["Got 1", "You said: xong"]


async def test_a_letter_follows_the_reply_and_goes_where_its_reader_was_last(
    world: World,
) -> None:
    await world.says("minh", "chào")
    minh = (await world.inbox())[0].person_id
    await world.says("lan", f"note {minh} Có tin mới")
    await world.deliver()
    assert world.phone.texts("minh") == ["You said: chào", "Có tin mới"]
    assert [r.priority for r in await world.out()][-2:] == [0, 1]


async def test_a_world_that_moved_is_heard_again_without_a_trace(world: World) -> None:
    await world.says("lan", "stale 2")
    await world.deliver()
    assert world.phone.texts() == ["Heard.", "Moved"]
    assert world.stale == 3


async def test_what_breaks_is_tried_again_and_hurts_nobody_else(world: World, time: Clock) -> None:
    world.broken = True
    assert await world.says("lan", "break it") is Outcome.WRITTEN
    await world.says("lan", "tiếp")
    await world.says("minh", "chào")
    await world.deliver()
    assert sorted(world.phone.texts()) == ["You said: chào", "You said: tiếp"]
    assert [r.state for r in await world.inbox()] == ["failed", "done", "done"]
    world.broken = False
    time.move(seconds(1))
    await world.work()
    await world.deliver()
    assert world.phone.texts("lan")[-1] == "You said: break it"
    assert [r.state for r in await world.inbox()] == ["done"] * 3


async def test_what_stays_broken_is_set_aside_with_an_apology(world: World, time: Clock) -> None:
    world.broken = True
    await world.says("lan", "break it")
    for wait in (1, 5, 30):
        time.move(seconds(wait - 0.1))
        await world.work()
        assert (await world.inbox())[0].state == "failed"
        time.move(seconds(0.1))
        await world.work()
    row = (await world.inbox())[0]
    assert (row.state, row.attempts) == ("quarantined", 4)
    assert "this conversation is broken" in (row.trace or "")
    await world.deliver()
    assert len(world.phone.texts()) == 1 and "Xin lỗi" in world.phone.texts()[0]
    world.broken = False
    await world.turns.hear_again(row.id or 0)  # what `inbox replay` does
    await world.deliver()
    assert world.phone.texts()[-1] == "You said: break it"


async def test_words_wait_for_the_files_sent_before_them(world: World, time: Clock) -> None:
    brought = asyncio.Event()

    async def fetcher(address: object, file: Attachment) -> bytes:
        brought.set()
        return b"%PDF-1.4 no pdf at all"

    world.jobs.works.fetchers[Channel.TELEGRAM] = fetcher  # type: ignore[index]
    await world.says("lan", files=(Attachment("document", "a.pdf", remote="f1"),))
    await world.says("lan", "xong")
    await world.says("minh", "chào")
    await world.deliver()
    assert world.phone.texts() == ["You said: chào"]
    await world.work()
    await world.deliver()
    assert brought.is_set()
    assert world.phone.texts("lan") == ["You said: 1 files", "You said: xong"]
    assert (await world.inbox())[0].payload["files"][0]["refused"] == "corrupt"


async def test_words_behind_files_survive_a_crash_in_between(world: World) -> None:
    await world.says("lan", files=(Attachment("photo", remote="f1"),))
    await world.says("lan", "một")
    await world.says("lan", "hai")
    first = (await world.inbox())[0].id or 0
    await world.turns.fetched(first, (Attachment("photo", key="0" * 64),))
    await world.work()
    await world.deliver()
    assert world.phone.texts() == ["You said: 1 files", "You said: một", "You said: hai"]


async def test_a_group_gets_its_answer_as_a_reply(world: World) -> None:
    await world.says("group", "OCOP là gì", group=True, external_id="55")
    await world.deliver()
    assert world.phone.got[0].reply_to == "55"


def test_nobodys_name_is_kept(world: World) -> None:
    from bot import clock
    from models.codec import inbound_json
    from models.messages import Address

    said = Inbound(Address(Channel.TELEGRAM, "1"), "1", clock.now(), text="a", name="Bùi Thị Lan")
    assert "Bùi" not in str(inbound_json(said))
